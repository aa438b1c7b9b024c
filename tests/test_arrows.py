"""The house's one-way streets (docs/architecture.md): who may import whom."""

from __future__ import annotations

import ast
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOT = {"plugins.model", "plugins.forms", "plugins.markup", "scripts.bot.french", "scripts.arguments", "scripts.failure"}
# A part may import what stands in its set, and itself. Longest name first decides what part a module is of.
ALLOWED = {
    "plugins.markup": set(),
    "plugins.model": {"plugins.markup"},
    "plugins.forms": {"plugins.model"},
    "plugins.history": {"plugins.model"},
    "plugins.publication": {"plugins.model", "plugins.markup"},
    "plugins.structured_data": {"plugins.model", "plugins.markup", "plugins.publication"},
    "plugins.views": {
        "plugins.model",
        "plugins.markup",
        "plugins.forms",
        "plugins.publication",
        "plugins.structured_data",
    },
    "plugins.search_index": {"plugins.model", "plugins.markup", "plugins.publication", "plugins.views"},
    "plugins.documents": {
        "plugins.model",
        "plugins.markup",
        "plugins.publication",
        "plugins.structured_data",
        "plugins.views",
        "plugins.search_index",
    },
    "plugins": {
        "plugins.model",
        "plugins.markup",
        "plugins.forms",
        "plugins.history",
        "plugins.publication",
        "plugins.structured_data",
        "plugins.views",
        "plugins.documents",
        "plugins.search_index",
        "pelican",
    },
    "scripts": {
        "plugins.model",
        "plugins.forms",
        "plugins.history",
        "plugins.markup",
        "plugins.views.reference",
        "plugins.views.words.french",
        "plugins.letter_mail",
        "plugins.publication.context",
        "plugins.swap",
        "plugins.exchange",
        "pelican",
        "starlette",
        "uvicorn",
    },
    "scripts.publishing": {"plugins.swap", "plugins.exchange", "scripts.french", "scripts.arguments", "httpx"},
    "scripts.editing_desk": {
        "plugins.model",
        "plugins.markup",
        "plugins.publication",
        "plugins.views",
        "plugins.press",
        "scripts.french",
        "scripts.outside_links",
    },
    "scripts.previewing": {
        "plugins.model",
        "plugins.markup",
        "plugins.publication",
        "plugins.views",
        "plugins.press",
        "plugins.swap",
        "scripts.broken",
        "scripts.changes",
        "scripts.french",
        "scripts.bot.web.review.compare",
    },
    "scripts.outside_links": {"plugins.model", "scripts.french", "httpx"},
    "scripts.bot": BOT,
    "scripts.bot.broken": BOT | {"scripts.bot", "scripts.comments.result"},  # both read what a run has left behind
    "scripts.bot.french": BOT | {"scripts.bot", "plugins.views.words.french"},
    "scripts.bot.web": BOT
    | {"scripts.bot", "plugins.publication", "plugins.views", "plugins.press", "starlette", "uvicorn"}
    | {"scripts.editing_desk", "scripts.outside_links"},
    "scripts.bot.store": BOT | {"scripts.bot.submission", "sqlalchemy", "cryptography"},
    "scripts.bot.forges": BOT | {"httpx", "cryptography"},
    "scripts.bot.git": BOT,
    "scripts.bot.worker": BOT | {"scripts.bot"},
}
# Frameworks that only the rim may know.
FOREIGN = {"pelican", "starlette", "uvicorn", "sqlalchemy", "httpx", "cryptography"}


def part_of(module: str) -> str:
    return next(
        (part for part in sorted(ALLOWED, key=len, reverse=True) if f"{module}.".startswith(f"{part}.")), module
    )


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.split(".")[0] in {"plugins", "scripts", "tests", *FOREIGN}}


@pytest.mark.parametrize("part", ALLOWED)
def test_imports_go_one_way(part: str) -> None:
    wrong = []
    for path in sorted((ROOT / part.replace(".", "/")).rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        if part_of(module) != part:
            continue
        for name in sorted(imports(path)):
            fine = {part, *ALLOWED[part]}
            if not any(f"{name}.".startswith(f"{good}.") for good in fine) and name != "plugins":
                wrong.append(f"{module} imports {name}")
    assert wrong == []


def test_the_test_itself_sees_an_arrow_that_goes_the_wrong_way(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text("from pelican import signals\nimport plugins.publication.page\n", encoding="utf-8")
    assert imports(path) == {"pelican", "pelican.signals", "plugins.publication.page"}


@pytest.mark.parametrize("package", ["plugins.model", "plugins.views", "scripts.bot.web"])
def test_folders_of_a_package_form_no_circle(package: str) -> None:
    """Each folder, and each file that stands beside them, is a room; whoever uses a room is above it."""
    top, rooms = ROOT / package.replace(".", "/"), defaultdict[str, set[str]](set)
    for path in sorted(top.rglob("*.py")):
        room = path.relative_to(top).parts[0].removesuffix(".py")
        used = {
            name.removeprefix(f"{package}.").split(".")[0] for name in imports(path) if name.startswith(f"{package}.")
        }
        rooms[room] |= used - {room}
    assert len(rooms) > 3
    TopologicalSorter(rooms).prepare()  # raises CycleError with the way round
