"""Contrast and mixing of sRGB colours (WCAG 2.2, relative luminance): a region chooses, and every pair stays readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Rgb: TypeAlias = tuple[float, float, float]  # 0 to 1

BLACK: Final[Rgb] = (0.0, 0.0, 0.0)
WHITE: Final[Rgb] = (1.0, 1.0, 1.0)
TEXT: Final = 4.5  # WCAG 2.2, 1.4.3
SIGN: Final = 3.0  # WCAG 2.2, 1.4.11
_LINEAR: Final = 0.04045
_STEPS: Final = 50


def parse(colour: str) -> Rgb:
    """A ``#rgb`` or ``#rrggbb`` colour. ValueError for anything else."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:  # noqa: PLR2004  # the short form
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6:  # noqa: PLR2004
        raise ValueError(f"not a colour: {colour!r}")
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def written(colour: Rgb) -> str:
    """``#rrggbb``."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def mix(colour: Rgb, other: Rgb, share: float) -> Rgb:
    """``colour`` with a ``share`` (0 to 1) of ``other``."""
    red, green, blue = (a + (b - a) * share for a, b in zip(colour, other, strict=True))
    return red, green, blue


def luminance(colour: Rgb) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = (part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(colour), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: Rgb, ratio: float, *grounds: Rgb) -> Rgb:
    """``colour``, or the nearest mix of it with black or white that reaches ``ratio`` on each of ``grounds``.

    Where none does (grounds of middle grey), black or white, whichever reads better.
    """
    towards = max((BLACK, WHITE), key=lambda end: _least(end, grounds))
    mixes = (rounded(mix(colour, towards, step / _STEPS)) for step in range(_STEPS + 1))
    return next((mixed for mixed in mixes if _least(mixed, grounds) >= ratio), towards)


def rounded(colour: Rgb) -> Rgb:
    """The colour as it can be written, in 256 steps a part."""
    return parse(written(colour))


def _least(colour: Rgb, grounds: Sequence[Rgb]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def ink_on(ground: Rgb, *choices: Rgb) -> Rgb:
    """The one of ``choices`` that reads best on ``ground``."""
    return max(choices, key=lambda choice: contrast(choice, ground))
