"""Publishes in a process that kills itself just before its n-th effect: ``killed ADDRESS publish|back DIRECTORY N``.

Exit code 0: there was no n-th effect, the publication is done.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import threading
from contextlib import closing
from pathlib import Path

from scripts.publishing.addresses import target_at
from scripts.publishing.release import seal
from tests.publishing.moments import DAY, LATER


def main(address: str, what: str, directory: str, number: str) -> None:
    left = int(number)
    lock = threading.Lock()

    def count(_: str) -> None:
        nonlocal left
        with lock:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    with closing(target_at(address, environment=os.environ, keep=2, now=lambda: LATER)) as target:
        target._effect = count  # type: ignore[attr-defined]  # every target has this hook
        if what == "back":
            target.go_back()
            return
        target.settle()
        target.publish(seal(Path(directory), DAY), LATER + dt.timedelta(minutes=int(number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
