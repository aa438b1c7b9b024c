"""Reads ``multipart/form-data`` (RFC 7578) piece by piece.

Nothing is taken from what a sender says about a file but its input name: neither its file name nor its media type.
"""

from __future__ import annotations

import re
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Final

from python_multipart.multipart import MultipartParser, parse_options_header

from scripts.bot.french import web as french
from scripts.bot.web.posting.posted_form import BadPostError, Texts, Upload, input_name

if TYPE_CHECKING:
    from scripts.bot.web.posting.posted_form import Limits, PostedForm

UTF8: Final = frozenset({"", "utf-8", "utf8", "us-ascii"})  # names under which texts are in UTF-8
_DISPOSITION: Final = b"content-disposition"
_PLAIN_TEXT: Final = re.compile(rb'form-data; name="([A-Za-z0-9_.-]+)"')
_AS_IT_IS: Final = frozenset({b"7bit", b"8bit", b"binary"})
_MOST_IN_MEMORY: Final = 1 << 18  # bytes of a file; the rest is written to a temporary one


class Multipart:
    """The callbacks of ``MultipartParser``: a part is a text until its header names a file."""

    def __init__(self, boundary: bytes, form: PostedForm, limits: Limits) -> None:
        self._texts = Texts(form, limits)
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
        elif _charset(self._headers) not in UTF8:
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
            self._form.uploads.append(Upload(input_name(self._name), self._file, self._file_size, too_large))
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
    if len(headers) == 1 and (text := _PLAIN_TEXT.fullmatch(headers[0][1])) and headers[0][0] == _DISPOSITION:
        return {b"name": text[1]}  # what browsers send for everything but files
    found = [value for name, value in headers if name == _DISPOSITION]
    kind, options = parse_options_header(found[0]) if len(found) == 1 else (b"", {})
    if kind != b"form-data" or b"name" not in options:
        raise BadPostError(400, french.NOT_A_FORM)
    encodings = [value.lower() for name, value in headers if name == b"content-transfer-encoding"]
    if not _AS_IT_IS.issuperset(encodings):
        raise BadPostError(400, french.NOT_A_FORM)
    return options


def _charset(headers: list[tuple[bytes, bytes]]) -> str:
    if len(headers) == 1:
        return ""
    found = next((value for name, value in headers if name == b"content-type"), b"")
    return parse_options_header(found)[1].get(b"charset", b"").decode("latin-1").lower()
