"""The bits of Markdown that generated documents share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

GENERATED = (
    "> Cette page est écrite par `make derive` à partir du code\u202f: ne la modifiez pas à la main, "
    "`make check` s’en apercevrait.\n"
)
_SIGN = re.compile(r"(?P<link>!?\[[^\]]*\]\([^)]*\))|[\\`*_\[\]<#]")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(_cell(text) for text in line) + " |\n" for line in lines)


def plain(text: str) -> str:
    """A sentence of the catalogue, in which no sign is Markdown but a link that it shows: that becomes code."""
    return _SIGN.sub(_shown, text)


def _shown(sign: re.Match[str]) -> str:
    """A lone backtick by its number: not every reader of Markdown knows it escaped."""
    if sign["link"]:
        return f"`{sign[0]}`"
    return "&#96;" if sign[0] == "`" else f"\\{sign[0]}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
