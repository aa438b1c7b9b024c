"""What a letter tells: what was published in its month, what came next on the day on which it appeared."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.model.addresses import all_addresses
from plugins.model.letters import AHEAD, LONGEST, Letters, entries_of, letter_months
from plugins.model.months import Month
from tests.newsletter.region import CONTENT, region

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.model.letters import Digest
    from plugins.model.objects import Entry
    from plugins.publication.context import Context

NOVEMBER = Month(2026, 11)


def names(entries: list[Entry]) -> list[str]:
    return [entry.id.rpartition("/")[2] for entry in entries]


def news(digest: Digest) -> dict[str, list[str]]:
    return {kind.name: names(entries) for kind, entries in digest.news}


def letter(ctx: Context, month: Month = NOVEMBER, **options: Any) -> Digest:
    return Letters(ctx.site, **options).of(month)


def test_news_are_those_of_the_month_by_type_newest_first_and_what_is_over_last(ctx: Context) -> None:
    assert news(letter(ctx)) == {
        "article": ["invente", "second", "premier"],
        "event": ["lointain"],
        "initiative": ["palettes"],
        "offer": ["expiree"],
        "call": ["plus-tard"],
    }


def test_what_comes_next_is_said_as_of_the_first_day_after_the_month(ctx: Context) -> None:
    digest = letter(ctx)
    assert (digest.issued, digest.running) == (dt.date(2026, 12, 1), False)
    found = [(one.entry.id.rpartition("/")[2], one.moment.first_day.isoformat()) for one in digest.events]
    assert found == [("couture", "2026-12-02"), ("fete", "2026-12-12"), ("annule", "2026-12-20")]
    assert names(digest.closing) == ["bientot"]
    assert names(digest.open) == ["charte"]
    assert names(digest.expiring) == ["lot"]
    assert names([entry for entry in ctx.site.entries.values() if entry.id in digest.over]) == ["expiree"]


def test_a_letter_that_has_appeared_stays_what_it_was(ctx: Context, tmp_path: Path) -> None:
    later = region(tmp_path, dt.date(2028, 3, 1))
    assert names(letter(later).told) == names(letter(ctx).told)


def test_the_letter_of_the_month_that_runs_tells_what_there_is_today(tmp_path: Path) -> None:
    digest = letter(region(tmp_path, dt.date(2026, 11, 12)))
    assert (digest.issued, digest.running) == (dt.date(2026, 11, 12), True)
    # The second article has its day ahead; what is for 12 December is within six weeks.
    assert news(digest)["article"] == ["premier"]
    assert "fete" in names([one.entry for one in digest.events])
    assert names(digest.expiring) == ["expiree"]


def test_made_up_content_is_left_out_where_that_is_asked(ctx: Context) -> None:
    assert news(letter(ctx, demo=False))["article"] == ["second", "premier"]
    assert not letter(ctx).is_demo


@pytest.mark.parametrize(
    ("group", "told"),
    [
        (lambda site: site.clubs["repar"], ["premier", "fete"]),
        (lambda site: site.clubs["vrac"], ["second"]),
        (lambda site: site.territories["vallon"], ["palettes", "expiree", "fete", "lot"]),
        (lambda site: site.pillars["partager"], []),
    ],
)
def test_a_club_a_pillar_or_a_territory_has_its_own(ctx: Context, group: Any, told: list[str]) -> None:
    digest = letter(ctx, entries=entries_of(group(ctx.site)))
    assert names(digest.told) == told
    assert digest.is_empty == (not told)


def test_months_with_a_letter_are_those_in_which_something_was_published_and_the_one_that_runs(ctx: Context) -> None:
    assert list(map(str, letter_months(ctx.site))) == ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]
    places = {address: place.listed for address, place in all_addresses(ctx.site).items() if "/lettres/" in address}
    assert places == {
        "/lettres/": True, "/lettres/2026/08/": True, "/lettres/2026/09/": True, "/lettres/2026/10/": True,
        "/lettres/2026/11/": True, "/lettres/2026/12/": False,
    }  # fmt: skip


def test_an_empty_region_has_the_letter_of_this_month_and_it_is_empty(tmp_path: Path) -> None:
    ctx = region(tmp_path, dt.date(2026, 11, 12), {})
    assert letter_months(ctx.site) == [NOVEMBER]
    assert letter(ctx).is_empty
    assert not letter(ctx).is_demo


def test_something_open_for_a_century_is_followed_for_some_years_and_no_longer(tmp_path: Path) -> None:
    charter = {
        **CONTENT["consultations/2026/charte"],
        "opens": "2020-01-01",
        "closes": "2120-01-01",
        "date": "2020-01-01",
    }
    ctx = region(tmp_path, dt.date(2026, 11, 12), {"consultations/2020/charte": charter})
    letters = Letters(ctx.site)
    told = [month for month in map(Month(2020, 1).later, range(80)) if letters.of(month).open]
    assert len(told) == LONGEST - 1  # the letter of a month looks at the first day of the next


@given(day=st.dates(dt.date(2026, 8, 1), dt.date(2027, 8, 1)))
def test_nothing_stands_twice_and_everything_ahead_is_ahead(ctx: Context, day: dt.date) -> None:
    digest = letter(ctx, Month(day.year, day.month))
    told = names(digest.told)
    assert len(told) == len(set(told))
    for one in digest.events:
        assert one.moment.last_day >= digest.issued
        assert one.moment.first_day <= digest.issued + AHEAD
    assert all(entry.date <= digest.issued for entry in digest.told)
