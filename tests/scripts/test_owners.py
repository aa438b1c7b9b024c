from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.derived import owners

if TYPE_CHECKING:
    from pathlib import Path


def rules(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_without_logins_nobody_is_asked(root: Path) -> None:
    assert rules(owners.render(root)) == []


def test_editors_of_clubs_own_what_all_share_each_once(root: Path) -> None:
    file = root / "data/clubs.yaml"
    text = file.read_text(encoding="utf-8").rstrip("\n")
    file.write_text(
        f"{text}\n  editors: [camille, Dominique_2]\n- id: autre\n  name: Autre\n  pillars: [partager]\n"
        "  description: Un autre club.\n  editors: [camille]\n",
        encoding="utf-8",
    )
    assert rules(owners.render(root)) == ["/data/ @camille @Dominique_2", "/content/pages/ @camille @Dominique_2"]
