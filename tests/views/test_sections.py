"""What a group's page shows of its entries and members: some of each type, and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.objects import entries_in
from plugins.views.parts import roll as rolls
from plugins.views.parts.roll import roll
from plugins.views.parts.sections import FEWEST, MOST, ROOM, sections

if TYPE_CHECKING:
    from plugins.publication.context import Context


def test_the_types_of_a_group_share_its_page_and_lead_to_their_lists_narrowed_to_it(large: Context) -> None:
    pillar = max(large.site.pillars.values(), key=lambda one: len(one.mentions))
    found = sections(large, entries_in(pillar.mentions), f"pillars={pillar.id}")
    share = max(FEWEST, min(MOST, ROOM // len(found)))
    unlisted = {kind.title for kind in large.site.schemas.content_types if not kind.list}
    assert len(found) > len(unlisted) + 1
    for section in found:
        assert 0 < len(section["cards"]) <= share
        assert len(section["upcoming"]) <= share
        assert section["href"].endswith(f"/?pillars={pillar.id}") or section["title"] in unlisted
        assert section["narrowed"]


def test_a_single_type_has_more_room(large: Context) -> None:
    articles = large.site.by_folder["articles"]
    assert len(articles) > MOST
    (section,) = sections(large, articles)
    assert len(section["cards"]) == MOST
    assert section["href"].endswith("/actualites/")
    assert not section["narrowed"]


def test_a_roll_names_some_and_leads_to_the_directory_narrowed_to_all(large: Context) -> None:
    members = list(large.site.members.values())
    assert len(members) > rolls.SHOWN
    found = roll(large, members, "clubs=repar")
    assert [one["name"] for one in found["members"]] == [one.name for one in members[: rolls.SHOWN]]
    assert found["total"] == len(members)
    assert found["href"].endswith("/membres/?clubs=repar")
