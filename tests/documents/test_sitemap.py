"""What search engines and researchers read first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.robotparser import RobotFileParser

from plugins.documents import sitemap as module
from plugins.documents.sitemap import sitemap
from plugins.documents.well_known import well_known
from plugins.model.addresses import all_addresses
from tests.documents.small_root import SITE_URL, TODAY, xml

if TYPE_CHECKING:
    import pytest

    from plugins.publication.context import Context

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses_in(content: bytes) -> dict[str, str | None]:
    found = {}
    for one in xml(content):
        found[one.findtext(f"{NAMESPACE}loc", "")] = one.findtext(f"{NAMESPACE}lastmod")
    return found


def test_the_map_lists_every_page_that_may_be_found_once(ctx: Context) -> None:
    documents = {document.path: document.content for document in sitemap(ctx)}
    root = xml(documents["sitemap.xml"])
    assert root.tag == f"{NAMESPACE}urlset"
    listed = addresses_in(documents["sitemap.xml"])
    assert len(listed) == len(list(root))
    assert set(listed) == {SITE_URL + address for address, place in all_addresses(ctx.site).items() if place.listed}
    assert f"{SITE_URL}/404.html" not in listed
    assert listed[f"{SITE_URL}/actualites/2026/une-annonce/"] == "2026-04-02"


def test_many_pages_are_cut_into_parts(ctx: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses_in(next(iter(sitemap(ctx))).content)
    monkeypatch.setattr(module, "SIZE", 20)
    documents = {document.path: document.content for document in sitemap(ctx)}
    assert xml(documents["sitemap.xml"]).tag == f"{NAMESPACE}sitemapindex"
    parts = [address.removeprefix(f"{SITE_URL}/") for address in addresses_in(documents["sitemap.xml"])]
    assert len(parts) > 2
    together = [addresses_in(documents[part]) for part in parts]
    assert {address: day for part in together for address, day in part.items()} == whole
    assert all(len(part) <= 20 for part in together)


def test_robots_may_read_all_but_answers_to_questions(ctx: Context) -> None:
    text = next(document for document in sitemap(ctx) if document.path == "robots.txt").content.decode()
    robots = RobotFileParser()
    robots.parse(text.splitlines())
    assert robots.can_fetch("any", "https://boucles.example.org/agenda/")
    assert robots.can_fetch("any", "https://boucles.example.org/recherche/")
    assert not robots.can_fetch("any", "https://boucles.example.org/recherche/?q=x")
    assert robots.site_maps() == [f"{SITE_URL}/sitemap.xml"]


def test_security_txt_names_a_contact_and_expires_within_a_year(ctx: Context) -> None:
    """RFC 9116, sections 2.5.3 and 2.5.5."""
    documents = {document.path: document.content.decode() for document in well_known(ctx)}
    lines = [line.partition(": ") for line in documents[".well-known/security.txt"].splitlines()]
    fields = {name: value for name, _, value in lines}
    assert len(fields) == len(lines)
    assert fields["Contact"] == "https://agence.example.org/contact"
    expires = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta(days=1) < expires.date() - TODAY < dt.timedelta(days=366)
    assert fields["Canonical"] == f"{SITE_URL}/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "fr"
    assert "Agence Exemple" in documents["humans.txt"]
