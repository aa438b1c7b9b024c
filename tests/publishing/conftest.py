from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.publishing.storage_double import Stored, storage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def stored() -> Iterator[Stored]:
    with storage() as found:
        yield found
