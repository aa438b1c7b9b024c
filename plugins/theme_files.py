"""What pages are drawn with: the style sheet, the region's colours, fonts and scripts, below /theme/, and the icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import Plugin
from plugins.views.assets import asset_documents
from plugins.views.colours import colours_document
from plugins.views.favicon import favicon_document
from plugins.views.theme import STATIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.views.context import Context
    from plugins.views.page import Document


def theme_files(ctx: Context) -> Iterator[Document]:
    """Every file of the theme, and the two that depend on the region."""
    yield from asset_documents(STATIC)
    yield colours_document(ctx)
    yield favicon_document(ctx)


register = Plugin(theme_files).register
