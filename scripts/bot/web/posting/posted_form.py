"""A posted form: texts and files in the order in which they came, and how much of each there may be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scripts.bot.french import web as french

if TYPE_CHECKING:
    from tempfile import SpooledTemporaryFile

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """Most of each that a form may hold; sizes in bytes. ``body`` is where reading stops, whatever is in it."""

    body: int = 24_000_000
    parts: int = 600
    files: int = 4
    file: int = 10_000_000
    text: int = 262_144
    texts: int = 1_000_000


class BadPostError(Exception):
    """The post cannot be read. ``status``: 400, 413 or 415; the message is a French sentence for whoever sent it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was posted for input ``name``. Where it is ``too_large``, its content was not kept."""

    name: str
    file: SpooledTemporaryFile[bytes]
    size: int
    too_large: bool


@dataclass(slots=True)
class PostedForm:
    """What was posted, in order; an input for a file that nobody chose is left out."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)
    opened: list[SpooledTemporaryFile[bytes]] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The first text of a name, or nothing."""
        return next((text for found, text in self.pairs if found == name), "")

    def close(self) -> None:
        """Give up the files."""
        for file in self.opened:
            file.close()


class Texts:
    """Adds texts to a form within its limits."""

    def __init__(self, form: PostedForm, limits: Limits) -> None:
        self.form = form
        self.limits = limits
        self.parts = 0
        self.size = 0

    def count_part(self) -> None:
        """One more text or file. Raises BadPostError where that is one too many."""
        self.parts += 1
        if self.parts > self.limits.parts:
            raise BadPostError(413, french.TOO_LARGE)

    def count_bytes(self, number: int, so_far: int) -> None:
        """``number`` more bytes of a text that has ``so_far``. Raises BadPostError where they are too many."""
        self.size += number
        if so_far + number > self.limits.text or self.size > self.limits.texts:
            raise BadPostError(413, french.TEXT_TOO_LONG)

    def add(self, name: bytes, text: bytes) -> None:
        """Add a text. Raises BadPostError where its name is none, or it is not in UTF-8."""
        self.form.pairs.append((input_name(name), _decoded(text)))


def input_name(name: bytes) -> str:
    """The name of an input. Raises BadPostError where it cannot be one."""
    text = name.decode("latin-1")
    if len(text) > _LONGEST_NAME or not _NAME.fullmatch(text):
        raise BadPostError(400, french.NOT_A_FORM)
    return text


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPostError(400, french.NOT_UTF8) from error
