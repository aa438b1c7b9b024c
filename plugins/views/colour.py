"""Contrast and mixing of sRGB colours (WCAG 2.2, relative luminance): a region chooses, and every pair stays readable."""

from __future__ import annotations

from typing import Final, TypeAlias

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


def readable(colour: Rgb, ground: Rgb, ratio: float) -> Rgb:
    """``colour``, or the nearest mix of it with black or white (away from ``ground``) that reaches ``ratio`` on ``ground``."""
    towards = WHITE if contrast(WHITE, ground) > contrast(BLACK, ground) else BLACK
    for step in range(_STEPS + 1):
        mixed = mix(colour, towards, step / _STEPS)
        if contrast(parse(written(mixed)), ground) >= ratio:
            return mixed
    return towards


def ink_on(ground: Rgb, *choices: Rgb) -> Rgb:
    """The one of ``choices`` that reads best on ``ground``."""
    return max(choices, key=lambda choice: contrast(choice, ground))
