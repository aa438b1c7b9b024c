"""What each template may see, written from the types that the views promise: the reference in ``docs/theme.md``."""

from __future__ import annotations

import inspect
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args, get_origin, get_type_hints, is_typeddict

from plugins.views.entry.entries import EntryView
from plugins.views.entry.own_consultation import ConsultationOwn, ContributionOwn
from plugins.views.entry.own_event import EventOwn
from plugins.views.entry.own_initiative import InitiativeOwn
from plugins.views.finding.map_page import MapPageView
from plugins.views.finding.search_page import SearchView
from plugins.views.forms.contribute import AskedView, ContributeView, FormView
from plugins.views.groups.clubs import ClubsView, ClubView
from plugins.views.groups.members import MembersView, MemberView
from plugins.views.groups.pillars import PillarsView, PillarView
from plugins.views.groups.territories import TerritoriesView, TerritoryView
from plugins.views.home import HomeView
from plugins.views.letters.newsletter import LettersView, LetterView
from plugins.views.listing.lists import ListView
from plugins.views.listing.months import MonthView
from plugins.views.listing.tags import TagsView, TagView
from plugins.views.observatory import ObservatoryView
from plugins.views.page.not_found import NotFoundView
from plugins.views.page.shell import Shell
from plugins.views.styleguide import StyleguideView

if TYPE_CHECKING:
    from collections.abc import Iterator

# Keys that mean the same wherever they stand; a view says more where there is more to say.
COMMON: Final = {
    "address": "The street, or the postal address.",
    "calendar": "Its calendar; empty if calendars are switched off.",
    "choices": "The answers to choose from.",
    "code": "Its official code.",
    "commune": "The commune; empty where none is named.",
    "communes": "How many communes it has.",
    "count": "How many there are.",
    "credit": "Who made it, and its licence.",
    "day": "The number of the day.",
    "definition": "What it is, in a sentence.",
    "demo": "Whether it is made up, and has to say so.",
    "description": "What it is, in a few sentences.",
    "entries": "How many entries it has.",
    "feed": "Its feed; empty if feeds are switched off.",
    "height": "Height, in units of the drawing or pixels of the picture.",
    "help": "What the schema says about it.",
    "href": "Where it leads; empty where nothing is published there.",
    "icon": "The name of its icon below `icons/`.",
    "id": "Its anchor in the page.",
    "index": "Its pillar's place in the ring, from 0.",
    "iso": "As machines write it (ISO 8601).",
    "label": "What it is called.",
    "labels": "The labels it has earned.",
    "letter": "The letter, lower case, or 0-9.",
    "level": "How deep it stands.",
    "middle": "Its middle, across.",
    "month": "The month, short.",
    "name": "What it is called.",
    "number": "The number.",
    "path": "The line to draw, as an SVG path.",
    "question": "What was asked.",
    "required": "Whether it must be given.",
    "src": "Where the file is.",
    "summary": "Its summary.",
    "text": "The words.",
    "themes": "What it works on.",
    "title": "Its title.",
    "type": "The name of the content type.",
    "unit": "What the number counts.",
    "url": "The full address.",
    "value": "The value, as it is written.",
    "values": "The values, in order.",
    "weekday": "The day of the week.",
    "width": "Width, in units of the drawing or pixels of the picture.",
    "words": "As people say it.",
    "x": "Its place across.",
    "y": "Its place down.",
    "year": "The year.",
    "columns": "What stands above each column.",
    "alt": "What it shows, for those who cannot see it.",
}
START: Final = "<!-- reference: written by plugins.views.reference, do not edit -->"
END: Final = "<!-- /reference -->"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page: its template and the types whose keys its view has, all of them and no others."""

    template: str
    types: tuple[Any, ...]

    def names(self) -> set[str]:
        """The names that the template may use, ``shell`` apart."""
        return {name for one in self.types for name in fields(one)}


KINDS: Final = (
    PageKind("home.html", (HomeView,)),
    PageKind("list.html", (ListView,)),
    PageKind("month.html", (MonthView,)),
    PageKind("entry.html", (EntryView,)),
    PageKind("entry/event.html", (EntryView, EventOwn)),
    PageKind("entry/initiative.html", (EntryView, InitiativeOwn)),
    PageKind("entry/consultation.html", (EntryView, ConsultationOwn)),
    PageKind("entry/contribution.html", (EntryView, ContributionOwn)),
    PageKind("clubs.html", (ClubsView,)),
    PageKind("club.html", (ClubView,)),
    PageKind("pillars.html", (PillarsView,)),
    PageKind("pillar.html", (PillarView,)),
    PageKind("territories.html", (TerritoriesView,)),
    PageKind("territory.html", (TerritoryView,)),
    PageKind("members.html", (MembersView,)),
    PageKind("member.html", (MemberView,)),
    PageKind("tags.html", (TagsView,)),
    PageKind("tag.html", (TagView,)),
    PageKind("map.html", (MapPageView,)),
    PageKind("newsletters.html", (LettersView,)),
    PageKind("newsletter.html", (LetterView,)),
    PageKind("observatory.html", (ObservatoryView,)),
    PageKind("search.html", (SearchView,)),
    PageKind("contribute.html", (ContributeView,)),
    PageKind("form.html", (FormView,)),
    PageKind("asked.html", (AskedView,)),
    PageKind("not_found.html", (NotFoundView,)),
    PageKind("styleguide.html", (StyleguideView,)),
)


def fields(view: Any) -> dict[str, tuple[Any, str]]:
    """The keys of a view's type with their types and sentences."""
    return {name: _split(name, hint) for name, hint in get_type_hints(view, include_extras=True).items()}


def _split(name: str, hint: Any) -> tuple[Any, str]:
    if get_origin(hint) is Annotated:
        kind, sentence = get_args(hint)
        return kind, str(sentence)
    return hint, _inherited(hint) or COMMON.get(name, "")


def _inherited(hint: Any) -> str:
    """The first sentence of the type itself, for a key that says no more than its type does."""
    inside = next(iter(nested(hint)), None)
    return (inspect.getdoc(inside) or "").partition("\n")[0] if inside else ""


def nested(hint: Any) -> Iterator[Any]:
    """The typed dictionaries in a type: of a list, of what may be None."""
    if is_typeddict(hint):
        yield hint
    for part in get_args(hint):
        yield from nested(part)


def reference() -> str:
    """The whole reference in Markdown: the shell, each kind of page, then the pieces that they share."""
    lines = [*_section("`shell`", (Shell,))]
    for kind in KINDS:
        lines += _section(f"`{kind.template}`", kind.types)
    lines += ["### Pieces", "", "Dictionaries inside the views, by name.", ""]
    for piece in _pieces():
        lines += [f"#### {piece.__name__}", "", *_table(piece)]
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, types: tuple[Any, ...]) -> Iterator[str]:
    yield from (f"### {title}", "")
    for one in types:
        yield from ((inspect.getdoc(one) or "").replace("``", "`"), "", *_table(one))


def _table(view: Any) -> Iterator[str]:
    yield from ("| name | type | |", "|---|---|---|")
    for name, (kind, sentence) in fields(view).items():
        yield f"| `{name}` | {_named(kind)} | {sentence.replace('``', '`').replace('|', chr(92) + '|')} |"
    yield ""


def _pieces() -> list[Any]:
    found: dict[str, Any] = {}
    pending = [Shell, *(one for kind in KINDS for one in kind.types)]
    while pending:
        for kind, _ in fields(pending.pop()).values():
            for piece in nested(kind):
                if piece.__name__ not in found:
                    found[piece.__name__] = piece
                    pending.append(piece)
    return [found[name] for name in sorted(found)]


def _named(kind: Any) -> str:
    """A type in a few words: « list of Card », « text or nothing »."""
    if get_origin(kind) is list:
        return f"list of {_named(get_args(kind)[0])}"
    if get_origin(kind) is typing.Literal:
        return "text"
    if type(None) in get_args(kind):
        return " or ".join("nothing" if part is type(None) else _named(part) for part in get_args(kind))
    plain = {str: "text", int: "whole number", float: "number", bool: "yes or no"}
    linked = f"[{kind.__name__}](#{kind.__name__.lower()})" if is_typeddict(kind) else "table of names"
    return plain.get(kind) or linked


def with_reference(document: str) -> str:
    """``document`` (docs/theme.md) with the reference of today between its two marks. ValueError where a mark is missing."""
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("docs/theme.md has lost the marks around its reference")
    return f"{before}{START}\n\n{reference()}\n{END}{after}"


if __name__ == "__main__":
    from pathlib import Path

    document = Path(__file__).parents[2] / "docs" / "theme.md"
    document.write_text(with_reference(document.read_text(encoding="utf-8")), encoding="utf-8")
