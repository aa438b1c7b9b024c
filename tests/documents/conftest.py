from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documents.small_root import context, write_root

if TYPE_CHECKING:
    from plugins.publication.context import Context


@pytest.fixture(scope="session")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The small region. Tests read it and change nothing."""
    return context(write_root(tmp_path_factory.mktemp("exemplie")))
