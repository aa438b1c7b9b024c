"""The home page, and the picture that stands for the site elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import Plugin
from plugins.views.drawing.preview import preview_document
from plugins.views.home import home_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context
    from plugins.publication.page import Output


def home(ctx: Context) -> Iterator[Output]:
    """Both of them."""
    yield from home_pages(ctx)
    yield preview_document(ctx)


register = Plugin(home).register
