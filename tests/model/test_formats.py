"""Each format of the schemas says yes to what people rightly write and no to what only looks like it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from plugins.model.schema.formats import FORMATS, LICENCES, is_siren, local_time_exists
from plugins.model.schema.rrule_format import is_rrule, occurs_after

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
PARIS = ZoneInfo("Europe/Paris")

GOOD = {
    "date": ["2026-03-04", "2024-02-29", "1900-01-01"],
    "local-datetime": ["2026-03-04T18:30", "2026-03-04 18:30", "2026-03-04T18:30:15", "2026-03-04T00:00"],
    "uri-http": [
        "https://example.org",
        "http://example.org:8080/a/?b=c&d=%20#e",
        "https://évènement.example/œuvre",
        "HTTPS://example.org/",
        "http://localhost:8000/",
        "http://[::1]/",
        "https://example.org./a_(b)",
    ],
    "rrule": [
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20270101T183000",
        "FREQ=WEEKLY;UNTIL=20270101T173000Z",
        "FREQ=MONTHLY;BYDAY=1SA,-1SU;COUNT=6",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=2;WKST=SU",
        "freq=weekly;byday=mo",
    ],
    "insee": ["14118", "2A004", "2B033", "97105", "01001", "95680"],
    "siren": ["732829320", "000000000"],
    "slug": ["a", "repair-cafe-caen", "2026", "a1-b2"],
    "timezone": ["Europe/Paris", "America/Martinique", "UTC"],
    "language": ["fr", "br", "en-GB", "sr-Latn", "zh-Hant-TW", "nrm"],
    "spdx": ["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "etalab-2.0", "ODbL-1.0", "MIT", "EUPL-1.2"],
    "file-name": ["photo.jpg", "Synthese_2026.v2.pdf", "a"],
    "colour": ["#0a6", "#00AA66"],
    "regex": ["^[a-z]+$"],
}

BAD = {
    "date": [
        "2026-02-29",
        "2026-13-01",
        "2026-3-4",
        "20260304",
        "2026-W10-3",
        "04/03/2026",
        "2026-03-04 ",
        "٢٠٢٦-٠٣-٠٤",
        "0000-01-01",
        "",
    ],
    "local-datetime": [
        "2026-02-30T10:00",
        "2026-03-04",
        "2026-03-04T24:00",
        "2026-03-04T18:60",
        "2026-03-04T18h30",
        "2026-03-04T18:30Z",
        "2026-03-04T18:30+01:00",
        "2026-03-04t18:30",
        "2026-03-04T18",
        "2026-03-04T18:30:15.5",
        "2026-03-04  18:30",
    ],
    "uri-http": [
        "",
        "example.org",
        "//example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,x",
        "https:example.org",
        "https://",
        "https:///chemin",
        "https://exemple",
        "https://user@example.org",
        "https://user:secret@example.org",
        "https://@example.org",
        "https://example.org:",
        "https://example.org:99999",
        "https://example.org:0",
        "https://example..org",
        "https://-example.org",
        "https://example.org/a b",
        "https://example.org/\t",
        "https://example.org/\u200b",
        "https://example.org/\u00a0",
        "https://example.org/\x00",
        "https://exam\nple.org",
        "https://example.org\\@evil.example",
        'https://example.org/"onclick=x',
        "https://example.org/<script>",
        "https://ex\u2100mple.org",
        "https://[::zz]/",
        " https://example.org",
    ],
    "rrule": [
        "",
        "WEEKLY",
        "RRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY\nEXDATE:20260101",
        "DTSTART:20260101\nRRULE:FREQ=WEEKLY",
        "FREQ=HOURLY",
        "FREQ=MINUTELY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=9,10",
        "BYDAY=MO",
        "FREQ=WEEKLY;",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=-1",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;UNTIL=20270230",
        "FREQ=WEEKLY;UNTIL=2027-01-01",
        "FREQ=WEEKLY;UNTIL=20270101Z",
        "FREQ=WEEKLY;UNTIL=20270101T250000",
        "FREQ=WEEKLY;BYDAY=LU",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=WEEKLY;BYEASTER=0",
        "FREQ=WEEKLY; BYDAY=MO",
        "tous les lundis",
    ],
    "insee": ["1418", "141180", "2C001", "00001", "20004", "96001", "9A001", "2a004", "14 118", "١٤١١٨"],
    "siren": ["732829321", "73282932", "7328293200", "732 829 320", "٧٣٢٨٢٩٣٢٠", ""],
    "slug": ["", "A", "a_b", "-a", "a-", "a--b", "é", "a b", "a/b", "a.b", "a\n"],
    "timezone": ["Paris", "europe/paris", "Europe/Caen", "+01:00", "../../etc/passwd", "localtime", ""],
    "language": ["french", "f", "xx", "fr_FR", "FR", "fr-fr", "fr-", ""],
    "spdx": ["CC-BY", "CC BY 4.0", "cc-by-4.0", "etalab", "proprietary", ""],
    "file-name": [
        "",
        ".",
        "..",
        ".htaccess",
        "a/b.jpg",
        "a\\b.jpg",
        "../b.jpg",
        "a..b",
        "été.jpg",
        "a b.jpg",
        "a.",
        "-rf",
        "con.txt",
        "NUL",
        "a\n",
        "x" * 101,
        "%2e%2e",
    ],
    "colour": ["red", "#12", "#12345", "#1234567", "#00AA6G", "rgb(0,0,0)", "#00aa66;x", "#0a6\n", ""],
    "regex": ["("],
}


def valid(instance: object, format_name: str) -> bool:
    """Ask as schemas do."""
    return Draft202012Validator({"format": format_name}, format_checker=FORMATS).is_valid(instance)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in GOOD.items() for text in texts])
def test_good(name: str, text: str) -> None:
    assert valid(text, name)


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_bad(name: str, text: str) -> None:
    assert not valid(text, name)


def test_every_format_is_tested_and_none_is_left_from_the_library() -> None:
    assert set(FORMATS.checkers) == set(GOOD) == set(BAD)


@pytest.mark.parametrize("name", sorted(GOOD))
@pytest.mark.parametrize("instance", [None, 5, 1.5, True, [], {}])
def test_a_format_says_nothing_of_what_is_no_text(name: str, instance: object) -> None:
    assert valid(instance, name)


@PROPERTY
@given(st.text(max_size=30), st.sampled_from(sorted(GOOD)))
def test_no_text_breaks_a_format(text: str, name: str) -> None:
    assert valid(text, name) in (True, False)


@PROPERTY
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_of_the_calendar_is_a_date(day: date) -> None:
    assert valid(day.isoformat(), "date")
    assert valid(f"{day.isoformat()}T23:59", "local-datetime")


@PROPERTY
@given(st.text("0123456789", min_size=8, max_size=8))
def test_each_eight_digits_have_one_last_digit_that_makes_a_siren(digits: str) -> None:
    assert sum(is_siren(digits + last) for last in "0123456789") == 1


PARTS = st.dictionaries(
    st.sampled_from(
        ["BYDAY", "BYMONTH", "BYMONTHDAY", "INTERVAL", "COUNT", "UNTIL", "BYSETPOS", "BYYEARDAY", "BYWEEKNO", "WKST"]
    ),
    st.sampled_from(
        ["MO", "1MO", "-1FR,TU", "1", "2", "12", "31", "-1", "366", "0", "20270101", "20270101T100000Z", "x", ""]
    ),
    max_size=3,
)


@PROPERTY
@given(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), PARTS)
def test_what_is_accepted_dateutil_reads(freq: str, parts: dict[str, str]) -> None:
    text = ";".join([f"FREQ={freq}", *(f"{name}={value}" for name, value in parts.items())])
    if is_rrule(text):
        zone = UTC if text.endswith("Z") or "Z;" in text else None
        rrulestr(text, dtstart=datetime(2026, 3, 4, 18, 30, tzinfo=zone))


@pytest.mark.parametrize(
    ("rule", "start", "occurs"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", date(2026, 3, 2), True),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", date(2026, 3, 3), False),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", date(2026, 3, 1), False),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29", date(2025, 1, 1), False),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", date(2024, 2, 29), True),
        ("FREQ=WEEKLY;UNTIL=20200101", date(2026, 3, 2), True),
    ],
)
def test_a_rule_may_never_meet_its_start(rule: str, start: date, occurs: bool) -> None:
    assert is_rrule(rule)
    assert occurs_after(rule, start) is occurs


@pytest.mark.parametrize(
    ("local", "exists"),
    [
        ("2026-03-29T01:59:59", True),
        ("2026-03-29T02:00", False),
        ("2026-03-29T02:59:59", False),
        ("2026-03-29T03:00", True),
        ("2026-10-25T02:30", True),
        ("2026-07-14T12:00", True),
    ],
)
def test_the_hour_skipped_in_spring_does_not_exist(local: str, exists: bool) -> None:
    assert local_time_exists(datetime.fromisoformat(local), PARIS) is exists
    assert local_time_exists(datetime.fromisoformat(local), ZoneInfo("America/Martinique"))


@PROPERTY
@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_has_a_local_time_that_exists(moment: datetime) -> None:
    local = moment.astimezone(PARIS)
    assert local_time_exists(local.replace(tzinfo=None, fold=local.fold), PARIS)
    assert local_time_exists(local.replace(tzinfo=None, fold=0), PARIS)


def test_licences_are_ids() -> None:
    assert all(licence.isascii() and " " not in licence for licence in LICENCES)
