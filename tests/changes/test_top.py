"""A site below the top of its repository: what forges are told names files as they do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts.__main__ import main
from scripts.bot.forges.unified_diff import Added
from scripts.changes.top import below_top
from scripts.comments.remarks import line_remarks
from scripts.comments.result import read_result
from tests.changes.repository import Work

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
BELOW = "sites/brume"


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """A change with a wrong date, uncommitted."""
    work = Work.begin(tmp_path / "depot")
    root = Path(shutil.copytree(SMALL, work.folder / BELOW))
    work.commit()
    file = root / ARTICLE
    lines = ["date: 01/03/2026" if line.startswith("date:") else line for line in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")
    return work


def told(work: Work, form: str, capsys: pytest.CaptureFixture[str]) -> str:
    result = str(work.folder / "resultat.json")
    words = ["check", "--root", str(work.folder / BELOW), "--changed", "HEAD", "--result", result, "--format", form]
    assert main(words) == 1
    return capsys.readouterr().out


def test_forges_are_told_paths_from_the_top_and_people_paths_from_the_root(
    work: Work, capsys: pytest.CaptureFixture[str]
) -> None:
    assert f"file={BELOW}/{ARTICLE},line=" in told(work, "github", capsys)
    assert {one["location"]["path"] for one in json.loads(told(work, "gitlab", capsys))} == {f"{BELOW}/{ARTICLE}"}
    (found,) = json.loads(told(work, "sarif", capsys))["runs"][0]["results"]
    for place in (found["locations"][0]["physicalLocation"], found["fixes"][0]["artifactChanges"][0]):
        assert place["artifactLocation"]["uri"] == f"{BELOW}/{ARTICLE}"
    assert [one["path"] for one in json.loads(told(work, "json", capsys))["problems"]] == [ARTICLE]
    assert told(work, "text", capsys).startswith(f"{ARTICLE}:")


def test_a_remark_finds_its_line_in_the_forges_diff(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    told(work, "json", capsys)
    result = read_result(work.folder / "resultat.json")
    path, line = f"{BELOW}/{ARTICLE}", result.problems[0].line
    (remark,) = line_remarks(result, {path: Added(path, {line: "date: 01/03/2026"})}, "https://guide.example")
    assert (remark.path, remark.instead) == (path, "date: 2026-03-01")
    assert result.changed == [path]
    assert result.types == ["article"]


def test_where_a_root_lies(tmp_path: Path) -> None:
    assert below_top(tmp_path) == ""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/.git").write_text("gitdir: ailleurs\n", encoding="utf-8")  # as a worktree has it
    (tmp_path / "a/b/c").mkdir(parents=True)
    assert (below_top(tmp_path / "a"), below_top(tmp_path / "a/b/c")) == ("", "b/c/")
