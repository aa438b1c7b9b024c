from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.scripts.commands import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = """---
title: Trop
summary: Court.
date: 2026-02-30
authors: [personne-du-tout]
pillars: [ecoconception]
kind: actualité
save_as: index.html
---

Texte.
"""


def test_a_valid_root_gives_0_and_one_line(small_root: Path) -> None:
    done = run("check", "--root", small_root, "--today", TODAY)
    assert (done.returncode, done.stdout) == (0, "Tout est en ordre\u202f: aucune erreur, aucun avertissement.\n")
    assert done.stderr == ""


def test_all_errors_of_a_file_are_told_at_once_with_their_lines(root: Path) -> None:
    (root / "content/articles/2026").mkdir(exist_ok=True)
    (root / "content/articles/2026/casse.md").write_text(BROKEN, encoding="utf-8")
    done = run("check", "--root", root, "--today", TODAY)
    assert done.returncode == 1
    places = [
        line.partition(": ")[0]
        for line in done.stdout.splitlines()
        if line.startswith("content/articles/2026/casse.md:")
    ]
    lines = [int(place.split(":")[1]) for place in places]
    assert lines == sorted(lines)
    assert set(lines) >= {2, 3, 4, 5, 7, 8}
    assert "Traceback" not in done.stdout + done.stderr


def test_json_has_nothing_else_on_standard_output(root: Path) -> None:
    (root / "content/articles/2026").mkdir(exist_ok=True)
    (root / "content/articles/2026/casse.md").write_text(BROKEN, encoding="utf-8")
    done = run("check", "--root", root, "--today", TODAY, "--format", "json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    assert {found["path"] for found in problems} == {"content/articles/2026/casse.md"}
    assert {found["severity"] for found in problems} <= {"error", "warning"}
    keys = [(p["path"], p["line"], p["column"], p["code"]) for p in problems]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["json", "github", "gitlab", "sarif"])
def test_every_format_is_well_formed_and_gives_the_same_exit_code(root: Path, name: str) -> None:
    (root / "content/articles/2026").mkdir(exist_ok=True)
    (root / "content/articles/2026/casse.md").write_text(BROKEN, encoding="utf-8")
    done = run("check", "--root", root, "--today", TODAY, "--format", name)
    assert done.returncode == 1
    if name == "github":
        assert all(line.startswith(("::error ", "::warning ")) for line in done.stdout.splitlines())
    else:
        json.loads(done.stdout)


def test_warnings_alone_give_0(root: Path) -> None:
    file = next((root / "content/articles").rglob("*.md"))
    file.write_text(
        file.read_text(encoding="utf-8") + "\nUn [lien](http://example.org/) sans protection.\n", encoding="utf-8"
    )
    done = run("check", "--root", root, "--today", TODAY)
    assert done.returncode == 0
    assert "insecure-link, avertissement" in done.stdout


def test_a_root_without_content_yet_is_fine(root: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    (bare / "data/members").mkdir(parents=True)
    for name in ("site.yaml", "pillars.yaml"):
        (bare / "data" / name).write_text((root / "data" / name).read_text(encoding="utf-8"), encoding="utf-8")
    (bare / "data/members/une-personne.yaml").write_text("name: Une personne\nkind: citoyen\n", encoding="utf-8")
    assert run("check", "--root", bare, "--today", TODAY).returncode == 0


def test_output_is_utf_8_whatever_the_locale(root: Path) -> None:
    (root / "content/articles/2026").mkdir(exist_ok=True)
    (root / "content/articles/2026/casse.md").write_text(BROKEN, encoding="utf-8")
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    done = run("check", "--root", root, "--today", TODAY, env=plain)
    assert done.returncode == 1
    assert "é" in done.stdout


def test_wrong_schemas_of_the_root_are_told_and_are_no_fault_of_the_program(root: Path) -> None:
    schemas = root / "data" / "schemas"
    schemas.mkdir(parents=True, exist_ok=True)
    (schemas / "event.yaml").write_text("x-bad: [\n", encoding="utf-8")
    done = run("check", "--root", root, "--today", TODAY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "event.yaml#: line 1" in done.stderr
    assert "data/schemas" in done.stderr
    assert "défaut du programme" not in done.stderr
