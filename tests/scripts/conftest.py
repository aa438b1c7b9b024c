from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.generator import write_root
from tests.scripts.commands import TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def small_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A valid root of thirty entries. Shared: do not change it."""
    root = tmp_path_factory.mktemp("small-root")
    write_root(root, entries=30, members=12, clubs=4, pictures=1, today=dt.date.fromisoformat(TODAY))
    return root


@pytest.fixture
def root(small_root: Path, tmp_path: Path) -> Path:
    """The same root, to be changed."""
    copy = tmp_path / "root"
    shutil.copytree(small_root, copy)
    return copy


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A page of the real browser."""
    with browser.new_context() as context:
        yield context.new_page()
