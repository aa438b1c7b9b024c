"""The text of a document, piece by piece between its tags: set in one go, then put back, or joined as plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

from plugins.markup.marks import INLINE
from plugins.markup.tags import escape_text, unescape_text
from plugins.markup.typography import BLOCK, OPAQUE, typeset

_BORDERS = re.compile(f"[{INLINE}{BLOCK}]")
_SPACES = re.compile(r"[ \n]{2,}")
_LINE_SPACES = re.compile(r" *\x01[ \x01]*")


class _Piece(NamedTuple):
    slot: int
    border: str
    shown: str
    plain: str | None


class Pieces:
    """Collects pieces in reading order; `out` is the list of strings whose slots they stand in."""

    def __init__(self, out: list[str]) -> None:
        self._out = out
        self._pieces: list[_Piece] = []
        self._border = BLOCK
        self._set: list[str] = []

    def __len__(self) -> int:
        return len(self._pieces)

    def at_border(self) -> bool:
        """Whether a block begins or ends just here."""
        return self._border == BLOCK

    def block_border(self) -> None:
        """A tag of a block was passed."""
        self._border = BLOCK

    def add(self, escaped: str) -> None:
        """Running text."""
        self._append(escaped, unescape_text(escaped), None)

    def add_opaque(self, escaped: str, *, hidden: bool) -> None:
        """Code, which typography must not touch; or, `hidden`, a mark that is no part of the text."""
        self._append(escaped, OPAQUE, "" if hidden else unescape_text(escaped))

    def _append(self, escaped: str, shown: str, plain: str | None) -> None:
        self._pieces.append(_Piece(len(self._out), self._border, shown, plain))
        self._out.append(escaped)
        self._border = INLINE

    def settle(self, *, french: bool) -> None:
        """Set the text and write it into its slots."""
        if not self._pieces:
            return
        joined = _SPACES.sub(_one_space, "".join(piece.border + piece.shown for piece in self._pieces)[1:])
        joined = typeset(joined) if french else joined
        self._set = _BORDERS.split(joined)
        for piece, text in zip(self._pieces, _BORDERS.split(escape_text(joined)), strict=True):
            if piece.plain is None:
                self._out[piece.slot] = text

    def plain(self, first: int = 0, last: int | None = None) -> str:
        """The pieces from `first` up to `last` as plain text, one line for a block; after `settle`."""
        parts: list[str] = []
        for piece, text in zip(self._pieces[first:last], self._set[first:last], strict=True):
            parts += (BLOCK if piece.border == BLOCK else "", text if piece.plain is None else piece.plain)
        joined = _SPACES.sub(" ", "".join(parts).replace("\n", " "))
        return _LINE_SPACES.sub("\n", joined).strip()

    def raw(self, first: int) -> str:
        """The pieces from `first` on before typography, for ids."""
        return "".join(p.shown if p.plain is None else p.plain for p in self._pieces[first:])


def _one_space(match: re.Match[str]) -> str:
    return "\n" if "\n" in match.group() else " "
