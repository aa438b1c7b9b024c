"""Pictures of forms that came back for correction: kept for an hour below the state directory, found by a secret name.

What is kept has been decoded and encoded by us. Whoever does not send the form again leaves nothing behind after that hour.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.bot.submission import Picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIFETIME: Final = dt.timedelta(hours=1)
MOST: Final = 400  # pictures at once: at 2 MB each, less than 1 GB
_REFERENCE: Final = re.compile(r"[a-z2-7]{32}")
_MEDIA_TYPES: Final = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class KeptPictures:
    """The pictures in one directory, which several processes may share."""

    folder: Path
    clock: Callable[[], dt.datetime]
    random: Callable[[int], bytes]

    def keep(self, content: bytes, ending: str) -> str:
        """Keep a picture; gives its reference, or nothing where there is no room: it then has to be chosen again."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.forget_old() >= MOST:
            return ""
        reference = base64.b32encode(self.random(20)).decode("ascii").lower()
        path = self.folder / f"{reference}{ending}"
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(content)
            now = self.clock().timestamp()
            os.utime(path, (now, now))
        except OSError:  # a full disk must not cost the texts of the form
            path.unlink(missing_ok=True)
            return ""
        return reference

    def get(self, reference: str, name: str) -> Picture | None:
        """The picture of a reference, called ``name`` and its ending; None where it is gone or was never there."""
        if not _REFERENCE.fullmatch(reference):
            return None
        for ending, media_type in _MEDIA_TYPES.items():
            path = self.folder / f"{reference}{ending}"
            with contextlib.suppress(FileNotFoundError):
                if not self._is_old(path.stat().st_mtime):
                    return Picture(f"{name}{ending}", media_type, path.read_bytes())
        return None

    def forget_old(self) -> int:
        """Delete what is past its hour; gives how many are left."""
        left = 0
        if not self.folder.is_dir():
            return left
        for path in self.folder.iterdir():
            with contextlib.suppress(FileNotFoundError):  # another process was quicker
                if self._is_old(path.stat().st_mtime):
                    path.unlink()
                else:
                    left += 1
        return left

    def _is_old(self, modified: float) -> bool:
        return dt.datetime.fromtimestamp(modified, dt.UTC) + LIFETIME < self.clock()
