"""Tables that follow their introducing line at once, as GitHub reads them; Python-Markdown wants a blank line before."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = re.compile(r"[ ]{0,3}\|?(?:[ ]*:?-+:?[ ]*\|)+(?:[ ]*:?-+:?)?[ ]*")


def set_apart(lines: Sequence[str]) -> list[str]:
    """The lines with a blank one before each table's header that has none."""
    out: list[str] = []
    for line, after in pairwise([*lines, ""]):
        is_header = "|" in line and "-" in after and "|" in after and _SEPARATOR.fullmatch(after)
        if is_header and out and out[-1].strip() and "|" not in out[-1]:
            out.append("")
        out.append(line)
    return out
