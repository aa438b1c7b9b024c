"""Writes ``golden/`` anew: ``python -m tests.site.renew_golden``, then read what git says has changed before you commit it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.site.building import SMALL, build
from tests.site.golden_files import DIRECTORY, golden


def renew() -> None:
    """Build the small region and put its golden files in the place of the old ones."""
    with tempfile.TemporaryDirectory() as place:
        files = golden(build(SMALL, Path(place) / "site"))
    shutil.rmtree(DIRECTORY, ignore_errors=True)
    for name, content in files.items():
        path = DIRECTORY / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(files)} files in {DIRECTORY}")


if __name__ == "__main__":
    renew()
