"""Regions to make pages of: one of everything, one with almost nothing, one with much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from plugins.model.load import load_site
from plugins.publication.context import Context
from tests.documents import small_root
from tests.generator import write_root
from tests.views.making import ALL, TODAY, URL

if TYPE_CHECKING:
    from pathlib import Path

BARE: Final = {
    "data/site.yaml": "name: Réseau du Vallon\nregion: Vallon\nurl: https://vallon.example.org\n",
    "data/pillars.yaml": "- {id: durer, name: Durer, definition: Faire durer les choses.}\n",
    "data/members/ada.yaml": "name: Ada Exemple\nkind: citoyen\n",
}


def context(root: Path) -> Context:
    loaded = load_site(root, today=TODAY)
    assert loaded.site is not None
    assert loaded.is_publishable, loaded.problems
    return Context(loaded.site, URL, ALL, str(root))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A region with one of everything."""
    return context(small_root.write_root(tmp_path_factory.mktemp("exemplie")))


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A region of which everything that may be left out is left out."""
    root = tmp_path_factory.mktemp("vallon")
    for path, text in BARE.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content").mkdir()
    return context(root)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """A region with more than one page of everything."""
    root = tmp_path_factory.mktemp("large")
    write_root(root, entries=240, members=60, clubs=4, pictures=3, seed=7, today=TODAY)
    return context(root)
