"""A copy of an SQLite database that is in use, as one file, and putting it back. PostgreSQL has its own ``pg_dump``.

The file is a ZIP archive with ``manifest.json`` (what it is, and the SHA-256 of the database) and ``propositions.sqlite``.
The copy is made by ``VACUUM INTO`` (https://sqlite.org/lang_vacuum.html): it sees one moment, hinders nobody who writes
meanwhile, and leaves behind what was deleted. The encryption key is no part of the database, and so not of the copy.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import stat
import tempfile
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scripts.bot.store.errors import StoreBusyError, StoreDamagedError, StoreError
from scripts.bot.store.files import read_only, sqlite_path, strangers

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

FORMAT: Final = 1
MANIFEST, DATABASE = "manifest.json", "propositions.sqlite"
LARGEST_MANIFEST: Final = 10_000  # bytes
_PATIENCE: Final = 30.0  # seconds to wait for a lock
_BLOCK: Final = 1 << 20


class BackupError(StoreDamagedError):
    """The file is no backup, or is damaged."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: ``made`` is ISO 8601 in UTC, ``size`` the database's bytes."""

    format: int
    made: str
    schema_version: int
    submissions: int
    size: int
    sha256: str


def write_backup(url: str, file: Path, *, made: dt.datetime) -> Manifest:
    """Copy the database at ``url`` as it is now; ``file`` appears whole, readable by its owner only, or not at all.

    Raises:
        StoreError: no SQLite database is there, it is damaged, or the disk is full.
    """
    source = sqlite_path(url)
    with _translated(), _staged(file, ".sqlite") as copy, _staged(file, ".zip") as packed:
        with contextlib.closing(read_only(source, _PATIENCE)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        manifest = _describe(copy, made)
        _pack(manifest, copy, packed)
        packed.replace(file)
        _sync(file.parent)
    return manifest


def restore_backup(url: str, staged: Path, *, at: dt.datetime) -> Path | None:
    """Put a database that `unpacked` gave in its place, in one step; gives where the one before it now lies, if there was one.

    Raises:
        StoreBusyError: a process still has the database open, so what it accepts would be lost.
    """
    target = sqlite_path(url)
    aside = None
    with _translated():
        close_down(staged, staged)
        if target.exists() and target.stat().st_size:
            aside = target.with_name(f"{target.name}.avant-{at:%Y%m%dT%H%M%S}")
            close_down(target, aside)
            if not aside.exists():
                os.link(target, aside)
        _give_to_owner(staged, target)
        staged.replace(target)
        _sync(target.parent)
    return aside


@contextlib.contextmanager
def unpacked(file: Path, url: str) -> Iterator[tuple[Manifest, Path]]:
    """The database of a backup, checked, as a file beside its place; it is gone afterwards unless it was moved there.

    Raises:
        BackupError: the file is no backup, is damaged, or is not what its checksum says.
    """
    target = sqlite_path(url)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _translated(), _staged(target, ".restored") as copy:
        try:
            with zipfile.ZipFile(file) as archive:
                manifest = _manifest(archive)
                _extract(archive, manifest, copy)
        except (zipfile.BadZipFile, KeyError, EOFError) as error:
            raise BackupError("not a backup, or damaged") from error
        if _examine(copy) != (manifest.schema_version, manifest.submissions):
            raise BackupError("the database is not the one of the manifest")
        yield manifest, copy


def _describe(copy: Path, made: dt.datetime) -> Manifest:
    version, submissions = _examine(copy)
    with copy.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Manifest(FORMAT, f"{made:%Y-%m-%dT%H:%M:%SZ}", version, submissions, copy.stat().st_size, digest)


def _examine(database: Path) -> tuple[int, int]:
    """The version of its tables, and how many submissions are in it; raises BackupError unless it is sound."""
    with contextlib.closing(read_only(database, _PATIENCE)) as connection:
        told = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if told != "ok":
            raise BackupError(f"the database is damaged: {told}")
        version = connection.execute("SELECT value FROM meta WHERE name = 'schema_version'").fetchone()
        submissions = connection.execute("SELECT count(*) FROM submissions").fetchone()
    return int(version[0]), int(submissions[0])


def _pack(manifest: Manifest, copy: Path, packed: Path) -> None:
    with packed.open("r+b") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
            with copy.open("rb") as content, archive.open(DATABASE, "w", force_zip64=True) as entry:
                shutil.copyfileobj(content, entry, _BLOCK)
        out.flush()
        os.fsync(out.fileno())


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise BackupError("not a backup")
    try:
        told = json.loads(archive.read(MANIFEST))
        manifest = Manifest(**told)
    except (ValueError, TypeError) as error:
        raise BackupError("its manifest cannot be read") from error
    if manifest.format != FORMAT:
        raise BackupError("made by another version of this program")
    return manifest


def _extract(archive: zipfile.ZipFile, manifest: Manifest, copy: Path) -> None:
    """Write the database, no more bytes than the manifest says, and hold it to its checksum."""
    digest, size = hashlib.sha256(), 0
    with archive.open(DATABASE) as entry, copy.open("wb") as out:
        while block := entry.read(_BLOCK):
            size += len(block)
            if size > manifest.size:
                break
            digest.update(block)
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    if size != manifest.size or digest.hexdigest() != manifest.sha256:
        raise BackupError("its checksum is not that of its content")


def close_down(database: Path, aside: Path) -> None:
    """Bring the log into the database, so that it is one file. Nobody else may have it open for that, which is the point.

    The log of a database too damaged for that goes aside with it, so that it is never taken for the new one's.
    """
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=1.0)) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise StoreBusyError("a process still has the database open") from error
        raise
    except sqlite3.DatabaseError:
        for end in ("-wal", "-shm"):
            log = database.with_name(database.name + end)
            if log.exists():
                log.replace(aside.with_name(aside.name + end))
        return
    if mode != "delete":
        raise StoreBusyError("a process still has the database open")


def _give_to_owner(file: Path, target: Path) -> None:
    """Whoever could use the database before can use the new one: root restores for the service's users."""
    like = target if target.exists() else target.parent
    shared = not strangers(target.parent) & stat.S_IRWXG
    file.chmod(0o660 if shared else 0o600)
    if os.geteuid() == 0:
        owner = like.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def _staged(beside: Path, suffix: str) -> Iterator[Path]:
    """An empty private file in the folder of another; removed unless it was moved, with the logs of a database."""
    number, name = tempfile.mkstemp(dir=beside.parent, prefix=f".{beside.name}.", suffix=suffix)
    os.close(number)
    path = Path(name)
    try:
        yield path
    finally:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """A rename is on the disk only once its folder is."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError("the database did not answer in time") from error
        raise StoreError(f"the database refused ({error.sqlite_errorname})") from error
    except sqlite3.DatabaseError as error:
        raise BackupError("this is no sound database") from error
    except OSError as error:
        raise StoreError(error.strerror or type(error).__name__) from error
