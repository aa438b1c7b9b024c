"""What every page says around its matter."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from plugins.publication.context import Context
from plugins.views.groups.neighbourhood import neighbourhood
from plugins.views.page.frame import DESCRIPTION, frame
from plugins.views.page.shell import shell
from tests.views.making import ALL, URL

if TYPE_CHECKING:
    from plugins.publication.page import View


def framed(ctx: Context, **more: object) -> View:
    return frame(ctx, "/agenda/2026/x/", "Un titre", "Une phrase.", trail=[("Agenda", "/agenda/")], **more)  # type: ignore[arg-type]


def test_addresses_are_below_the_sites_own_path_and_canonical_ones_are_whole(small: Context) -> None:
    page = framed(small)
    assert (page["href"], page["url"]) == ("/essai/agenda/2026/x/", f"{URL}/agenda/2026/x/")
    assert [step["href"] for step in page["trail"]] == ["/essai/", "/essai/agenda/"]


def test_the_breadcrumb_is_said_to_search_engines_as_to_people(small: Context) -> None:
    (found,) = [json.loads(text) for text in framed(small)["json_ld"]]
    assert found["@type"] == "BreadcrumbList"
    assert [item["name"] for item in found["itemListElement"]] == ["BEX", "Agenda", "Un titre"]


@pytest.mark.parametrize(
    ("repository", "editor"),
    [
        ("https://github.com/a/b", "https://github.com/a/b/edit/main/content/x.md"),
        ("https://github.com/a/b.git", "https://github.com/a/b/edit/main/content/x.md"),
        ("https://gitlab.example.org/a/b/", "https://gitlab.example.org/a/b/-/edit/main/content/x.md"),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_edit/main/content/x.md"),
    ],
)
def test_each_forge_is_asked_in_its_own_way_to_edit_a_file(repository: str, editor: str, small: Context) -> None:
    site = replace(small.site, settings={**small.site.settings, "repository": repository})
    page = framed(Context(site, URL, ALL, small.root), sources=["content/x.md"])
    assert page["edit"] == {"href": editor, "direct": True, "like": None}


def test_without_a_repository_one_is_told_how_to_propose_a_change(bare: Context) -> None:
    assert framed(bare, sources=["content/x.md"])["edit"] == {
        "href": "/essai/contribuer/#modifier",
        "direct": False,
        "like": None,
    }
    assert framed(bare)["edit"] is None


def test_a_long_description_ends_between_two_words(small: Context) -> None:
    page = frame(small, "/", "Titre", "mot " * 200)
    assert len(page["description"]) <= DESCRIPTION
    assert page["description"].endswith("mot…")


def test_the_menu_names_what_holds_something(small: Context, bare: Context) -> None:
    assert [item["address"] for item in shell(bare)["nav"]] == []
    addresses = [item["address"] for item in shell(small)["nav"]]
    assert addresses[:3] == ["/actualites/", "/agenda/", "/initiatives/"]
    assert {"/clubs/", "/carte/"} <= set(addresses)


def test_territories_lie_in_one_another_as_their_communes_do(large: Context) -> None:
    territories = large.site.territories
    found = neighbourhood(territories.values())
    codes = {one.id: {commune.insee for commune in one.communes} for one in territories.values()}
    for one in territories.values():
        for whole in found.wholes[one.id]:
            shared = codes[one.id] & codes[whole.id]
            assert shared == codes[one.id] or (shared and (one.kind, whole.kind) == ("epci", "departement")), (
                one.id,
                whole.id,
            )
        for part in found.parts[one.id]:
            assert one in found.wholes[part.id]
            between = set(found.parts[one.id]) & set(found.wholes[part.id])
            assert not between, "only what lies directly inside"
    assert any(found.parts[one.id] for one in territories.values() if one.kind == "departement")
