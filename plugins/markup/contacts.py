"""E-mail addresses and French phone numbers that a text shows: people's, most of the time, and then not ours to publish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.markup.parsed import Contact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WEB_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>)\"]+|\]\((?!mailto:|tel:)[^\s()]*")
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}+(?:@|[ ]?[\[(](?:at|arobase)[\])][ ]?)(?:[a-z0-9-]{1,63}\.)+[a-z]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_GAP = r"[ .\u00a0\u202f-]?"
_PHONE = re.compile(
    r"[+0](?<![\w.,/+-].)"
    rf"(?:(?:(?<=\+)|(?<=0)0)33{_GAP}(?:\(0\){_GAP})?|(?<=0))"
    rf"[1-9](?:{_GAP}\d{{2}}){{4}}(?![\w/])"
)


def contacts(lines: Sequence[str]) -> tuple[Contact, ...]:
    """Those in the lines of a source whose code is blanked out, in order, each once a line; web addresses are passed over."""
    return tuple(dict.fromkeys(_contacts(lines)))


def _contacts(lines: Sequence[str]) -> Iterator[Contact]:
    for number, line in enumerate(lines, 1):
        text = _WEB_ADDRESS.sub(_blank, line) if "//" in line or "](" in line else line
        if "@" in text or "(at" in text or "[at" in text or "(ar" in text or "[ar" in text:
            for match in _EMAIL.finditer(text):
                yield Contact("email", match.group(), number)
        if "0" in text:
            for match in _PHONE.finditer(text):
                yield Contact("phone", match.group(), number)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
