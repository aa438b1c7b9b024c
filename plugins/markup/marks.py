"""The spaces around punctuation: before ; ! ? and :, inside guillemets."""

from __future__ import annotations

import re

INLINE = "\x00"
"""Stands where a tag inside a sentence stands (see `typography`)."""
FINE, NBSP = "\u202f", "\u00a0"
SPACES = " \t\n\u00a0\u2009\u202f"

_MARK = re.compile(r"[;!?]+|[:«»]")
_AFTER_SPACED = frozenset([*SPACES, *'\x00\x01\x02\x03»")]’…,.', ""])
"""What may follow a mark with a space before it: `!important` and `;-)` are something else."""
_AFTER_CLOSE = frozenset([*SPACES, *'\x01»)"', ""])
"""What may follow a mark that its author set close to the word: `a!=b` and `?q=` are something else."""
_GAP = SPACES + INLINE
_SPACES = frozenset(SPACES)
_CLOSING = frozenset("»)]”%€°\x02\x03")


def set_marks(joined: str) -> str:
    """The text with the right space at each mark, whatever space stood there; missing ones are added."""
    out: list[str] = []
    done = 0
    for match in _MARK.finditer(joined):
        if match.start() < done:
            continue
        before = joined[done : match.start()]
        done = match.end()
        if match.group() == "«":
            gap, done = _gap_after(joined, done)
            out += (before, "«", FINE, gap)
        elif match.group() == "»":
            out += _closed(before, out)
        else:
            space = _space(before or "".join(out[-1:]), match.group(), joined[done : done + 2])
            out += (before if space is None else before.rstrip(SPACES), space or "", match.group())
    out.append(joined[done:])
    return "".join(out)


def _gap_after(joined: str, start: int) -> tuple[str, int]:
    """What to keep of the spaces after a « (only the signs of tags), and where the text goes on."""
    end = start
    while end < len(joined) and joined[end] in _GAP:
        end += 1
    return INLINE * joined.count(INLINE, start, end), end


def _closed(before: str, out: list[str]) -> tuple[str, ...]:
    """The text before a » without its last spaces, the space, the mark."""
    text = before.rstrip(_GAP)
    gap = INLINE * before.count(INLINE, len(text))
    nothing_inside = not before and out[-2:-1] == [FINE]
    return (gap, "»") if nothing_inside else (text, gap, FINE, "»")


def _space(before: str, mark: str, after: str) -> str | None:
    """The space that belongs before the mark; None if the mark is no punctuation of the sentence."""
    if before[-1:] in _SPACES:
        fits = after[:1] in _AFTER_SPACED
    else:
        fits = after.removeprefix(INLINE)[:1] in _AFTER_CLOSE and _ends_a_word(before)
    return (NBSP if mark == ":" else FINE) if fits else None


def _ends_a_word(text: str) -> bool:
    last = text.removesuffix(INLINE)[-1:]
    return last.isalnum() or last in _CLOSING
