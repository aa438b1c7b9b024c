"""French typography: the spaces that must not break, quotation marks, apostrophes, dashes.

Rules of the Imprimerie nationale's « Lexique » as the web writes them: U+202F (espace fine insécable) before ; ! ?
and inside « »; U+00A0 before : and between a number and what it counts. Letters and digits are never touched, text in
code and addresses neither, and applying the rules twice changes nothing more.

All pieces of a document are set in one go, joined by control characters that no text may hold, because a dozen regular
expressions over one string cost far less than over each of its pieces, and because a rule may need the word on the
other side of a tag (`<em>Quoi</em> ?`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from plugins.markup.quotation import set_quotes

INLINE, BLOCK, OPAQUE, _ADDRESS = "\x00", "\x01", "\x02", "\x03"
"""Between pieces: an inline tag, a border of blocks; in place of a piece: code, an address."""

_FINE, _NBSP = "\u202f", "\u00a0"
_SP = " \t\n\u00a0\u2009\u202f"
_AFTER = rf"(?=$|[{_SP}\x00-\x03»\")\]’…,.])"
_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNIT = (
    "%|‰|€|k€|M€|Md€|t|kt|Mt|kg|g|mg|km|m|cm|mm|m²|m³|km²|ha|l|L|hl|mL|h|min|s|j|ans?|°C|W|kW|MW|GW|"
    "kWh|MWh|GWh|TWh|tCO2e?|tCO₂e?|mois|jours?|heures?|minutes?|tonnes?|euros?|millions?|milliards?"
)
_DIGIT = r"(?:(?<=\d)|(?<=\d\x00))"

_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _rule(pattern: str, replacement: str | Callable[[re.Match[str]], str]) -> _Rule:
    return re.compile(pattern), replacement


def _hold_groups(match: re.Match[str]) -> str:
    return match.group().replace(" ", _NBSP)


# Each pattern that starts with spaces begins only where a run of them begins: that keeps long runs linear.
_RUN = rf"(?<![{_SP}])[{_SP}]"
_MARKS: tuple[_Rule, ...] = (
    _rule(rf"{_RUN}++([;!?]+){_AFTER}", rf"{_FINE}\1"),
    _rule(rf"(?:(?<=[\w»)\]”%€°\x02\x03])|(?<=[\w»)]\x00))([;!?]+)(?=$|[{_SP}\x01»)\"])", rf"{_FINE}\1"),
    _rule(rf"{_RUN}++:{_AFTER}", rf"{_NBSP}:"),
    _rule(rf"(?:(?<=[\w»)\]”%\x02\x03])|(?<=[\w»)]\x00)):(?=$|[{_SP}\x01])", rf"{_NBSP}:"),
)
_GUILLEMETS: tuple[_Rule, ...] = (
    _rule(rf"«[{_SP}]*+(\x00?)[{_SP}]*+", rf"«{_FINE}\1"),
    _rule(rf"{_RUN}*+(?:(\x00)[{_SP}]*+)?»", rf"\1{_FINE}»"),
)
_APOSTROPHE = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\W\d_]\x00))'(?=\x00?[\w«\"“\x02\x03])")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?![.\w/])")
_DASH = re.compile(rf"(?:(?<=[{_SP}])|(?<=\d))--(?=[{_SP}\d])")
_NUMBERS: tuple[_Rule, ...] = (
    _rule(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)", _hold_groups),
    _rule(rf"{_DIGIT} (?=(?:{_UNIT})(?!\w))", _NBSP),
    _rule(r"(?<=\d)(?=[%€](?![\w%]))", _NBSP),
    _rule(r"(?<=\d\u00a0h) (?=\d\d(?!\d))", _NBSP),
    _rule(rf"(?i:(?<!\w)(1er|\d{{1,2}}) (?=(?:{_MONTH})(?!\w)))", rf"\1{_NBSP}"),
    _rule(r"(?<!\w)([nN]°) ?(?=\d)", rf"\1{_NBSP}"),
    _rule(r"(?<!\w)((?:art|chap|fig|pp?|vol)\.) (?=\d)", rf"\1{_NBSP}"),
)
_TITLES: _Rule = _rule(r"(?<!\w)(MM?\.|Mmes?|Mlles?|Dr|Pr) (?=[A-ZÀ-ÖØ-Þ])", rf"\1{_NBSP}")
_CONTROLS = re.compile(r"[\x00-\x03]")
_ADDRESSES = re.compile(
    rf"(?:https?://|www\.)[^{_SP}<>«»\"\x00-\x02]+|(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_HAS_DIGIT = re.compile(r"\d")


def typography(text: str) -> str:
    """A plain string (title, summary, label) in French typography."""
    return typeset(_CONTROLS.sub("", text))


def typeset(joined: str) -> str:
    """Pieces joined by `INLINE`, `BLOCK` and `OPAQUE`, in French typography; these three stay where they are."""
    addresses: list[str] = []
    if "@" in joined or "://" in joined or "www." in joined:
        joined = _ADDRESSES.sub(lambda match: _put_away(match, addresses), joined)
    joined = _set(joined)
    if addresses:
        rest: Iterator[str] = iter(addresses)
        joined = re.sub(_ADDRESS, lambda _match: next(rest), joined)
    return joined


def _put_away(match: re.Match[str], addresses: list[str]) -> str:
    addresses.append(match.group())
    return _ADDRESS


def _set(joined: str) -> str:
    if '"' in joined:
        joined = BLOCK.join(set_quotes(block) for block in joined.split(BLOCK))
    if "'" in joined:
        joined = _APOSTROPHE.sub("’", joined)
    if "..." in joined:
        joined = _ELLIPSIS.sub("…", joined)
    if "--" in joined:
        joined = _DASH.sub("–", joined)
    if "«" in joined or "»" in joined:
        joined = _apply(_GUILLEMETS, joined)
    joined = _apply(_MARKS, joined)
    if _HAS_DIGIT.search(joined):
        joined = _apply(_NUMBERS, joined)
    return _TITLES[0].sub(_TITLES[1], joined)


def _apply(rules: Iterable[_Rule], joined: str) -> str:
    for pattern, replacement in rules:
        joined = pattern.sub(replacement, joined)
    return joined
