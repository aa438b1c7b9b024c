"""What a plain (unquoted) YAML scalar means: JSON's types and nothing else, after the core schema of YAML
1.2.
"""

from __future__ import annotations

import math
import re

Scalar = None | bool | int | float | str

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_FIRST = frozenset("+-.0123456789~nNtTfF")


def resolve(source: str) -> Scalar:
    """Give the value of a plain scalar: null, true, false, a number, or else the text as it was typed.

    Stricter than YAML 1.2 (section 10.3) where a number would lose what the author meant: no leading zeros
    (`01000`, `02.31`), no hexadecimal or octal, nothing beyond 18 digits or the range of a double, no
    `.inf` and `.nan`.
    """
    if source and source[0] not in _FIRST:
        return source
    if source in _NULLS:
        return None
    if source in _BOOLEANS:
        return _BOOLEANS[source]
    if _INTEGER.fullmatch(source):
        return int(source)
    if _FLOAT.fullmatch(source) and ("." in source or "e" in source or "E" in source):
        return _finite(source)
    return source


def _finite(source: str) -> float | str:
    number = float(source)
    return number if math.isfinite(number) else source
