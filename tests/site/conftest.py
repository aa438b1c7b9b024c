from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.building import PROJECT, SMALL, built_once

if TYPE_CHECKING:
    from pathlib import Path


def _shared(factory: pytest.TempPathFactory, worker: str) -> Path:
    base = factory.getbasetemp()
    return base if worker == "master" else base.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The project's own site, built."""
    return built_once("site-neci", PROJECT, _shared(tmp_path_factory, worker_id))


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small other region, built."""
    return built_once("site-small", SMALL, _shared(tmp_path_factory, worker_id))
