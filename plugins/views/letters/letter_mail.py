"""The letter of a month as a mail, for the whole region or for a club, pillar or territory.

A page can be corrected, a mail that has left cannot: what is made up stays out, unless somebody asks for it to try things out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, TypedDict, cast

from plugins.markup import typography
from plugins.model.addresses import HOME, monthly_address
from plugins.model.letters import Letters, entries_of
from plugins.views.drawing.colour import written
from plugins.views.drawing.colours import palette
from plugins.views.letters.letter_parts import LetterPart, ahead_parts, news_parts
from plugins.views.letters.letter_words import counts_words, highlights, letter_name
from plugins.views.page.frame import Link, language
from plugins.views.words.french import FIXED, day_words
from plugins.views.words.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.letters import Digest
    from plugins.model.months import Month
    from plugins.model.objects import Club, Entry, Pillar, Territory
    from plugins.publication.context import Context


JOINER: Final = "\u2060"
# What opens a word that some tool replaces: {{ … }}, {% … %}, ${…}, [[…]], [EMAIL], %EMAIL%, *|EMAIL|*, #{…}, <%= … %>.
_OPENS: Final = re.compile(r"[{\[]|[%#](?=[\w%{])|\*(?=\|)|<(?=%)")


class MailColours(TypedDict):
    """The region's colours, light: a mail that says both its ground and its ink is read in the dark as well."""

    paper: Annotated[str, "The ground of the letter."]
    shade: Annotated[str, "The ground around it."]
    ink: Annotated[str, "Texts."]
    muted: Annotated[str, "Texts of less weight."]
    rule: Annotated[str, "Thin rules."]
    accent: Annotated[str, "Links."]


class MailView(TypedDict):
    """The letter as a mail (``mail/letter.html``); every address is a full one."""

    lang: Annotated[str, "Its language (BCP 47)."]
    subject: Annotated[str, "What the mail is about, for its head."]
    preheader: Annotated[str, "What mailboxes show beside the subject."]
    title: Annotated[str, "« Lettre de novembre 2026 »."]
    about: Annotated[str, "The club, pillar or territory; empty for the whole region."]
    site: Annotated[Link, "The site and its home page."]
    online: Annotated[Link, "Where to read it on the site: the letter, or the group's page."]
    issued: Annotated[str, "The day of which « what comes next » is said, in words."]
    intro: Annotated[list[str], "The editors' own words, as paragraphs."]
    news: list[LetterPart]
    ahead: list[LetterPart]
    contact: Annotated[list[str], "Who runs the site: name, address, web address; what is known of them."]
    unsubscribe: Annotated[str, "Where one leaves the list; empty where the sending tool adds that."]
    colours: MailColours


@dataclass(frozen=True, slots=True)
class Scope:
    """Of what the letter is: ``entries`` and what its group is called; without a name it is of the whole region."""

    entries: Sequence[Entry] | None = None
    name: str = ""
    address: str = HOME
    choice: str = ""  # what the filters of lists call the group: ``clubs=repar``


def scope_of(field: str, group: Club | Pillar | Territory) -> Scope:
    """The scope of a group; ``field`` is the field of entries that names it (``clubs``)."""
    return Scope(entries_of(group), typography(group.name), group.address, f"{field}={group.id}")


def mail_view(
    ctx: Context, month: Month, scope: Scope, *, intro: str = "", unsubscribe: str = "", demo: bool = False
) -> MailView | None:
    """The mail of a month, or None where there is nothing to tell.

    ``intro`` is plain text with blank lines between paragraphs, ``unsubscribe`` an address or what the sending tool replaces by
    one. These two are the editors' own; in everything else what a tool would replace is made inert.
    """
    digest = Letters(ctx.site, scope.entries, demo=demo).of(month)
    if digest.is_empty and not intro.strip():
        return None
    title = letter_name(month)
    name = typography(str(ctx.site.settings["name"]))
    made: MailView = {
        "lang": language(ctx),
        "subject": f"{scope.name or name}{FIXED}– {title[0].lower()}{title[1:]}",
        "preheader": " ".join([counts_words(digest), " · ".join(highlights(digest))]).strip(),
        "title": title,
        "about": scope.name,
        "site": {"name": name, "href": ctx.absolute(HOME)},
        "online": _online(ctx, digest, scope),
        "issued": day_words(digest.issued),
        "intro": [],
        "news": news_parts(ctx, digest, scope.choice),
        "ahead": ahead_parts(ctx, digest, scope.choice),
        "contact": _contact(ctx),
        "unsubscribe": "",
        "colours": _colours(ctx),
    }
    harmless = cast("MailView", inert(made))
    return {**harmless, "intro": paragraphs(intro), "unsubscribe": unsubscribe, "colours": made["colours"]}


def inert(value: Any) -> Any:
    """The same with no word in it that a mailing tool would replace: a word joiner, which nobody sees, breaks what opens one."""
    if isinstance(value, dict):
        return {key: below if key in {"href", "url"} else inert(below) for key, below in value.items()}
    if isinstance(value, list):
        return [inert(below) for below in value]
    return _OPENS.sub(lambda found: found.group() + JOINER, value) if isinstance(value, str) else value


def _online(ctx: Context, digest: Digest, scope: Scope) -> Link:
    """The letter on the site, the page of a group (which has no letters of its own there), or the home page."""
    wanted = scope.address if scope.name else monthly_address(digest.month)
    address = wanted if ctx.href(wanted) else HOME
    name = (
        "Lire en ligne" if address != scope.address else f"{scope.name}, sur le site" if scope.name else "Voir le site"
    )
    return {"name": typography(name), "href": ctx.absolute(address)}


def _contact(ctx: Context) -> list[str]:
    contact = ctx.site.settings.get("contact") or {}
    return [str(contact[key]) for key in ("name", "address", "url") if contact.get(key)]


def _colours(ctx: Context) -> MailColours:
    found = palette(ctx.site.settings.get("colours") or {}, dark=False)
    return {name: written(found[name]) for name in MailColours.__annotations__}  # type: ignore[return-value]  # the same names
