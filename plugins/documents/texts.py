"""Texts of strangers made fit for formats that refuse some characters."""

from __future__ import annotations

import re
from typing import Final

# What XML 1.0 has no way to hold (section 2.2), and what no reader of a feed or calendar can show.
UNWRITABLE: Final = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def writable(text: str) -> str:
    """The text without control characters, lone surrogates and non-characters; line ends become plain."""
    return UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """The text on one line, with single spaces; insécables stay."""
    return re.sub("[\t\n\x20\u2028\u2029]+", " ", writable(text)).strip()
