"""How far a long piece of work is, on a terminal; nothing at all where the output is piped or logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.french import commands as french

if TYPE_CHECKING:
    from typing import TextIO

_CLEAR = "\r\x1b[K"


class Terminal:
    """Draws one line that overwrites itself. Called with a phase, what is done, and the whole."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = ""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Draw, but only where it would look different: a percentage changes a hundred times, an entry
        thousands.
        """
        share = f" {100 * done // total} %" if total else ""
        line = f"{french.PHASES.get(phase, phase)}…{share}"
        if line != self._drawn:
            self._drawn = line
            self._stream.write(_CLEAR + line)
            self._stream.flush()

    def clear(self) -> None:
        """Leave no trace."""
        if self._drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._drawn = ""


class Silent:
    """The progress of a pipe: none."""

    def __call__(self, phase: str, done: int, total: int) -> None:
        """Say nothing."""

    def clear(self) -> None:
        """Nothing was drawn."""


def progress_on(stream: TextIO) -> Terminal | Silent:
    """What suits ``stream``."""
    return Terminal(stream) if stream.isatty() else Silent()
