"""What the administrator's commands share: settings, the store, and failures in words instead of traces."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from scripts.arguments import UsageError, chosen_day
from scripts.bot import setting_values
from scripts.bot.french import operations as french
from scripts.bot.privacy.journal import JournalError
from scripts.bot.settings import SettingsError, load_settings
from scripts.bot.store import Store, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.model.objects import Site
    from scripts.bot.settings import Settings


def the_settings(*, credentials: bool = False) -> Settings:
    """The settings of this process.

    Raises:
        UsageError: with everything that is wrong with them.
    """
    try:
        return load_settings(os.environ, credentials=credentials)
    except SettingsError as error:
        raise UsageError(str(error)) from error


@contextlib.contextmanager
def the_store(settings: Settings) -> Iterator[Store]:
    """The store, closed afterwards. May raise StoreError."""
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = Store.open(settings.database, key=settings.encryption_key.encode() or None)
    try:
        yield store
    finally:
        store.close()


def the_site(settings: Settings) -> Site | None:
    """The site of the root as it is checked out, without files that have errors; None where nothing can be read of it."""
    return load_site(settings.root, today=chosen_day(None, os.environ)).site


def file_of(settings: Settings) -> Callable[[str], bytes | None]:
    """Gives the present content of a file of the root; None where there is none."""

    def read(path: str) -> bytes | None:
        file = settings.root / path
        return file.read_bytes() if file.is_file() else None

    return read


def mailbox(text: str) -> str:
    """An address as it was typed.

    Raises:
        UsageError: it is none.
    """
    try:
        return setting_values.mailbox(text.strip())
    except setting_values.SettingError as error:
        raise UsageError(str(error)) from error


def in_words(action: Callable[[], int]) -> int:
    """Do it; what the database refuses, or the journal of erasures, is said on standard error and ends with 1."""
    try:
        return action()
    except StoreError as error:
        sys.stderr.write(french.store_trouble(error) + "\n")
        return 1
    except JournalError as error:
        sys.stderr.write(french.journal_damaged(error.file, error.line) + "\n")
        return 1
