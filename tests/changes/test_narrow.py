"""The property that defines `--changed`: whatever changes, the problems are those of the full check that concern the change."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from plugins.model.load import load_site
from scripts.changes.diff import changed_files
from scripts.changes.narrow import check_change
from tests.changes.edits import EDITS, Edit
from tests.changes.repository import Work
from tests.generator import write_root

if TYPE_CHECKING:
    from plugins.model.problems import Problem

TODAY = dt.date(2026, 3, 4)
ONLY_CHANGED = "address-lost"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A region of 60 entries under git, with pictures, answers, redirects and links between pages."""
    root = tmp_path_factory.mktemp("modele") / "racine"
    write_root(root, entries=60, members=12, pictures=3, seed=7, today=TODAY)
    work = Work.begin(root)
    EDITS["link everything"](work, Random(1))  # noqa: S311  # the same every time
    work.commit()
    return root


@pytest.fixture
def work(template: Path, tmp_path: Path) -> Work:
    return Work(Path(shutil.copytree(template, tmp_path / "racine")))


def expected(work: Work, base: str, folder: Path) -> list[Problem]:
    """By the definition, with two full checks."""
    subprocess.run(["git", "clone", "--quiet", str(work.folder), str(folder)], check=True)
    Work(folder).git("checkout", "--quiet", base)
    known = {problem.sort_key for problem in load_site(folder, today=TODAY).problems}
    paths = {path for file in changed_files(work.folder, base) for path in (file.path, file.old_path)}
    now = load_site(work.folder, today=TODAY).problems
    return [problem for problem in now if problem.path in paths or problem.sort_key not in known]


def narrow(work: Work, base: str) -> list[Problem]:
    found = check_change(work.folder, base, today=TODAY).problems
    return [problem for problem in found if problem.code != ONLY_CHANGED]


@pytest.mark.parametrize("name", EDITS)
def test_each_kind_of_change_gives_the_same_problems(work: Work, name: str, tmp_path: Path) -> None:
    EDITS[name](work, Random(name))  # noqa: S311  # the same every time
    assert narrow(work, "HEAD") == expected(work, "HEAD", tmp_path / "avant")


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_any_changes_on_any_base_give_the_same_problems(work: Work, seed: int, tmp_path: Path) -> None:
    random = Random(seed)  # noqa: S311  # the same every time
    edits: list[Edit] = list(EDITS.values())
    for edit in random.sample(edits, random.randrange(4)):  # the base may be wrong already
        edit(work, random)
    base = work.commit("la base")
    for edit in random.sample(edits, random.randrange(1, 5)):
        edit(work, random)
        if random.random() < 0.5:
            work.commit()
    assert narrow(work, base) == expected(work, base, tmp_path / "avant")


def test_the_edits_make_problems_elsewhere(template: Path, tmp_path: Path) -> None:
    """The property above would say nothing if no change ever broke an unchanged file."""
    elsewhere = set()
    for name, edit in EDITS.items():
        work = Work(Path(shutil.copytree(template, tmp_path / name)))
        edit(work, Random(name))  # noqa: S311  # the same every time
        paths = {path for file in changed_files(work.folder, "HEAD") for path in (file.path, file.old_path)}
        elsewhere |= {problem.code for problem in narrow(work, "HEAD") if problem.path not in paths}
    assert elsewhere >= {
        "bad-answer",
        "dead-anchor",
        "dead-link",
        "file-missing",
        "orphan-file",
        "redirect-from-page",
        "redirect-to-nowhere",
        "unknown-question",
        "unknown-reference",
        "unknown-term",
    }
