"""Builds beside the output directory and swaps at the end: readers see the old site or the new one, never half of one."""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

from plugins.exchange import exchange

_NOT_A_SITE = (".git", "content", "data")
# Any of them shows a built site; each comes from a plugin that may be switched off.
_OF_A_SITE = ("index.html", "404.html", "sitemap.xml", "_headers")
_PUBLIC_DIRECTORY = 0o755


def prepare(final: Path, root: Path) -> Path:
    """A new empty directory beside ``final``, to write the site of ``root`` into.

    Raises:
        SystemExit: ``final`` holds something that is not a built site, and a swap would destroy it.
    """
    real = final.resolve()
    sources = root.resolve()
    if real in (sources, *sources.parents) or not is_replaceable(real):
        raise SystemExit(f"Le dossier {final} n’est pas un site fabriqué : choisissez un autre dossier de sortie.")
    real.parent.mkdir(parents=True, exist_ok=True)
    _recover(real)
    building = Path(tempfile.mkdtemp(prefix=f".{real.name}-{os.getpid()}-", dir=real.parent))
    building.chmod(_PUBLIC_DIRECTORY)
    atexit.register(shutil.rmtree, building, ignore_errors=True)  # what a failed build leaves
    return building


def is_replaceable(path: Path) -> bool:
    """Whether nothing is lost when ``path`` is replaced: it is not there, empty, or a built site."""
    if not path.exists():
        return True
    if not path.is_dir() or any((path / name).exists() for name in _NOT_A_SITE):
        return False
    return not any(path.iterdir()) or any((path / name).is_file() for name in _OF_A_SITE)


def swap(building: Path, final: Path) -> None:
    """Put ``building`` in the place of ``final``: in one step where the system can, otherwise with an instant between two."""
    real = final.resolve()
    if real.exists() and exchange(building, real):
        shutil.rmtree(building, ignore_errors=True)  # it is the old site now; a kill here leaves it to the next build
        return
    old = _old(real)
    if real.exists():
        real.rename(old)
    building.rename(real)
    shutil.rmtree(old, ignore_errors=True)


def _old(final: Path) -> Path:
    return final.with_name(f".{final.name}-old")


def _recover(final: Path) -> None:
    """Put things right after a build that was killed between two renames, and clear what killed builds left."""
    old = _old(final)
    if old.exists() and not final.exists():
        old.rename(final)
    pattern = re.compile(re.escape(f".{final.name}-") + r"(?:old|(\d+)-.*)")
    for left in sorted(final.parent.iterdir()):
        found = pattern.fullmatch(left.name)
        if found and not (found[1] and _is_alive(int(found[1]))):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
