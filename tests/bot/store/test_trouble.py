"""A full disk, a locked database, a newer program: told apart, and nothing that was accepted is lost."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event, insert, inspect, text, update

from scripts.bot.store import SchemaVersionError, Store, StoreBusyError, StoreError, StoreFullError
from scripts.bot.store.condition import NEWEST
from scripts.bot.store.engine import Database
from scripts.bot.store.migrations import migrate, read_meta
from scripts.bot.store.tables import META, METADATA
from scripts.bot.store.together import Together
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

ROOT = Path(__file__).parents[3]


def test_a_locked_database_is_busy_and_nothing_is_half_done(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None, patience=0.1)
    other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError):
        store.add(new(1))
    with pytest.raises(StoreBusyError):
        store.lease("w", NOW, MINUTE)
    assert store.counts() == {}  # readers go on
    other.execute("ROLLBACK")
    other.close()
    assert store.add(new(1))[1]
    store.close()


def test_a_full_disk_is_told_and_what_was_accepted_before_is_there(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    store = Store.open(url, key=None)
    store.add(new(1))
    store.close()
    small = Store.open(url, key=None)
    for engine in (small._database._engine,):
        engine.dispose()

        @event.listens_for(engine, "connect")
        def _no_more_pages(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA max_page_count=1").close()

    with pytest.raises(StoreFullError):
        small.add(new(2, posted=posted(body="x" * 100_000)))
    assert small.by_id(sample_id(1)) is not None
    assert small.by_id(sample_id(2)) is None
    small.close()


@pytest.mark.slow
def test_a_process_whose_files_may_not_grow_refuses_and_what_it_acknowledged_is_there(tmp_path: Path) -> None:
    """The limit is the system's own; the process prints an id only once `add` returned."""
    code = f"""
import resource
from scripts.bot.store import Store, StoreError
from tests.bot.samples import new, posted
store = Store.open("sqlite:///{tmp_path}/bot.db", key=None)
store.add(new(0))
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
refused = 0
for number in range(1, 60):
    try:
        print(store.add(new(number, posted=posted(body="x" * 30_000)))[0].id, flush=True)
    except StoreError:
        refused += 1
assert refused, "the limit was never reached"
"""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    acknowledged = done.stdout.split()
    assert acknowledged
    store = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None)
    assert [one for one in acknowledged if store.by_id(one) is None] == []
    store.close()


def test_an_error_of_one_in_a_batch_is_not_an_error_of_the_others() -> None:
    entered, go_on = threading.Event(), threading.Event()

    def work(batch: Any) -> list[int]:
        entered.set()
        go_on.wait(5)
        if 13 in batch:
            raise ValueError("13")
        return [number * 2 for number in batch]

    together: Together[int, int] = Together(work)
    given: dict[int, object] = {}

    def ask(number: int) -> None:
        try:
            given[number] = together.ask(number)
        except ValueError as error:
            given[number] = str(error)

    threads = [threading.Thread(target=ask, args=(number,)) for number in (1, 13, 2, 3)]
    threads[0].start()
    assert entered.wait(5)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(5)
    assert given == {1: 2, 2: 4, 3: 6, 13: "13"}


def test_no_error_shows_what_people_wrote(store: Store) -> None:
    store.add(new(1, key="a"))
    with pytest.raises(StoreError) as told:  # the same id with another key
        store.add(new(1, key="b", posted=posted(body="secret de Camille")))
    assert "secret" not in str(told.value)


def test_the_database_of_a_newer_program_is_left_alone(url: str) -> None:
    Store.open(url, key=None).close()
    database = Database(url)
    with database.writing() as connection:
        connection.execute(update(META).where(META.c.name == "schema_version").values(value="999"))
    database.close()
    with pytest.raises(SchemaVersionError):
        Store.open(url, key=None)


def test_an_older_database_gets_the_steps_it_lacks_in_order_and_once(url: str) -> None:
    def second(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE steps (number INTEGER)"))

    def third(connection: Connection) -> None:
        connection.execute(text("INSERT INTO steps VALUES (3)"))

    database = Database(url)
    steps = {2: second, 3: third}
    with database.writing() as connection:
        METADATA.create_all(connection)
        connection.execute(insert(META).values(name="schema_version", value="1"))
    for _ in range(2):
        with database.writing() as connection:
            migrate(connection, lambda count: b"\0" * count, steps)
    with database.reading() as connection:
        assert read_meta(connection, "schema_version") == "3"
        assert connection.execute(text("SELECT number FROM steps")).scalars().all() == [3]
    database.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    def broken(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE half (number INTEGER)"))
        connection.execute(text("INSERT INTO nowhere VALUES (1)"))

    Store.open(url, key=None).close()
    database = Database(url)
    with pytest.raises(StoreError), database.writing() as connection:
        migrate(connection, lambda count: b"\0" * count, {NEWEST + 1: broken})
    with database.reading() as connection:
        assert read_meta(connection, "schema_version") == str(NEWEST)
        assert not inspect(connection).has_table("half")
    database.close()
