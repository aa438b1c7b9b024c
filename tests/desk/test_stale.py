"""What the desk calls old, and what makes it fresh again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from scripts.editing_desk import stale
from scripts.editing_desk.known import Known
from scripts.editing_desk.reading import read_consents
from scripts.outside_links.cache import Seen
from tests.desk.rooting import TODAY, article, call, event, initiative, resource, site_of

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.editing_desk.item import Item

OLD, NEW = "content/initiatives/2020/vieille.md", "content/initiatives/2025/neuve.md"
DAY = dt.timedelta(days=1)


def targets(items: list[Item]) -> list[str]:
    return [item.target for item in items]


def test_an_initiative_without_news_for_two_years_is_old_and_a_confirmation_or_a_change_makes_it_fresh(
    tmp_path: Path,
) -> None:
    site = site_of(
        tmp_path,
        {
            OLD: initiative(date="2024-05-31"),
            "content/initiatives/2020/changee.md": initiative(
                date="2020-01-01", updated="2024-06-02", title="Changée depuis lors"
            ),
            "content/initiatives/2020/juste.md": initiative(date="2024-06-01", title="Deux ans jour pour jour"),
            "content/initiatives/2020/inventee.md": initiative(
                date="2020-01-01", demo=True, title="Inventée de bout en bout"
            ),
            NEW: initiative(date="2025-06-01", title="Neuve et pimpante"),
        },
    )
    assert targets(stale.without_news(site, Known())) == ["initiatives/2020/vieille"]
    fresh = Known(confirmed={"initiatives/2020/vieille": dt.date(2025, 1, 1)})
    assert stale.without_news(site, fresh) == []
    long_ago = Known(confirmed={"initiatives/2020/vieille": dt.date(2024, 5, 31)})
    assert targets(stale.without_news(site, long_ago)) == ["initiatives/2020/vieille"]


def test_a_closed_call_that_still_sounds_open_and_whoever_presents_it_as_open(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "content/calls/2025/sonne.md": call(title="Un appel est ouvert aux ateliers"),
            "content/calls/2025/muet.md": call(title="Un appel pour les ateliers"),
            "content/calls/2025/conclu.md": call(title="Un appel pour les vélos", winners=[{"name": "Roue libre"}]),
            "content/calls/2026/recent.md": call(
                title="Un appel pour les radios", opens="2026-01-01", closes="2026-05-31"
            ),
            "content/calls/2026/dernier-jour.md": call(title="Candidatez avant ce soir", closes="2026-06-01"),
            "content/articles/2025/annonce.md": article(
                title="Candidatez à l’appel des vélos", date="2025-02-01", related=["calls/2025/conclu"]
            ),
            "content/articles/2025/bilan.md": article(
                title="Les lauréats de l’appel des vélos", date="2025-02-02", related=["calls/2025/conclu"]
            ),
        },
    )
    found = {item.target: item.why for item in stale.closed_calls(site, Known())}
    assert set(found) == {"calls/2025/sonne", "calls/2025/muet", "articles/2025/annonce"}
    assert "ouvert" in found["calls/2025/sonne"]
    assert "Un appel pour les vélos" in found["articles/2025/annonce"]
    said = Known(confirmed={"calls/2025/sonne": dt.date(2025, 3, 2), "calls/2025/muet": dt.date(2025, 3, 1)})
    assert "calls/2025/sonne" not in targets(stale.closed_calls(site, said))
    assert "calls/2025/muet" in targets(stale.closed_calls(site, said)), (
        "said before it closed: says nothing of the outcome"
    )


def test_a_series_that_ended_within_a_year(tmp_path: Path) -> None:
    weekly = "FREQ=WEEKLY;COUNT=4"
    site = site_of(
        tmp_path,
        {
            "content/events/2026/fini.md": event(start="2026-04-01T10:00", recurrence=weekly),
            "content/events/2026/en-cours.md": event(
                start="2026-05-27T10:00", recurrence=weekly, title="Cela continue encore"
            ),
            "content/events/2026/annule.md": event(
                start="2026-04-01T10:00", recurrence=weekly, status="cancelled", title="Annulé cette fois"
            ),
            "content/events/2026/seul.md": event(start="2026-04-01T10:00", title="Une fois et pas plus"),
            "content/events/2020/ancien.md": event(
                start="2020-04-01T10:00", recurrence=weekly, title="Fini il y a longtemps"
            ),
        },
    )
    (found,) = stale.ended_series(site, Known())
    assert (found.target, found.since) == ("events/2026/fini", dt.date(2026, 4, 22))
    assert stale.ended_series(site, Known(confirmed={"events/2026/fini": TODAY})) == []


def test_members_without_a_day_of_consent_those_of_public_sources_last(tmp_path: Path) -> None:
    site = site_of(
        tmp_path,
        {
            "data/members/acteur.yaml": "{name: Acteur, kind: entreprise, source: {title: Annuaire, url: 'https://annuaire.example.org'}}\n",
            "data/members/zoe.yaml": "{name: Zoé, kind: citoyen, public: []}\n",
            "data/members/invente.yaml": "{name: Inventé, kind: citoyen, demo: true}\n",
        },
    )
    consents = read_consents(tmp_path, site)
    assert consents == {"camille": dt.date(2026, 1, 2)}
    assert targets(stale.without_consent(site, Known(consents=consents))) == ["zoe", "acteur"]
    said = Known(consents=consents, confirmed={"zoe": TODAY})
    assert targets(stale.without_consent(site, said)) == ["acteur"]


def test_a_resource_whose_address_is_dead(tmp_path: Path) -> None:
    site = site_of(tmp_path, {"content/resources/2026/guide.md": resource()})
    url = "https://guides.example.org/un"
    dead = Seen(url, "dead", TODAY, "introuvable", failures=2, failing_since=TODAY - DAY)
    (found,) = stale.dead_resources(site, Known(links={url: dead}))
    assert (found.target, found.why, found.since) == ("resources/2026/guide", "introuvable", TODAY - DAY)
    assert stale.dead_resources(site, Known(links={url: Seen(url, "doubtful", TODAY)})) == []
    assert stale.dead_resources(site, Known()) == []
