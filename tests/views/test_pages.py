"""Whatever a region holds, or lacks, its pages are whole: all of them, each entry in its list, nothing private, nothing dead."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise

import pytest

from plugins.model.addresses import MONTHS, PER_PAGE, all_addresses
from plugins.publication.context import Context
from plugins.publication.links import output_of
from plugins.views.groups.members import member_pages
from plugins.views.listing.lists import list_pages
from tests.documents.small_root import SECRET
from tests.views.making import ALL, MAKERS, URL, pages, render, rendered

BASE = "/essai"  # where the site of the tests lies on its host


HEADING = re.compile(r"<h([1-6])[ >]")


def links(html: str) -> list[str]:
    return [
        unescape(link)
        for tag in re.findall(r"<(?!use)[a-z]+ [^>]*>", html)
        for link in re.findall(r' (?:href|action|src)="([^"]*)"', tag)
    ]


@pytest.fixture(params=["small", "bare", "large"])
def ctx(request: pytest.FixtureRequest) -> Context:
    found: Context = request.getfixturevalue(request.param)
    return found


def test_there_is_a_page_at_every_address_of_the_model_and_nowhere_else(ctx: Context) -> None:
    made = {page.address for page in pages(ctx)}
    wanted = set(all_addresses(ctx.site))
    assert made <= wanted
    assert not {
        address for address in wanted - made if output_of(ctx.site, address) in MAKERS and MONTHS not in address
    }


def test_every_link_inside_the_site_leads_to_a_page_of_it(ctx: Context) -> None:
    html = rendered(ctx)
    files = re.compile(rf"{BASE}/(theme|donnees)/|.*/(flux\.xml|agenda\.ics)$|.*\.(jpg|png|webp|pdf)$")
    dead = []
    for address, text in html.items():
        for link in links(text):
            path = link.partition("#")[0].partition("?")[0]
            if path.startswith("/") and not files.match(path) and path.removeprefix(BASE) not in html:
                dead.append(f"{address} → {link}")
    assert dead == []


def test_headings_begin_with_one_h1_and_skip_no_level(ctx: Context) -> None:
    for address, text in rendered(ctx).items():
        levels = [int(level) for level in HEADING.findall(text)]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)


def test_pages_need_no_inline_style_no_inline_script_and_no_other_host(ctx: Context) -> None:
    for address, text in rendered(ctx).items():
        tags = re.findall(r"<[a-z][^>]*>", text)
        assert not [tag for tag in tags if re.search(r" (style|on[a-z]+)=", tag) or tag.startswith("<style")], address
        scripts = re.findall(r"<script([^>]*)>([^<]*)", text)
        assert all('type="application/ld+json"' in kind or not body.strip() for kind, body in scripts), address
        loaded = [
            tag for tag in tags if re.match(r"<(img|script|iframe|source|video)|<link [^>]*(sheet|icon|preload)", tag)
        ]
        assert not [tag for tag in loaded if re.search(r'(href|src|srcset)="(https?:)?//', tag)], address


def test_each_entry_stands_once_in_the_pages_of_its_list(large: Context) -> None:
    for kind in large.site.schemas.content_types:
        if not kind.list:
            continue
        shown = [
            card["href"]
            for page in list_pages(large)
            if page.view["page"]["section"] == f"/{kind.address}/" and page.view["year"] is None
            for group in page.view["groups"]
            for card in group["cards"]
        ]
        assert sorted(shown) == sorted(large.href(entry.address) for entry in large.site.by_folder.get(kind.folder, []))


def test_no_page_lists_more_than_a_page_holds(large: Context) -> None:
    for page in list_pages(large):
        assert sum(len(group["cards"]) for group in page.view["groups"]) <= PER_PAGE
    for page in member_pages(large):
        assert len(page.view.get("members", [])) <= PER_PAGE


def test_the_agenda_lists_what_is_to_come_in_order_of_its_days_then_what_is_past_the_latest_first(
    large: Context,
) -> None:
    cards = [
        (group["state"], card["block"]["iso"])
        for page in list_pages(large)
        if page.view["page"]["section"] == "/agenda/" and page.view["year"] is None
        for group in page.view["groups"]
        for card in group["cards"]
    ]
    today = large.today.isoformat()
    ahead = [day for state, day in cards if state == "upcoming"]
    behind = [day for state, day in cards if state == "past"]
    assert [state for state, _ in cards] == ["upcoming"] * len(ahead) + ["past"] * len(behind)
    assert ahead == sorted(ahead)
    assert all(day < today for day in behind)
    assert ahead
    assert behind


def test_what_a_member_keeps_private_stands_on_no_page(small: Context) -> None:
    for address, text in rendered(small).items():
        assert SECRET.lower() not in text.lower(), address


@pytest.mark.parametrize("off", sorted(ALL - {"home"}))
def test_nothing_links_to_an_output_that_is_switched_off(off: str, small: Context) -> None:
    ctx = Context(small.site, URL, ALL - {off}, small.root)
    for address, text in render(ctx).items():
        for link in links(text):
            path = link.partition("#")[0].partition("?")[0].removeprefix(BASE)
            if link.startswith(BASE) and not path.startswith("/theme/"):
                assert ctx.href(path), f"{address} → {link}"


def test_a_region_with_almost_nothing_says_what_comes_next_and_how_to_take_part(bare: Context) -> None:
    html = rendered(bare)
    assert "Rien n’a encore été publié" in html["/actualites/"]
    assert "/contribuer/article/" in html["/actualites/"]
    assert "Aucun rendez-vous" in html["/"]
    assert "Rien n’a encore été publié. La première contribution" in html["/"]
    for address in ("/clubs/", "/territoires/", "/etiquettes/", "/observatoire/", "/carte/"):
        assert 'class="empty"' in html[address], address
    menu = html["/"].partition('id="menu"')[2].partition("</nav>")[0]
    assert "<a" not in menu, "a menu of empty lists helps nobody"


def test_what_is_made_up_says_so_wherever_it_is_named(small: Context) -> None:
    html = rendered(small)
    for entry in small.site.entries.values():
        if entry.demo:
            assert "Démonstration" in html[entry.address].partition("<h1>")[0], entry.id
    assert "Démonstration" in html["/actualites/"]
    assert "Démonstration" in html["/clubs/invente/"]
    assert "Démonstration" in html["/membres/"]


def test_the_repository_makes_a_page_editable_where_its_file_is(small: Context, bare: Context) -> None:
    assert "https://forge.example.org/bex/site/_edit/main/content/" in rendered(small)["/actualites/2026/une-annonce/"]
    assert "/contribuer/#modifier" in rendered(bare)["/membres/ada/"]


def test_texts_are_escaped_wherever_they_come_from(small: Context) -> None:
    hostile = '<script>alert(1)</script> {{ 7*7 }} " onmouseover="x'
    entries = {key: replace(entry, title=hostile, summary=hostile) for key, entry in small.site.entries.items()}
    by_folder = {folder: [entries[entry.id] for entry in found] for folder, found in small.site.by_folder.items()}
    site = replace(
        small.site, entries=entries, by_folder=by_folder, settings={**small.site.settings, "tagline": hostile}
    )
    for address, text in render(Context(site, URL, ALL, small.root)).items():
        assert "<script>alert" not in text, address
        assert ' onmouseover="' not in text, address
        if "alert" in text:
            assert "{{ 7*7 }}" in text, address
