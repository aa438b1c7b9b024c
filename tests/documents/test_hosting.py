"""Headers and redirects, applied as hosts apply them."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.documents.hosting import hosting
from plugins.documents.redirects import stub_path
from plugins.documents.servers import hosting_files
from plugins.model.addresses import all_addresses
from plugins.publication.security import content_security_policy, header_policy, origin
from tests.documents.small_root import SITE_URL

if TYPE_CHECKING:
    from plugins.publication.context import Context

DOCS = Path(__file__).parents[2] / "docs" / "hosting"


@pytest.fixture(scope="module")
def documents(ctx: Context) -> dict[str, str]:
    return {document.path: document.content.decode() for document in hosting(ctx)}


def rules(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    pattern = ""
    for line in text.splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            assert name not in found[pattern]
            found[pattern][name] = value
        else:
            pattern = line
            assert pattern not in found
            found[pattern] = {}
    return found


def headers(table: dict[str, dict[str, str]], path: str) -> dict[str, list[str]]:
    """All values of each header that a path gets: hosts join what several rules say."""
    found: dict[str, list[str]] = {}
    for pattern, values in table.items():
        if fnmatchcase(path, pattern):
            for name, value in values.items():
                found.setdefault(name, []).append(value)
    return found


def directives(policy: str) -> dict[str, list[str]]:
    return {part.split()[0]: part.split()[1:] for part in policy.split(";")}


def test_every_page_has_the_strict_policy_and_only_the_search_compiles_webassembly(
    ctx: Context, documents: dict[str, str]
) -> None:
    table = rules(documents["_headers"])
    for address in all_addresses(ctx.site):
        found = headers(table, f"/essai{address}")
        everywhere, own = [directives(policy) for policy in found["Content-Security-Policy"]]
        assert everywhere.keys() == {"base-uri", "object-src", "frame-ancestors"}
        assert own["default-src"] == ["'none'"]
        assert own["frame-ancestors"] == ["'none'"]
        wasm = ["'wasm-unsafe-eval'"] if address == "/recherche/" else []
        assert own["script-src"] == ["'self'", *wasm]
        assert found["X-Content-Type-Options"] == ["nosniff"]
        assert "Cache-Control" not in found


def test_nothing_inline_and_nothing_evaluated(documents: dict[str, str]) -> None:
    assert "unsafe-inline" not in documents["_headers"]
    assert "'unsafe-eval'" not in documents["_headers"]


def test_the_theme_is_kept_and_data_are_open_to_other_sites(documents: dict[str, str]) -> None:
    table = rules(documents["_headers"])
    assert headers(table, "/essai/theme/style.0123456789.css")["Cache-Control"] == [
        "public, max-age=31536000, immutable"
    ]
    for address in ("donnees/events.json", "search-index.json", "search-index/ma.json", "carte/contours.json"):
        assert headers(table, f"/essai/{address}")["Access-Control-Allow-Origin"] == ["*"]
    assert "Access-Control-Allow-Origin" not in headers(table, "/essai/agenda/")


def test_the_meta_tag_has_the_header_without_what_means_nothing_there(ctx: Context) -> None:
    assert header_policy(ctx, "/agenda/") == f"{content_security_policy(ctx, '/agenda/')}; frame-ancestors 'none'"


def test_the_form_service_and_tiles_that_the_site_names_are_allowed(ctx: Context) -> None:
    settings = {
        **ctx.site.settings,
        "intake": "https://formulaires.example.org:8443/depot?x=1",
        "map": {"tiles": "https://{s}.tuiles.example.org/{z}/{x}/{y}.png", "attribution": "x"},
    }
    policy = directives(
        content_security_policy(replace(ctx, site=replace(ctx.site, settings=settings)), "/contribuer/article/")
    )
    assert policy["form-action"] == ["'self'", "https://formulaires.example.org:8443"]
    assert policy["img-src"] == ["'self'", "data:", "https://*.tuiles.example.org"]
    assert origin("https://a.example.org/{z}/{x}/{y}.png") == "https://a.example.org"
    assert directives(content_security_policy(ctx, "/"))["form-action"] == ["'self'"]


def test_redirects_are_rules_for_hosts_that_know_them(documents: dict[str, str]) -> None:
    assert documents["_redirects"].splitlines() == [
        "/essai/ancien-agenda/ /essai/agenda/ 301",
        "/essai/node/12 /essai/clubs/atelier/ 301",
        "/essai/page.php id=3 https://ailleurs.example.org/page 301",
        "/essai/formulaire /essai/404.html 410",
    ]


def test_redirects_are_pages_for_hosts_that_do_not(documents: dict[str, str]) -> None:
    stubs = {path: text for path, text in documents.items() if path.endswith(".html")}
    assert stubs.keys() == {"ancien-agenda/index.html", "node/12/index.html"}
    assert 'content="0; url=/essai/agenda/"' in stubs["ancien-agenda/index.html"]
    assert f'<link rel="canonical" href="{SITE_URL}/agenda/">' in stubs["ancien-agenda/index.html"]
    assert 'content="noindex"' in stubs["ancien-agenda/index.html"]


def test_a_page_that_exists_is_never_replaced(ctx: Context) -> None:
    redirects = {"/agenda": "/clubs/", "/agenda/": "/clubs/", "/a": "/b/", "/a/": "/c/", "/x/../agenda/": "/clubs/"}
    hostile = replace(ctx, site=replace(ctx.site, redirects=redirects))
    assert [d.path for d in hosting(hostile) if d.path.endswith(".html")] == ["a/index.html"]


@pytest.mark.parametrize(
    ("old", "path"),
    [
        ("/a/b/", "a/b/index.html"), ("/a.html", "a.html"), ("/caf%C3%A9/", "café/index.html"), ("/a.php", None), ("/a?b=1", None),
        ("/", None), ("/../x", None), ("/a/%2e%2e/b", None), ("/a//b", None), ("/a%00b", None), ("/a%5Cb", None), ("/..%2fx", None),
    ],
)  # fmt: skip
def test_an_old_address_is_a_file_only_where_it_can_be_one(old: str, path: str | None) -> None:
    assert stub_path(old) == path


def test_patterns_of_hosts_cannot_be_written_by_contributors(ctx: Context) -> None:
    wild = replace(ctx, site=replace(ctx.site, redirects={"/*": "/agenda/", "/:all": "/agenda/"}))
    text = next(document for document in hosting(wild) if document.path == "_redirects").content.decode()
    assert text.splitlines() == ["/essai/%2A /essai/agenda/ 301", "/essai/%3Aall /essai/agenda/ 301"]


def test_the_files_for_own_servers_are_those_of_the_code() -> None:
    """Write them anew with: python -m plugins.documents.servers docs/hosting"""
    committed = {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir() if path.name != "README.md"}
    assert committed == hosting_files()


def test_own_servers_send_the_same_policy(ctx: Context) -> None:
    for text in hosting_files().values():
        assert header_policy(ctx, "/") in text
        assert header_policy(ctx, "/recherche/") in text
