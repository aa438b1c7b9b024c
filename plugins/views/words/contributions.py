"""What a page says of its history: « 3 contributions »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.views.words.french import FIXED, number

if TYPE_CHECKING:
    from plugins.model.objects import Changes


def contributions_words(changes: Changes | None) -> str:
    """How many contributions a page has had; empty where git does not tell, or does not reach back far enough."""
    count = changes.count if changes else None
    if not count:
        return ""
    return f"{number(count)}{FIXED}contribution{'s' if count > 1 else ''}"
