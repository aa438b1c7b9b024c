"""What documents say that can be carried out: fenced blocks whose info string names a file of a root.

` ```markdown content/x.md ` is that file; ` ```diff data/x.yaml ` a change of it; ` ```yaml content/x.md ` lines for its
front matter; ` ```sh ` commands. A block without a file name is an illustration.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
_FENCE = re.compile(r"^```(?P<language>[a-z]*)(?: (?P<file>[^\n`]+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---\n(?P<fields>.*?)^---\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block; ``file`` is what follows the language, ``line`` that of the fence in the document."""

    language: str
    file: str
    text: str
    line: int
    introduction: str  # the paragraph before it


def blocks(document: Path) -> list[Block]:
    return list(_blocks(document.read_text(encoding="utf-8")))


def _blocks(text: str) -> Iterator[Block]:
    for found in _FENCE.finditer(text):
        before = text[: found.start()].rstrip()
        yield Block(
            found["language"],
            found["file"] or "",
            found["text"],
            text.count("\n", 0, found.start()) + 1,
            before[before.rfind("\n\n") + 1 :].strip(),
        )


def write(root: Path, block: Block) -> None:
    """Carry out a block that names a file."""
    path = root / block.file
    path.parent.mkdir(parents=True, exist_ok=True)
    old = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(_changed(old, block), encoding="utf-8")


def _changed(old: str, block: Block) -> str:
    if block.language == "diff":
        return patched(old, block.text)
    if block.language == "yaml" and block.file.endswith(".md"):
        return with_fields(old, block.text)
    if block.language == "yaml" and old:  # an item for a list, a line for a map
        return f"{old.rstrip()}\n{block.text}"
    return block.text


def patched(text: str, diff: str) -> str:
    """A unified hunk without its numbers: what it takes away, with the lines around it, must stand once in the text."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert all(line[0] in " -+" for line in lines), diff
    assert text.count(before) == 1, f"the change does not fit, {text.count(before)} places:\n{before}"
    return text.replace(before, after)


def with_fields(text: str, fields: str) -> str:
    """A file whose front matter says ``fields``; where it had them already, they are replaced."""
    found = _FRONT_MATTER.match(text)
    assert found, text
    names = {line.partition(":")[0] for line in fields.splitlines() if re.match(r"[a-z_]+:", line)}
    kept, keeping = "", True
    for line in found["fields"].splitlines(keepends=True):
        if not line.startswith((" ", "-", "]", "}")):
            keeping = line.partition(":")[0] not in names
        kept += line if keeping else ""
    return f"---\n{kept}{fields}---\n{text[found.end() :]}"
