"""A stranger's words in a comment that the project signs: readable, and without any effect."""

from __future__ import annotations

import re
from html import escape

_JOINER = "\u2060"  # word joiner: seen by nobody, and no pattern of a forge goes through it
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_TURNING = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARKS = re.compile(r"([\\`*_{}\[\]|~])")  # the text never begins a line
# Mentions, references (#12, !12, ~label, %milestone, $snippet, &epic, GH-12), e-mail addresses and bare addresses.
_REFERENCE = re.compile(r"([@#!~%$]|&amp;|\bGH(?=-\d))(?=\S)", re.IGNORECASE)
_ADDRESS = re.compile(r"(https?|ftp|mailto|xmpp)(?=:)|(www)(?=\.)", re.IGNORECASE)
LONGEST = 400


def defused(text: str) -> str:
    """One line of Markdown that shows ``text`` as it is: no HTML, link, picture, mention, reference or emphasis."""
    line = escape(_line(text, LONGEST), quote=False)
    line = _ADDRESS.sub(lambda found: found[0] + _JOINER, line)
    line = _MARKS.sub(r"\\\1", line)
    return _REFERENCE.sub(rf"\1{_JOINER}", line)


def code(text: str) -> str:
    """A name as a code span, in which nothing is read as Markdown."""
    line = _line(text, LONGEST).replace("`", "ˋ").strip() or "?"
    return f"`{line}`"


def block(text: str) -> str:
    """One line as a code block that it cannot leave."""
    line = _line(text, LONGEST * 2)
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{line}\n{fence}"


def _line(text: str, longest: int) -> str:
    line = _TURNING.sub("", _BREAKS.sub(" ", text))
    return line if len(line) <= longest else line[: longest - 1] + "…"
