"""Reads ``application/x-www-form-urlencoded`` (https://url.spec.whatwg.org/#application/x-www-form-urlencoded) piece by piece."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from python_multipart.multipart import QuerystringParser

from scripts.bot.web.posting.posted_form import Texts

if TYPE_CHECKING:
    from scripts.bot.web.posting.posted_form import Limits, PostedForm


class Urlencoded:
    """The callbacks of ``QuerystringParser``."""

    def __init__(self, form: PostedForm, limits: Limits) -> None:
        self._texts = Texts(form, limits)
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


def _unquoted(text: bytearray) -> bytes:
    return unquote_to_bytes(bytes(text).replace(b"+", b" "))
