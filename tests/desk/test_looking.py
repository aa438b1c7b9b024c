"""Duplicates, gaps, coverage, figures, links: what the desk sees in a site."""

from __future__ import annotations

import datetime as dt
import random
import time
from typing import TYPE_CHECKING

from scripts.editing_desk.broken_links import broken_links
from scripts.editing_desk.coverage import coverage
from scripts.editing_desk.figures import figures
from scripts.editing_desk.gaps import picture_gaps, says_nothing
from scripts.editing_desk.known import Delay, Known
from scripts.editing_desk.table import figures_csv
from scripts.editing_desk.twins import twins
from scripts.outside_links.cache import Seen
from scripts.outside_links.uses import outside_links
from tests.desk.rooting import TODAY, article, event, resource, site_of

if TYPE_CHECKING:
    from pathlib import Path

ROOM = {"place": {"name": "Maison du vélo", "address": "1 place du Marché"}, "online": None}


def test_events_of_one_place_and_day_and_near_titles_are_probably_one(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "content/events/2026/a.md": event(title="Atelier de réparation de vélos", date="2026-03-01", **ROOM),
            "content/events/2026/b.md": event(title="Réparez votre bicyclette", date="2026-03-02", **ROOM),
            "content/events/2026/c.md": event(title="Un tout autre rendez-vous", start="2026-05-01T18:00", **ROOM),
            "content/events/2026/d.md": event(title="Atelier de réparation de vélos", start="2026-05-08T10:00", **ROOM),
            "content/articles/2026/un.md": article(title="La ressourcerie d’Exempleville ouvre ses portes"),
            "content/articles/2026/deux.md": article(
                title="La ressourcerie d’Exempleville ouvre les portes", date="2026-03-05"
            ),
            "content/articles/2026/trois.md": article(title="Une ressourcerie ferme"),
            "content/resources/2026/guide.md": resource(title="Guide du réemploi"),
            "content/resources/2026/manuel.md": resource(title="Un manuel pour tous", date="2026-03-02"),
        },
    )
    found = {item.target: item.why for item in twins(site)}
    assert set(found) == {"events/2026/b", "articles/2026/deux", "resources/2026/manuel"}
    assert "events/2026/a" in found["events/2026/b"]
    assert "articles/2026/un" in found["articles/2026/deux"]


def test_the_work_on_duplicates_does_not_grow_with_the_square(tmp_path: Path) -> None:
    """Five hundred entries with one title are compared forty at a time, not 125,000 times."""
    site = site_of(tmp_path, {"content/articles/2026/a.md": article()})
    entry = site.entries["articles/2026/a"]
    chance = random.Random(1)  # noqa: S311  # titles, no secrets
    words = [f"mot{number}" for number in range(400)]

    def many(count: int) -> float:
        site.entries.clear()
        for number in range(count):
            copy = entry.__class__(
                **{name: getattr(entry, name) for name in entry.__slots__}
                | {
                    "id": f"articles/2026/n{number}",
                    "title": "Toujours le même titre" if number % 2 else " ".join(chance.sample(words, 6)),
                }
            )
            site.entries[copy.id] = copy
        started = time.process_time()
        twins(site)
        return time.process_time() - started

    few, eight_times = many(500), many(4000)
    assert eight_times < 24 * max(few, 0.01)


def test_pictures_that_nothing_describes_and_pages_without_one(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "content/articles/2026/nue.md": article(),
            "content/articles/2020/vieille.md": article(date="2020-01-01", title="Une vieille page"),
        },
    )
    assert [(item.target, item.why) for item in picture_gaps(site)] == [("articles/2026/nue", "sans image")]
    assert says_nothing("Photo 2", "atelier.jpg", "Titre")
    assert says_nothing("atelier", "atelier.jpg", "Titre")
    assert says_nothing("Le titre !", "a.jpg", "Le titre")
    assert not says_nothing("Deux personnes démontent une roue", "atelier.jpg", "Titre")


def test_who_had_nothing_for_a_year_comes_first(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "content/articles/2026/neuf.md": article(clubs=["atelier"], pillars=["reparer"]),
            "content/articles/2025/ancien.md": article(
                clubs=["calme"], pillars=["partager"], date="2025-06-01", title="Un article d’il y a un an"
            ),
            "content/articles/2026/invente.md": article(clubs=["calme"], demo=True, title="Un article inventé exprès"),
        },
    )
    seen = coverage(site)
    assert [(one.name, one.count, one.last) for one in seen.clubs] == [
        ("Club calme", 0, dt.date(2025, 6, 1)),
        ("Club de l’atelier", 1, dt.date(2026, 3, 1)),
    ]
    assert [one.count for one in seen.pillars] == [0, 1]


def test_the_figures_of_the_years(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "data/members/zoe.yaml": "{name: Zoé, kind: citoyen}\n",
            "content/articles/2025/a.md": article(date="2025-02-01"),
            "content/articles/2026/b.md": article(title="Un deuxième article", authors=["camille", "zoe"]),
            "content/articles/2026/futur.md": article(title="Un article de demain", date="2026-06-02"),
            "content/articles/2026/invente.md": article(title="Un article inventé exprès", demo=True),
            "content/events/2026/e.md": event(
                title="Chaque semaine un atelier",
                date="2026-01-01",
                start="2025-12-20T10:00",
                recurrence="FREQ=WEEKLY;COUNT=4",
            ),
            "content/events/2026/x.md": event(
                title="Un rendez-vous annulé", start="2026-02-20T10:00", status="cancelled"
            ),
        },
    )
    delays = [Delay(dt.date(2026, 1, 1), 2), Delay(dt.date(2026, 2, 1), 5), Delay(dt.date(2026, 2, 1), 100)]
    before, now = figures(site, delays)
    assert (before.year, dict(before.entries), before.meetings, before.contributors, before.delay) == (
        2025,
        {"article": 1},
        2,
        1,
        None,
    )
    assert (now.year, dict(now.entries), now.meetings, now.contributors, now.delay) == (
        2026,
        {"article": 1, "event": 2},
        2,
        2,
        5.0,
    )
    text = figures_csv(site, [before, now])
    assert text.startswith(b"\xef\xbb\xbfannee;mesure;")
    lines = text.decode("utf-8-sig").split("\r\n")
    assert "2026;délai médian de la proposition à la publication;;5;jours" in lines
    assert not any(line.startswith("2025;délai") for line in lines), "what nobody knows has no line"


def test_links_are_found_wherever_they_stand_and_told_with_their_page(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "content/articles/2026/a.md": article(
                body="[un](https://a.example/x) et [nous](https://boucles.example.org/agenda/)",
                sources=[{"title": "Source", "url": "https://b.example/"}],
            ),
            "content/articles/2026/demo.md": article(
                title="Une page inventée", demo=True, body="[c](https://c.example/)"
            ),
        },
    )
    found = outside_links(site)
    assert list(found) == ["https://a.example/x", "https://atelier.example.org", "https://b.example/"]
    assert [use.field for use in found["https://b.example/"]] == ["sources.url"]
    links = {
        "https://a.example/x": Seen(
            "https://a.example/x", "dead", TODAY, "introuvable", failures=2, failing_since=TODAY
        ),
        "https://b.example/": Seen("https://b.example/", "moved", TODAY, to="https://b.example/neuf"),
        "https://atelier.example.org": Seen("https://atelier.example.org", "doubtful", TODAY),
    }
    dead, moved = broken_links(site, Known(links=links))
    assert (dead.target, dead.since) == ("articles/2026/a", TODAY)
    assert "https://b.example/neuf" in moved.why
