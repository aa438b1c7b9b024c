"""How to take part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.adapter import Plugin
from plugins.views.forms.completion import completion_documents
from plugins.views.forms.contribute import contribute_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context
    from plugins.publication.page import Output


def contribute(ctx: Context) -> Iterator[Output]:
    """The pages, and what the scripts of forms complete names from."""
    yield from contribute_pages(ctx)
    yield from completion_documents(ctx)


register = Plugin(contribute).register
