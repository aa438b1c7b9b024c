"""Which files a root has, and whether each stands where its address can be made from its path."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.model.addresses import slug
from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from plugins.model.schema.schemas import ContentType

_YEAR = re.compile(r"\d{4}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class EntryFile:
    """A file that is an entry: ``id`` is its path below content/ without the ending, ``path`` is relative to the root."""

    id: str
    path: str
    type_name: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The entries and members of a root, files beside them by folder, and what is wrong with names and places."""

    entries: list[EntryFile]
    members: list[str]
    assets: list[str]
    problems: list[Problem]


def discover(root: Path, types: Sequence[ContentType]) -> Discovery:
    """Walk ``content/`` and ``data/members/`` in alphabetical order. Hidden files are left out; links are refused."""
    problems: list[Problem] = []
    files = [*_walk(root, "content", problems), *_walk(root, "data/members", problems)]
    found = arrange(files, types)
    found.problems[:0] = problems
    return found


def arrange(files: Iterable[str], types: Sequence[ContentType]) -> Discovery:
    """What ordinary files are (below ``content/`` and ``data/members/``, none hidden), in the order in which they come."""
    found = Discovery([], [], [], [])
    by_folder = {content_type.folder: content_type for content_type in types}
    for path in files:
        if path.startswith("data/members/"):
            _member(path, found)
        elif path.endswith(".md"):
            _entry(path, by_folder, found)
        else:
            found.assets.append(path)
    return found


def _walk(root: Path, folder: str, problems: list[Problem]) -> Iterator[str]:
    directory = root / folder
    if not directory.is_dir():
        return
    for item in sorted(os.scandir(directory), key=lambda item: item.name):
        path = f"{folder}/{item.name}"
        if item.name.startswith("."):
            continue
        if item.is_symlink():
            problems.append(problem("symbolic-link", path))
        elif item.is_dir():
            yield from _walk(root, path, problems)
        elif item.is_file():
            yield path
        else:
            problems.append(problem("unreadable-file", path, reason="ce n’est pas un fichier ordinaire"))


def _entry(path: str, by_folder: dict[str, ContentType], found: Discovery) -> None:
    folder, *rest = path.removeprefix("content/").split("/")
    content_type = by_folder.get(folder) if rest else None
    if content_type is None:
        found.problems.append(problem("misplaced-file", path, expected=_expected_places(by_folder)))
        return
    depth = 1 if not content_type.address else 2
    if len(rest) != depth or (depth == 2 and not _YEAR.fullmatch(rest[0])):  # noqa: PLR2004  # year and file name
        expected = f"content/{folder}/" + ("" if depth == 1 else "ANNÉE/ (par exemple content/" + folder + "/2026/)")
        found.problems.append(problem("misplaced-file", path, expected=expected))
        return
    if _well_named(path, found):
        found.entries.append(EntryFile(path.removeprefix("content/").removesuffix(".md"), path, content_type.name))


def _member(path: str, found: Discovery) -> None:
    name = path.removeprefix("data/members/")
    if "/" in name or not name.endswith(".yaml"):
        found.problems.append(
            problem("misplaced-file", path, expected="data/members/, avec un nom qui finit par .yaml")
        )
    elif _well_named(path, found):
        found.members.append(path)


def _well_named(path: str, found: Discovery) -> bool:
    name = path.rpartition("/")[2]
    stem, _, ending = name.rpartition(".")
    if _SLUG.fullmatch(stem):
        return True
    found.problems.append(problem("bad-file-name", path, name=name, better=f"{slug(stem) or 'mon-texte'}.{ending}"))
    return False


def _expected_places(by_folder: dict[str, ContentType]) -> str:
    return "l’un de ces dossiers : " + ", ".join(f"content/{folder}/" for folder in sorted(by_folder))
