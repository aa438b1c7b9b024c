"""Fixtures: one table for each forge, the same scenarios at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.forges.doubles import DOUBLES
from tests.bot.forges.table import Table, laid

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=sorted(DOUBLES))
def table(request: pytest.FixtureRequest) -> Iterator[Table]:
    with laid(request.param) as found:
        yield found


@pytest.fixture(params=sorted(DOUBLES))
def narrow_table(request: pytest.FixtureRequest) -> Iterator[Table]:
    """A forge whose pages hold two rows."""
    with laid(request.param, longest_page=2) as found:
        yield found


@pytest.fixture
def github() -> Iterator[Table]:
    with laid("github") as found:
        yield found


@pytest.fixture
def gitlab() -> Iterator[Table]:
    with laid("gitlab") as found:
        yield found


@pytest.fixture
def forgejo() -> Iterator[Table]:
    with laid("forgejo") as found:
        yield found
