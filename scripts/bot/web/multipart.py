"""Reads a posted form piece by piece, within limits, from ``multipart/form-data`` (RFC 7578) or ``x-www-form-urlencoded``.

Whatever is sent, the outcome is a :class:`PostedForm` or a :class:`BadPostError` with the status to answer. Nothing is taken from
what a sender says about a file but its input name: neither its file name nor its media type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, QuerystringParser, parse_options_header

from scripts.bot.french import web as french

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_NAME: Final = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_TEXT_CHARSETS: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})
_LONGEST_NAME: Final = 120
_MOST_IN_MEMORY: Final = 1 << 18


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


async def read_form(content_type: str, length: str, body: AsyncIterator[bytes], limits: Limits) -> PostedForm:
    """Read a body. ``content_type`` and ``length`` are the headers' texts, empty where not sent.

    Raises:
        BadPostError: too much, not understood, or not finished.
    """
    if length.isdigit() and int(length[:20]) > limits.body:
        raise BadPostError(413, french.TOO_LARGE)
    form = PostedForm()
    try:
        await _read(_reader(content_type, form, limits), body, limits)
    except FormParserError as error:
        form.close()
        raise BadPostError(400, french.NOT_A_FORM) from error
    except BaseException:
        form.close()
        raise
    return form


async def _read(reader: _Multipart | _Urlencoded, body: AsyncIterator[bytes], limits: Limits) -> None:
    size = 0
    async for chunk in body:
        size += len(chunk)
        if size > limits.body:
            raise BadPostError(413, french.TOO_LARGE)
        reader.parser.write(chunk)
    reader.finish()


def _reader(content_type: str, form: PostedForm, limits: Limits) -> _Multipart | _Urlencoded:
    kind, options = parse_options_header(content_type.encode("latin-1", "replace"))
    if options.get(b"charset", b"").decode("latin-1").lower() not in _TEXT_CHARSETS:
        raise BadPostError(415, french.NOT_UTF8)
    if kind == b"application/x-www-form-urlencoded":
        return _Urlencoded(form, limits)
    if kind != b"multipart/form-data":
        raise BadPostError(415, french.NOT_A_FORM)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise BadPostError(400, french.NOT_A_FORM)
    return _Multipart(boundary, form, limits)


class _Texts:
    """Adds texts to a form within its limits."""

    def __init__(self, form: PostedForm, limits: Limits) -> None:
        self.form = form
        self.limits = limits
        self.parts = 0
        self.size = 0

    def count_part(self) -> None:
        self.parts += 1
        if self.parts > self.limits.parts:
            raise BadPostError(413, french.TOO_LARGE)

    def count_bytes(self, number: int, so_far: int) -> None:
        self.size += number
        if so_far + number > self.limits.text or self.size > self.limits.texts:
            raise BadPostError(413, french.TEXT_TOO_LONG)

    def add(self, name: bytes, text: bytes) -> None:
        self.form.pairs.append((_name(name), _decoded(text)))


class _Urlencoded:
    """The callbacks of ``QuerystringParser``."""

    def __init__(self, form: PostedForm, limits: Limits) -> None:
        self._texts = _Texts(form, limits)
        self._name = bytearray()
        self._value = bytearray()
        self.parser = QuerystringParser(
            {
                "on_field_start": self._start,
                "on_field_name": self._on_name,
                "on_field_data": self._on_data,
                "on_field_end": self._end,
            }
        )

    def _start(self) -> None:
        self._texts.count_part()
        self._name.clear()
        self._value.clear()

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._texts.count_bytes(end - start, len(self._name))
        self._name += data[start:end]

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._texts.count_bytes(end - start, len(self._value))
        self._value += data[start:end]

    def _end(self) -> None:
        self._texts.add(_unquoted(self._name), _unquoted(self._value))

    def finish(self) -> None:
        """Take what stands after the last ampersand."""
        self.parser.finalize()


class _Multipart:
    """The callbacks of ``MultipartParser``: a part is a text until its header names a file."""

    def __init__(self, boundary: bytes, form: PostedForm, limits: Limits) -> None:
        self._texts = _Texts(form, limits)
        self._form = form
        self._limits = limits
        self._headers: list[tuple[bytes, bytes]] = []
        self._field = bytearray()
        self._value = bytearray()
        self._text = bytearray()
        self._name = b""
        self._file: SpooledTemporaryFile[bytes] | None = None
        self._file_size = 0
        self._files = 0
        self._ended = False
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_part_data": self._on_data,
                "on_part_end": self._end_part,
                "on_header_field": self._on_field,
                "on_header_value": self._on_value,
                "on_header_end": self._end_header,
                "on_headers_finished": self._end_headers,
                "on_end": self._end,
            },
        )

    def _begin(self) -> None:
        self._texts.count_part()
        self._headers.clear()
        self._field.clear()
        self._value.clear()
        self._text.clear()
        self._name, self._file, self._file_size = b"", None, 0

    def _on_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers.append((bytes(self._field).lower(), bytes(self._value)))
        self._field.clear()
        self._value.clear()

    def _end_headers(self) -> None:
        options = _disposition(self._headers)
        self._name = options[b"name"]
        if b"filename" in options:
            self._files += 1
            if self._files > self._limits.files:
                raise BadPostError(413, french.TOO_MANY_FILES)
            self._file = SpooledTemporaryFile(max_size=_MOST_IN_MEMORY)  # noqa: SIM115  # the form closes it
            self._form.opened.append(self._file)
        elif _charset(self._headers) not in _TEXT_CHARSETS:
            raise BadPostError(415, french.NOT_UTF8)

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._texts.count_bytes(end - start, len(self._text))
            self._text += data[start:end]
            return
        self._file_size += end - start
        if self._file_size <= self._limits.file:
            self._file.write(data[start:end])

    def _end_part(self) -> None:
        if self._file is None:
            self._texts.add(self._name, bytes(self._text))
        elif self._file_size:
            self._file.seek(0)
            too_large = self._file_size > self._limits.file
            self._form.uploads.append(Upload(_name(self._name), self._file, self._file_size, too_large))
        else:
            self._file.close()
        self._file = None

    def _end(self) -> None:
        self._ended = True

    def finish(self) -> None:
        """Refuse a body that stops in the middle: half a text must not pass for a whole one."""
        if not self._ended:
            raise BadPostError(400, french.CUT_OFF)


def _disposition(headers: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The one Content-Disposition of a part (RFC 7578, section 4.2)."""
    found = [value for name, value in headers if name == b"content-disposition"]
    kind, options = parse_options_header(found[0]) if len(found) == 1 else (b"", {})
    if kind != b"form-data" or b"name" not in options:
        raise BadPostError(400, french.NOT_A_FORM)
    if any(
        name == b"content-transfer-encoding" and value.lower() not in {b"7bit", b"8bit", b"binary"}
        for name, value in headers
    ):
        raise BadPostError(400, french.NOT_A_FORM)
    return options


def _charset(headers: list[tuple[bytes, bytes]]) -> str:
    found = next((value for name, value in headers if name == b"content-type"), b"")
    return parse_options_header(found)[1].get(b"charset", b"").decode("latin-1").lower()


def _name(name: bytes) -> str:
    text = name.decode("latin-1")
    if len(text) > _LONGEST_NAME or not _NAME.fullmatch(text):
        raise BadPostError(400, french.NOT_A_FORM)
    return text


def _decoded(text: bytes) -> str:
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadPostError(400, french.NOT_UTF8) from error


def _unquoted(text: bytearray) -> bytes:
    return unquote_to_bytes(bytes(text).replace(b"+", b" "))
