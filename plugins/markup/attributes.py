"""Attribute lists (`{#id}`, `{.class}`, `{: #id .class }`): nothing but an id and the classes of a short list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

CLASSES = frozenset({"chapo", "chiffre", "encadre", "legende", "petit"})
"""Classes that contributors may set; the theme gives them their look."""
RESERVED_IDS = frozenset(
    {
        "accueil", "aide", "bas", "carte", "contenu", "corps", "entete", "filtres", "formulaire", "haut", "main",
        "menu", "navigation", "page", "partage", "pied", "recherche", "resultats", "sommaire", "theme", "titre",
    }
)  # fmt: skip
"""Ids that belong to the page around a text; a heading of that name gets the id `section-…` instead."""
RESERVED_PREFIXES = ("fn", "page-", "js-")
"""Beginnings of ids that belong to footnotes, to the page and to its scripts."""
HINT = re.compile(r"\{(?:[:#.]|[ ]+[#.])")
"""Something that may be an attribute list."""

_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST_ID = 80


def may_be_id(name: str) -> bool:
    """Whether a contributor may use the id: like a slug, and not one of the page's own."""
    fits = len(name) <= _LONGEST_ID and _ID.fullmatch(name) is not None
    return fits and name not in RESERVED_IDS and not name.startswith(RESERVED_PREFIXES)


class ClosedAttributes(AttrListTreeprocessor):
    """The library's processor with a stricter start (`{{ x }}` and `{filename}` stay text) and closed names."""

    # The stubs call these final; the library's documentation says to override them.
    BASE_RE = r"\{(?::[ ]*|(?=[ ]*[#.]))([^\{\}\n]*)\}"  # type: ignore[misc]
    HEADER_RE = re.compile(rf"(?<![ ])[ ]+{BASE_RE}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{BASE_RE}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{BASE_RE}")  # type: ignore[misc]

    active = False
    """Set for a text that holds a `HINT`."""

    def run(self, doc: Element) -> None:
        """Read the lists of the whole tree."""
        if self.active:
            super().run(doc)

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Set what is allowed, forget the rest; gives back what follows a second brace, as the library does."""
        pairs, remainder = get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return remainder
        for name, value in pairs:
            if name == "id" and value and may_be_id(value):
                elem.set("id", value)
            elif name == "." and value in CLASSES:
                elem.set("class", f"{elem.get('class', '')} {value}".strip())
        return remainder
