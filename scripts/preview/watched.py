"""The changes of a set of directories, in bursts, from the moment one asks. Hidden files are on their way to be something else."""

from __future__ import annotations

import queue
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import watch

if TYPE_CHECKING:
    from collections.abc import Sequence

QUIET = 80  # milliseconds without a change that end a burst
LONGEST = 800  # milliseconds after which a burst ends all the same


class Watcher:
    """Watches on a thread of its own, so that nothing is missed while the caller builds."""

    def __init__(self, directories: Sequence[Path]) -> None:
        self._directories = [directory for directory in directories if directory.is_dir()]
        self._changed: queue.Queue[set[str]] = queue.Queue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def wait(self) -> set[str]:
        """The paths that changed since the last call; waits until there is one."""
        paths = self._changed.get()
        while not self._changed.empty():
            paths |= self._changed.get()
        return paths

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        for burst in watch(*self._directories, debounce=LONGEST, step=QUIET, stop_event=self._stop, rust_timeout=200):
            paths = {path for _, path in burst if not Path(path).name.startswith(".")}
            if paths:
                self._changed.put(paths)
