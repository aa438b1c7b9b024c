"""French typography: the spaces that must not break, quotation marks, apostrophes, dashes.

Rules of the Imprimerie nationale's « Lexique » as the web writes them: U+202F (espace fine insécable) before ; ! ?
and inside « »; U+00A0 before : and between a number and what it counts. Letters and digits are never touched, text in
code and addresses neither, and applying the rules twice changes nothing more.

All pieces of a document are set in one go, joined by control characters that no text may hold, because a dozen regular
expressions over one string cost far less than over each of its pieces, and because a rule may need the word on the
other side of a tag (`<em>Quoi</em> ?`). Each expression opens with a character or a set of them and looks back only
afterwards: the engine then jumps from candidate to candidate instead of trying every place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.markup.marks import NBSP, SPACES, set_marks
from plugins.markup.quotation import set_quotes

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK, OPAQUE, _ADDRESS = "\x01", "\x02", "\x03"
"""Between pieces: `INLINE` (a tag inside a sentence) and `BLOCK`; in place of a piece: code, an address."""

_CONTROLS = re.compile(r"[\x00-\x03]")
_ADDRESSES = re.compile(rf"(?:https?://|www\.)[^{SPACES}<>«»\"\x00-\x02]+")
_APOSTROPHE = re.compile(r"'(?:(?<=[^\W\d_]')|(?<=[^\W\d_]\x00'))(?=\x00?[\w«\"“\x02\x03])(?![\w.'+-]{0,64}@)")
_ELLIPSIS = re.compile(r"\.\.\.(?<!\.{4})(?![.\w/])")
_DASH = re.compile(rf"--(?:(?<=[{SPACES}]--)|(?<=\d--))(?=[{SPACES}\d])")

_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = (
    "%|‰|€|k€|M€|Md€|t|kt|Mt|kg|g|mg|km|m|cm|mm|m²|m³|km²|ha|l|L|hl|mL|h|min|s|j|ans?|°C|W|kW|MW|GW|"
    "kWh|MWh|GWh|TWh|tCO2e?|tCO₂e?|mois|jours?|heures?|minutes?|tonnes?|euros?|millions?|milliards?"
)
_NUMBER = re.compile(
    r"\d(?<!\d\d)\d*+(?: \d{3}(?!\d))*(?:er)?\x00?"
    rf"(?: (?=(?:{_UNITS}|(?i:{_MONTHS}))(?!\w))|(?=([%€])(?![\w%])))?"
)
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+")
_MINUTES = re.compile(r"h (?<=\d\u00a0h )(?=\d\d(?!\d))")
_NUMERO = re.compile(r"°(?<=[nN]°)(?<!\w[nN]°) ?(?=\d)")
_PLACE = re.compile(r"\. (?=\d)(?:(?<=\bart\. )|(?<=\bchap\. )|(?<=\bfig\. )|(?<=\bpp\. )|(?<=\bp\. )|(?<=\bvol\. ))")
_NAME = re.compile(r"[MDP](?<!\w[MDP])(?:M?\.|mes?|lles?|r) (?=[A-ZÀ-ÖØ-Þ])")
_DIGIT = re.compile(r"\d")


def typography(text: str) -> str:
    """A plain string (title, summary, label) in French typography."""
    return typeset(_CONTROLS.sub("", text))


def typeset(joined: str) -> str:
    """Pieces joined by `INLINE`, `BLOCK` and `OPAQUE`, in French typography; these three stay where they are."""
    addresses: list[str] = []
    if "://" in joined or "www." in joined:
        joined = _ADDRESSES.sub(lambda match: _put_away(match, addresses), joined)
    joined = set_marks(_set_signs(joined))
    if "--" in joined:
        joined = _DASH.sub("–", joined)
    if _DIGIT.search(joined):
        joined = _set_numbers(joined)
    joined = _NAME.sub(_unbroken, joined)
    if addresses:
        rest: Iterator[str] = iter(addresses)
        joined = re.sub(_ADDRESS, lambda _match: next(rest), joined)
    return joined


def _put_away(match: re.Match[str], addresses: list[str]) -> str:
    addresses.append(match.group())
    return _ADDRESS


def _set_signs(joined: str) -> str:
    """Quotation marks, apostrophes, points of suspension."""
    if '"' in joined:
        joined = BLOCK.join(set_quotes(block) for block in joined.split(BLOCK))
    if "'" in joined:
        joined = _APOSTROPHE.sub("’", joined)
    if "..." in joined:
        joined = _ELLIPSIS.sub("…", joined)
    return joined


def _set_numbers(joined: str) -> str:
    """What a number counts stays on its line, and so do the parts of a number, of a time and of a reference."""
    joined = _NUMBER.sub(_number, joined)
    joined = _MINUTES.sub(_unbroken, joined)
    joined = _NUMERO.sub(f"°{NBSP}", joined)
    return _PLACE.sub(f".{NBSP}", joined)


def _number(match: re.Match[str]) -> str:
    """Groups of three digits (but « en 2026 300 personnes »), and the space before a unit, a month, % or €."""
    number = match.group()
    head = number.removesuffix(" ")
    tail = NBSP if len(head) < len(number) or match.group(1) else ""
    return (_GROUPS.sub(_unbroken, head) if " " in head else head) + tail


def _unbroken(match: re.Match[str]) -> str:
    return match.group().replace(" ", NBSP)
