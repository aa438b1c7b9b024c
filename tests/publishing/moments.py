"""The clock of these tests."""

from __future__ import annotations

import datetime as dt

DAY = dt.date(2026, 3, 4)
NOW = dt.datetime(2026, 3, 4, 3, 17, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 3, 5, 3, 17, tzinfo=dt.UTC)
