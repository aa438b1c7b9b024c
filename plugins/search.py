"""The full-text search of ``/recherche/`` (``/pagefind/``), made from the written pages just before the site becomes public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import publish
from plugins.search_index.documents import search_documents
from plugins.site import all_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.press import Press
    from plugins.publication.context import Context
    from plugins.publication.page import Document


def index(press: Press) -> None:
    """Read what the press has written, and have it write the index.

    Raises:
        SystemExit: the index could not be made; the message says why.
    """
    output = press.printer.output

    def search(ctx: Context) -> Iterator[Document]:
        yield from search_documents(ctx, output)

    publish(search, press)


def register() -> None:
    """Called by Pelican."""
    all_written.connect(index)
