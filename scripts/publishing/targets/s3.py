"""S3-compatible storage: ``s3://bucket/prefix?endpoint=https://…&region=…&history=other-bucket``.

A bucket has no switch, so this target makes its own promise: every page that is there is whole, and what it loads is there. All
content is first brought to ``.circular/blobs/<sha256>``, where nobody looks. Then a journal (``.circular/state.json``) names the
version that was shown and the one that is coming, and objects are copied within the storage in the order of
:mod:`scripts.publishing.order`. Whatever stops in between, the journal lets the next command finish (or ``go_back`` undo) it:
all content it needs is there already, and a copy made twice is the same copy.
"""

from __future__ import annotations

import datetime as dt
import json
import mimetypes
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Final

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError
from scripts.publishing.order import gone, is_named_by_content, stages
from scripts.publishing.release import Version, before, next_version, to_forget, version_named
from scripts.publishing.targets.s3_storage import Kind, Storage
from scripts.publishing.targets.target import KEEP, Sent, silent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scripts.publishing.release import Release
    from scripts.publishing.targets.target import Effect

GRACE: Final = dt.timedelta(days=1)  # how long old pages in readers' hands find what they load
_AT_ONCE: Final = 16  # requests
_OWN: Final = ".circular/"
_STATE: Final = f"{_OWN}state.json"
_BLOBS: Final = f"{_OWN}blobs/"
_HIDDEN: Final = Kind("application/octet-stream", "private, no-store")
_IMMUTABLE, _FRESH = "public, max-age=31536000, immutable", "no-cache"
_TYPES: Final = {
    "ics": "text/calendar",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "js": "text/javascript",
    "woff2": "font/woff2",
    "csv": "text/csv",
    "json": "application/json",
}


@dataclass(frozen=True, slots=True)
class State:
    """The journal. ``versions`` are kept, oldest first. While ``coming`` is not empty, objects of ``shown`` and ``coming`` are
    mixed. Contents and list of ``leaving`` may be there in part, and can go. ``lingering`` maps paths that the version shown
    has no more to the moment from which on they may go (ISO 8601).
    """

    versions: tuple[str, ...] = ()
    shown: str = ""
    coming: str = ""
    leaving: tuple[str, ...] = ()
    lingering: Mapping[str, str] = field(default_factory=dict)


class Bucket:
    """Publishes below ``prefix`` (empty, or with a final slash) of ``site``; ``history`` keeps contents and journal."""

    def __init__(
        self,
        site: Storage,
        prefix: str,
        *,
        history: Storage,
        keep: int = KEEP,
        now: Callable[[], dt.datetime],
        effect: Effect = silent,
    ) -> None:
        self._site = site
        self._history = history
        self._prefix = prefix
        self._keep = keep
        self._now = now
        self._effect = effect
        self._state = State()

    def settle(self) -> None:
        """Read the journal, and finish what it says was coming or leaving."""
        self._read()
        if self._state.coming:
            self._change(self._state.coming)
        self._clear()

    def shown(self) -> Version | None:
        """As the journal says."""
        return version_named(self._state.shown)

    def versions(self) -> list[Version]:
        """Those in the journal."""
        return sorted(filter(None, map(version_named, self._state.versions)), reverse=True)

    def publish(self, release: Release, moment: dt.datetime) -> Sent:
        """Bring contents, write the journal, change objects, forget."""
        shown, known = self.shown(), self.versions()
        if shown and shown.id == release.id:
            return Sent(shown, 0, 0, is_new=False)
        version = next_version(release, moment, known)
        self._save(replace(self._state, leaving=(version.name,)))  # should it never arrive, it is cleared away
        self._put(self._list_of(version.name), json.dumps(dict(release.files)).encode())
        changed = self._bring(release, known)
        self._save(replace(self._state, versions=(*self._state.versions, version.name), leaving=()))
        self._change(version.name)
        kept = [old for old in known if shown and old <= shown]
        leaving = sorted({*known} - {*kept} | {*to_forget(version, kept, self._keep)})
        self._forget([old.name for old in leaving])
        return Sent(version, len(changed), release.size(changed))

    def go_back(self) -> Version:
        """Change objects to the version before; of an interrupted publication, to the one it began with."""
        self._read()
        shown, coming = self.shown(), version_named(self._state.coming)
        if shown is None:
            raise PublishingError(french.NOTHING_BEFORE)
        earlier = min(shown, coming) if coming else before(shown, self.versions())
        self._change(earlier.name)
        return earlier

    def close(self) -> None:
        """Close the connections."""
        self._site.close()

    def _change(self, name: str) -> None:
        """From what is there to the version ``name``. May be stopped anywhere, and done again."""
        state = self._state
        origin = state.shown if state.coming in {"", name} else state.coming
        was, wanted = self._files(origin), self._files(name)
        self._save(replace(state, shown=origin, coming=name))
        for stage in stages(was, wanted):
            self._each(lambda path: self._show(path, wanted[path]), stage)
        at_once, later = gone({*was, *state.lingering}, wanted)
        due = {path: state.lingering.get(path) or (self._now() + GRACE).isoformat() for path in later}
        over = [path for path, moment in due.items() if dt.datetime.fromisoformat(moment) <= self._now()]
        self._each(self._remove, [*at_once, *over])
        lingering = {path: moment for path, moment in due.items() if path not in over}
        self._save(replace(self._state, shown=name, coming="", lingering=lingering))

    def _bring(self, release: Release, known: Iterable[Version]) -> list[str]:
        """Bring the contents that no kept version has; gives one file of each."""
        there = {digest for version in known for digest in self._files(version.name).values()}
        missing = {digest: path for path, digest in release.files.items() if digest not in there}

        def bring(digest: str) -> None:
            self._effect(f"bring {digest}")
            self._put(f"{_BLOBS}{digest}", (release.directory / missing[digest]).read_bytes())

        self._each(bring, sorted(missing))
        return sorted(missing.values())

    def _forget(self, names: Iterable[str]) -> None:
        leaving = tuple(names)
        if leaving:
            left = tuple(name for name in self._state.versions if name not in leaving)
            self._save(replace(self._state, versions=left, leaving=leaving))
            self._clear()

    def _clear(self) -> None:
        """Delete what only versions that leave need."""
        leaving = self._state.leaving
        if not leaving:
            return
        kept = {digest for name in self._state.versions for digest in self._files(name).values()}
        lost = {digest for name in leaving for digest in (self._listed(name) or {}).values()} - kept
        self._each(self._delete, [f"{_BLOBS}{digest}" for digest in sorted(lost)])
        self._each(self._delete, [self._list_of(name) for name in leaving])
        self._save(replace(self._state, leaving=()))

    def _files(self, name: str) -> Mapping[str, str]:
        """The files of a version; none for no version."""
        files = self._listed(name) if name else {}
        if files is None:
            raise PublishingError(french.storage_lost(name))
        return files

    def _listed(self, name: str) -> Mapping[str, str] | None:
        content = self._history.get(f"{self._prefix}{self._list_of(name)}")
        files: Mapping[str, str] | None = None if content is None else json.loads(content)
        return files

    @staticmethod
    def _list_of(name: str) -> str:
        return f"{_OWN}versions/{name}.json"

    def _read(self) -> None:
        content = self._history.get(f"{self._prefix}{_STATE}")
        if content is None:
            self._state = State()
            return
        read = json.loads(content)
        self._state = State(**{**read, "versions": tuple(read["versions"]), "leaving": tuple(read["leaving"])})

    def _save(self, state: State) -> None:
        self._state = state
        self._effect("journal")
        self._put(_STATE, json.dumps({**asdict(state), "lingering": dict(state.lingering)}).encode())

    def _put(self, key: str, content: bytes) -> None:
        self._history.put(f"{self._prefix}{key}", content, _HIDDEN)

    def _show(self, path: str, digest: str) -> None:
        self._effect(f"copy {path}")
        source = f"{self._prefix}{_BLOBS}{digest}"
        self._site.copy(source, self._history.bucket, f"{self._prefix}{path}", kind_of(path))

    def _remove(self, path: str) -> None:
        self._effect(f"remove {path}")
        self._site.delete(f"{self._prefix}{path}")

    def _delete(self, key: str) -> None:
        self._effect(f"forget {key}")
        self._history.delete(f"{self._prefix}{key}")

    @staticmethod
    def _each(act: Callable[[str], None], names: Iterable[str]) -> None:
        """Several at once; the first that fails ends it."""
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            try:
                for _ in threads.map(act, names):
                    pass
            except BaseException:
                threads.shutdown(wait=False, cancel_futures=True)
                raise


def kind_of(path: str) -> Kind:
    """The type of a file as web servers of this project say it (docs/hosting), and how long it may be kept."""
    ending = path.rpartition(".")[2]
    guessed = _TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    text = guessed.startswith("text/") or guessed == "application/xml"
    cache = _IMMUTABLE if path.startswith("theme/") and is_named_by_content(path) else _FRESH
    return Kind(f"{guessed}; charset=utf-8" if text else guessed, cache)
