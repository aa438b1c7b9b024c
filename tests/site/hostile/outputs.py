"""Reads every file of a built site as its readers would, and tells what in it is alive that should be words."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import html5lib
from icalendar import Calendar

from tests.site.hostile.attacks import LOOSE, PRODUCT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMES: Final = {"", "http", "https", "webcal"}
ADDRESS_ATTRIBUTES: Final = (
    "href",
    "src",
    "action",
    "formaction",
    "poster",
    "data",
    "cite",
    "{http://www.w3.org/1999/xlink}href",
    "xlink:href",
)
FORBIDDEN_ELEMENTS: Final = {"iframe", "object", "embed", "base", "style", "foreignObject", "applet", "frame", "portal"}
FORBIDDEN_ATTRIBUTES: Final = {"style", "srcdoc", "background", "ping", "xml:base"}
POSTS_TO: Final = {"", "formulaires.example"}  # hosts to which a form may send: our own, and the intake of the root
FORMULA: Final = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")
ATOM: Final = "{http://www.w3.org/2005/Atom}"
POLICY_NAMES: Final = {
    "default-src", "script-src", "style-src", "img-src", "font-src", "connect-src", "form-action", "base-uri",
    "frame-ancestors", "object-src", "worker-src", "manifest-src",
}  # fmt: skip


def dangers(site: Path) -> Iterator[str]:
    """One line for each thing that got loose, with the file in which it is."""
    for path in sorted(site.rglob("*")):
        if path.is_file():
            name = path.relative_to(site).as_posix()
            yield from (f"{name}: {danger}" for danger in _in_file(name, path.read_bytes()))


def _in_file(name: str, content: bytes) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9._/-]+", name):
        yield "a name that is no plain address"
    if PRODUCT.encode() in content:
        yield "an expression of the template language was computed"
    read = READERS.get(name.rpartition("/")[2]) or READERS.get("." + name.rpartition(".")[2])
    if read is None:
        yield "a kind of file that this test does not know"
        return
    try:
        yield from read(content)
    except (ValueError, SyntaxError, csv.Error) as error:  # ElementTree's ParseError is a SyntaxError
        yield f"does not parse: {error}"


def page(content: bytes) -> Iterator[str]:
    """What a browser would make of a page."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parse(content, transport_encoding="utf-8")
    yield from _in_tree(tree)
    if tree.attrib.keys() - {"lang"}:
        yield f"attributes of <html>: {sorted(tree.attrib)}"


def fragment(text: str) -> Iterator[str]:
    """What a feed reader would make of a text that says it is HTML."""
    tree = html5lib.HTMLParser(namespaceHTMLElements=False).parseFragment(text)
    yield from (danger for danger in _in_tree(tree) if danger)
    if list(tree.iter("script")):
        yield "a script in a feed"


def _in_tree(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        if isinstance(element.tag, str):  # comments have none
            yield from _in_element(element.tag.rpartition("}")[2], element)


def _in_element(tag: str, element: Any) -> Iterator[str]:
    if tag in FORBIDDEN_ELEMENTS or tag.startswith(LOOSE):
        yield f"an element <{tag}>"
    if tag == "script":
        yield from _in_script(element)
    if tag == "meta" and element.attrib.get("http-equiv", "").lower() not in {"", "content-security-policy", "refresh"}:
        yield f"a <meta http-equiv={element.attrib['http-equiv']}>"
    for name, value in element.attrib.items():
        if str(name).lower().startswith(("on", LOOSE)) or name in FORBIDDEN_ATTRIBUTES:
            yield f"an attribute {name}={value[:60]!r} of <{tag}>"
        if name in ADDRESS_ATTRIBUTES:
            yield from _in_address(tag, name, value)


def _in_script(element: Any) -> Iterator[str]:
    if element.attrib.get("type") == "application/ld+json":
        json.loads(element.text)
    elif (
        not re.fullmatch(r"/(theme|pagefind)/[\w./-]+\.js", element.attrib.get("src", ""))
        or (element.text or "").strip()
    ):
        yield f"a script {dict(element.attrib)} {(element.text or '')[:60]!r}"


def _in_address(tag: str, name: str, value: str) -> Iterator[str]:
    # Browsers leave out control characters and spaces before they look for the scheme.
    parts = urlsplit(re.sub(r"[\x00-\x20]", "", value))
    data_picture = tag == "img" and value.startswith("data:image/")
    if parts.scheme.lower() not in SCHEMES and not data_picture:
        yield f"an address {name}={value[:60]!r} of <{tag}>"
    if tag in {"img", "script", "source", "link"} and name == "src" and parts.netloc:
        yield f"<{tag}> loads from {parts.netloc}"
    if name == "formaction" and not (tag == "button" and parts.path.endswith("/apercu/")):
        yield f"<{tag}> sends a form to {value[:60]!r}"
    if (tag == "form" or name == "formaction") and parts.netloc not in POSTS_TO:
        yield f"a form sends to {parts.netloc}"


def xml(content: bytes) -> Iterator[str]:
    """Feeds, the site map, style sheets of feeds, pictures of the theme."""
    if b"<!ENTITY" in content.upper().replace(b"&LT;!ENTITY", b"") and b"<!DOCTYPE" in content.upper():
        yield "an entity is declared"
    tree = ET.fromstring(content)  # noqa: S314  # our own output; expat loads no external entities
    for element in tree.iter():
        tag = element.tag.rpartition("}")[2]
        if tag.startswith(LOOSE) or (tag == "script" and not element.tag.startswith("{http://www.w3.org/1999/XSL")):
            yield f"an element <{tag}>"
        if tag == "id" and (element.text or "").strip() == "evil":
            yield "an entry that nobody wrote"
        if element.tag.startswith(ATOM) and element.attrib.get("type") == "html":
            yield from fragment(element.text or "")


def calendar(content: bytes) -> Iterator[str]:
    """As calendars read it; RFC 5545."""
    if b"\n" in content.replace(b"\r\n", b""):
        yield "a line that ends with LF alone"
    for event in Calendar.from_ical(content).walk("VEVENT"):
        if "evil" in str(event["UID"]).partition("@")[0].split("/") or str(event["SUMMARY"]) == "evil":
            yield "an event that nobody wrote"
        if event.errors:
            yield f"errors in {event['UID']}: {event.errors}"


def table(content: bytes) -> Iterator[str]:
    """As spreadsheets read it: what begins like a formula is executed."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    if len({len(row) for row in rows}) > 1:
        yield "rows of different lengths"
    for row in rows:
        for cell in row:
            if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
                yield f"a formula {cell[:40]!r}"


def data(content: bytes) -> Iterator[str]:
    json.loads(content)
    yield from ()


def headers(content: bytes) -> Iterator[str]:
    """Rules of the host: an address, then headers; nobody may add one, nor a directive."""
    for line in content.decode("utf-8").splitlines():
        found = re.fullmatch(r"/[\w./*-]*|  ([A-Z][A-Za-z-]+): (.+)", line)
        if found is None:
            yield f"a line {line!r}"
        elif found[1] == "Content-Security-Policy":
            names = {directive.split()[0] for directive in found[2].split(";")}
            if names - POLICY_NAMES or "unsafe-inline" in line or "'unsafe-eval'" in line:
                yield f"a policy {line!r}"


def text(content: bytes) -> Iterator[str]:
    lines = content.decode("utf-8").split("\n")
    yield from (f"a line {line!r}" for line in lines if line.startswith(("evil", "END:", "UID:", "---")))


def picture(content: bytes) -> Iterator[str]:
    if b"<script" in content or LOOSE.encode() in content:
        yield "a script behind or within a picture"


def unread(_content: bytes) -> Iterator[str]:
    yield from ()


READERS: Final = {
    ".html": page, ".xml": xml, ".svg": xml, ".xsl": xml, ".ics": calendar, ".csv": table, ".json": data, ".geojson": data,
    ".jsonld": data, ".txt": text, "_headers": headers, "_redirects": text, ".png": picture, ".jpg": picture, ".webp": picture,
    ".css": unread, ".js": unread, ".mjs": unread, ".woff2": unread, ".map": unread, ".pagefind": unread, ".pf_meta": unread,
    ".pf_index": unread, ".pf_fragment": unread, ".pf_filter": unread, ".pf_sort": unread, ".wasm": unread,
}  # fmt: skip
