from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.web.live import Live, live

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One service for the tests of a file that do not mind each other."""
    with live(tmp_path_factory.mktemp("service")) as running:
        yield running
