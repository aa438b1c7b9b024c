"""The day on which a member agreed to be shown stands in its file and in no output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.documents.open_data import open_data
from plugins.publication.context import Context
from plugins.views.groups.members import member_pages
from tests.desk.rooting import site_of
from tests.documents.small_root import OUTPUTS

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2019-12-31"


def test_it_is_nowhere_in_pages_and_data(tmp_path: Path) -> None:
    every = "[name, kind, organisation, role, clubs, pillars, skills, seeks, offers, commune, url, since]"
    member = f"{{name: Zoé, kind: citoyen, role: Animatrice, consent: '{DAY}', public: {every}}}\n"
    site = site_of(tmp_path, {"data/members/zoe.yaml": member})
    ctx = Context(site, "https://boucles.example.org", OUTPUTS, str(tmp_path))
    documents = {document.path: document.content for document in open_data(ctx)}
    assert b"Animatrice" in documents["donnees/members.json"]
    assert not [path for path, content in documents.items() if DAY.encode() in content]
    assert b"consent" not in documents["donnees/members.csv"]
    pages = [str(page.view) for page in member_pages(ctx)]
    assert any("Animatrice" in page for page in pages)
    assert not any(DAY in page for page in pages)
