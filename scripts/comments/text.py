"""The comment, in French: what was found, where, what to do, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.model.problems import catalogue
from scripts.comments.defused import block, code, defused
from scripts.french import comments as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.comments.pages import PreviewPage
    from scripts.comments.result import Found, Result

MARKER = "verification"
"""Tells the comment from all others."""
MOST_SHOWN = 40
"""Problems; whoever has more reads the first of them, and sends again."""
MOST_PREVIEWS = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """Where the pages of a proposal can be seen: below the address ``base`` (without the slash at its end), or in an ``archive``
    to be unpacked, whichever is not empty. ``pages`` is None where they could not be made.
    """

    pages: list[PreviewPage] | None
    base: str = ""
    archive: str = ""


def comment_text(result: Result, *, guide: str, preview: Preview | None = None) -> str:
    """Markdown. ``guide``: address of the page of all codes; ``preview``: None where nobody makes one."""
    parts = [french.summary(result.errors, result.warnings, result.files)]
    if result.first:
        parts.append(french.WELCOME)
    parts += _files(result, guide)
    hidden = result.errors + result.warnings - min(len(result.problems), MOST_SHOWN)
    if hidden > 0:
        parts.append(french.more(hidden))
    if preview is not None:
        parts.append(_preview(preview, result.errors))
    parts.append(french.next_step(result.errors))
    return "\n\n".join(parts)


def _preview(preview: Preview, errors: int) -> str:
    if not preview.pages:
        return french.NO_PREVIEW if preview.pages is None or errors else french.NOTHING_TO_SEE
    shown = preview.pages[:MOST_PREVIEWS]
    where = f"{preview.base}/index.html" if preview.base else ""
    lines = [french.previews(where, preview.archive)]
    for page in shown:
        title = defused(page.title)
        name = f"[{title}]({preview.base}/{page.page})" if preview.base else title
        lines.append(f"- {french.PAGE_KINDS[page.kind]} {name}")
    if len(preview.pages) > len(shown):
        lines.append(f"- {french.more_pages(len(preview.pages) - len(shown))}")
    return "\n".join(lines)


def _files(result: Result, guide: str) -> Iterator[str]:
    shown = sorted(result.problems[:MOST_SHOWN], key=lambda found: (found.path, found.line))
    for path, group in groupby(shown, key=lambda found: found.path):
        yield f"**{code(path)}**"
        yield "\n".join(_problem(found, guide) for found in group)


def _problem(found: Found, guide: str) -> str:
    link = f" ([{french.EXPLAIN}]({guide}#{found.code}))" if found.code in catalogue() else ""
    head = f"- {french.place(found.line, found.severity)} {defused(found.message)}{link}"
    lines = [head]
    if found.suggestion:
        lines.append(f"  → {defused(found.suggestion)}")
    if found.instead is not None:
        shown = block(found.instead).replace("\n", "\n  ")
        lines.append(f"\n  {french.INSTEAD}\n\n  {shown}\n")
    return "\n".join(lines)
