"""The built site holds together: every page it should have, every link, every id."""

from __future__ import annotations

import datetime as dt
import posixpath
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from plugins.model.addresses import all_addresses
from plugins.model.load import load_site
from tests.site.building import PROJECT, SMALL, TODAY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
ATTRIBUTES = ("href", "src", "srcset", "action", "poster")


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@cache
def tree(path: Path) -> object:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(path.read_bytes(), transport_encoding="utf-8")


def address_of(site: Path, page: Path) -> str:
    path = "/" + page.relative_to(site).as_posix()
    return path.removesuffix("index.html")


def ids(page: Path) -> list[str]:
    return [element.attrib["id"] for element in tree(page).iter() if "id" in element.attrib]  # type: ignore[attr-defined]


def targets(page: Path) -> list[str]:
    found = []
    for element in tree(page).iter():  # type: ignore[attr-defined]
        for name in ATTRIBUTES:
            value = element.attrib.get(name)
            if value is not None:
                found += [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]
    return found


def file_of(site: Path, address: str) -> Path:
    path = site / unquote(address).lstrip("/")
    return path / "index.html" if address.endswith("/") else path


@pytest.mark.parametrize("which", ["site", "small_site"])
def test_every_internal_link_and_anchor_leads_somewhere(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    dead = []
    for page in pages(site):
        base = address_of(site, page)
        for target in set(targets(page)):
            parts = urlsplit(urljoin(f"http://here{base}", target))
            if parts.netloc != "here":
                continue
            file = file_of(site, parts.path)
            if not file.is_file():
                dead.append(f"{base} → {target}")
            elif parts.fragment and file.suffix == ".html" and unquote(parts.fragment) not in ids(file):
                dead.append(f"{base} → {target} (anchor)")
    assert dead == []


@pytest.mark.parametrize(("which", "root"), [("site", PROJECT), ("small_site", SMALL)])
def test_the_pages_are_those_the_model_names(which: str, root: Path, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    loaded = load_site(root, today=dt.date.fromisoformat(TODAY))
    assert loaded.site is not None
    redirects = {posixpath.join(old, "") for old in loaded.site.redirects}
    built = {address_of(site, page) for page in pages(site)}
    assert built - redirects == set(all_addresses(loaded.site))


def test_no_id_stands_twice_in_a_page(site: Path) -> None:
    twice = [(page.name, name) for page in pages(site) for name in ids(page) if ids(page).count(name) > 1]
    assert twice == []


def test_every_page_has_a_title_a_language_one_main_heading_and_a_description(site: Path) -> None:
    for page in pages(site):
        root = tree(page)
        if root.find(".//meta[@http-equiv='refresh']") is not None:  # type: ignore[attr-defined]
            continue  # a page that only leads to the new address
        assert root.attrib.get("lang"), page  # type: ignore[attr-defined]
        assert root.findtext(".//title"), page  # type: ignore[attr-defined]
        assert len(root.findall(".//h1")) == 1, page  # type: ignore[attr-defined]
        assert root.find(".//meta[@name='description']") is not None, page  # type: ignore[attr-defined]
