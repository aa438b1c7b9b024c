"""What the check of a change found, as the file that goes from the job without rights to the one that may write a comment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plugins.model.addresses import MEMBERS, entry_address
from plugins.model.discovery import arrange
from plugins.model.front_matter import read_entry
from plugins.model.load import schema_directories
from plugins.model.schema.schemas import load_schemas
from scripts.changes.diff import starting_point
from scripts.changes.git import WorkTree
from scripts.changes.replacement import replacement
from scripts.changes.top import below_top

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from plugins.model.problems import Problem
    from scripts.changes.diff import ChangedFile
    from scripts.changes.narrow import Narrowed

VERSION = 2
MOST_PROBLEMS = 100
"""Written one by one; more are only counted: nobody reads on."""
MOST_FILES = 300
_LONGEST = 500  # characters of a sentence or a line


def written(root: Path, base: str, found: Narrowed, number: int) -> str:
    """JSON; its schema is in `scripts.comments.result`, which trusts nothing of it. ``number``: of the request, 0 if unknown.

    Paths are those of the forge, from the top of the repository.
    """
    below = below_top(root)
    changed = found.changed[:MOST_FILES]
    errors = sum(problem.severity == "error" for problem in found.problems)
    value = {
        "version": VERSION,
        "number": number,
        "first": is_first(root, base),
        "errors": errors,
        "warnings": len(found.problems) - errors,
        "problems": [_problem(root, problem, below) for problem in found.problems[:MOST_PROBLEMS]],
        "files": len(found.changed),
        "changed": [{"path": _short(below + file.path), "kind": file.kind} for file in changed],
        **_about(root, changed),
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def lines_instead(root: Path, problems: Iterable[Problem]) -> dict[Problem, str]:
    """For each problem that one replacement puts right, its line as it should be."""
    better = ((problem, replacement(problem, line_of(root, problem))) for problem in problems)
    return {problem: line for problem, line in better if line is not None}


def line_of(root: Path, problem: Problem) -> str:
    """The line at which a problem stands, "" where there is none."""
    file = root / problem.path
    if not file.is_file() or file.is_symlink():
        return ""
    lines = file.read_bytes().decode("utf-8", "replace").split("\n")
    return lines[problem.line - 1].rstrip("\r") if problem.line <= len(lines) else ""


def is_first(root: Path, base: str) -> bool:
    """Whether nobody who made a commit of the change has one in what was there before."""
    start, tree = starting_point(root, base), WorkTree(root)
    authors = set(tree.line("log", "--format=%ae", f"{start}..HEAD").split())
    return bool(authors) and not authors & set(tree.line("log", "--format=%ae", start).split())


def _problem(root: Path, problem: Problem, below: str) -> dict[str, Any]:
    instead = lines_instead(root, [problem]).get(problem)
    return {
        "path": _short(below + problem.path),
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": _short(problem.message),
        "suggestion": _short(problem.suggestion),
        "instead": instead if instead is not None and len(instead) <= _LONGEST else None,
    }


def _about(root: Path, changed: Sequence[ChangedFile]) -> dict[str, list[str]]:
    """Addresses of the pages of the change, and the types, clubs and pillars of its entries."""
    schemas = load_schemas(schema_directories(root))
    there = [file.path for file in changed if (root / file.path).is_file() and not (root / file.path).is_symlink()]
    found = arrange([path for path in there if path.startswith(("content/", "data/members/"))], schemas.content_types)
    types, clubs, pillars, addresses = [], [], [], []
    for entry in found.entries:
        data = read_entry((root / entry.path).read_bytes()).data
        types.append(entry.type_name)
        clubs += _words(data.get("clubs"))
        pillars += _words(data.get("pillars"))
        addresses.append(entry_address(schemas.content_type(entry.type_name), entry.id))
    types += ["member" for _ in found.members]
    addresses += [f"{MEMBERS}{path.rpartition('/')[2].removesuffix('.yaml')}/" for path in found.members]
    lists = {"types": types, "clubs": clubs, "pillars": pillars, "addresses": addresses}
    return {name: list(dict.fromkeys(values))[:MOST_FILES] for name, values in lists.items()}


def _words(value: object) -> list[str]:
    return [_short(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _short(text: str) -> str:
    return text.encode("utf-8", "replace").decode()[:_LONGEST]
