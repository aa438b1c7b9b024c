"""Where something stands on the day of the build."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plugins.views.words.states import state

TODAY = dt.date(2026, 11, 24)
CALL = {"opens": "2026-11-01", "closes": "2026-11-24"}


@pytest.mark.parametrize(
    ("fields", "to_come", "stands"),
    [
        ({}, False, ""),
        (CALL, False, "open"),  # its last day counts
        ({**CALL, "closes": "2026-11-23T12:00"}, False, "closed"),
        ({**CALL, "opens": "2026-11-25"}, False, "soon"),
        ({"expires": "2026-11-24"}, False, "current"),
        ({"expires": "2026-11-23"}, False, "expired"),
        ({"start": "2026-12-01T10:00"}, True, "upcoming"),
        ({"start": "2026-01-01T10:00"}, False, "past"),
        ({"start": "2026-12-01T10:00", "status": "cancelled"}, True, "cancelled"),
        ({"start": "2026-01-01T10:00", "status": "cancelled"}, False, "cancelled"),
        ({"start": "2026-12-01T10:00", "status": "postponed"}, True, "postponed"),
        ({"start": "2026-01-01T10:00", "status": "postponed"}, False, "past"),
    ],
)
def test_dates_say_where_something_stands(fields: dict[str, Any], to_come: bool, stands: str) -> None:
    assert state(fields, TODAY, to_come=to_come) == stands
