"""A backup holds everything accepted before it, is consistent, and is put back whole or not at all."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from scripts.bot.store import Store
from scripts.bot.store.backup import BackupError, restore_backup, unpacked, write_backup
from scripts.bot.store.errors import StoreBusyError, StoreError
from scripts.bot.store.files import NotSqliteError
from scripts.bot.submission import Picture
from tests.bot.samples import NOW, new, sample_id

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = Fernet.generate_key()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/state/bot.db"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store.open(url, key=KEY)
    yield opened
    opened.close()


def put_back(url: str, file: Path) -> Path | None:
    with unpacked(file, url) as (_, staged):
        return restore_backup(url, staged, at=NOW)


def database(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


@pytest.mark.slow
def test_what_was_accepted_before_is_in_it_while_others_write(store: Store, url: str, tmp_path: Path) -> None:
    accepted: list[int] = []
    done = threading.Event()

    def write(first: int) -> None:
        number = first
        while not done.is_set() and number < first + 5_000:
            picture = Picture("a.webp", "image/webp", bytes(20_000))
            store.add(new(number, pictures=(picture,)))
            accepted.append(number)
            number += 1

    writers = [threading.Thread(target=write, args=(start,)) for start in (10_000, 20_000, 30_000)]
    for writer in writers:
        writer.start()
    while len(accepted) < 60:
        done.wait(0.01)
    made = []
    for round_ in range(3):
        before = set(accepted)
        file = tmp_path / f"{round_}.zip"
        made.append((file, before, write_backup(url, file, made=NOW)))
    done.set()
    for writer in writers:
        writer.join()
    store.close()

    assert len(accepted) > len(made[0][1]), "nobody wrote meanwhile, so the test shows nothing"
    for file, before, manifest in made:
        elsewhere = f"sqlite:///{tmp_path}/elsewhere/{file.stem}.db"
        put_back(elsewhere, file)
        restored = Store.open(elsewhere, key=KEY)
        assert [number for number in before if restored.by_id(sample_id(number)) is None] == []
        assert sum(restored.counts().values()) == manifest.submissions >= len(before)
        some = sample_id(min(before))
        assert len(restored.pictures(some)) == len(restored.timeline(some)) == 1
        restored.close()


def test_addresses_come_back_with_the_key_and_the_key_is_not_in_it(store: Store, url: str, tmp_path: Path) -> None:
    store.add(new())
    token = store.status_token(sample_id(1))
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.close()
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        content = archive.read("propositions.sqlite") + archive.read("manifest.json")
    assert b"camille@example.org" not in content
    assert KEY not in content
    database(url).unlink()
    put_back(url, tmp_path / "b.zip")
    again = Store.open(url, key=KEY)
    found = again.by_status_token(token)
    again.close()
    assert found is not None
    assert found.posted.contact_email == "camille@example.org"


def test_nobody_else_reads_the_files(store: Store, url: str, tmp_path: Path) -> None:
    store.add(new())
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.close()
    put_back(url, tmp_path / "b.zip")
    for file in (tmp_path / "b.zip", database(url)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_where_two_users_share_a_folder_they_share_what_is_restored(store: Store, url: str, tmp_path: Path) -> None:
    store.add(new())
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.close()
    database(url).parent.chmod(0o2770)
    put_back(url, tmp_path / "b.zip")
    assert stat.S_IMODE(database(url).stat().st_mode) == 0o660


def test_nothing_else_is_left_lying_about(store: Store, url: str, tmp_path: Path) -> None:
    store.add(new())
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.close()
    aside = put_back(url, tmp_path / "b.zip")
    assert aside is not None
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["b.zip", "state", "bot.db", aside.name])


def test_the_one_before_is_kept_aside_with_what_came_after_the_backup(store: Store, url: str, tmp_path: Path) -> None:
    store.add(new(1))
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.add(new(2))
    store.close()
    aside = put_back(url, tmp_path / "b.zip")
    for place, known in ((url, {1}), (f"sqlite:///{aside}", {1, 2})):
        opened = Store.open(place, key=KEY)
        assert {number for number in (1, 2) if opened.by_id(sample_id(number))} == known
        opened.close()


def test_a_database_that_a_process_has_open_is_not_replaced(store: Store, url: str, tmp_path: Path) -> None:
    """The process would go on writing into a file that has no name any more."""
    store.add(new(1))
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.add(new(2))
    with pytest.raises(StoreBusyError):
        put_back(url, tmp_path / "b.zip")
    assert store.by_id(sample_id(2)) is not None
    assert {path.name.removeprefix("bot.db") for path in database(url).parent.iterdir()} <= {"", "-wal", "-shm"}


@pytest.mark.slow
@pytest.mark.parametrize("point", ["os.link", "pathlib.Path.replace"])
def test_killed_half_way_the_one_before_is_still_there_and_a_second_try_works(
    store: Store, url: str, tmp_path: Path, point: str
) -> None:
    store.add(new(1))
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.add(new(2))
    store.close()
    killed = f"""
import os, signal, datetime
from pathlib import Path
from unittest import mock
from scripts.bot.store.backup import restore_backup, unpacked
with mock.patch({point!r}, lambda *a: os.kill(os.getpid(), signal.SIGKILL)):
    with unpacked(Path({str(tmp_path / "b.zip")!r}), {url!r}) as (_, staged):
        restore_backup({url!r}, staged, at=datetime.datetime(2026, 3, 4, tzinfo=datetime.UTC))
"""
    assert subprocess.run([sys.executable, "-c", killed], check=False).returncode == -9
    still = Store.open(url, key=KEY)
    assert still.by_id(sample_id(2)) is not None
    still.close()
    put_back(url, tmp_path / "b.zip")
    restored = Store.open(url, key=KEY)
    assert (restored.by_id(sample_id(1)) is None, restored.by_id(sample_id(2)) is None) == (False, True)
    restored.close()


def test_a_damaged_database_is_replaced_and_its_log_does_not_touch_the_new_one(
    store: Store, url: str, tmp_path: Path
) -> None:
    store.add(new(1))
    write_backup(url, tmp_path / "b.zip", made=NOW)
    store.close()
    database(url).write_bytes(b"no database any more " * 500)
    Path(f"{database(url)}-wal").write_bytes(b"a log of what was")
    aside = put_back(url, tmp_path / "b.zip")
    assert not Path(f"{database(url)}-wal").exists()
    assert aside is not None
    assert aside.read_bytes().startswith(b"no database any more")
    restored = Store.open(url, key=KEY)
    assert restored.by_id(sample_id(1)) is not None
    restored.close()


def test_a_damaged_database_is_not_backed_up_as_if_it_were_sound(store: Store, url: str, tmp_path: Path) -> None:
    for number in range(200):
        store.add(new(number))
    store.close()
    with closing(sqlite3.connect(database(url))) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    with database(url).open("r+b") as file:
        for page in range(8, 40, 2):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    with pytest.raises(StoreError):
        write_backup(url, tmp_path / "b.zip", made=NOW)
    assert not (tmp_path / "b.zip").exists()


def altered(file: Path, change: str) -> None:
    """The same archive, something in it changed."""
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        content = bytearray(archive.read("propositions.sqlite"))
    if change == "content":
        content[-1] ^= 1
    elif change == "longer":
        content += b"\0"
    elif change == "shorter":
        del content[-4096:]
    elif change == "format":
        manifest["format"] = 2
    elif change == "counts":
        manifest["submissions"] += 1
    elif change == "keys":
        manifest["more"] = 1
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "[" if change == "json" else json.dumps(manifest))
        if change != "missing":
            archive.writestr("propositions.sqlite", bytes(content))


@pytest.mark.parametrize(
    "change", ["content", "longer", "shorter", "format", "counts", "keys", "json", "missing", "cut", "text"]
)
def test_a_damaged_or_foreign_file_is_refused_and_changes_nothing(
    store: Store, url: str, tmp_path: Path, change: str
) -> None:
    store.add(new(1))
    file = tmp_path / "b.zip"
    write_backup(url, file, made=NOW)
    store.close()
    before = database(url).read_bytes()
    if change == "cut":
        file.write_bytes(file.read_bytes()[:-300])
    elif change == "text":
        file.write_text("ceci n’est pas une sauvegarde", encoding="utf-8")
    else:
        altered(file, change)
    with pytest.raises(BackupError):
        put_back(url, file)
    assert database(url).read_bytes() == before
    assert [path.name for path in database(url).parent.iterdir()] == ["bot.db"]


def test_a_server_s_database_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotSqliteError):
        write_backup("postgresql+psycopg://nobody@localhost/none", tmp_path / "b.zip", made=NOW)


def test_where_there_is_no_database_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        write_backup(f"sqlite:///{tmp_path}/none.db", tmp_path / "b.zip", made=NOW)
    assert list(tmp_path.iterdir()) == []
