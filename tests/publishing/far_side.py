"""A far side on this machine: an ``ssh`` that runs the command here, and an ``rsync`` for machines that have none.

The double of rsync does what the options of ``scripts.publishing.targets.rsync`` ask of the real one, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_SSH = """#!/bin/sh
who=
while :; do
    case "$1" in
        -l) who="$2@"; shift 2 ;;
        -o | -p | -i) shift 2 ;;
        *) break ;;
    esac
done
[ "$who$1" = reseau@serveur ] || { echo "unknown host $1" >&2; exit 255; }
shift
exec sh -c "$*"
"""


def programs(folder: Path, *, real_rsync: bool) -> dict[str, str]:
    """An environment whose PATH begins with a folder that holds them."""
    folder.mkdir()
    _program(folder / "ssh", _SSH)
    if not real_rsync:
        _program(folder / "rsync", f"#!/bin/sh\nexec '{sys.executable}' '{__file__}' \"$@\"\n")
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def _program(path: Path, text: str) -> None:
    path.write_text(text, "utf-8")
    path.chmod(0o755)


def main(arguments: list[str]) -> None:
    """rsync -rl --checksum --delete [--link-dest=DIR] … SOURCE/ HOST:DESTINATION/"""
    source, far = arguments[-2:]
    destination = Path(far.partition(":")[2])
    base = next(
        (Path(argument.partition("=")[2]) for argument in arguments if argument.startswith("--link-dest=")), None
    )
    wanted = {path.relative_to(source) for path in Path(source).rglob("*") if path.is_file()}
    destination.mkdir(exist_ok=True)
    for old in sorted(destination.rglob("*"), reverse=True):
        if old.is_file() and old.relative_to(destination) not in wanted:
            old.unlink()
        elif old.is_dir() and not any(old.iterdir()):
            old.rmdir()
    for path in sorted(wanted):
        _bring(Path(source) / path, destination / path, base / path if base else None)


def _bring(source: Path, copy: Path, earlier: Path | None) -> None:
    content = source.read_bytes()
    if copy.is_file() and copy.read_bytes() == content:
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    if earlier is not None and earlier.is_file() and earlier.read_bytes() == content:
        copy.hardlink_to(earlier)
        return
    shutil.copyfile(source, copy)
    sys.stdout.write(f"<f+++++++ {len(content)} {copy.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
