"""The letters on the site, and their feed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import feedparser

from plugins.documents.letter_feed import letter_feed
from plugins.model.addresses import PER_PAGE
from plugins.press import Printer
from plugins.publication.theme import THEME
from plugins.views.letters.letter_parts import EVENTS_SHOWN, MOST
from plugins.views.letters.newsletter import newsletter_pages
from plugins.views.page.shell import shell
from tests.newsletter.region import CONTENT, region

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.publication.context import Context


def views(ctx: Context) -> dict[str, Any]:
    return {page.address: page.view for page in newsletter_pages(ctx)}


def html(ctx: Context, address: str) -> str:
    page = next(page for page in newsletter_pages(ctx) if page.address == address)
    found = Printer(str(THEME), "", shell(ctx)).environment().get_template(page.template).render(page.view)
    return found.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_a_letter_leads_to_those_beside_it_and_to_all(ctx: Context) -> None:
    view = views(ctx)["/lettres/2026/11/"]
    assert (view["before"]["name"], view["after"]["name"]) == ("octobre 2026", "décembre 2026")
    assert view["list"]["href"] == "/essai/lettres/"
    assert views(ctx)["/lettres/2026/08/"]["before"] is None
    assert views(ctx)["/lettres/2026/12/"]["after"] is None


def test_a_letter_in_preparation_says_so_and_is_not_for_search_engines(ctx: Context) -> None:
    text = html(ctx, "/lettres/2026/12/")
    assert "En préparation" in text
    assert 'complète le <time datetime="2027-01-01">1er janvier 2027</time>' in text
    assert 'content="noindex"' in text
    assert 'content="noindex"' not in html(ctx, "/lettres/2026/11/")


def test_a_letter_without_anything_says_so(tmp_path: Path) -> None:
    assert "Rien n’a encore paru ce mois-ci" in html(region(tmp_path, dt.date(2026, 11, 12), {}), "/lettres/2026/11/")


def test_made_up_content_says_so_on_the_page(ctx: Context) -> None:
    text = html(ctx, "/lettres/2026/11/")
    assert text.count("Un article inventé") == 1
    assert "Démonstration" in text.partition("Un article inventé")[2].partition("</li>")[0]


def test_much_is_shown_in_part_and_the_rest_is_a_click_away(tmp_path: Path) -> None:
    event, article = CONTENT["events/2026/fete"], CONTENT["articles/2026/premier"]
    many = {f"events/2026/fete-{number}": event for number in range(30)}
    many |= {f"articles/2026/article-{number}": article for number in range(30)}
    view = views(region(tmp_path, content=many))["/lettres/2026/11/"]
    (articles,), (events,) = view["news"], view["ahead"]
    assert (len(articles["items"]), articles["more"], articles["href"]) == (MOST, 30 - MOST, "/essai/actualites/")
    assert (len(events["items"]), events["more"], events["href"]) == (EVENTS_SHOWN, 30 - EVENTS_SHOWN, "/essai/agenda/")


def test_the_list_has_all_letters_latest_first_in_pages(tmp_path: Path) -> None:
    article = CONTENT["articles/2026/premier"]
    days = [dt.date(2020 + number // 12, number % 12 + 1, 3) for number in range(30)]
    content = {f"articles/{day.year}/a-{day.month}": {**article, "date": day.isoformat()} for day in days}
    found = views(region(tmp_path, dt.date(2022, 7, 1), content))
    first, second = found["/lettres/"], found["/lettres/page/2/"]
    names = [row["month"] for row in (*first["letters"], *second["letters"])]
    assert len(first["letters"]) == PER_PAGE
    assert names[0] == "juillet 2022"
    assert names[-1] == "janvier 2020"
    assert len(names) == len(set(names)) == 31
    assert [row["running"] for row in first["letters"]][:2] == [True, False]
    assert len(found) == 31 + 2


def test_a_row_says_how_much_there_is_and_names_what_is_real_and_not_over_first(ctx: Context) -> None:
    row = views(ctx)["/lettres/"]["letters"][1]
    assert row["counts"].replace("\u00a0", " ").startswith("7 nouveautés, 3 rendez-vous, 1 appel qui se termine")
    assert row["highlights"] == ["Le second article", "Le premier article", "Un colloque lointain"]


def test_elisions_are_those_of_french(tmp_path: Path) -> None:
    article = CONTENT["articles/2026/premier"]
    content = {f"articles/2026/a-{month}": {**article, "date": f"2026-{month:02d}-02"} for month in range(1, 13)}
    found = views(region(tmp_path, dt.date(2027, 1, 5), content))
    titles = [view["page"]["title"] for address, view in found.items() if address.startswith("/lettres/2026/")]
    assert [title.removesuffix(" 2026").removeprefix("Lettre ") for title in titles] == [
        "de janvier", "de février", "de mars", "d’avril", "de mai", "de juin", "de juillet", "d’août", "de septembre",
        "d’octobre", "de novembre", "de décembre",
    ]  # fmt: skip


# ── The feed ──


def test_the_feed_has_the_letters_that_are_whole_newest_first(ctx: Context) -> None:
    (document,) = letter_feed(ctx)
    found = feedparser.parse(document.content)
    assert document.path == "lettres/flux.xml"
    assert not found.bozo
    assert [entry.title for entry in found.entries] == [
        "Lettre de novembre 2026", "Lettre d’octobre 2026", "Lettre de septembre 2026", "Lettre d’août 2026",
    ]  # fmt: skip
    first = found.entries[0]
    assert first.link == "https://copie.example.org/essai/lettres/2026/11/"
    assert first.id == "https://vallon.example.org/lettres/2026/11/"
    assert first.published.startswith("2026-12-01")
    assert "« Le second article », « Le premier article »" in first.summary.replace("\u00a0", " ")


def test_a_letter_of_which_all_is_made_up_says_so_in_the_feed(tmp_path: Path) -> None:
    ctx = region(tmp_path, content={"articles/2026/invente": CONTENT["articles/2026/invente"]})
    (document,) = letter_feed(ctx)
    assert [entry.title for entry in feedparser.parse(document.content).entries] == [
        "[Démonstration] Lettre de novembre 2026"
    ]


def test_without_feeds_there_is_none_and_a_site_without_letters_links_to_none(ctx: Context) -> None:
    assert list(letter_feed(replace(ctx, outputs=ctx.outputs - {"feeds"}))) == []
    without = replace(ctx, outputs=ctx.outputs - {"newsletter"})
    assert shell(without)["letters"] == ""
    assert shell(ctx)["letters"] == "/essai/lettres/"
