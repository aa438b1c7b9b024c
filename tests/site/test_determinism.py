"""Same input, same bytes: whatever the folder, the time zone, the locale, the order of files and the number of processes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.site.building import PROJECT, TODAY, build, files_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def differences(one: Path, other: Path) -> list[str]:
    first, second = files_of(one), files_of(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def test_another_folder_zone_locale_hash_seed_and_number_of_processes_give_the_same_bytes(
    site: Path, tmp_path: Path
) -> None:
    root = tmp_path / "ailleurs" / "racine"
    root.mkdir(parents=True)
    for part in ("content", "data"):
        # Copied in reverse, so that the directory's own order differs too.
        for path in sorted((PROJECT / part).rglob("*"), reverse=True):
            if path.is_file():
                target = root / path.relative_to(PROJECT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
    env = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    assert differences(site, build(root, tmp_path / "out", "--jobs", "1", env=env)) == []


def test_the_usual_pelican_command_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output)],
        cwd=PROJECT,
        env={**os.environ, "CIRCULAR_TODAY": TODAY},
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert differences(site, output) == []
