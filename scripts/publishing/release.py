"""A built site as one thing that can be sent: its files, and an identity that follows from them alone.

The identity is the start (64 bits) of a SHA-256 over the sorted paths and digests of all files. It stands in ``/version.json`` of
what is published, so that anyone can see over HTTP which build they look at.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STAMP: Final = "version.json"
_ID_LENGTH: Final = 16
_ID: Final = re.compile(r"[0-9a-f]{16}")
_NAME: Final = re.compile(rf"(\d{{8}}T\d{{6}}Z)-({_ID.pattern})")
_CANONICAL: Final = re.compile(r'<link rel="canonical" href="(https?://[^"]+)">')
_MOMENT: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Release:
    """A built site below ``directory``. ``files`` maps each path (forward slashes) to its SHA-256, version.json included."""

    directory: Path
    id: str
    files: Mapping[str, str]

    def size(self, paths: Iterable[str]) -> int:
        """How many bytes these files have together."""
        return sum((self.directory / path).stat().st_size for path in paths)

    def address(self) -> str:
        """The address for which the site was made, as its home page says it; empty where it says none."""
        found = _CANONICAL.search((self.directory / "index.html").read_text("utf-8", "replace"))
        return html.unescape(found[1]) if found else ""


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """One publication as a target keeps it: when it was made (UTC, whole seconds), and what was published."""

    moment: dt.datetime
    id: str

    @property
    def name(self) -> str:
        """``20261129T031702Z-0123456789abcdef``: names sort as they were made."""
        return f"{self.moment.strftime(_MOMENT)}-{self.id}"


def seal(directory: Path, day: dt.date) -> Release:
    """Read a built site and write its ``version.json``: ``{"id": …, "day": the day it was built for}``.

    Raises:
        PublishingError: there is no built site, it holds something that is neither a file nor a folder, or it cannot be read, or
            not written where it has another ``version.json``.
    """
    if not (directory / "index.html").is_file():
        raise PublishingError(french.not_a_site(str(directory)))
    try:
        files = digests(directory)
        files.pop(STAMP, None)
        identity = identity_of(files)
        stamp = json.dumps({"id": identity, "day": day.isoformat()}) + "\n"
        file = directory / STAMP
        if not file.is_file() or file.read_bytes() != stamp.encode():
            file.write_text(stamp, "utf-8")
    except OSError as error:
        raise PublishingError(french.cannot_seal(str(directory), error.strerror or str(error))) from error
    return Release(directory, identity, {**files, STAMP: hashlib.sha256(stamp.encode()).hexdigest()})


def digests(directory: Path) -> dict[str, str]:
    """Every file below a folder, sorted, with its SHA-256.

    Raises:
        PublishingError: a link or a device stands there, whose content is not the site's.
    """
    found: dict[str, str] = {}
    for path in sorted(directory.rglob("*")):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise PublishingError(french.not_a_file(str(path)))
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(directory).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


def identity_of(files: Mapping[str, str]) -> str:
    """The identity of a tree of files, whatever the order in which they are named."""
    listed = "".join(f"{path}\0{digest}\n" for path, digest in sorted(files.items()) if path != STAMP)
    return hashlib.sha256(listed.encode()).hexdigest()[:_ID_LENGTH]


def is_identity(text: str) -> bool:
    """Whether a text can be the identity of a site."""
    return bool(_ID.fullmatch(text))


def stamped_id(text: bytes) -> str:
    """The identity that a ``version.json`` states; empty where it states none."""
    try:
        stated = json.loads(text)
    except ValueError:
        return ""
    found = stated.get("id") if isinstance(stated, dict) else None
    return found if isinstance(found, str) else ""


def version_named(name: str) -> Version | None:
    """The version whose name this is; None for any other text."""
    found = _NAME.fullmatch(name)
    if not found:
        return None
    return Version(dt.datetime.strptime(found[1], _MOMENT).replace(tzinfo=dt.UTC), found[2])


def next_version(release: Release, moment: dt.datetime, earlier: Iterable[Version]) -> Version:
    """The version that publishes ``release`` at ``moment``: later than every earlier one, even where a clock went back."""
    now = moment.astimezone(dt.UTC).replace(microsecond=0)
    last = max((version.moment for version in earlier), default=None)
    return Version(now if last is None or now > last else last + dt.timedelta(seconds=1), release.id)


def before(shown: Version, versions: Iterable[Version]) -> Version:
    """The version that came before the one that is shown.

    Raises:
        PublishingError: none is kept.
    """
    earlier = [version for version in versions if version < shown]
    if not earlier:
        raise PublishingError(french.NOTHING_BEFORE)
    return max(earlier)


def to_forget(shown: Version, versions: Iterable[Version], keep: int) -> list[Version]:
    """What need not be kept once ``shown`` is new: all but the ``keep`` that came before it.

    ``versions`` are those before this publication that were not gone back from.
    """
    earlier = sorted(version for version in versions if version < shown)
    return earlier[: max(0, len(earlier) - keep)]
