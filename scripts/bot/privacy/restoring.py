"""A backup brings back people who were erased since. Restoring therefore erases them again, from the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scripts.bot.privacy import journal
from scripts.bot.store import Store
from scripts.bot.store.backup import restore_backup, unpacked

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from scripts.bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: when it was made (ISO 8601), how much is in it, where the database before lies, how many erasures
    were made again.
    """

    made: str
    submissions: int
    aside: Path | None
    erased: int


def restore(settings: Settings, file: Path, *, now: dt.datetime) -> Restored:
    """Put the backup in the database's place.

    The copy is opened with the key of the settings, brought up to date and cleaned of erased people before it takes the
    place, so that neither a wrong key nor a crash leaves a database that does not work.

    Raises:
        BackupError, StoreBusyError, StoreKeyError, SchemaVersionError: nothing was changed.
    """
    with unpacked(file, settings.database) as (manifest, staged):
        store = Store.open(f"sqlite:///{staged}", key=settings.encryption_key.encode() or None)
        try:
            erased = erase_again(store, settings.state, now)
        finally:
            store.close()
        aside = restore_backup(settings.database, staged, at=now)
    return Restored(manifest.made, manifest.submissions, aside, erased)


def erase_again(store: Store, folder: Path, now: dt.datetime) -> int:
    """Make the journal's erasures again; says how many found anything."""
    done = 0
    for erasure in journal.read(folder):
        erased = store.privacy.erase_hashed(erasure.hashed, now)
        done += bool(erased.vanished or erased.withdrawn or erased.published or erased.members)
    return done
