"""The comment, in French: what was found, where, what to do, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from plugins.model.problems import catalogue
from plugins.views.words.french import day_words
from scripts.comments.defused import block, code, defused
from scripts.french import comments as french

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scripts.comments.pages import PreviewPage
    from scripts.comments.result import Found, Result

MARKER = "verification"
"""Tells the comment from all others."""
MOST_SHOWN = 40
"""Problems; whoever has more reads the first of them, and sends again."""
MOST_PREVIEWS = 20
LONGEST_PROBLEMS, LONGEST_PAGES = 35_000, 15_000
"""Characters: GitHub takes 65,536 in all, and of a comment that is cut off nobody knows what else it said."""


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
    shown = _shown(result, guide)
    parts += _by_file(shown)
    hidden = result.errors + result.warnings - len(shown)
    if hidden > 0:
        parts.append(french.more(hidden))
    if preview is not None:
        parts.append(_preview(preview, result.errors))
    parts.append(french.next_step(result.errors))
    return "\n\n".join(parts)


def _preview(preview: Preview, errors: int) -> str:
    if not preview.pages:
        return french.NO_PREVIEW if preview.pages is None or errors else french.NOTHING_TO_SEE
    where = f"{preview.base}/index.html" if preview.base else ""
    shown = _that_fit((_page(page, preview.base) for page in preview.pages[:MOST_PREVIEWS]), LONGEST_PAGES)
    lines = [french.previews(where, preview.archive), *shown]
    if len(preview.pages) > len(shown):
        lines.append(f"- {french.more_pages(len(preview.pages) - len(shown))}")
    return "\n".join(lines)


def _page(page: PreviewPage, base: str) -> str:
    title = defused(page.title)
    name = f"[{title}]({base}/{page.page})" if base else title
    later = f" ({french.only_from(day_words(page.day))})" if page.day else ""
    return f"- {french.PAGE_KINDS[page.kind]} {name}{later}"


def _shown(result: Result, guide: str) -> list[tuple[str, str]]:
    """Path and words of the problems that are written one by one."""
    order = sorted(result.problems[:MOST_SHOWN], key=lambda found: (found.path, found.line))
    words = _that_fit((_problem(found, guide) for found in order), LONGEST_PROBLEMS)
    return [(found.path, said) for found, said in zip(order, words, strict=False)]


def _by_file(shown: Sequence[tuple[str, str]]) -> Iterator[str]:
    for path, group in groupby(shown, key=lambda one: one[0]):
        yield f"**{code(path)}**"
        yield "\n".join(said for _, said in group)


def _that_fit(texts: Iterable[str], longest: int) -> list[str]:
    """The first of ``texts``, as many as are no longer than ``longest`` characters together."""
    fit, length = [], 0
    for text in texts:
        length += len(text)
        if length > longest:
            break
        fit.append(text)
    return fit


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
