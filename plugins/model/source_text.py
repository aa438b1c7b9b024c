"""From the bytes of a file to text that the rest of the program can rely on, and what was wrong with them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES = 1_000_000
"""Largest text file that is read. Entries are some kilobytes; what is larger is a mistake or an attack."""

_MAX_CHARACTER_FAULTS = 20
"""Lines of one file that are reported for their control characters: a binary file would give thousands."""

# Everything that stands in no text: C0 controls (TAB and LF excepted), DEL, C1 controls (in UTF-8 nearly
# always the trace of a wrong conversion from Windows-1252), lone surrogates, the two noncharacters XML
# forbids as well, and the marks that turn the direction of writing for all that follows (Unicode, UAX 9): with
# them « exe.fdp » reads as « pdf.exe », for visitors and for editors who review a proposal alike.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_REFUSED = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_BIDI}]")
_NEVER_IN_VALUES = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff{_BIDI}]")
_UNICODE_SEPARATORS = str.maketrans({"\u2028": " ", "\u2029": " ", "\ufeff": None})
_UNTIDY = re.compile("[\r\u2028\u2029\ufeff]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """What is wrong with the form of a file, as data.

    `code` is kebab-case English; `line` and `column` count from 1 in the file, columns in characters;
    `params` are what a sentence about it needs (each code's are listed where it is raised).
    """

    code: str
    line: int
    column: int
    params: Mapping[str, str | int] = field(default_factory=dict)


def decode(data: bytes) -> tuple[str, list[SyntaxFault]]:
    """Give the text of a file (UTF-8, NFC, LF, no BOM) and all that is wrong with its bytes.

    The text is as good as it can be had, so that later checks find their problems too: what is not UTF-8 is
    read as what it looks like, and a control character is replaced by U+FFFD. Only a file that is too large
    gives no text.

    Codes: `file-too-large` {bytes, limit}; `not-utf8` {looks_like: "utf-16" | "windows-1252" | ""}, for the
    first bad byte; `control-character` {character: "U+0000"}, the first of each line.
    """
    if len(data) > MAX_BYTES:
        return "", [SyntaxFault("file-too-large", 1, 1, {"bytes": len(data), "limit": MAX_BYTES})]
    text, encoding_faults = _to_text(data)
    text, character_faults = settle(text)
    return text, [*encoding_faults, *character_faults]


def settle(text: str, first_line: int = 1) -> tuple[str, list[SyntaxFault]]:
    """Normalise line breaks, invisible marks and accents; replace and report what may not stand in a text.

    U+2028 and U+2029 become spaces, not line breaks: editors and git do not count them as lines.
    """
    if _UNTIDY.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNICODE_SEPARATORS)
    faults: list[SyntaxFault] = []
    if _REFUSED.search(text):
        faults = list(islice(_character_faults(text, first_line), _MAX_CHARACTER_FAULTS))
        text = _REFUSED.sub("\ufffd", text)
    return unicodedata.normalize("NFC", text), faults


def clean(text: str) -> str:
    """Make any text (say, of a form) one that can stand in a value and be read back: NFC, LF, nothing
    invisible that XML forbids or that turns the direction of writing. What is dropped is seen by nobody.
    """
    text = _NEVER_IN_VALUES.sub("", _break_lines(text, keep_unicode=True)).replace("\ufeff", "")
    return unicodedata.normalize("NFC", text)


def clean_body(text: str) -> str:
    """Make any text one that can stand in the body of an entry as it is, with no escapes: as `clean`, each
    Unicode line break an LF, and no control characters; blank lines at both ends are taken off.
    """
    text = _REFUSED.sub("", _break_lines(text, keep_unicode=False)).replace("\ufeff", "")
    return trim_blank_lines(unicodedata.normalize("NFC", text))


def trim_blank_lines(text: str) -> str:
    """Take off blank lines at the start and end; the first line keeps its indentation, which Markdown
    reads.
    """
    start = len(text) - len(text.lstrip(" \t\n"))
    if start == len(text):
        return ""
    start = text.rfind("\n", 0, start) + 1
    kept = text[start:]
    end = kept.find("\n", len(kept.rstrip(" \t\n")))
    return kept if end < 0 else kept[:end]


def not_in_xml(text: str) -> str | None:
    """Name the first character of a value that may not stand in XML (so in no feed), or that turns the direction of
    writing, as "U+0000".
    """
    found = _NEVER_IN_VALUES.search(text)
    return _name(found.group()) if found else None


def _break_lines(text: str, *, keep_unicode: bool) -> str:
    if keep_unicode:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return _LINE_BREAKS.sub("\n", text)


def _to_text(data: bytes) -> tuple[str, list[SyntaxFault]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line, column = _place(data[: error.start].decode("utf-8"))
        encoding, looks_like = _guess(data)
        text = data.decode(encoding, errors="replace")
        params: dict[str, str | int] = {"looks_like": looks_like}
        return text, [SyntaxFault("not-utf8", line, column, params)]


def _guess(data: bytes) -> tuple[str, str]:
    """Say how to read bytes that are not UTF-8, and which encoding they look like ("" when like none)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16", "utf-16"
    if not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data) and not _has_utf8_accents(data):
        return "cp1252", "windows-1252"
    return "utf-8", ""


def _has_utf8_accents(data: bytes) -> bool:
    """Tell whether most bytes beyond ASCII do form UTF-8: then the file is damaged, not in another
    encoding.
    """
    read = data.decode("utf-8", errors="replace")
    return sum(1 for c in read if c > "\x7f" and c != "\ufffd") > read.count("\ufffd")


def _character_faults(text: str, first_line: int) -> Iterator[SyntaxFault]:
    for line, line_text in enumerate(text.split("\n"), first_line):
        found = _REFUSED.search(line_text)
        if found:
            yield SyntaxFault("control-character", line, found.start() + 1, {"character": _name(found.group())})


def _place(before: str) -> tuple[int, int]:
    unified = before.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return unified.count("\n") + 1, len(unified) - unified.rfind("\n")


def _name(character: str) -> str:
    return f"U+{ord(character):04X}"
