"""Built sites, served on loopback with the headers that they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.long_words import write_long_root
from tests.search.hosting import hosted
from tests.site.building import PROJECT, SMALL, built_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.search.hosting import Host


def _shared(factory: pytest.TempPathFactory, worker: str) -> Path:
    base = factory.getbasetemp()
    return base if worker == "master" else base.parent


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The project's own site: the one that tests/site builds, and not a second time."""
    return built_once("site-neci", PROJECT, _shared(tmp_path_factory, worker_id))


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[Host]:
    """The project's own site, served."""
    with hosted(site) as host:
        yield host


@pytest.fixture(scope="session")
def small_host(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Host]:
    """The small region, most of whose lists are empty or have one entry, served."""
    with hosted(built_once("site-small", SMALL, _shared(tmp_path_factory, worker_id))) as host:
        yield host


@pytest.fixture(scope="session")
def long_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small region with every text as long as its schema lets it be, and words without an end."""
    shared = _shared(tmp_path_factory, worker_id)
    root = tmp_path_factory.mktemp("long") / "root"
    write_long_root(root)
    return built_once("site-long", root, shared)


@pytest.fixture(scope="session")
def long_host(long_site: Path) -> Iterator[Host]:
    """The site of long texts, served."""
    with hosted(long_site) as host:
        yield host
