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
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)33[ .\u00a0\u202f-]?(?:\(0\)[ .\u00a0\u202f-]?)?|0)[1-9](?:[ .\u00a0\u202f-]?\d{2}){4}(?![\w/])"
)


def contacts(lines: Sequence[str]) -> tuple[Contact, ...]:
    """Those in the lines of a source whose code is blanked out, in order; web addresses are passed over."""
    return tuple(_contacts(lines))


def _contacts(lines: Sequence[str]) -> Iterator[Contact]:
    for number, line in enumerate(lines, 1):
        if "@" not in line and "(at" not in line and "[at" not in line and "0" not in line:
            continue
        text = _WEB_ADDRESS.sub(_blank, line) if "/" in line or "](" in line else line
        for match in _EMAIL.finditer(text):
            yield Contact("email", match.group(), number)
        for match in _PHONE.finditer(text):
            yield Contact("phone", match.group(), number)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())
