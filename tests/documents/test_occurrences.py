"""Wall-clock times across the change of hour, and rules of strangers (RFC 5545, section 3.3.10)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.model.occurrences import (
    RecurrenceError,
    first_occurrence,
    is_past,
    next_occurrence,
    occurrences,
    parse_rule,
    until,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = dt.date
WEEKLY = {"start": "2027-03-16T18:30", "end": "2027-03-16T20:30", "recurrence": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270410"}


def starts(fields: Mapping[str, object], start: dt.date, end: dt.date, **options: dt.date) -> list[str]:
    return [found.start.isoformat() for found in occurrences(fields, start, end, **options)]


def test_a_weekly_evening_stays_at_half_past_six_when_the_clocks_change() -> None:
    assert starts(WEEKLY, DAY(2027, 3, 1), DAY(2027, 12, 31)) == [
        "2027-03-16T18:30:00+01:00",
        "2027-03-23T18:30:00+01:00",
        "2027-03-30T18:30:00+02:00",
        "2027-04-06T18:30:00+02:00",
    ]


def test_the_window_is_inclusive_and_counts_what_goes_on_into_it() -> None:
    night = {"start": "2026-05-01T22:00", "end": "2026-05-02T02:00"}
    assert len(occurrences(night, DAY(2026, 5, 2), DAY(2026, 5, 2))) == 1
    assert len(occurrences(night, DAY(2026, 5, 1), DAY(2026, 5, 1))) == 1
    assert occurrences(night, DAY(2026, 5, 3), DAY(2026, 5, 4)) == []
    assert occurrences(night, DAY(2026, 4, 1), DAY(2026, 4, 30)) == []


def test_whole_days_are_dates_and_the_last_day_counts() -> None:
    days = {"start": "2026-05-29", "end": "2026-05-30", "all_day": True}
    (found,) = occurrences(days, DAY(2026, 5, 30), DAY(2026, 5, 30))
    assert (found.start, found.end, found.all_day) == (DAY(2026, 5, 29), DAY(2026, 5, 30), True)
    assert not is_past(days, DAY(2026, 5, 30))
    assert is_past(days, DAY(2026, 5, 31))


def test_times_are_those_of_the_events_own_timezone() -> None:
    found = first_occurrence({"start": "2026-02-05 12:30", "timezone": "America/Martinique"})
    assert found.start.isoformat() == "2026-02-05T12:30:00-04:00"
    assert found.end == found.start


def test_a_time_that_spring_skips_is_read_with_the_offset_before_the_gap() -> None:
    daily = {"start": "2027-03-27T02:30", "end": "2027-03-27T03:30", "recurrence": "FREQ=DAILY;COUNT=3"}
    assert starts(daily, DAY(2027, 3, 27), DAY(2027, 3, 30)) == [
        "2027-03-27T02:30:00+01:00",
        "2027-03-28T03:30:00+02:00",
        "2027-03-29T02:30:00+02:00",
    ]


def test_an_endless_rule_is_followed_for_24_months_from_today() -> None:
    endless = {"start": "2020-01-06T09:00", "recurrence": "FREQ=WEEKLY"}
    found = starts(endless, DAY(2026, 6, 1), DAY(2040, 1, 1), today=DAY(2026, 6, 1))
    assert found[0] == "2026-06-01T09:00:00+02:00"
    assert found[-1] == "2028-05-29T09:00:00+02:00"
    assert next_occurrence(endless, DAY(2030, 1, 1)) is not None


def test_a_rule_with_an_end_is_followed_to_its_end() -> None:
    ended = {"start": "2026-01-05T09:00", "recurrence": "FREQ=YEARLY;COUNT=5"}
    assert starts(ended, DAY(2026, 1, 1), DAY(2040, 1, 1), today=DAY(2026, 1, 1))[-1] == "2030-01-05T09:00:00+01:00"
    assert is_past(ended, DAY(2030, 1, 6))
    last = next_occurrence(ended, DAY(2029, 5, 1))
    assert last is not None
    assert last.start.isoformat() == "2030-01-05T09:00:00+01:00"


def test_the_written_start_counts_even_where_the_rule_skips_it() -> None:
    monday = {"start": "2026-06-01T09:00", "recurrence": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260610"}
    assert [found[:10] for found in starts(monday, DAY(2026, 6, 1), DAY(2026, 7, 1))] == [
        "2026-06-01",
        "2026-06-02",
        "2026-06-09",
    ]


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("20270330", "2027-03-30T23:59:59"),
        ("20270330T180000", "2027-03-30T18:00:00"),
        ("20270330T160000Z", "2027-03-30T18:00:00"),
    ],
)
def test_until_is_a_day_a_local_time_or_utc(written: str, last: str) -> None:
    found = until(parse_rule(f"FREQ=DAILY;UNTIL={written}"), "Europe/Paris")
    assert found is not None
    assert found.isoformat() == last


@pytest.mark.parametrize(
    "rule",
    [
        "", "every day", "FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;FREQ=DAILY",
        "INTERVAL=2", "FREQ=DAILY;COUNT=3;UNTIL=20270101", "FREQ=DAILY;BYMINUTE=0,1,2", "FREQ=DAILY;X-A=1",
        "FREQ=DAILY;COUNT=1000000000",
    ],
)  # fmt: skip
def test_rules_that_no_agenda_needs_are_refused(rule: str) -> None:
    with pytest.raises(RecurrenceError):
        parse_rule(rule)


def test_an_until_that_is_no_date_is_refused() -> None:
    with pytest.raises(RecurrenceError):
        occurrences(
            {"start": "2026-01-01", "recurrence": "FREQ=DAILY;UNTIL=20269999"}, DAY(2026, 1, 1), DAY(2026, 2, 1)
        )


@given(
    day=st.dates(DAY(2020, 1, 1), DAY(2030, 1, 1)),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 60)),
    freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 9),
    window=st.tuples(st.integers(-400, 4000), st.integers(0, 400)),
)
def test_a_window_holds_in_order_what_is_in_it_whatever_its_bounds(
    day: dt.date, hours: tuple[int, int], freq: str, interval: int, window: tuple[int, int]
) -> None:
    start = dt.datetime.combine(day, dt.time(hours[0]))
    fields = {
        "start": start.isoformat(timespec="minutes"),
        "end": (start + dt.timedelta(hours=hours[1])).isoformat(timespec="minutes"),
        "recurrence": f"FREQ={freq};INTERVAL={interval}",
    }
    first = day + dt.timedelta(days=window[0])
    last = first + dt.timedelta(days=window[1])
    found = occurrences(fields, first, last)
    assert all(one.last_day >= first and one.first_day <= last for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})
    whole = occurrences(fields, first - dt.timedelta(days=9), last + dt.timedelta(days=9))
    assert found == [one for one in whole if one.last_day >= first and one.first_day <= last]
