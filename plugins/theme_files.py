"""What pages are drawn with: the style sheet, the region's colours, fonts and scripts, below /theme/, and the icon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import Plugin
from plugins.publication.assets import asset_documents
from plugins.publication.theme import STATIC
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context
    from plugins.publication.page import Document


def theme_files(ctx: Context) -> Iterator[Document]:
    """Every file of the theme, and the two that depend on the region."""
    yield from asset_documents(STATIC)
    yield colours_document(ctx)
    yield favicon_document(ctx)


register = Plugin(theme_files).register
