"""What a browser makes of a text's HTML: read by html5lib, which shares no code with what is tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ALLOWED = {
    "a": {"href", "class", "aria-label", "title", "id", "rel", "role"},
    "abbr": {"title"},
    "blockquote": {"id", "class"},
    "br": set(),
    "cite": set(),
    "code": {"class", "id"},
    "dd": {"id", "class"},
    "del": set(),
    "details": {"open"},
    "dfn": {"title"},
    "div": {"class", "id", "role", "tabindex", "aria-label"},
    "dl": {"id", "class"},
    "dt": {"id", "class"},
    "em": {"id", "class"},
    "figcaption": set(),
    "figure": set(),
    **{f"h{level}": {"id", "class"} for level in range(1, 7)},
    "hr": set(),
    "img": {"src", "alt", "width", "height", "loading", "decoding", "srcset", "sizes"},
    "ins": set(),
    "kbd": set(),
    "li": {"id", "class"},
    "mark": set(),
    "nav": {"class", "aria-label"},
    "ol": {"id", "class", "start"},
    "p": {"id", "class"},
    "pre": {"tabindex"},
    "q": set(),
    "samp": set(),
    "section": {"class", "role", "aria-label"},
    "strong": {"id", "class"},
    "sub": set(),
    "summary": set(),
    "sup": {"id"},
    "table": set(),
    "tbody": set(),
    "td": {"class", "id"},
    "th": {"class", "id", "scope"},
    "thead": set(),
    "time": {"datetime"},
    "tr": set(),
    "ul": {"id", "class"},
    "var": set(),
    "wbr": set(),
}
"""Everything that may leave the library; written down here again, so that a wider list in the code does not widen the test."""

WORDS = {
    "a", "abbr", "br", "cite", "code", "del", "dfn", "em", "img", "ins", "kbd", "mark", "q", "samp", "strong", "sub",
    "sup", "time", "var", "wbr",
}  # fmt: skip
ONLY_WORDS = (WORDS | {"p", "pre", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}) - {"br", "img", "wbr"}
ONLY = {"ul": {"li"}, "ol": {"li"}, "dl": {"dt", "dd"}, "table": {"thead", "tbody"}, "tr": {"td", "th"}}
HOMES = {"li": {"ul", "ol"}, "dt": {"dl"}, "dd": {"dl"}, "figcaption": {"figure"}, "summary": {"details"}}

SCHEMES = ("http://", "https://", "mailto:", "tel:")


def elements(html: str) -> Iterator[Element]:
    """All elements, in document order."""
    root = html5lib.parseFragment(html, namespaceHTMLElements=False)
    yield from (
        element for element in root.iter() if isinstance(element.tag, str) and element.tag != "DOCUMENT_FRAGMENT"
    )


def strict_errors(html: str) -> list[str]:
    """The parse errors of the HTML standard, as in a conforming checker."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parseFragment(html)
    return [code for _, code, _ in parser.errors]


def misplaced(html: str) -> list[str]:
    """Elements where the HTML standard's content models do not have them (a parser does not mind all of these)."""
    found: list[str] = []
    for parent in elements(f"<article>{html}</article>"):
        for child in parent:
            homes = HOMES.get(child.tag)
            if (homes and parent.tag not in homes) or (parent.tag in ONLY_WORDS and child.tag not in WORDS):
                found.append(f"<{child.tag}> in <{parent.tag}>")
        if parent.tag in ONLY and ({child.tag for child in parent} - ONLY[parent.tag] or (parent.text or "").strip()):
            found.append(f"something in <{parent.tag}>")
        if parent.tag == "details" and [child.tag for child in parent].index("summary") != 0:
            found.append("<details> without <summary> first")
    return found


def text_of(html: str) -> str:
    """The text that a reader sees."""
    return "".join(html5lib.parseFragment(html, namespaceHTMLElements=False).itertext())


def violations(html: str) -> list[str]:
    """Whatever could run, load or pretend: empty for HTML that may stand in a page."""
    found: list[str] = []
    seen: set[str] = set()
    for element in elements(html):
        extra = set(element.attrib) - ALLOWED.get(element.tag, set())
        if element.tag not in ALLOWED or extra:
            found.append(f"<{element.tag}> {sorted(extra)}")
        found += [
            f"{name}={value}"
            for name, value in element.attrib.items()
            if name in {"href", "src"} and not _harmless(value)
        ]
        identifier = element.get("id")
        if identifier is not None and identifier in seen:
            found.append(f"id {identifier} twice")
        seen.add(identifier or "")
    return found


def _harmless(address: str) -> bool:
    seen = "".join(char for char in address if char > " " and char not in "\x7f\xa0").replace("\\", "/").lower()
    head = seen.split("/")[0].split("#")[0].split("?")[0]
    return ":" not in head or seen.startswith(SCHEMES)
