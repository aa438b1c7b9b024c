from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.forges.doubles import DOUBLES
from tests.bot.worker.bench import Bench, made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """On the local forge."""
    with made(tmp_path) as bench:
        yield bench


@pytest.fixture(params=sorted(DOUBLES))
def remote(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """At a double of each forge."""
    with made(tmp_path, request.param) as bench:
        yield bench
