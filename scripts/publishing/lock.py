"""One publication at a time on this machine, whoever is killed: the system takes a lock back from a process that ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError

if sys.platform != "win32":
    import fcntl

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO


def locked(path: Path) -> IO[str]:
    """The lock at ``path``, held as long as the file that is given back stays open.

    Raises:
        PublishingError: another process holds it.
    """
    file = path.open("w", encoding="utf-8")
    if sys.platform == "win32":
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise PublishingError(french.ANOTHER_PUBLICATION) from error
    return file
