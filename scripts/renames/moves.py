"""Which pages have moved or gone since a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model import addresses
from plugins.model.discovery import arrange
from plugins.model.site_rules import GONE
from plugins.model.source_text import decode
from plugins.model.yaml.reader import read_yaml
from scripts.changes.diff import changed_files, starting_point
from scripts.changes.git import WorkTree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from plugins.model.schema.schemas import SchemaSet

_GROUPS = {
    "data/clubs.yaml": addresses.CLUBS,
    "data/pillars.yaml": addresses.PILLARS,
    "data/territories.yaml": addresses.TERRITORIES,
}


def moved_pages(root: Path, base: str, schemas: SchemaSet) -> dict[str, str]:
    """Old address → new address, or ``gone``, of each page whose file was renamed or removed since the change left ``base``.

    A member who has left is not among them: a line « gone » would be one more place that names the person.

    Raises:
        ChangesError: see `scripts.changes.diff.changed_files`.
    """
    changed = changed_files(root, base)
    pages = _addresses({path for file in changed for path in (file.path, file.old_path)}, schemas)
    moves: dict[str, str] = {}
    for file in changed:
        old = pages.get(file.old_path)
        if old is None or file.kind not in {"renamed", "removed"}:
            continue
        new = pages.get(file.path, GONE) if file.kind == "renamed" else GONE
        if old != new and not (new == GONE and file.old_path.startswith("data/members/")):
            moves[old] = new
    lists = [file.path for file in changed if file.path in _GROUPS and file.kind != "added"]
    return moves | _lost_groups(root, base, lists)


def _addresses(paths: set[str], schemas: SchemaSet) -> dict[str, str]:
    """The addresses of those paths that are pages."""
    found = arrange(
        sorted(paths & {path for path in paths if path.startswith(("content/", "data/members/"))}),
        schemas.content_types,
    )
    entries = {
        file.path: addresses.entry_address(schemas.content_type(file.type_name), file.id) for file in found.entries
    }
    names = {path: path.rpartition("/")[2].removesuffix(".yaml") for path in found.members}
    return entries | {path: f"{addresses.MEMBERS}{name}/" for path, name in names.items()}


def _lost_groups(root: Path, base: str, lists: Sequence[str]) -> dict[str, str]:
    """The pages of clubs, pillars and territories that are in their lists no more."""
    if not lists:
        return {}
    start, tree = starting_point(root, base), WorkTree(root)
    lost: dict[str, str] = {}
    for path in lists:
        file = root / path
        now = _ids(file.read_bytes() if file.is_file() else b"")
        then = _ids(tree.run("show", f"{start}:./{path}"))
        lost |= {f"{_GROUPS[path]}{identifier}/": GONE for identifier in then if identifier not in now}
    return lost


def _ids(content: bytes) -> list[str]:
    data = read_yaml(decode(content)[0]).data
    return (
        [str(item["id"]) for item in data if isinstance(item, dict) and "id" in item] if isinstance(data, list) else []
    )
