"""What has grown old: entries that say something which time has made untrue, or that nobody has looked at for long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from plugins.model.addresses import slug
from plugins.model.occurrences import is_past, occurrences
from plugins.views.words.states import day_of
from scripts.editing_desk.item import Item, of_entry, of_member
from scripts.editing_desk.periods import NEWS_YEARS, OUTCOME, RECENT_YEARS, years_before
from scripts.french import desk as french

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from plugins.model.objects import Entry, Site
    from scripts.editing_desk.known import Known

INITIATIVE: Final = "initiative"
RESOURCE: Final = "resource"
OUTCOMES: Final = ("winners", "outcome")  # the fields in which a call or consultation tells what came of it
_OPEN: Final = re.compile(
    r"\b(?:(?:est|sont|reste|restent|toujours|encore|actuellement)-ouverte?s?|ouverte?s?-(?:jusqu|depuis|du-\d|a-(?:tous|toutes))"
    r"|(?:candidatures?|inscriptions?|depots?)-ouverte?s?|candidatez|postulez|deposez|inscrivez-vous|repondez-avant|jusqu-au-\d)"
)


def without_news(site: Site, known: Known) -> list[Item]:
    """Initiatives that nobody has changed or confirmed for two years, the oldest first."""
    before = years_before(site.today, NEWS_YEARS)
    last = {entry: _last_news(entry, known) for entry in _real(site) if entry.type.name == INITIATIVE}
    old = sorted((entry for entry in last if last[entry] < before), key=lambda entry: (last[entry], entry.id))
    return [of_entry(entry, french.NO_NEWS, last[entry], asks=True) for entry in old]


def closed_calls(site: Site, known: Known) -> list[Item]:
    """Calls and consultations that are over while something still presents them as open, or that never said what came of them."""
    found: list[Item] = []
    for entry in _real(site):
        if "opens" not in entry.fields or "closes" not in entry.fields:
            continue
        closed = day_of(entry.fields["closes"])
        if closed >= site.today or _is_fresh(entry, known, closed, site.today):
            continue
        if _sounds_open(entry):
            found.append(of_entry(entry, french.SOUNDS_OPEN, closed, asks=True))
        elif closed <= site.today - OUTCOME and _wants_outcome(entry):
            found.append(of_entry(entry, french.NO_OUTCOME, closed, asks=True))
        found += [
            of_entry(other, french.presents_as_open(entry.title), closed)
            for other in _those_that_name(entry)
            if other.date <= closed and _sounds_open(other) and not _is_fresh(other, known, closed, site.today)
        ]
    return sorted(found, key=lambda item: (item.since or site.today, item.target), reverse=True)


def ended_series(site: Site, known: Known) -> list[Item]:
    """Events that came again and again, and do so no longer since less than a year: does it go on?"""
    found = []
    for entry in _real(site):
        if not entry.fields.get("recurrence") or entry.fields.get("status") == "cancelled":
            continue
        if not is_past(entry.fields, site.today):
            continue
        recent = occurrences(entry.fields, years_before(site.today, RECENT_YEARS), site.today)
        if recent and not _is_fresh(entry, known, recent[-1].last_day, site.today):
            found.append(of_entry(entry, french.SERIES_ENDED, recent[-1].last_day, asks=True))
    return _latest_first(found)


def expired_offers(site: Site, known: Known) -> list[Item]:
    """Offers and needs whose time ran out less than a year ago: still there?"""
    found = []
    for entry in _real(site):
        if "expires" not in entry.fields:
            continue
        expired = day_of(entry.fields["expires"])
        is_recent = years_before(site.today, RECENT_YEARS) <= expired < site.today
        if is_recent and not _is_fresh(entry, known, expired, site.today):
            found.append(of_entry(entry, french.EXPIRED, expired, asks=True))
    return _latest_first(found)


def without_consent(site: Site, known: Known) -> list[Item]:
    """Members of whom no day is known on which they agreed to be shown. The invented ones need none."""
    members = [
        member
        for member in site.members.values()
        if not member.demo and member.id not in known.consents and member.id not in known.confirmed
    ]
    members.sort(key=lambda member: member.source is not None)  # what was taken from public pages is the least urgent
    return [of_member(member, french.SOURCED if member.source else french.NO_CONSENT, asks=True) for member in members]


def dead_resources(site: Site, known: Known) -> list[Item]:
    """Resources whose own address leads nowhere any more."""
    links = known.links or {}
    return [
        of_entry(entry, seen.why, seen.failing_since, asks=True)
        for entry in _real(site)
        if entry.type.name == RESOURCE
        and (seen := links.get(str(entry.fields.get("url") or "")))
        and seen.state == "dead"
    ]


def _real(site: Site) -> Iterator[Entry]:
    """What is not made up."""
    return (entry for entry in site.entries.values() if not entry.demo)


def _last_news(entry: Entry, known: Known) -> dt.date:
    said = entry.updated or entry.date
    return max(said, known.confirmed.get(entry.id, said))


def _is_fresh(entry: Entry, known: Known, over: dt.date, today: dt.date) -> bool:
    """Whether somebody said after the end of something that the page is right all the same."""
    confirmed = known.confirmed.get(entry.id)
    return confirmed is not None and confirmed > over and confirmed >= years_before(today, NEWS_YEARS)


def _sounds_open(entry: Entry) -> bool:
    return bool(_OPEN.search(slug(f"{entry.title} {entry.summary}".replace("’", " "))))


def _wants_outcome(entry: Entry) -> bool:
    asked = [name for name in OUTCOMES if name in entry.type.schema.get("properties", {})]
    return bool(asked) and not any(entry.fields.get(name) for name in asked)


def _those_that_name(entry: Entry) -> list[Entry]:
    """Entries of other kinds that point to it, once each."""
    named = {mention.entry.id: mention.entry for mention in entry.mentions if mention.role == "related"}
    return [other for other in named.values() if "closes" not in other.fields and not other.demo]


def _latest_first(items: list[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (str(item.since), item.target), reverse=True)
