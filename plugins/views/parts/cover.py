"""The cover of an entry without a picture: where it is, its ring, its date or first figure. The same entry, the same cover."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.views.drawing.outline import bounds_of, fit, path
from plugins.views.parts.cards import card
from plugins.views.words.french import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

WIDTH: Final = 320
HEIGHT: Final = 200
TALLEST: Final = 76
TOLERANCE: Final = 1.5
_LETTER: Final = 0.6  # of the size: the mean width of a letter of the title font


class Cover(TypedDict):
    """A cover, in a box of 320 × 200."""

    outline: Annotated[
        str, "The outline of the place's grouping of communes or département; empty where none is known."
    ]
    x: Annotated[float, "Where the place is on it; meaningless without an outline."]
    y: float
    marked: Annotated[bool, "Whether there is a place to mark."]
    text: Annotated[str, "What stands large on it: a figure, a day; may be empty."]
    size: Annotated[int, "How large, so that it fits."]
    small: Annotated[str, "The line below: month and year, the commune, the kind."]
    ring: Annotated[list[int], "The places of the entry's pillars."]


def cover(ctx: Context, entry: Entry, *, silent: bool = False) -> Cover:
    """The cover of an entry; a ``silent`` one has no words, for the page that says them right beside it."""
    shown = card(ctx, entry)
    text, small = ("", "") if silent else _words(entry, ctx)
    outline, point = _ground(ctx, entry)
    return {
        "outline": outline,
        "x": point[0] if point else 0,
        "y": point[1] if point else 0,
        "marked": point is not None,
        "text": text,
        "size": min(TALLEST, int((WIDTH - 40) / (_LETTER * max(len(text), 1)))),
        "small": small,
        "ring": shown["ring"],
    }


def _words(entry: Entry, ctx: Context) -> tuple[str, str]:
    """What stands large, and below it: a figure and its unit, or the day: of the event, of its end, of its publication."""
    shown = card(ctx, entry)
    if shown["figure"]:
        return shown["figure"]["number"], shown["figure"]["unit"]
    says = shown["block"] or shown["until"] or shown["date"]
    day = dt.date.fromisoformat(says["iso"])
    return str(day.day), f"{MONTHS[day.month - 1]} {day.year}"


def _ground(ctx: Context, entry: Entry) -> tuple[str, tuple[float, float] | None]:
    """The outline around the entry's commune and the place on it."""
    feature = _around(ctx, entry)
    bounds = bounds_of([feature]) if feature else None
    if feature is None or bounds is None:
        return "", None
    frame = fit(bounds, WIDTH, HEIGHT, 14)
    code = str(feature["properties"]["code"])
    if code not in ctx.outlines:
        ctx.outlines[code] = path([feature], frame, tolerance=TOLERANCE)
    if entry.point is None:
        return ctx.outlines[code], None
    x, y = frame.place(*entry.point)
    return ctx.outlines[code], (round(x, 1), round(y, 1))


def _around(ctx: Context, entry: Entry) -> Mapping[str, Any] | None:
    geography = ctx.site.geography
    if not entry.communes:
        codes = [territory.code for territory in entry.territories if territory.code in geography.epci]
        return geography.epci[codes[0]] if codes else None
    commune = entry.communes[0]
    return geography.epci.get(commune.epci) or geography.departements.get(commune.departement)
