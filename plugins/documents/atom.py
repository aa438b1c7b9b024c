"""An Atom feed (RFC 4287): Pelican's own generator, where it needs help to follow the standard.

The base class dates what has no date with the clock, knows one author an entry, and declares every summary
to be HTML. Here dates are always given, authors are a list, and a summary is the plain text that it is.

People who open a feed in a browser see it through a style sheet, and CSS makes no links. So a feed carries a few
elements of XHTML, which readers of feeds pass over as they must (section 6.3). XSLT is no way: browsers drop it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Final

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from plugins.views.words.french import day_words

if TYPE_CHECKING:
    from collections.abc import Sequence

ENCODING: Final = "utf-8"
XHTML: Final = {"xmlns": "http://www.w3.org/1999/xhtml"}
NOTICE: Final = (
    "Ceci est un flux Atom. Copiez son adresse dans votre lecteur de flux pour être prévenu des nouveautés. "
)


@dataclass(frozen=True, slots=True)
class Category:
    """A category of an entry: ``term`` for machines, ``label`` for people (RFC 4287, section 4.2.2)."""

    term: str
    label: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed. ``authors`` are pairs of name and page (may be empty); ``id`` never changes."""

    id: str
    title: str
    link: str
    summary: str
    published: dt.date
    updated: dt.date
    authors: Sequence[tuple[str, str]]
    categories: Sequence[Category]
    rights: str
    lang: str


class AtomFeed(Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    """A feed whose entries are given as ready XML, made once each however many feeds hold them.

    ``entries`` come from :func:`entry_xml`; ``updated`` is the feed's own date: no clock is asked.
    """

    def __init__(self, *, updated: dt.date, entries: Sequence[str], **facts: Any) -> None:
        super().__init__(**facts)
        self.updated = updated
        self.entries = entries

    def latest_post_date(self) -> dt.datetime:
        """The date of the feed's ``updated``, as a moment in UTC."""
        return midnight(self.updated)

    def write(self, outfile: StringIO, encoding: str) -> None:
        """Write the feed, its style sheets first: the base class forgets them for Atom."""
        handler = SimplerXMLGenerator(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        for sheet in self.feed["stylesheets"] or []:
            handler.processingInstruction("xml-stylesheet", sheet)
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        _for_browsers(handler, self.feed["link"])
        for entry in self.entries:
            handler.ignorableWhitespace(entry)  # the one method of SAX that writes what is XML already
        handler.endElement("feed")

    def document(self) -> bytes:
        """The whole feed."""
        return str(self.writeString(ENCODING)).encode(ENCODING)


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which a feed says that a day's entry appeared: midnight, UTC."""
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)


def entry_xml(item: Item) -> str:
    """The ``entry`` element of an item."""
    out = StringIO()
    xml = SimplerXMLGenerator(out, ENCODING, short_empty_elements=True)
    xml.startElement("entry", {"xml:lang": item.lang})
    xml.addQuickElement("title", item.title)
    xml.addQuickElement("a", item.title, {**XHTML, "href": item.link})
    xml.addQuickElement("time", day_words(item.updated), {**XHTML, "datetime": item.updated.isoformat()})
    xml.addQuickElement("link", "", {"href": item.link, "rel": "alternate", "type": "text/html"})
    xml.addQuickElement("id", item.id)
    xml.addQuickElement("published", rfc3339_date(midnight(item.published)))
    xml.addQuickElement("updated", rfc3339_date(midnight(item.updated)))
    for name, page in item.authors:
        _person(xml, name, page)
    for category in item.categories:
        xml.addQuickElement("category", "", _attributes(category))
    xml.addQuickElement("summary", item.summary, {"type": "text"})
    if item.rights:
        xml.addQuickElement("rights", item.rights)
    xml.endElement("entry")
    return out.getvalue()


def _for_browsers(xml: SimplerXMLGenerator, page: str) -> None:
    """What a browser needs to show the feed on a small screen, and what its reader needs to know."""
    xml.addQuickElement("meta", "", {**XHTML, "name": "viewport", "content": "width=device-width"})
    xml.startElement("p", XHTML)
    xml.characters(NOTICE)
    xml.addQuickElement("a", "Voir la page du site", {"href": page})
    xml.endElement("p")


def _person(xml: SimplerXMLGenerator, name: str, page: str) -> None:
    xml.startElement("author", {})
    xml.addQuickElement("name", name)
    if page:
        xml.addQuickElement("uri", page)
    xml.endElement("author")


def _attributes(category: Category) -> dict[str, str]:
    return {"term": category.term, "label": category.label, "scheme": category.scheme}
