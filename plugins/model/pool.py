"""Reading many files on several processors; the result does not depend on how many."""

from __future__ import annotations

import multiprocessing
import os
import threading
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from plugins.model.discovery import EntryFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plugins.model.discovery import Discovery
    from plugins.model.reading import Raw, Reader

_WORTH_A_PROCESS = 200  # files; below, starting processes costs more than they save
_CHUNK = 50
_REPORT_EVERY = 100


class _Worker:
    """What a worker process keeps from its start to its end."""

    reader: Reader


def leave_with_parent() -> None:
    """Called in a process of a pool: end it when its parent is gone, even killed. It would wait for work for ever otherwise."""
    threading.Thread(target=_wait_for_the_end, name="parent", daemon=True).start()


def _wait_for_the_end() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _start(reader: Reader) -> None:
    leave_with_parent()
    _Worker.reader = reader


def _read(job: EntryFile | str) -> Raw:
    return _one(_Worker.reader, job)


def _one(reader: Reader, job: EntryFile | str) -> Raw:
    return reader.entry(job) if isinstance(job, EntryFile) else reader.member(job)


def read_all(
    reader: Reader, found: Discovery, *, jobs: int, progress: Callable[[str, int, int], None] | None = None
) -> tuple[list[Raw], list[Raw]]:
    """All entries and all members, in the order in which they were found."""
    work: list[EntryFile | str] = [*found.entries, *found.members]
    if jobs <= 1 or len(work) < _WORTH_A_PROCESS:
        raws = _counted((_one(reader, job) for job in work), len(work), progress)
    else:
        with ProcessPoolExecutor(jobs, initializer=_start, initargs=(reader,)) as pool:
            raws = _counted(pool.map(_read, work, chunksize=_CHUNK), len(work), progress)
    return raws[: len(found.entries)], raws[len(found.entries) :]


def _counted(raws: Iterable[Raw], total: int, progress: Callable[[str, int, int], None] | None) -> list[Any]:
    done: list[Raw] = []
    for raw in raws:
        done.append(raw)
        if progress and (len(done) % _REPORT_EVERY == 0 or len(done) == total):
            progress("read", len(done), total)
    return done
