"""A folder of this machine. ``PATH`` is what the web server shows; the versions lie beside it, in ``PATH.releases/``.

Where ``PATH`` is a link, or is not there yet, a link is put in its place by one rename (rename(2) is atomic). Where it is a real
folder, which some servers and mounts want, it changes places with a copy of the new version in one step (renameat2(2)); the copy
is made of hard links, so it takes no room. Unchanged files are hard links to those of the version before.

What others put among the files that readers see (a proof for a certificate below ``.well-known/``) stays with them, whichever
version is shown; a site that stood there before the first publication is kept for good.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from typing import TYPE_CHECKING, Final

from plugins.exchange import exchange
from plugins.swap import is_replaceable
from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError
from scripts.publishing.lock import locked
from scripts.publishing.release import (
    STAMP,
    Release,
    Version,
    before,
    digests,
    identity_of,
    is_identity,
    next_version,
    stamped_id,
    to_forget,
    version_named,
)
from scripts.publishing.targets.target import KEEP, Sent, silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import IO

    from scripts.publishing.targets.target import Effect

_NEW: Final = ".new-"  # a version on its way in
_GONE: Final = ".gone-"  # a version on its way out
_MANIFEST: Final = ".json"
_ADOPTED: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the moment of what stood there before the first publication


def releases_of(path: Path) -> Path:
    """Where the versions of ``path`` lie."""
    return path.with_name(f"{path.name}.releases")


class Folder:
    """Publishes to ``path``, an absolute path."""

    def __init__(self, path: Path, *, keep: int = KEEP, effect: Effect = silent) -> None:
        self._path = path
        self._releases = releases_of(path)
        self._keep = keep
        self._effect = effect
        self._lock: IO[str] | None = None

    def settle(self) -> None:
        """Clear what was on its way in or out; what is shown was whole all along."""
        if not self._is_link and not is_replaceable(self._path):
            raise PublishingError(french.folder_is_no_site(str(self._path)))
        try:
            self._releases.mkdir(parents=True, exist_ok=True)
            self._lock = self._lock or locked(self._releases / ".lock")
            for left in sorted(self._releases.iterdir()):
                if left.name.startswith((_NEW, _GONE)):
                    self._effect(f"clear {left.name}")
                    _remove(left)
            for manifest in sorted(self._releases.glob(f"*{_MANIFEST}")):
                if not manifest.with_suffix("").is_dir():
                    manifest.unlink()
            self._adopt()
        except OSError as error:
            raise PublishingError(french.cannot_write(str(self._releases), error.strerror or str(error))) from error

    def shown(self) -> Version | None:
        """Where the link leads, or whose ``version.json`` lies in the folder."""
        versions = self.versions()
        if self._is_link:
            named = version_named(self._path.resolve().name)
            return named if named in versions else None  # somebody may have deleted what the link leads to
        stated = self._stated()
        return max((version for version in versions if version.id == stated), default=None)

    def versions(self) -> list[Version]:
        """The folders beside ``PATH``."""
        names = [path.name for path in self._releases.iterdir()] if self._releases.is_dir() else []
        return sorted(filter(None, map(version_named, names)), reverse=True)

    def publish(self, release: Release, moment: dt.datetime) -> Sent:
        """Copy what has changed, link what has not, switch, forget."""
        shown, known = self.shown(), self.versions()
        if shown and shown.id == release.id:
            return Sent(shown, 0, 0, is_new=False)
        kept = [version for version in known if shown is None or version <= shown]
        version = next_version(release, moment, known)
        over = to_forget(version, [old for old in kept if old.moment != _ADOPTED], self._keep)
        try:
            changed = self._bring(release, version, shown)
        except OSError as error:  # a full disk must not stay full
            shutil.rmtree(self._releases / f"{_NEW}{version.name}", ignore_errors=True)
            raise PublishingError(french.cannot_write(str(self._path), error.strerror or str(error))) from error
        try:
            self._switch(version, shown)
            for old in {*known} - {*kept} | {*over}:
                self._forget(old)
        except OSError as error:
            raise PublishingError(french.cannot_write(str(self._path), error.strerror or str(error))) from error
        return Sent(version, len(changed), release.size(changed))

    def go_back(self) -> Version:
        """Switch to the version before."""
        self.settle()
        shown = self.shown()
        if shown is None:
            raise PublishingError(french.NOTHING_BEFORE)
        earlier = before(shown, self.versions())
        try:
            self._switch(earlier, shown)
        except OSError as error:
            raise PublishingError(french.cannot_write(str(self._path), error.strerror or str(error))) from error
        return earlier

    def close(self) -> None:
        """Let the next publication in."""
        if self._lock:
            self._lock.close()
            self._lock = None

    @property
    def _is_link(self) -> bool:
        return self._path.is_symlink() or not self._path.exists()

    def _bring(self, release: Release, version: Version, shown: Version | None) -> list[str]:
        """Put a version beside the others, whole; gives the files that were not in the one that is shown."""
        new = self._releases / f"{_NEW}{version.name}"
        base = self._releases / shown.name if shown else None
        had = self._manifest(shown) if shown else {}
        changed = []
        for path, digest in release.files.items():
            copy = new / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            self._effect(f"bring {path}")
            if base is not None and had.get(path) == digest:
                copy.hardlink_to(base / path)
            else:
                shutil.copyfile(release.directory / path, copy)
                changed.append(path)
        self._write_manifest(version, release.files)
        os.sync()  # a switch must not reach the disk before what it leads to
        self._effect("name")
        new.rename(self._releases / version.name)
        return changed

    def _switch(self, version: Version, shown: Version | None) -> None:
        target = self._releases / version.name
        if self._is_link:
            self._carry(shown, target)
            link = self._releases / f"{_NEW}link"
            link.unlink(missing_ok=True)
            self._effect("link")
            link.symlink_to(os.path.join(self._releases.name, version.name))  # noqa: PTH118  # the text of a link, beside PATH
            self._effect("switch")
            link.rename(self._path)
            return
        copy = self._releases / f"{_NEW}copy"
        self._effect("copy")
        shutil.copytree(target, copy, copy_function=os.link)
        self._carry(shown, copy)
        self._effect("switch")
        if not exchange(copy, self._path):
            raise PublishingError(french.no_exchange(str(self._path)))
        self._effect("clear")
        shutil.rmtree(copy)

    def _forget(self, version: Version) -> None:
        gone = self._releases / f"{_GONE}{version.name}"
        self._effect(f"forget {version.name}")
        (self._releases / version.name).rename(gone)
        self._effect(f"clear {version.name}")
        shutil.rmtree(gone)
        self._manifest_path(version).unlink(missing_ok=True)

    def _carry(self, shown: Version | None, new: Path) -> None:
        """Put into ``new`` what others have put among the files that readers see."""
        ours = self._manifest(shown) if shown else {}
        for path in _files_below(self._path) if ours else ():
            relative = path.relative_to(self._path).as_posix()
            copy = new / relative
            if relative in ours or copy.is_symlink() or copy.exists():
                continue
            self._effect(f"carry {relative}")
            copy.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, copy, follow_symlinks=False)
            except PermissionError:  # Linux lets nobody link a file of another account that they may not write
                shutil.copy2(path, copy, follow_symlinks=False)

    def _adopt(self) -> None:
        """Keep a site that no publication has put here, so that there is a way back to it."""
        if self._is_link or not any(self._path.iterdir()) or self.shown() is not None:
            return
        known = self.versions()
        moment = known[0].moment + dt.timedelta(seconds=1) if known else _ADOPTED
        version = Version(moment, self._stated())
        files = digests(self._path)
        new = self._releases / f"{_NEW}{version.name}"
        shutil.copytree(self._path, new)
        self._write_manifest(version, files)
        new.rename(self._releases / version.name)

    def _stated(self) -> str:
        """The identity that a real folder states, or that follows from its files."""
        stamp = self._path / STAMP
        stated = stamped_id(stamp.read_bytes()) if stamp.is_file() else ""
        return stated if is_identity(stated) else identity_of(digests(self._path))

    def _manifest_path(self, version: Version) -> Path:
        return self._releases / f"{version.name}{_MANIFEST}"

    def _manifest(self, version: Version) -> Mapping[str, str]:
        path = self._manifest_path(version)
        files: Mapping[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        return files

    def _write_manifest(self, version: Version, files: Mapping[str, str]) -> None:
        path = self._manifest_path(version)
        new = path.with_name(f"{_NEW}manifest")
        new.write_text(json.dumps(dict(files)), "utf-8")
        new.rename(path)


def _files_below(folder: Path) -> Iterator[Path]:
    """All that is no folder, links included."""
    for place, folders, names in os.walk(folder):
        paths = [folder.joinpath(place, name) for name in (*names, *folders)]
        yield from (path for path in paths if path.is_symlink() or not path.is_dir())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
