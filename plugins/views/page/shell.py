"""What stands around every page and is the same on all of them: name, menu, footer, style sheets, the ring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model import addresses
from plugins.publication.licences import licence_url, site_licence
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document
from plugins.views.drawing.preview import Preview, preview
from plugins.views.drawing.ring import SMALL, arcs
from plugins.views.page.frame import Link, calendar, language
from plugins.views.words.index_names import INDEXES
from plugins.views.words.states import has_dates

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from plugins.publication.context import Context

LICENCES = {
    "etalab-2.0": "Licence Ouverte 2.0",
    "CC0-1.0": "CC0",
    "CC-BY-4.0": "CC BY 4.0",
    "CC-BY-SA-4.0": "CC BY-SA 4.0",
    "CC-BY-NC-4.0": "CC BY-NC 4.0",
    "CC-BY-NC-SA-4.0": "CC BY-NC-SA 4.0",
    "ODbL-1.0": "ODbL",
}


class NavItem(TypedDict):
    """An item of the menu."""

    name: str
    href: str
    address: Annotated[str, "Compared with ``page.section`` to mark where one is."]


class Contact(TypedDict):
    """Who runs the site."""

    name: str
    address: str
    url: str


class Shell(TypedDict):
    """``shell``: the one global of the templates."""

    name: Annotated[str, "The site's name."]
    short: Annotated[str, "Its short name, or its name."]
    tagline: Annotated[str, "One sentence that says what it is; may be empty."]
    region: Annotated[str, "The region's name."]
    lang: Annotated[str, "The site's first language (BCP 47)."]
    home: Annotated[str, "The address of the home page."]
    search: Annotated[str, "The address of the search page; empty if it is switched off."]
    suggest: Annotated[str, "The script that suggests titles in the search box; empty where there are none to suggest."]
    contribute: Annotated[str, "The address of the page that says how to take part; empty if it is switched off."]
    styles: Annotated[list[str], "Style sheets, in order."]
    font: Annotated[str, "The title font, to be loaded early."]
    icon: Annotated[str, "The favicon: the ring."]
    preview: Annotated[Preview | None, "The picture that stands for a page without one, elsewhere."]
    nav: Annotated[list[NavItem], "The menu: what has content."]
    feeds: Annotated[list[Link], "The site's own feeds."]
    calendar: Annotated[str, "The whole agenda as a calendar; empty if there is none."]
    subscribe: Annotated[str, "The same as calendar programs take it to be subscribed to (webcal:)."]
    letters: Annotated[str, "The letters of each month; empty if they are switched off."]
    indexes: Annotated[list[Link], "Ways through the site that the menu does not name."]
    pages: Annotated[list[Link], "The static pages."]
    repository: Annotated[str, "The site's repository; empty if none is named."]
    contact: Annotated[Contact | None, "Who runs the site."]
    social: Annotated[list[Link], "Accounts elsewhere."]
    licence: Annotated[Link, "The licence of the texts that say no other."]
    ring: Annotated[list[str], "The arcs of the small ring, in order."]


def shell(ctx: Context) -> Shell:
    """The shell of the site."""
    settings = ctx.site.settings
    return {
        "name": typography(str(settings["name"])),
        "short": str(settings.get("short") or settings["name"]),
        "tagline": typography(str(settings.get("tagline") or "")),
        "region": str(settings["region"]),
        "lang": language(ctx),
        "home": ctx.base + addresses.HOME,
        "search": ctx.href(addresses.SEARCH),
        "suggest": ctx.asset("js/search-box.js") if {"suggestions", "theme_files"} <= ctx.outputs else "",
        "contribute": ctx.href(addresses.CONTRIBUTE),
        "styles": [f"{ctx.base}/{colours_document(ctx).path}", ctx.asset("style.css")],
        "font": ctx.asset("fonts/bricolage.woff2"),
        "icon": f"{ctx.base}/{favicon_document(ctx).path}",
        "preview": preview(ctx),
        "nav": menu(ctx),
        "feeds": [link for link in [_link(ctx, str(settings["name"]), "/flux.xml")] if link["href"]],
        "calendar": ctx.href("/agenda.ics") if has_events(ctx.site) else "",
        "subscribe": calendar(ctx, "", "/agenda.ics")["subscribe"],
        "letters": ctx.href(addresses.LETTERS),
        "indexes": _indexes(ctx),
        "pages": [_link(ctx, typography(page.title), page.address) for page in ctx.site.by_folder.get("pages", [])],
        "repository": str(settings.get("repository") or ""),
        "contact": _contact(ctx.site),
        "social": [{"name": one["name"], "href": one["url"]} for one in settings.get("social") or []],
        "licence": licence_link(site_licence(ctx)),
        "ring": list(arcs(len(ctx.site.pillars), SMALL)),
    }


def licence_name(licence: str) -> str:
    """A licence as people call it."""
    return LICENCES.get(licence, licence)


def licence_link(licence: str) -> Link:
    """A licence and where its text is read."""
    return {"name": licence_name(licence), "href": licence_url(licence)}


def has_events(site: Site) -> bool:
    """Whether anything on the site has a date in an agenda."""
    return any(
        has_dates(entry.fields)
        for kind in site.schemas.content_types
        for entry in site.by_folder.get(kind.folder, ())[:1]
    )


def _link(ctx: Context, name: str, address: str) -> Link:
    return {"name": name, "href": ctx.href(address)}


def menu(ctx: Context) -> list[NavItem]:
    """The lists that hold something, then clubs, members and the map where there are any."""
    site = ctx.site
    items = [
        (kind.title, addresses.list_address(kind))
        for kind in site.schemas.content_types
        if kind.list and site.by_folder.get(kind.folder)
    ]
    if site.clubs:
        items.append((INDEXES[addresses.CLUBS], addresses.CLUBS))
    if any(
        entry.point
        for kind in site.schemas.content_types
        if kind.place
        for entry in site.by_folder.get(kind.folder, ())
    ):
        items.append((INDEXES[addresses.MAP], addresses.MAP))
    menu: list[NavItem] = [{"name": name, "href": ctx.href(where), "address": where} for name, where in items]
    return [item for item in menu if item["href"]]


def _indexes(ctx: Context) -> list[Link]:
    site = ctx.site
    filled = {
        addresses.PILLARS: site.pillars,
        addresses.TERRITORIES: site.territories,
        addresses.MEMBERS: site.members,
        addresses.TAGS: site.tags,
        addresses.OBSERVATORY: site.indicators,
    }
    links = [_link(ctx, INDEXES[address], address) for address, content in filled.items() if content]
    return [link for link in links if link["href"]]


def _contact(site: Site) -> Contact | None:
    contact = site.settings.get("contact")
    if not contact:
        return None
    return {key: str(contact.get(key) or "") for key in ("name", "address", "url")}  # type: ignore[return-value]
