"""A real Chromium, opened once for each test process: Playwright takes one in a process and no second."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


# Sites built by tests are as if there were no git: a commit of this repository changes none of them. Tests of the history say 1.
os.environ["CIRCULAR_HISTORY"] = "0"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; where there is none the tests fail: none is skipped."""
    with ExitStack() as stack:
        try:
            browser = stack.enter_context(opened())
        except FileNotFoundError as missing:
            pytest.fail(str(missing), pytrace=False)
        yield browser
