"""Finds, for a broken entry or member, the newest earlier version that passes the check together with everything else."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from plugins.model.addresses import MEMBERS, entry_address
from plugins.model.discovery import EntryFile, arrange
from plugins.model.links import link_problems
from plugins.model.references import ReferenceCheck
from plugins.model.root_files import ProposedFiles
from plugins.model.site_rules import answer_problems
from scripts.broken.reading import POINTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.joined import Joined
    from plugins.model.problems import Problem
    from plugins.model.reading import Raw, Reader
    from scripts.broken.past import Past, Version
    from scripts.broken.stage import Stage

Files = Callable[[str], bytes | None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier version: as read, and the files beside it that have to be put back with it."""

    version: Version
    raw: Raw
    files: Mapping[str, bytes]


class Judge:
    """Tries versions against ``joined``, the root as it stands now. Pages with errors count as there: they may come back, too."""

    def __init__(self, joined: Joined, stage: Stage, past: Past) -> None:
        self._joined, self._stage, self._past = joined, stage, past
        self._references = ReferenceCheck(joined.known_ids(), lambda *_: (1, 1))
        self._sound = {raw.id: raw for raw in joined.entries if raw.is_sound}
        self._used: dict[str, set[str]] = {}  # a file beside entries → the sound ones that use it
        for raw in self._sound.values():
            for file in raw.files:
                self._used.setdefault(file, set()).add(raw.path)

    def best(self, path: str, versions: Sequence[Version], *, only_whole: bool) -> Candidate | None:
        """The newest version without any error; else, unless ``only_whole``, the newest that only points to what is not there."""
        second = None
        for version in versions:
            for candidate in self._candidates(path, version):
                if not candidate.raw.is_sound:
                    continue
                errors = {fault.code for fault in self._pointing(candidate.raw) if fault.severity == "error"}
                if not errors:
                    return candidate
                if second is None and errors <= POINTING:
                    second = candidate
        return None if only_whole else second

    def _candidates(self, path: str, version: Version) -> Iterator[Candidate]:
        """A version with the files beside it as they are today, then with those of its own time."""
        text = self._past.content(version.commit, version.path)
        if text is None:
            return
        raw = self._read(path, text, self._stage.read)
        yield Candidate(version, raw, {})
        if path.startswith("content/") and not raw.is_sound:
            asked: dict[str, bytes | None] = {}
            raw = self._read(path, text, lambda beside: self._at_the_time(path, version, beside, asked))
            yield Candidate(version, raw, {file: asked[file] or b"" for file in raw.files if file in asked})

    def _at_the_time(self, path: str, version: Version, beside: str, asked: dict[str, bytes | None]) -> bytes | None:
        if self._used.get(beside, set()) - {path}:
            return self._stage.read(beside)  # others show it as it is
        if beside not in asked:
            name = beside.rpartition("/")[2]
            asked[beside] = self._past.content(version.commit, f"{version.path.rpartition('/')[0]}/{name}")
            if asked[beside] is None:
                asked[beside] = self._stage.read(beside)
        return asked[beside]

    def _read(self, path: str, text: bytes, below: Files) -> Raw:
        reader = self._reader(path, text, below)
        if path.startswith("data/members/"):
            return reader.member(path)
        return reader.entry(entry_file(path, self._joined))

    def _reader(self, path: str, text: bytes, below: Files) -> Reader:
        return replace(self._joined.reader, files=ProposedFiles({path: text}, below))

    def _pointing(self, raw: Raw) -> Iterator[Problem]:
        """What is wrong with what a sound version names, links to and answers; with terms and communes that are gone, too."""
        schemas = self._joined.reader.schemas
        references, labels = schemas.references(raw.type_name), schemas.labels(raw.type_name)
        yield from self._references.check(raw.path, raw.data, references, labels)
        if raw.type_name == "member":
            return
        own = address_of(raw, self._joined)
        resolver = self._joined.resolver.joined_by([own], own, raw)
        yield from link_problems([raw], resolver, ChainMap({raw.path: own}, self._joined.pages))
        asked = self._sound.get(str(raw.data.get("consultation", "")))
        if asked is not None:
            yield from answer_problems(raw, asked.data, _Nowhere())  # type: ignore[arg-type]  # it is only asked for places


class _Nowhere:
    """Stands for a reader where nobody wants to know the line."""

    def place(self, *_: object) -> tuple[int, int]:
        return (1, 1)


def entry_file(path: str, joined: Joined) -> EntryFile:
    """What the entry at ``path`` is.

    Raises:
        ValueError: no entry can stand there.
    """
    found = arrange([path], joined.reader.schemas.content_types).entries
    if not found:
        raise ValueError(path)
    return found[0]


def is_page(path: str, joined: Joined) -> bool:
    """Whether an entry or a member can stand at ``path``."""
    if not path.startswith(("content/", "data/members/")):
        return False
    found = arrange([path], joined.reader.schemas.content_types)
    return bool(found.entries or found.members)


def address_of(raw: Raw, joined: Joined) -> str:
    """The address of the page that a file makes."""
    if raw.type_name == "member":
        return f"{MEMBERS}{raw.id}/"
    return entry_address(joined.reader.schemas.content_type(raw.type_name), raw.id)


def files_named(raw: Raw) -> set[str]:
    """The files beside an entry that it means to use, whether they are there or not, relative to the root."""
    folder = raw.path.rpartition("/")[0]
    names = set(_files_in(raw.data))
    if raw.body:
        names |= {link.target.partition("#")[0] for link in raw.body.links if link.kind == "file"}
    return {f"{folder}/{name}" for name in names if name and "/" not in name}


def _files_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "file" and isinstance(item, str):
                yield item
            else:
                yield from _files_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from _files_in(item)
