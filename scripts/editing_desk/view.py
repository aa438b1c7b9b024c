"""The desk as its template sees it (``service/desk.html``): the same for the static page and for the form service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence  # noqa: TC003  # dataclass fields have these types
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.views.drawing.chart import Chart, chart
from plugins.views.page.frame import Frame, Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.words.french import Stamp, number, stamp
from scripts.french import desk as french

if TYPE_CHECKING:
    from plugins.publication.context import Context
    from scripts.editing_desk.coverage import Covered
    from scripts.editing_desk.desk import EditingDesk
    from scripts.editing_desk.figures import YearFigures
    from scripts.editing_desk.item import Item, Section

TITLE: Final = french.TITLE
MOST_SHOWN: Final = 100  # lines of a list


class DeskRow(TypedDict):
    """Something to look at."""

    title: str
    href: str
    why: Annotated[str, "What is the matter, without a final stop."]
    since: Annotated[Stamp | None, "Since when; None where time says nothing."]
    edit: Annotated[str, "Where to change it; empty where no form does."]
    ask: Annotated[str, "The id of the entry or member whose author can be asked; empty where nobody can be."]
    asked: Annotated[str, "What became of asking, or why nobody can be asked; empty where nobody was."]


class DeskSection(TypedDict):
    """A list of the desk."""

    id: str
    name: str
    count: Annotated[str, "How many lines there are; empty where nobody can know."]
    introduction: Annotated[str, "What stands in this list."]
    empty: Annotated[str, "What stands in place of an empty list."]
    rows: list[DeskRow]
    more: Annotated[str, "Says that the list stops; empty if it does not."]


class DeskCell(TypedDict):
    """A cell of a table."""

    text: str
    href: str


class DeskTable(TypedDict):
    """A table, as ``components/table.html`` draws it."""

    label: str
    columns: list[str]
    numeric: Annotated[list[bool], "Whether each column holds numbers."]
    rows: Annotated[list[list[DeskCell]], "The cells, row by row."]


class DeskChart(TypedDict):
    """A series of years, drawn."""

    title: str
    unit: str
    chart: Chart


class DeskView(TypedDict):
    """The editors' desk (``service/desk.html``)."""

    page: Frame
    styles: Annotated[list[str], "The style sheets of the desk."]
    title: str
    introduction: Annotated[str, "What this page is."]
    day: Annotated[Stamp, "The day for which it was made."]
    lists: Annotated[list[Link], "The other pages of the review; none on the static page."]
    done: Annotated[str, "What a button that was pressed has done; empty where none was."]
    broken: Annotated[list[str], "Files that publication could not show; none on the static page."]
    sections: list[DeskSection]
    coverage: Annotated[list[DeskTable], "Clubs, pillars and territories with their last year."]
    years: Annotated[DeskTable, "The figures of the last years."]
    charts: Annotated[list[DeskChart], "The same as pictures."]
    note: Annotated[str, "What the figures lack; empty if nothing."]
    csv: Annotated[str, "The figures as a file."]
    action: Annotated[str, "Where to send the question « toujours exact ? »; empty on the static page."]
    token: Annotated[str, "What forms carry."]
    leave: Annotated[str, "Where to sign out; empty where nobody signs in."]


@dataclass(frozen=True)
class Surroundings:
    """What differs between the static page and the service: addresses, what can be asked, and what was.

    ``edit`` gives the address of the form for a file (relative to the root) and the id of what it describes; ``asked`` says of
    an id whether its author can be asked, and what is to be said of it.
    """

    frame: Frame
    styles: Sequence[str]
    csv: str
    edit: Callable[[str, str], str]
    lists: Sequence[Link] = ()
    done: str = ""
    action: str = ""
    token: str = ""
    leave: str = ""
    broken: Sequence[str] = ()
    asked: Mapping[str, tuple[bool, str]] = field(default_factory=dict)


def desk_view(ctx: Context, desk: EditingDesk, around: Surroundings) -> DeskView:
    """Everything that the page shows."""
    return {
        "page": around.frame,
        "styles": list(around.styles),
        "title": french.TITLE,
        "introduction": french.INTRODUCTION,
        "day": stamp(ctx.today, weekday=True),
        "lists": list(around.lists),
        "done": around.done,
        "broken": list(around.broken),
        "sections": [_section(ctx, section, around) for section in desk.sections],
        "coverage": [
            _coverage_table(ctx, french.COVERAGE[name], getattr(desk.coverage, name))
            for name in french.COVERAGE
            if getattr(desk.coverage, name)
        ],
        "years": _years_table(ctx, desk.years),
        "charts": _charts(desk.years),
        "note": "" if desk.has_delays else french.NO_DELAYS,
        "csv": around.csv,
        "action": around.action,
        "token": around.token,
        "leave": around.leave,
    }


def _section(ctx: Context, section: Section, around: Surroundings) -> DeskSection:
    name, introduction, empty = french.SECTIONS[section.id]
    left = len(section.items) - MOST_SHOWN
    return {
        "id": section.id,
        "name": name,
        "count": number(len(section.items)) if section.known else "",
        "introduction": introduction,
        "empty": empty if section.known else french.UNKNOWN[section.id],
        "rows": [_row(ctx, item, around) for item in section.items[:MOST_SHOWN]],
        "more": french.more(left) if left > 0 else "",
    }


def _row(ctx: Context, item: Item, around: Surroundings) -> DeskRow:
    can_ask, said = around.asked.get(item.target, (False, "")) if item.asks else (False, "")
    return {
        "title": typography(item.title),
        "href": item.href or (ctx.href(item.address) if item.address else ""),
        "why": item.why,
        "since": stamp(item.since) if item.since else None,
        "edit": around.edit(item.path, item.target) if item.target else "",
        "ask": item.target if can_ask else "",
        "asked": said,
    }


def _coverage_table(ctx: Context, label: str, groups: Sequence[Covered]) -> DeskTable:
    return {
        "label": label,
        "columns": list(french.COLUMNS),
        "numeric": [False, False, True],
        "rows": [
            [
                {"text": typography(one.name), "href": ctx.href(one.address)},
                {"text": stamp(one.last)["words"] if one.last else french.NEVER, "href": ""},
                {"text": number(one.count), "href": ""},
            ]
            for one in groups
        ],
    }


def _years_table(ctx: Context, years: Sequence[YearFigures]) -> DeskTable:
    kinds = [kind for kind in ctx.site.schemas.content_types if any(kind.name in year.entries for year in years)]
    lines: list[tuple[str, list[float | None]]] = [(french.TOTAL, [year.total for year in years])]
    lines += [(typography(kind.plural), [year.entries.get(kind.name, 0) for year in years]) for kind in kinds]
    lines += [
        (french.MEETINGS, [year.meetings for year in years]),
        (french.CONTRIBUTORS, [year.contributors for year in years]),
        (french.DELAY, [year.delay for year in years]),
    ]
    return {
        "label": french.YEARS,
        "columns": [french.MEASURE, *(str(year.year) for year in years)],
        "numeric": [False, *(True for _ in years)],
        "rows": [[_cell(name), *(_cell(_figure(value)) for value in values)] for name, values in lines],
    }


def _charts(years: Sequence[YearFigures]) -> list[DeskChart]:
    series: list[tuple[str, str, list[tuple[int, float]]]] = [
        (french.TOTAL, french.UNITS["entries"], [(year.year, year.total) for year in years]),
        (french.CONTRIBUTORS, french.UNITS["contributors"], [(year.year, year.contributors) for year in years]),
        (french.DELAY, french.UNITS["delay"], [(year.year, year.delay) for year in years if year.delay is not None]),
    ]
    return [
        {"title": name, "unit": unit, "chart": chart({name: points})}
        for name, unit, points in series
        if any(value for _, value in points)
    ]


def _cell(text: str) -> DeskCell:
    return {"text": text, "href": ""}


def _figure(value: float | None) -> str:
    if value is None:
        return french.NOT_KNOWN
    return number(int(value) if float(value).is_integer() else value)
