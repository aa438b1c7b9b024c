"""Room on the disks, and whether the service may write where it has to."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Final

from scripts.bot.doctor.finding import Finding, fine, wrong
from scripts.bot.french import doctor as french
from scripts.bot.store.files import NotSqliteError, sqlite_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.settings import Settings

LEAST: Final = 1 << 30
"""Bytes below which a disk is too full: a day of pictures, the site being built, a backup beside the database."""


def check_disks(settings: Settings, instruments: Instruments) -> Iterator[Finding]:
    """The service's own folder, the database's, the root's; a disk that holds several is told once."""
    seen = set()
    for folder in (settings.state, _database_folder(settings), settings.root):
        space = instruments.space(folder)
        if space in seen:
            continue
        seen.add(space)
        if space.free < LEAST:
            yield wrong(french.DISK, french.little_room(folder, space.free), french.MAKE_ROOM)
        else:
            yield fine(french.DISK, french.room(folder, space.free))
    yield _writable(settings.state)


def _database_folder(settings: Settings) -> Path:
    try:
        return sqlite_path(settings.database).parent
    except NotSqliteError:
        return settings.state


def _writable(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0")
    except OSError as error:
        return wrong(french.FOLDER, french.not_writable(folder, error.strerror or ""), french.give_folder(folder))
    return fine(french.FOLDER, french.writable(folder))
