"""The lines of ``data/redirects.yaml`` once pages have moved: pure, whatever the pages are and wherever they come from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.forms.merging import merge_yaml
from plugins.forms.yaml_text import write_yaml
from plugins.model.site_rules import GONE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ADDRESS = re.compile(r"[^?#]*")


def followed(redirects: Mapping[str, str], moves: Mapping[str, str], stands: Callable[[str], bool]) -> dict[str, str]:
    """Where each old address leads after ``moves`` (old address → new one, or ``gone``).

    ``stands`` says whether a page is at an address now: no line begins there. A line that is written already stays, but leads
    straight to where its target has moved; one that would come back to itself leads nowhere: its page is gone. Where a page has
    moved twice since the lines were written, what is written leads to a page that is no more, and the move is right.
    """
    lines = {old: new for old, new in {**moves, **redirects}.items() if not stands(old)}
    lines |= {old: moves[old] for old in moves.keys() & lines.keys() if _is_dead(_end(old, lines), stands)}
    return {old: _end(old, lines) for old in lines}


def _end(old: str, lines: Mapping[str, str]) -> str:
    """The end of a chain. The place in a page (« #… ») and the question (« ?… ») that one step names go with it to the next."""
    seen, target = {old}, lines[old]
    while (address := _address(target)) in lines:
        if address in seen:
            return GONE
        seen.add(address)
        following, rest = lines[address], target[len(address) :]
        target = following if following == GONE or _address(following) != following else following + rest
    return GONE if _address(target) in seen else target


def _is_dead(target: str, stands: Callable[[str], bool]) -> bool:
    """Whether a target is an address of this site at which no page is."""
    address = _address(target)
    return address.startswith("/") and not stands(address)


def _address(target: str) -> str:
    """An address without the question or the place in the page that follow it."""
    found = _ADDRESS.match(target)
    return found.group() if found else ""


def merged(content: bytes | None, before: Mapping[str, str], after: Mapping[str, str]) -> bytes:
    """The file with the lines ``after``: comments, order and quotes of what stays are kept, new lines come last, by alphabet."""
    new = sorted(old for old in after if old not in before)
    order = [*before, *new]
    if content is None or not before:
        head = (content or b"").decode()
        kept = "" if before or not head.strip().startswith("#") else f"{head.rstrip()}\n"
        return (kept + write_yaml(after, order)).encode()
    return merge_yaml(content, after, order)
