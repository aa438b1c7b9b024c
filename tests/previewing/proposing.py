"""A published site in a repository, a branch that changes it, and the preview of that branch."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from scripts.__main__ import main
from tests.broken.small import files, picture
from tests.changes.repository import Work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SITE = "https://boucles.example/lieu"
DAY = "2026-06-01"
FIRST = "content/articles/2026/article-0.md"
PICTURE = "content/articles/2026/atelier.png"
IMAGE = "image:\n  file: atelier.png\n  alt: Des gens autour d’un établi\n---\n"


@dataclass(frozen=True)
class Proposal:
    """A working tree on a branch of its own; ``root`` may lie below its top."""

    work: Work
    below: str
    out: Path

    @property
    def root(self) -> Path:
        return self.work.folder / self.below

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new, 1))

    def preview(self, *more: str) -> int:
        words = [
            "previews",
            "main",
            "--root",
            str(self.root),
            "--output",
            str(self.out),
            "--site-url",
            SITE,
            "--jobs",
            "1",
        ]
        return main([*words, "--report", str(self.report_file), "--today", DAY, *more])

    @property
    def report_file(self) -> Path:
        return self.out.with_name("apercu.json")

    def report(self) -> dict[str, Any]:
        """The report by address."""
        return {page["address"]: page for page in json.loads(self.report_file.read_text(encoding="utf-8"))}

    def text(self, path: str = "index.html") -> str:
        return (self.out / path).read_text(encoding="utf-8")


def propose(folder: Path, below: str = "") -> Proposal:
    """The small region, published on main, with a picture beside the first article."""
    work = Work.begin(folder / "depot")
    made = Proposal(work, below, folder / "apercu")
    for path, text in files().items():
        made.write(path, text)
    made.write(PICTURE, picture())
    made.edit(FIRST, "---\nLe premier", f"{IMAGE}Le premier")
    work.commit("Le site")
    work.git("switch", "--quiet", "-c", "proposition")
    return made


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if value and name in {"href", "src", "action"}:
                self.found.append((tag, value))
            if value and name == "srcset":
                self.found += [(tag, part.split()[0]) for part in value.split(",")]


def links(text: str) -> list[tuple[str, str]]:
    """Each link of a page, with the name of its element."""
    reader = _Links()
    reader.feed(text)
    return reader.found


def tags(text: str) -> set[str]:
    reader = _Links()
    reader.feed(text)
    return reader.tags


def dead_links(folder: Path) -> Iterator[str]:
    """Links of a preview that lead neither to a file of it nor to an address in full; and what a page shows from elsewhere."""
    for file in sorted(folder.rglob("*.html")):
        for tag, value in links(file.read_text(encoding="utf-8")):
            parts = urlsplit(value)
            if parts.scheme or value.startswith("#"):
                if tag in {"img", "source", "link", "iframe", "script"} and parts.scheme != "data":
                    yield f"{file.relative_to(folder)} shows {value}"
                continue
            if value.startswith("/") or not (file.parent / unquote(parts.path)).is_file():
                yield f"{file.relative_to(folder)}: {value}"
