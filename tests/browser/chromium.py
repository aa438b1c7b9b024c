"""The Chromium that opens real pages: in the tests, for screenshots, for Lighthouse."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserType

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = """Il faut Chromium pour ouvrir de vraies pages, et il est introuvable. Au choix :
  - make test l’installe quand il le peut ;
  - Debian, Ubuntu : sudo apt-get install chromium
  - ailleurs : .venv/bin/python -m playwright install chromium
  - déjà installé sous un autre nom : CHROMIUM=/chemin/du/navigateur"""


# In containers /dev/shm is small, and root has no sandbox.
ARGUMENTS = ("--no-sandbox", "--disable-dev-shm-usage")


def executable(chromium: BrowserType) -> str:
    """The path of the browser that CHROMIUM names, or one in the PATH, or Playwright’s own.

    Raises:
        FileNotFoundError: there is none; the message, in French, says what to do.
    """
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    path = named or chromium.executable_path
    if not os.path.exists(path):  # noqa: PTH110  # a plain text from Playwright
        raise FileNotFoundError(MISSING)
    return path


def launched(chromium: BrowserType, *arguments: str) -> Browser:
    """The browser, with more command-line ``arguments``; whoever asks for it closes it.

    Raises:
        FileNotFoundError: as ``executable``.
    """
    return chromium.launch(executable_path=executable(chromium), args=[*ARGUMENTS, *arguments])


@contextmanager
def opened() -> Iterator[Browser]:
    """The browser, open while the block runs: Playwright takes one block at a time in a process.

    Raises:
        FileNotFoundError: as ``executable``.
    """
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()
