"""Texts that go to a forge: within its bounds, and without what a forge takes for a command."""

from __future__ import annotations

import re
from typing import Final

from scripts.bot.french import forges as french

LONGEST_TITLE: Final = 250
"""Characters; all three forges take 255."""
LONGEST_BODY: Final = 60_000
"""Characters; GitHub takes 65,536 in a body or a comment."""
LONGEST_STATUS: Final = 140
"""Characters, GitHub's bound for the text of a commit status."""
LONGEST_LABEL: Final = 50
MARKER: Final = re.compile(r"<!-- marqueur:([a-z0-9-]+) -->\s*\Z")
_DRAFT: Final = re.compile(r"\s*(?:\[\s*(?:draft|wip)\s*\]|\(\s*draft\s*\)|(?:draft|wip)\s*:)", re.IGNORECASE)
_COMMAND: Final = re.compile(r"^([^\S\n]*)/", re.MULTILINE)
_BREAK: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_JOINER: Final = "\u2060"  # seen by nobody, and no line begins with a slash any more


def title(text: str) -> str:
    """One line that no forge takes for a draft's title."""
    line = shortened(" ".join(clean(text).split()), LONGEST_TITLE - len(french.TITLE_PREFIX))
    return french.TITLE_PREFIX + line if _DRAFT.match(line) else line


def body(text: str) -> str:
    """A description or comment within bounds."""
    return shortened(clean(text), LONGEST_BODY)


def clean(text: str) -> str:
    """Without NUL and halves of surrogate pairs, lines ended by a line feed."""
    return _BREAK.sub("\n", text.encode("utf-8", "replace").decode("utf-8").replace("\0", ""))


def shortened(text: str, longest: int) -> str:
    """The text, or its beginning and an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def without_commands(text: str) -> str:
    """No line begins with a slash, which GitLab would carry out as a quick action with the bot's rights.

    GitLab drops carriage returns before it looks (``Gitlab::QuickActions::Extractor``), and spares code blocks only
    where their fences look as it expects: so every line counts.
    """
    return _COMMAND.sub(rf"\1{_JOINER}/", clean(text))


def marked(text: str, marker: str) -> str:
    """A comment that ends with the hidden marker; no other marker can end it."""
    return f"{body(text).rstrip()}\n\n<!-- marqueur:{marker} -->"


def marker_of(text: str) -> str:
    """The marker that ends a comment, or ""."""
    found = MARKER.search(text)
    return found[1] if found else ""


def unmarked(text: str) -> str:
    """A comment without its marker."""
    return MARKER.sub("", text).rstrip()


def same(one: str, other: str) -> bool:
    """Whether two texts are one, as forges may change line ends and what is at the end."""
    return clean(one).strip() == clean(other).strip()


def quoted(text: str) -> str:
    """A stranger's text as a code block: no mention, no « closes #12 », no link, no marker, no picture."""
    lines = clean(text).strip("\n")
    longest = max((len(run) for run in re.findall(r"`+", lines)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{lines}\n{fence}"
