"""A page of a proposal is looked at before the proposal is part of the site: the entry it makes is the one the site would have."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plugins.model.assemble import entry_beside, member_beside
from plugins.model.discovery import EntryFile
from plugins.model.load import load_site
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles, ProposedFiles

if TYPE_CHECKING:
    from plugins.model.objects import Site

PROJECT = Path(__file__).parents[2]
MANY = ("mentions", "body")


@cache
def site() -> Site:
    found = load_site(PROJECT, today=dt.date(2026, 3, 4)).site
    assert found is not None
    return found


def reader() -> Reader:
    return Reader(PROJECT, site().schemas, site().geography, DiskFiles(PROJECT))


def counts(of: Site) -> dict[str, int]:
    """How often each thing of the site is mentioned."""
    groups = (of.members, of.clubs, of.pillars, of.territories, of.tags, of.entries)
    return {f"{type(one).__name__} {key}": len(one.mentions) for group in groups for key, one in group.items()}


def test_each_entry_is_the_same_beside_the_site_as_in_it_and_the_site_does_not_change() -> None:
    before, people = counts(site()), {key: len(one.members) for key, one in site().clubs.items()}
    for entry in site().entries.values():
        around, beside = entry_beside(site(), reader().entry(EntryFile(entry.id, entry.path, entry.type.name)))
        assert around.entries[entry.id] is beside
        assert site().entries[entry.id] is entry
        for field in fields(entry):
            if field.name not in MANY:
                assert getattr(beside, field.name) == getattr(entry, field.name), f"{entry.id}: {field.name}"
        assert beside.mentions == entry.mentions
        assert beside.body.text == entry.body.text
    for member in site().members.values():
        around, same = member_beside(site(), reader().member(f"data/members/{member.id}.yaml"))
        assert around.members[member.id] is same
        for field in fields(member):
            assert getattr(same, field.name) == getattr(member, field.name), f"{member.id}: {field.name}"
    assert counts(site()) == before
    assert {key: len(one.members) for key, one in site().clubs.items()} == people


def test_a_new_entry_has_tags_of_its_own_and_is_named_by_nobody() -> None:
    entry = next(iter(site().entries.values()))
    text = (PROJECT / entry.path).read_text(encoding="utf-8")
    head = "\n".join(line for line in text.split("---\n")[1].splitlines() if not line.startswith(("tags", "related")))
    path = f"{entry.path.rpartition('/')[0]}/toute-neuve.md"
    content = f"---\n{head}\ntags: [mot tout neuf]\n---\n\nUn texte.\n".encode()
    files = ProposedFiles({path: content}, lambda _: None)
    new = path.removeprefix("content/").removesuffix(".md")
    raw = Reader(PROJECT, site().schemas, site().geography, files).entry(EntryFile(new, path, entry.type.name))
    around, beside = entry_beside(site(), raw)
    assert new in around.entries
    assert new not in site().entries
    assert [tag.label for tag in beside.tags] == ["mot tout neuf"]
    assert "mot-tout-neuf" not in site().tags
    assert beside.mentions == []


@pytest.mark.parametrize("kind", ["club", "pillar"])
def test_what_a_new_entry_names_is_what_the_site_has(kind: str) -> None:
    for entry in site().entries.values():
        _, beside = entry_beside(site(), reader().entry(EntryFile(entry.id, entry.path, entry.type.name)))
        named = beside.clubs if kind == "club" else beside.pillars
        known = site().clubs if kind == "club" else site().pillars
        assert all(known[one.id] is one for one in named)
