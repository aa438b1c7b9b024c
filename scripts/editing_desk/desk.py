"""All of the desk for a site on a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.editing_desk import stale
from scripts.editing_desk.broken_links import broken_links
from scripts.editing_desk.coverage import Coverage, coverage
from scripts.editing_desk.figures import YearFigures, figures
from scripts.editing_desk.gaps import picture_gaps
from scripts.editing_desk.item import Item, Section
from scripts.editing_desk.twins import twins
from scripts.french import desk as french

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from scripts.editing_desk.known import Inbox, Known


@dataclass(frozen=True, slots=True)
class EditingDesk:
    """What editors see: lists of things to look at, who is written about, and the years' figures.

    ``has_delays`` says whether anybody told how long proposals take.
    """

    sections: tuple[Section, ...]
    coverage: Coverage
    years: tuple[YearFigures, ...]
    has_delays: bool


def editing_desk(site: Site, known: Known) -> EditingDesk:
    """The desk on ``site.today``."""
    checked = known.links is not None
    lists = {
        "sans-nouvelles": stale.without_news(site, known),
        "clos": stale.closed_calls(site, known),
        "series": stale.ended_series(site, known),
        "expirees": stale.expired_offers(site, known),
        "ressources": stale.dead_resources(site, known),
        "liens": broken_links(site, known),
        "images": picture_gaps(site),
        "doublons": twins(site),
        "accords": stale.without_consent(site, known),
    }
    sections = [Section("attente", tuple(_waiting(known.inbox)), known.inbox is not None)]
    sections += [
        Section(name, tuple(items), checked or name not in {"ressources", "liens"}) for name, items in lists.items()
    ]
    delays = known.inbox.delays if known.inbox else ()
    return EditingDesk(tuple(sections), coverage(site), figures(site, delays), known.inbox is not None)


def _waiting(inbox: Inbox | None) -> list[Item]:
    return [
        Item(one.title, french.waits(one.kind, late=one.late), one.since, href=one.href)
        for one in (inbox.waiting if inbox else ())
    ]
