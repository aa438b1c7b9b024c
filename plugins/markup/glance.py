"""What a look at a text can say for sure without rendering it, which takes twenty times as long.

Both questions are answered on the safe side: what is not sure has to be rendered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.markup.limits import faults
from plugins.markup.source import clean, scan

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHARACTERS = 30_000
"""Far below what a paragraph, a table or a text may hold (`limits`)."""
MAX_MARKS = 80
"""Signs that open emphasis or a label: each may nest one level, and a hundred levels are rendered without trouble."""

# Pictures, notes, references, raw HTML, entities and escapes are too many ways to write an address.
_UNSURE = re.compile(r"!\[|\[\^|\]:|[<&\\\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufdd0-\ufdef\ufeff]")
_MARK = re.compile(r"[*_\[]")
_HOST = r"https?://[A-Za-z0-9][A-Za-z0-9.-]*"
_DESTINATION = re.compile(
    r"\]\((?:"
    r"/(?:[A-Za-z0-9_.~-][A-Za-z0-9/_.~-]*)?(?:#[A-Za-z0-9_-]*)?"
    r"|#[A-Za-z0-9_-]+"
    r"|\{filename\}[A-Za-z0-9/_.~-]+(?:#[A-Za-z0-9_-]*)?"
    rf"|{_HOST}(?:/[A-Za-z0-9/_.~?=#-]*)?"
    r")\)"
)
_BARE = re.compile(rf"{_HOST}(?=/|\)|\s|\Z|[.,;:!?](?:\s|\Z))")
_HIDDEN = re.compile(r"%[0-9A-Fa-f]{2}|&[#A-Za-z]|\\|[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def surely_sound(text: str) -> bool:
    """Whether `parse` would find no picture, no link to a file beside the text or of a refused kind, and no fault."""
    text = clean(text)
    if len(text) > MAX_CHARACTERS or _UNSURE.search(text) or len(_MARK.findall(text)) > MAX_MARKS:
        return False
    if text.count("](") != len(_DESTINATION.findall(text)):
        return False
    if "http" in text.lower() and text.lower().count("http") != len(_BARE.findall(text)):
        return False
    return not faults(scan(text).text_lines())


def may_name(text: str, words: Iterable[str]) -> bool:
    """Whether a link of the text may hold one of `words`, which are parts of addresses in ASCII."""
    wanted = "|".join(re.escape(word) for word in words)
    if not wanted:
        return False
    text = clean(text)
    return _HIDDEN.search(text) is not None or re.search(wanted, text) is not None
