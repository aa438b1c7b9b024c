"""Feeds as their readers see them: parsed by feedparser and by an XML parser, held to RFC 4287."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.documents.atom import Category, Item, entry_xml
from plugins.documents.feeds import SIZE, feeds, newest
from plugins.documents.feeds import _item as item_of
from plugins.documents.texts import one_line, writable
from tests.documents.small_root import SITE_URL, context, entry, write_root, xml

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.publication.context import Context

ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def documents(ctx: Context) -> dict[str, bytes]:
    return {document.path: document.content for document in feeds(ctx)}


def test_there_is_a_feed_for_the_site_each_list_club_pillar_territory_and_tag(documents: dict[str, bytes]) -> None:
    expected = {
        "flux.xml",
        "agenda/flux.xml",
        "actualites/flux.xml",
        "clubs/atelier/flux.xml",
        "piliers/reparer/flux.xml",
    }
    expected |= {"territoires/pays/flux.xml", "etiquettes/reemploi/flux.xml", "etiquettes/velo/flux.xml"}
    assert expected <= documents.keys()
    assert "contributions/flux.xml" not in documents  # a type without list or feed


def test_every_feed_is_well_formed_for_an_independent_reader(documents: dict[str, bytes]) -> None:
    for path, content in documents.items():
        parsed = feedparser.parse(content)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"


def test_every_feed_has_what_the_standard_requires(documents: dict[str, bytes]) -> None:
    """RFC 4287, sections 4.1.1 and 4.1.2: one id, title, updated; authors; an alternate link for entries without content."""
    for path, content in documents.items():
        feed = xml(content)
        assert feed.tag == f"{ATOM}feed"
        assert feed.get(XML_LANG) == "fr"
        for element in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text, (path, name)
            assert RFC3339.fullmatch(element.findtext(f"{ATOM}updated", ""))
            assert urlsplit(element.findtext(f"{ATOM}id", "")).scheme == "https"
            assert element.findall(f"{ATOM}author/{ATOM}name")
            assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        ids = [found.text for found in feed.findall(f"{ATOM}entry/{ATOM}id")]
        assert len(ids) == len(set(ids))


def test_a_feed_links_to_itself_and_to_its_page(documents: dict[str, bytes]) -> None:
    for path, content in documents.items():
        feed = xml(content)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"{SITE_URL}/{path}"
        assert links["alternate"] == f"{SITE_URL}/{path.removesuffix('flux.xml')}"


def test_names_stay_when_the_site_is_built_for_another_address(documents: dict[str, bytes]) -> None:
    parsed = feedparser.parse(documents["flux.xml"])
    assert parsed.feed.id == "https://boucles.example.org/flux.xml"
    assert all(one.id.startswith("https://boucles.example.org/") for one in parsed.entries)
    assert all(one.link.startswith(f"{SITE_URL}/") for one in parsed.entries)


def test_an_entry_says_who_when_what_about_and_under_which_licence(documents: dict[str, bytes]) -> None:
    parsed = feedparser.parse(documents["clubs/atelier/flux.xml"])
    one = next(found for found in parsed.entries if found.title == "Une annonce du club")
    assert [author.name for author in one.authors] == ["Camille Exemple"]
    assert (one.published, one.updated) == ("2026-03-01T00:00:00+00:00", "2026-04-02T00:00:00+00:00")
    assert {(tag.term, tag.label) for tag in one.tags} >= {
        ("reparer", "Réparer"),
        ("velo", "vélo"),
        ("articles", "Articles"),
    }
    assert one.summary.startswith("Un résumé assez long")
    assert "etalab" in one.rights


def test_a_feed_holds_only_what_belongs_to_it(documents: dict[str, bytes]) -> None:
    titles = {one.title for one in feedparser.parse(documents["clubs/atelier/flux.xml"]).entries}
    assert titles == {"Une annonce du club", "Atelier, vélos ; et café"}
    assert {one.title for one in feedparser.parse(documents["offres/flux.xml"]).entries} == {
        "Un lot de palettes",
        "Cherchons des palettes",
    }


def test_made_up_entries_say_so(documents: dict[str, bytes]) -> None:
    made_up = [one for one in feedparser.parse(documents["flux.xml"]).entries if "invent" in one.title.lower()]
    assert len(made_up) == 2
    for one in made_up:
        assert one.title.startswith("[Démonstration] ")
        assert "demonstration" in {tag.term for tag in one.tags}


def test_a_feed_without_entries_is_valid_and_as_old_as_the_site(documents: dict[str, bytes]) -> None:
    parsed = feedparser.parse(documents["clubs/invente/flux.xml"])
    assert parsed.entries == []
    assert parsed.feed.updated == "2026-05-01T00:00:00+00:00"


def test_nothing_private_is_in_a_feed(documents: dict[str, bytes]) -> None:
    assert not any(b"secretdecamille" in content.lower() for content in documents.values())


def test_a_browser_is_told_how_to_show_a_feed(ctx: Context, documents: dict[str, bytes]) -> None:
    head = documents["flux.xml"][:800].decode()
    assert f'<?xml-stylesheet href="{ctx.asset("feed.css")}" type="text/css"?>' in head
    assert ctx.asset("feed.css").startswith(
        "/essai/theme/"
    )  # no host: of the same origin wherever the site is looked at
    assert head.index("<?xml-stylesheet") < head.index("<feed")


def test_what_browsers_need_is_foreign_to_atom_and_passed_over_by_readers(documents: dict[str, bytes]) -> None:
    """RFC 4287, section 6: elements of other namespaces may stand in a feed, and readers go on without them."""
    feed = xml(documents["agenda/flux.xml"])
    links = [one.get("href") for one in feed.findall(f"{ATOM}entry/{XHTML}a")]
    assert links == [one.get("href") for one in feed.findall(f"{ATOM}entry/{ATOM}link")]
    strange = {one.tag for one in feed.iter() if not one.tag.startswith((ATOM, XHTML))}
    assert strange == set()
    one = feedparser.parse(documents["agenda/flux.xml"]).entries[0]
    assert (one.title, one.link) == (feed.findtext(f"{ATOM}entry/{ATOM}title"), links[0])


def test_a_feed_holds_the_newest_by_their_last_change(tmp_path: Path) -> None:
    days = {
        f"content/articles/2026/a-{n:02}.md": entry(kind="actualite", date=f"2026-01-{n % 28 + 1:02}")
        for n in range(40)
    }
    site = context(write_root(tmp_path, days)).site
    found = newest(site.entries.values())
    assert len(found) == SIZE
    changes = [one.updated or one.date for one in found]
    assert changes == sorted(changes, reverse=True)
    assert changes[-1] >= max(one.date for one in site.entries.values() if one not in found and one.type.feed)


def test_an_entry_reads_the_same_in_every_feed(documents: dict[str, bytes]) -> None:
    pattern = re.compile(rb"<entry .*?</entry>", re.DOTALL)
    assert set(pattern.findall(documents["clubs/atelier/flux.xml"])) <= set(pattern.findall(documents["flux.xml"]))


hostile = st.text(st.characters(codec="utf-8"), max_size=80)


@given(title=hostile, summary=hostile)
def test_no_text_breaks_a_feed(title: str, summary: str) -> None:
    clean = xml(entry_xml(_item("<b>Un</b> & deux", "]]> <script>alert(1)</script>")))
    assert clean.findtext("summary") == "]]> <script>alert(1)</script>"
    found = xml(entry_xml(_item(one_line(title), writable(summary))))
    assert [child.tag for child in found].count("title") == 1
    assert len(list(found)) == len(list(clean))


def _item(title: str, summary: str) -> Item:
    day = dt.date(2026, 1, 1)
    return Item(
        id="https://example.org/a/",
        title=title,
        link="https://example.org/a/",
        summary=summary,
        published=day,
        updated=day,
        authors=[("Camille", "https://example.org/b/")],
        categories=[Category("a", title, "https://example.org/")],
        rights="",
        lang="fr",
    )


def test_a_hostile_entry_stays_text(ctx: Context) -> None:
    site_entry = ctx.site.entries["articles/2026/une-annonce"]
    hostile_entry = replace(
        site_entry, title='"><script>alert(1)</script>\x0b', summary="</summary><entry>\u2028\ufffe"
    )
    found = xml(entry_xml(item_of(ctx, hostile_entry)))
    assert found.findtext("title") == '"><script>alert(1)</script>'
    assert found.findtext("summary") == "</summary><entry>\u2028"
