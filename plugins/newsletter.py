"""The letters (``/lettres/``), one a month, and their feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import Plugin
from plugins.documents.letter_feed import letter_feed
from plugins.views.letters.newsletter import newsletter_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context
    from plugins.publication.page import Output


def newsletter(ctx: Context) -> Iterator[Output]:
    """Both of them."""
    yield from newsletter_pages(ctx)
    yield from letter_feed(ctx)


register = Plugin(newsletter).register
