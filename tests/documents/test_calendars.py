"""Calendars as other programs read them (RFC 5545, RFC 7986)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from plugins.documents.calendars import calendars
from plugins.documents.vevent import sequence, vevent
from plugins.documents.vtimezone import transitions, vtimezone
from plugins.model.occurrences import occurrences, zone
from tests.documents.small_root import SITE_URL

if TYPE_CHECKING:
    from plugins.publication.context import Context

UTC = dt.UTC


@pytest.fixture(scope="module")
def documents(ctx: Context) -> dict[str, bytes]:
    return {document.path: document.content for document in calendars(ctx)}


@pytest.fixture(scope="module")
def events(documents: dict[str, bytes]) -> dict[str, Any]:
    calendar = Calendar.from_ical(documents["agenda.ics"])
    return {str(event["UID"]).rpartition("/")[2].partition("@")[0]: event for event in calendar.events}


def test_there_is_a_calendar_for_the_site_and_each_club_pillar_and_territory(documents: dict[str, bytes]) -> None:
    expected = {"agenda.ics", "clubs/atelier/agenda.ics", "clubs/invente/agenda.ics", "piliers/reparer/agenda.ics"}
    expected |= {"piliers/partager/agenda.ics"}
    expected |= {f"territoires/{name}/agenda.ics" for name in ("exemplie", "est", "pays", "ville", "projet")}
    assert documents.keys() == expected


def test_every_calendar_keeps_to_the_grammar(documents: dict[str, bytes]) -> None:
    """RFC 5545, sections 3.1, 3.4 and 3.6: CRLF, 75 octets a line, the required properties, at least one component."""
    for path, content in documents.items():
        text = content.decode("utf-8")
        assert text.endswith("END:VCALENDAR\r\n")
        assert "\n" not in text.replace("\r\n", "")
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), path
        calendar = Calendar.from_ical(content)
        assert calendar.errors == []
        assert str(calendar["VERSION"]) == "2.0"
        assert calendar["PRODID"]
        assert calendar.subcomponents
        for event in calendar.events:
            assert event.errors == []
            assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "STATUS"} <= event.keys()
        uids = [str(event["UID"]) for event in calendar.events]
        assert len(uids) == len(set(uids))


def test_every_timezone_that_is_used_is_told_and_no_other(documents: dict[str, bytes]) -> None:
    for content in documents.values():
        used = set(re.findall(r";TZID=([^:;]+):", content.decode().replace("\r\n ", "")))
        told = {str(found["TZID"]) for found in Calendar.from_ical(content).timezones}
        assert used <= told
        assert used == told or not Calendar.from_ical(content).events


def test_a_calendar_says_how_it_is_called_and_how_often_to_ask(documents: dict[str, bytes]) -> None:
    calendar = Calendar.from_ical(documents["clubs/atelier/agenda.ics"])
    assert str(calendar["NAME"]) == str(calendar["X-WR-CALNAME"]) == "Club de l’atelier – Boucles de l’Exemplie"
    assert calendar["REFRESH-INTERVAL"].to_ical() == b"P1D"
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(calendar["SOURCE"]) == f"{SITE_URL}/clubs/atelier/agenda.ics"
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(Calendar.from_ical(documents["piliers/reparer/agenda.ics"])["X-APPLE-CALENDAR-COLOR"]) == "#AA3311"


def test_a_calendar_holds_what_belongs_to_it(documents: dict[str, bytes]) -> None:
    def titles(path: str) -> list[str]:
        return [str(event["SUMMARY"]) for event in Calendar.from_ical(documents[path]).events]

    assert titles("clubs/atelier/agenda.ics") == ["Atelier, vélos ; et café"]
    assert titles("territoires/pays/agenda.ics") == ["Atelier, vélos ; et café"]
    assert titles("clubs/invente/agenda.ics") == []
    assert len(titles("agenda.ics")) == 4


def test_whole_days_end_the_day_after_the_last_one(events: dict[str, Any]) -> None:
    event = events["journees"]
    assert event["DTSTART"].dt == dt.date(2026, 6, 5)
    assert event["DTEND"].dt == dt.date(2026, 6, 7)
    assert event["DTSTART"].params["VALUE"] == "DATE"


def test_what_is_cancelled_or_postponed_says_so(events: dict[str, Any]) -> None:
    cancelled, postponed, usual = events["journees"], events["permanence"], events["atelier"]
    assert (str(cancelled["STATUS"]), str(cancelled["SUMMARY"])) == ("CANCELLED", "Annulé : Journées du réemploi")
    assert (str(postponed["STATUS"]), str(postponed["SUMMARY"])) == ("TENTATIVE", "Reporté : Permanence en ligne")
    assert (str(usual["STATUS"]), usual["SEQUENCE"]) == ("CONFIRMED", 0)
    assert cancelled["SEQUENCE"] == 21  # ten days after its publication, and cancelled
    assert postponed["SEQUENCE"] == 1
    assert str(events["fete-inventee"]["SUMMARY"]) == "[Démonstration] Fête inventée"


def test_the_sequence_grows_with_every_change(ctx: Context) -> None:
    entry = ctx.site.entries["events/2026/atelier"]
    cancelled = replace(entry, fields={**entry.fields, "status": "cancelled"})
    later = replace(cancelled, updated=entry.date + dt.timedelta(days=1))
    again = replace(entry, updated=entry.date + dt.timedelta(days=2))
    assert [sequence(one) for one in (entry, cancelled, later, again)] == [0, 1, 3, 4]


def test_times_carry_their_zone_and_until_is_utc(events: dict[str, Any]) -> None:
    event = events["atelier"]
    assert event["DTSTART"].dt == dt.datetime(2027, 3, 16, 18, 30, tzinfo=zone("Europe/Paris"))
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;UNTIL=20270410T215959Z;BYDAY=TU"
    martinique = events["permanence"]
    assert martinique["DTSTART"].dt.isoformat() == "2026-07-02T12:30:00-04:00"
    assert "DTEND" not in martinique
    assert martinique["RRULE"].to_ical() == b"FREQ=MONTHLY;BYDAY=1TH"


def test_places_links_and_people(events: dict[str, Any]) -> None:
    event = events["atelier"]
    assert str(event["LOCATION"]) == "La Halle, 12 rue des Tanneurs, Exempleville"
    assert event["GEO"].to_ical() == "48.1;-1.6"
    assert str(event["CONTACT"]) == "Club de l’atelier"
    assert [str(word) for word in event["CATEGORIES"].cats] == ["Réparer", "vélo"]
    assert str(event["URL"]) == f"{SITE_URL}/agenda/2026/atelier/"
    assert "https://inscription.example.org/?a=1,2&b=3" in str(event["DESCRIPTION"])
    assert "ORGANIZER" not in event  # it would want an e-mail address
    online = events["permanence"]
    assert str(online["LOCATION"]) == "En ligne"
    assert str(online["CONFERENCE"]) == "https://visio.example.org/salle?a=1,2;b"
    assert online["CONFERENCE"].params["VALUE"] == "URI"


def test_names_and_stamps_do_not_depend_on_the_day_or_address_of_the_build(
    ctx: Context, events: dict[str, Any]
) -> None:
    event = events["journees"]
    assert str(event["UID"]) == "events/2026/journees@boucles.example.org"
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == dt.datetime(2026, 3, 11, tzinfo=UTC)
    entry = ctx.site.entries["events/2026/journees"]
    elsewhere = replace(ctx, site_url="https://ailleurs.example")
    lines = {vevent(ctx, entry).to_ical().replace(SITE_URL.encode(), b"").count(b"\r\n")}
    assert vevent(elsewhere, entry)["UID"] == event["UID"]
    assert lines


def test_another_expansion_of_the_rule_gives_the_same_times(ctx: Context, documents: dict[str, bytes]) -> None:
    """What the agenda shows is what a calendar program makes of the file: recurring-ical-events is not our expansion."""
    calendar = Calendar.from_ical(documents["agenda.ics"])
    start, end = dt.date(2026, 6, 1), dt.date(2027, 6, 1)
    theirs = sorted(_moment(one["DTSTART"].dt) for one in recurring_ical_events.of(calendar).between(start, end))
    ours = [
        _moment(one.start)
        for entry in ctx.site.by_folder["events"]
        for one in occurrences(entry.fields, start, end - dt.timedelta(days=1))
    ]
    assert theirs == sorted(ours)
    assert len(ours) > 12


def _moment(moment: Any) -> dt.datetime:
    if isinstance(moment, dt.datetime):
        return moment.astimezone(UTC)
    return dt.datetime.combine(moment, dt.time(), tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["Europe/Paris", "America/New_York", "America/Martinique", "Africa/Casablanca", "Australia/Lord_Howe"]
)
def test_a_vtimezone_gives_the_offsets_of_the_zone_at_every_change(name: str) -> None:
    """Read by icalendar and played back: an hour before, at and after each change, in local time as a calendar program would."""
    component = Calendar.from_ical(
        b"BEGIN:VCALENDAR\r\n" + vtimezone(name, 2026, 2028) + b"END:VCALENDAR\r\n"
    ).timezones[0]
    tz = zone(name)
    changes = list(transitions(tz, dt.datetime(2026, 1, 1, tzinfo=UTC), dt.datetime(2029, 1, 1, tzinfo=UTC)))
    steps = [change + dt.timedelta(hours=hour) for change in changes for hour in (-26, -1, 0, 1, 26)]
    for moment in [*steps, dt.datetime(2026, 1, 1, 12, tzinfo=UTC), dt.datetime(2028, 12, 31, 12, tzinfo=UTC)]:
        assert _offset_by_rules(component, moment) == moment.astimezone(tz).utcoffset(), moment


def _offset_by_rules(component: Any, moment: dt.datetime) -> dt.timedelta:
    """RFC 5545, section 3.6.5: the last observance whose onset, as local time with the offset before it, has come."""
    onsets: list[tuple[dt.datetime, dt.timedelta]] = []
    for rule in component.subcomponents:
        before, after = rule["TZOFFSETFROM"].td, rule["TZOFFSETTO"].td
        start = rule["DTSTART"].dt
        again = rrulestr(rule["RRULE"].to_ical().decode(), dtstart=start) if "RRULE" in rule else [start]
        local = itertools.takewhile(lambda found: found.year < 2032, again)
        onsets += [((found - before).replace(tzinfo=UTC), after) for found in local]
        assert "RDATE" not in rule  # ical.js reads one date of it
    return max((onset, offset) for onset, offset in onsets if onset <= moment)[1]


def test_a_zone_with_a_rule_says_it_and_goes_on_for_ever() -> None:
    content = vtimezone("Europe/Paris", 2027, 2027).decode()
    assert "DTSTART:20270328T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in content
    assert "DTSTART:20271031T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in content
    assert "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3" in vtimezone("America/New_York", 2027, 2027).decode()


def test_the_rule_is_one_that_dateutil_reads_too(events: dict[str, Any]) -> None:
    event = events["atelier"]
    rule = rrulestr(event["RRULE"].to_ical().decode(), dtstart=event["DTSTART"].dt)
    assert [found.strftime("%m-%d %H:%M %z") for found in rule] == [
        "03-16 18:30 +0100",
        "03-23 18:30 +0100",
        "03-30 18:30 +0200",
        "04-06 18:30 +0200",
    ]


@given(
    title=st.text(st.characters(codec="utf-8"), max_size=200),
    summary=st.text(st.characters(codec="utf-8"), max_size=400),
)
def test_no_text_breaks_out_of_its_property(ctx: Context, title: str, summary: str) -> None:
    evil = "\r\nEND:VEVENT\r\nBEGIN:VALARM\nATTACH:x"
    entry = replace(ctx.site.entries["events/2026/atelier"], title=title + evil, summary=summary + evil)
    content = vevent(ctx, entry).to_ical()
    found = Event.from_ical(content)
    assert found.errors == []
    assert found.subcomponents == []
    assert "ATTACH" not in found
    assert content.count(b"\r\nEND:VEVENT\r\n") == 1
    assert str(found["UID"]) == "events/2026/atelier@boucles.example.org"
    assert "END:VEVENT" in str(found["SUMMARY"])


def test_nothing_private_is_in_a_calendar(documents: dict[str, bytes]) -> None:
    assert not any(b"secretdecamille" in content.lower().replace(b"\r\n ", b"") for content in documents.values())
