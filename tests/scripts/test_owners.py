"""CODEOWNERS as the three forges read it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from scripts.derived.owners import render

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"


def owners(folder: Path, editors: str) -> dict[str, str]:
    """Who is named behind each pattern, where the first club has these ``editors``."""
    root = Path(shutil.copytree(SMALL, folder / "racine"))
    clubs = root / "data/clubs.yaml"
    clubs.write_text(f"{clubs.read_text(encoding='utf-8').rstrip()}\n  editors: {editors}\n", encoding="utf-8")
    lines = [line for line in render(root).splitlines() if not line.startswith("#")]
    return dict(line.split(" ", 1) for line in lines)


def test_each_forge_finds_the_owners_of_what_all_share(tmp_path: Path) -> None:
    found = owners(tmp_path, "[camille, dominique]")
    assert set(found.values()) == {"@camille @dominique"}
    # As .gitignore is read (GitHub, GitLab): from the top, with all that is below.
    assert {"/data/", "/content/pages/"} <= found.keys()
    # As Forgejo reads it: a regular expression, for the whole of a path that begins with no slash.
    for path in ("data/clubs.yaml", "data/members/ines.yaml", "content/pages/aide.md"):
        assert any(re.fullmatch(pattern, path) for pattern in found), path
    assert not any(re.fullmatch(pattern, "content/articles/2026/un.md") for pattern in found)


@pytest.mark.parametrize(
    ("editors", "named"),
    [
        ("[camille, Camille]", "@Camille"),
        ('[camille, "x\\n* @mal", "@tous", "a b", null, {a: 1}]', "@camille"),
        ("camille", ""),
        ("[]", ""),
    ],
)
def test_only_logins_are_named_whatever_the_file_says(tmp_path: Path, editors: str, named: str) -> None:
    assert set(owners(tmp_path, editors).values()) == ({named} if named else set())
