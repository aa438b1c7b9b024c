"""What every page says around its own matter: title, description, addresses, breadcrumb, feeds, structured data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model import addresses
from plugins.publication.security import content_security_policy
from plugins.structured_data.json_ld import json_ld, serialise
from plugins.views.page.changing import Edit, edit_of
from plugins.views.page.pictures import PictureView  # noqa: TC001  # the theme's reference reads these types

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from plugins.publication.context import Context

DESCRIPTION = 300  # characters; search engines show about half of it


class Link(TypedDict):
    """A name and where it leads; an empty href is text."""

    name: str
    href: str


class Calendar(TypedDict):
    """A calendar, to be copied or subscribed to."""

    name: str
    href: Annotated[str, "The file."]
    subscribe: Annotated[str, "The same as calendar programs take it to be subscribed to (webcal:)."]


class Frame(TypedDict):
    """``page``: what the base template needs on every page."""

    title: Annotated[str, "The page's title; the base template adds the site's name."]
    description: Annotated[str, "One or two sentences for search engines and previews."]
    section: Annotated[str, "The address of the list or index to which the page belongs; the menu marks it."]
    href: Annotated[str, "The address of the page, from the root of its host."]
    url: Annotated[str, "The full, canonical address."]
    lang: Annotated[str, "The language of the page's own text (BCP 47)."]
    listed: Annotated[bool, "Whether search engines may list it."]
    trail: Annotated[list[Link], "The pages above it, from the home page down."]
    feeds: Annotated[list[Link], "Atom feeds about what the page shows."]
    calendars: Annotated[list[Calendar], "Calendars about what the page shows."]
    previous: Annotated[str, "The address of the page before in a list; empty if none."]
    next: Annotated[str, "The address of the page after in a list; empty if none."]
    edit: Annotated[Edit | None, "Where to change it; None for pages that nobody writes."]
    og_type: Annotated[str, "The type of OpenGraph: website, article or profile."]
    image: Annotated[PictureView | None, "The picture for previews; None where there is none."]
    policy: Annotated[str, "The content security policy, for hosts that send no headers."]
    json_ld: Annotated[list[str], "Structured data, each a complete document that is safe in a script element."]


def frame(
    ctx: Context,
    address: str,
    title: str,
    description: str,
    *,
    section: str = "",
    trail: Sequence[tuple[str, str]] = (),
    lang: str = "",
    listed: bool = True,
    sources: Sequence[str] = (),
    feeds: Iterable[tuple[str, str]] = (),
    calendars: Iterable[tuple[str, str]] = (),
    neighbours: tuple[str, str] = ("", ""),
    about: Sequence[Any] = (),
    og_type: str = "website",
    image: PictureView | None = None,
) -> Frame:
    """The frame of the page at ``address``.

    ``trail`` is (name, address) of the pages between the home page and this one; ``feeds`` and ``calendars`` are (title, address);
    ``sources`` the file, relative to the root, that says what the page shows; ``about`` the objects that structured data describe.
    """
    name = str(ctx.site.settings.get("short") or ctx.site.settings["name"])
    above = [] if address == addresses.HOME else [(name, addresses.HOME), *trail]
    return {
        "title": title,
        "description": _short(description),
        "section": section,
        "href": ctx.base + address,
        "url": ctx.absolute(address),
        "lang": lang or language(ctx),
        "listed": listed,
        "trail": [{"name": step, "href": ctx.href(where)} for step, where in above],
        "feeds": _links(ctx, feeds),
        "calendars": [calendar(ctx, *pair) for pair in calendars if ctx.href(pair[1])],
        "previous": ctx.href(neighbours[0]) if neighbours[0] else "",
        "next": ctx.href(neighbours[1]) if neighbours[1] else "",
        "edit": edit_of(ctx, sources[0]) if sources else None,
        "og_type": og_type,
        "image": image,
        "policy": content_security_policy(ctx, address),
        "json_ld": _structured(ctx, [*above, (title, address)], about),
    }


def calendar(ctx: Context, name: str, address: str) -> Calendar:
    """The calendar at a site-relative address."""
    webcal = "webcal:" + ctx.absolute(address).partition(":")[2]
    return {"name": name, "href": ctx.href(address), "subscribe": webcal}


def language(ctx: Context) -> str:
    """The site's first language."""
    languages = ctx.site.settings.get("languages") or ["fr"]
    return str(languages[0])


def _links(ctx: Context, pairs: Iterable[tuple[str, str]]) -> list[Link]:
    links: list[Link] = [{"name": name, "href": ctx.href(address)} for name, address in pairs]
    return [link for link in links if link["href"]]


def _structured(ctx: Context, steps: list[tuple[str, str]], about: Sequence[Any]) -> list[str]:
    nodes = [node for thing in about for node in json_ld(ctx, "site" if thing is ctx.site else "thing", thing)]
    if len(steps) > 1:
        nodes += json_ld(ctx, "breadcrumb", steps)
    return [serialise(node) for node in nodes]


def _short(text: str) -> str:
    if len(text) <= DESCRIPTION:
        return text
    return text[: DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
