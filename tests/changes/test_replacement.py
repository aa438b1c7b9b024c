from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from plugins.model.load import load_site
from plugins.model.problems import Problem
from scripts.changes.replacement import replacement
from tests.model.mistakes import MISTAKES, Mistake
from tests.model.test_mistakes import SMALL, make, problems

TODAY = dt.date(2026, 11, 24)
SYNTAX = ("yaml-", "front-matter", "not-utf8")


def lines_of(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").split("\n")


def said(problem: Problem) -> tuple[str, str, str]:
    return (problem.code, problem.field, problem.message)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.path.rpartition('/')[2]}")
def test_what_is_applied_takes_the_problem_away_and_brings_no_fault_of_form(tmp_path: Path, mistake: Mistake) -> None:
    root = Path(shutil.copytree(SMALL, tmp_path / "racine"))
    make(root, mistake)
    before = problems(root)
    for problem in before:
        file = root / problem.path
        if not file.is_file() or problem.line > len(lines_of(file)):
            continue
        lines = lines_of(file)
        better = replacement(problem, lines[problem.line - 1])
        if better is None:
            continue
        file.write_text("\n".join([*lines[: problem.line - 1], better, *lines[problem.line :]]), encoding="utf-8")
        after = load_site(root, today=TODAY).problems
        assert said(problem) not in {said(one) for one in after}
        faults = {said(one) for one in after if one.code.startswith(SYNTAX)}
        assert faults <= {said(one) for one in before}
        file.write_text("\n".join(lines), encoding="utf-8")


def one(code: str, message: str, suggestion: str = "", column: int = 1) -> Problem:
    return Problem("content/a.md", 3, column, "x", code, "error", message, suggestion)


@pytest.mark.parametrize(
    ("problem", "line", "better"),
    [
        (one("unknown-reference", "Le membre « ines-falaize » n’existe pas.", "Vouliez-vous dire « ines-falaise » ?", 11),
         "authors: [ines-falaize]", "authors: [ines-falaise]"),
        (one("unknown-key", "Le champ « titel » n’existe pas ici.", "Vouliez-vous dire « title » ?"), "titel: Un", "title: Un"),
        (one("bad-date", "Date : « 31/12/2026 » n’est pas une date.", "", 7), "date: 31/12/2026", "date: 2026-12-31"),
        (one("bad-date", "Date : « 2026/1/2 » n’est pas une date.", "", 7), 'date: "2026/1/2"', "date: 2026-01-02"),
        (one("bad-date", "Date : « 30/02/2026 » n’est pas une date.", "", 7), "date: 30/02/2026", None),
        (one("image-alt-missing", "L’image « x.png » n’a pas de texte."), "Voir ![](x.png).",
         "Voir ![Décrivez ici ce que montre l’image](x.png)."),
        (one("image-alt-missing", "L’image « x.png » n’a pas de texte."), "![](x.png) ![](y.png)", None),
        (one("unknown-reference", "Le membre « a-b » n’existe pas.", "Vouliez-vous dire « a-c » ?"), "[a-b, a-b]", None),
        (one("unknown-reference", "Le membre « a-b » n’existe pas.", "Vouliez-vous dire « a-c » ?"), "- a-b-d", None),
        (one("too-short", "Trop court.", "Dites-en plus."), "summary: Non", None),
    ],
)  # fmt: skip
def test_lines(problem: Problem, line: str, better: str | None) -> None:
    assert replacement(problem, line) == better


def test_the_mistakes_have_some_that_can_be_applied(tmp_path: Path) -> None:
    codes = set()
    for number, mistake in enumerate(MISTAKES):
        root = Path(shutil.copytree(SMALL, tmp_path / str(number)))
        make(root, mistake)
        for problem in problems(root):
            file = root / problem.path
            if file.is_file() and problem.line <= len(lines_of(file)):
                codes |= {problem.code} if replacement(problem, lines_of(file)[problem.line - 1]) else set()
    assert {"dead-link", "unknown-reference", "image-alt-missing"} <= codes
