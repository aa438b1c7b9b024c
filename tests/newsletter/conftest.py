from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.newsletter.region import region

if TYPE_CHECKING:
    from plugins.publication.context import Context


@pytest.fixture(scope="session")
def ctx(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """The region of the letters on 10 December 2026. Tests read it and change nothing."""
    return region(tmp_path_factory.mktemp("vallon"))
