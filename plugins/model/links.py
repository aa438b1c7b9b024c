"""Links inside the site: each must lead to a page, a file or a place in a page that exists."""

from __future__ import annotations

import posixpath
from collections import ChainMap
from copy import copy
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from plugins.model import addresses
from plugins.model.nearest import Nearest
from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping

    from plugins.markup import Link
    from plugins.model.objects import Site
    from plugins.model.reading import Raw

# Places that every page offers, and those that generated pages do (a test of the built site holds them to it).
PAGE_ANCHORS = frozenset({"contenu", "menu", "recherche", "pied"})
FILENAME = "{filename}"


class LinkResolver:
    """Says where a link of a text leads. ``extra`` are pages that would exist if their files had no faults."""

    def __init__(self, site: Site, extra: Iterable[str] = ()) -> None:
        self.site = site
        self.pages = addresses.all_addresses(site)
        self.known = frozenset((*self.pages, *extra))
        self.entries = {entry.path: entry for entry in site.entries.values()}
        self.anchors: MutableMapping[str, frozenset[str]] = {}
        self.files: MutableMapping[str, frozenset[str]] = {}
        for entry in site.entries.values():
            self.anchors[entry.address] = entry.body.anchors
            self.files[entry.address] = frozenset(posixpath.basename(file) for file in entry.files)
        self.new: frozenset[str] = frozenset()
        self.late: dict[str, Callable[[], frozenset[str]]] = {}  # anchors that are found when somebody asks for them
        self._nearest = Nearest(self.known)

    def joined_by(self, pages: Iterable[str], own: str, raw: Raw) -> LinkResolver:
        """The same, once ``pages`` are there, too, and ``raw`` is what stands at the address ``own``."""
        joined = copy(self)
        joined.new = frozenset(pages)
        joined.anchors = ChainMap({own: raw.body.anchors if raw.body else frozenset()}, self.anchors)
        joined.files = ChainMap({own: frozenset(posixpath.basename(file) for file in raw.files)}, self.files)
        return joined

    def address(self, path: str, link_target: str) -> str:
        """The site address (with its anchor) of a link written in the file ``path``; texts that are no inside links stay."""
        if link_target.startswith(FILENAME):
            target, mark, anchor = link_target.removeprefix(FILENAME).partition("#")
            entry = self.entries.get(_beside(path, unquote(target)))
            return f"{entry.address}{mark}{anchor}" if entry else link_target
        return link_target

    def leads_somewhere(self, address: str) -> bool:
        """Whether a page or document stands at a site address (without anchor or query)."""
        return (
            address in self.known
            or address in self.new
            or addresses.is_document(self.site, address, self.pages)
            or self._is_file(address)
        )

    def nearest(self, address: str) -> str | None:
        """The page whose address is most like ``address``."""
        return f"{address}/" if f"{address}/" in self.known else self._nearest.to(address)

    def has_anchor(self, address: str, anchor: str) -> bool:
        """Whether the page at ``address`` has the place ``anchor``; pages of faulty files are given the benefit of the doubt."""
        if address not in self.pages and address in self.known:
            return True
        if address in self.late:
            self.anchors[address] = self.late.pop(address)()
        return anchor in PAGE_ANCHORS or anchor in self.anchors.get(address, frozenset())

    def _is_file(self, address: str) -> bool:
        folder, _, name = address.rpartition("/")
        return name in self.files.get(f"{folder}/", ())


def link_problems(raws: Iterable[Raw], resolver: LinkResolver, all_paths: Mapping[str, str]) -> Iterator[Problem]:
    """Dead links and anchors of all texts. ``all_paths`` maps every entry file, faulty ones too, to its address."""
    for raw in raws:
        own = all_paths.get(raw.path, "")  # a member has no text, and no links
        for link in raw.body.links if raw.body else ():
            yield from _one(raw, own, link, resolver, all_paths)


def _one(raw: Raw, own: str, link: Link, resolver: LinkResolver, all_paths: Mapping[str, str]) -> Iterator[Problem]:
    if link.kind == "anchor":
        anchor = unquote(link.target[1:])
        if raw.body and anchor and anchor not in raw.body.anchors and anchor not in PAGE_ANCHORS:
            yield _say(raw, link, "dead-anchor", value=link.target)
        return
    if link.kind == "filename":
        path, _, anchor = link.target.removeprefix(FILENAME).partition("#")
        address = all_paths.get(_beside(raw.path, unquote(path)))
        if address is None:
            yield _say(raw, link, "dead-link", value=link.target)
            return
    elif link.kind == "site":
        parts = urlsplit(link.target)
        address, anchor = unquote(parts.path), parts.fragment
        if not resolver.leads_somewhere(address):
            near = resolver.nearest(address)
            hint = f"Vouliez-vous dire « {near} » ?" if near else None
            yield _say(raw, link, "dead-link", hint=hint, value=link.target)
            return
    else:
        return
    anchor = unquote(anchor)
    if (
        anchor
        and not (address == own and raw.body and anchor in raw.body.anchors)
        and not resolver.has_anchor(address, anchor)
    ):
        yield _say(raw, link, "dead-anchor", value=link.target)


def _say(raw: Raw, link: Link, code: str, *, hint: str | None = None, **values: object) -> Problem:
    place = (raw.body_line + link.line - 1, link.column or 1)
    return problem(code, raw.path, place=place, field="body", suggestion=hint, **values)


def _beside(path: str, target: str) -> str:
    """The root-relative file that ``{filename}target`` means in ``path``: absolute ones start at content/."""
    if target.startswith("/"):
        return posixpath.normpath(f"content{target}")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
