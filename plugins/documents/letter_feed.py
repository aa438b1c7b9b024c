"""The feed of the letters (``/lettres/flux.xml``): one item a letter that is whole, for readers and for tools that send mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.documents.atom import Item, entry_xml
from plugins.documents.feeds import DEMO, SIZE, Channel, feed, stylesheets
from plugins.documents.texts import one_line
from plugins.model.addresses import LETTERS, monthly_address
from plugins.model.letters import Letters, letter_months
from plugins.publication.identity import permanent
from plugins.views.letters.letter_words import counts_words, highlights, letter_name
from plugins.views.page.frame import language
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.letters import Digest
    from plugins.publication.context import Context
    from plugins.publication.page import Document


def letter_feed(ctx: Context) -> Iterator[Document]:
    """The feed, newest first; nothing where feeds are switched off."""
    if not ctx.href(f"{LETTERS}flux.xml"):
        return
    letters = Letters(ctx.site)
    digests = [digest for digest in map(letters.of, reversed(letter_months(ctx.site))) if not digest.running][:SIZE]
    channel = Channel(LETTERS, INDEXES[LETTERS], "Une fois par mois, ce qui a paru et ce qui vient.", [])
    facts = {
        "entries": [entry_xml(_item(ctx, digest)) for digest in digests],
        "updated": digests[0].issued if digests else ctx.today,
        "stylesheets": stylesheets(ctx),
    }
    yield feed(ctx, channel, facts)


def _item(ctx: Context, digest: Digest) -> Item:
    address, name = monthly_address(digest.month), letter_name(digest.month)
    titles = [f"«\u00a0{title}\u00a0»" for title in highlights(digest)]
    return Item(
        id=permanent(ctx.site, address),
        title=f"[{DEMO}] {name}" if digest.is_demo else name,
        link=ctx.absolute(address),
        summary=one_line(" ".join([counts_words(digest), ", ".join(titles)])),
        published=digest.issued,
        updated=digest.issued,
        authors=[],
        categories=[],
        rights="",
        lang=language(ctx),
    )
