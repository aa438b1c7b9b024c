"""The files of the full-text search, from the pages of a built site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from plugins.markup import typography
from plugins.publication.page import Document, Page
from plugins.search_index.copies import copy_of
from plugins.search_index.facets import facets
from plugins.search_index.page_text import STANDFIRST, TITLE, blocks
from plugins.search_index.pagefind_index import FRAGMENT, Indexed, bundle, fragment_address
from plugins.search_index.spelling import Spelling
from plugins.search_index.subjects import subjects
from plugins.search_index.synonyms import Synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plugins.publication.context import Context
    from plugins.search_index.copies import Copy
    from plugins.search_index.page_text import Block
    from plugins.search_index.subjects import Subject

FOLDER: Final = "pagefind/"
DEMO: Final = 0.7  # what the words of made-up pages weigh: the real ones come first


def search_documents(ctx: Context, output: str) -> Iterator[Document]:
    """Pagefind's files, ``facets.json`` and ``words.txt`` for the pages written below ``output``; nothing where there are none.

    Raises:
        SearchIndexError: Pagefind failed.
    """
    asked = list(subjects(ctx))
    found: dict[str, Subject] = {}
    spelling = Spelling()
    fragments: dict[str, str] = {}
    for name, content in bundle(_pages(ctx, _written(asked, output), spelling, found), len(asked)):
        if name.endswith(FRAGMENT):
            fragments[fragment_address(content)] = PurePosixPath(name).stem
        yield Document(FOLDER + name, content)
    if fragments:
        # A page of which every word says nothing is in no index.
        indexed = [(subject, fragments[address]) for address, subject in found.items() if address in fragments]
        yield Document(f"{FOLDER}facets.json", facets(indexed))
        yield Document(f"{FOLDER}words.txt", spelling.lines())


def _pages(
    ctx: Context, written: Iterable[tuple[Subject, list[Block]]], spelling: Spelling, found: dict[str, Subject]
) -> Iterator[Indexed]:
    """The pages for the index, one when the one before is on its way; ``spelling`` and ``found`` are filled meanwhile."""
    synonyms = Synonyms(ctx.site.vocabularies)
    for subject, said in written:
        spelling.read(said)
        address = ctx.base + subject.address
        found[address] = subject
        copy = copy_of(said, synonyms, also=subject.also, scale=DEMO if subject.demo else 1.0)
        yield Indexed(address, copy, _told(subject, copy))


def _written(asked: Iterable[Subject], output: str) -> Iterator[tuple[Subject, list[Block]]]:
    """The pages that were written, each with what it says; a page whose output is switched off is not there."""
    for subject in asked:
        path = Path(output) / Page(subject.address, "", {}).path
        if path.is_file():
            said = blocks(path.read_text(encoding="utf-8"))
            if subject.brief:
                said = [block for block in said if block.weight in {TITLE, STANDFIRST}]
            if said:
                yield _named(subject, said), said


def _named(subject: Subject, said: Sequence[Block]) -> Subject:
    """The subject with a title, the page's where it has none itself."""
    title = subject.title or next((block.text for block in said if block.weight == TITLE), subject.label)
    return replace(subject, title=typography(title))


def _told(subject: Subject, copy: Copy) -> dict[str, str]:
    """What a result tells of a page, without what it has not."""
    told = {
        "title": subject.title,
        "label": subject.label,
        "when": subject.when,
        "place": subject.place,
        "extract": " ".join(map(str, copy.summary)),
        "ring": " ".join(map(str, subject.ring)),
        "demo": "1" if subject.demo else "",
    }
    return {name: text for name, text in told.items() if text}
