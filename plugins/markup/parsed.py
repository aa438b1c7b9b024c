"""What `parse` gives back: plain frozen data, small enough to go through a process pool and into a cache.

Lines are 1-based and relative to the body (the text after the front matter), columns too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LinkKind = Literal["site", "filename", "file", "external", "anchor", "mail", "phone", "other"]
"""How a target has to be resolved or checked.

`site` begins with one slash; `filename` is Pelican's `{filename}…`; `file` lies beside the entry; `external` is
http(s) or begins with two slashes; `anchor` is `#…` in the same page; `mail` and `phone` are mailto: and tel:;
`other` is everything that never becomes a link: another scheme, an empty target, a disguised one.
"""

ContactKind = Literal["email", "phone"]

FaultCode = Literal["markdown-too-deep", "markdown-too-dense", "markdown-too-long"]


@dataclass(frozen=True, slots=True)
class Link:
    """One address of the text (href or src), as the author wrote it, entities and backslashes undone."""

    target: str
    line: int
    column: int | None
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class ImageUse:
    """One picture of the text; its target is in `Parsed.links` too."""

    target: str
    alt: str
    line: int


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading; `level` is the one written (1 to 6), which the page may show one deeper (see `demoted`)."""

    level: int
    text: str
    id: str
    line: int


@dataclass(frozen=True, slots=True)
class TocItem:
    """One line of a table of contents; `level` is the one in the HTML (2 or 3)."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address or a French phone number that the text shows or links to."""

    kind: ContactKind
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class RemovedTag:
    """A raw HTML tag outside the short list; the page shows its content without it."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text was not rendered: it passes a bound that no honest text comes near (see `limits`)."""

    code: FaultCode
    line: int


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text, ready for the checker, the renderer, the search index and the feeds.

    `html` is safe to insert as it is; `finish` gives it its final addresses. With a fault, `html` and `text` are
    empty and the other fields hold only what does not need rendering.
    """

    html: str
    text: str
    links: tuple[Link, ...] = ()
    images: tuple[ImageUse, ...] = ()
    anchors: frozenset[str] = frozenset()
    headings: tuple[Heading, ...] = ()
    toc: tuple[TocItem, ...] = ()
    contacts: tuple[Contact, ...] = ()
    skipped: tuple[Heading, ...] = ()
    """Headings more than one level below the one before (the page's title counts as the first)."""
    demoted: tuple[Heading, ...] = ()
    """Headings above the base level: the page has its own title, so all headings were moved down together."""
    removed: tuple[RemovedTag, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture of the text is found in the site, for `finish`.

    `width` and `height` are pixels of the file at `src`; `variants` pairs an address with its width in pixels.
    """

    src: str
    width: int
    height: int
    variants: tuple[tuple[str, int], ...] = ()
    sizes: str = "(min-width: 46rem) 42rem, 100vw"
