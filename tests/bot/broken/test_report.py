"""The report that publication writes is read; anything else is refused, in words."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scripts.__main__ import main
from scripts.bot.broken.report import MOST, ReportError, read_report
from scripts.bot.french import broken as french
from scripts.bot.store.broken import BrokenFile
from tests.bot.samples import NOW
from tests.changes.repository import Work

if TYPE_CHECKING:
    from plugins.model.yaml.reader import Json

SMALL = Path(__file__).parents[2] / "roots" / "outre-brume"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
FINE: dict[str, Any] = {"problems": [], "taken_back": [], "left_out": [], "degraded": [], "history": "whole"}
PROBLEM = {
    "path": "content/pages/a.md",
    "line": 2,
    "column": 1,
    "field": "title",
    "code": "required",
    "severity": "error",
    "message": "Il manque le titre.",
    "suggestion": "",
}


def written(tmp_path: Path, value: Any) -> Path:
    file = tmp_path / "rapport.json"
    file.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return file


@pytest.mark.slow
def test_what_a_publication_writes_is_read(tmp_path: Path) -> None:
    work = Work(Path(shutil.copytree(SMALL, tmp_path / "root")))
    work.git("init", "--quiet")
    work.commit()
    text = (work.folder / ARTICLE).read_text("utf-8")
    work.write(ARTICLE, text.replace("date: ", "date: hier # ", 1))
    work.write("content/articles/2026/faux.md", "---\ntitle: x\n---\n")
    (work.folder / "data/members/ines-falaise.yaml").unlink()
    work.commit()
    report = tmp_path / "rapport.json"
    options = ["--root", str(work.folder), "--to", str(tmp_path / "site"), "--unchecked", "--report", str(report)]
    assert main(["publish", *options, "--today", "2026-11-24", "--jobs", "1"]) == 1
    version = json.loads((tmp_path / "site/version.json").read_text("utf-8"))["id"]
    assert json.loads(report.read_text("utf-8"))["published"] == version
    found = read_report(report)
    shown = {path: facts["shown"] for path, facts in found.items() if isinstance(facts, dict)}
    assert shown[ARTICLE] == "earlier"
    assert shown["content/articles/2026/faux.md"] == "out"
    assert "plain" in shown.values()
    for path, facts in found.items():
        words = french.notice(BrokenFile(path, NOW, facts))
        assert words.startswith(f"{path}, ligne ")
        assert ".." not in words


def test_where_nothing_is_broken_nothing_is_found(tmp_path: Path) -> None:
    warning = {**PROBLEM, "severity": "warning"}
    assert read_report(written(tmp_path, {**FINE, "problems": [warning], "published": "0123456789abcdef"})) == {}


def test_few_errors_of_a_file_are_told_and_the_others_counted(tmp_path: Path) -> None:
    problems = [{**PROBLEM, "line": line} for line in range(1, MOST + 4)]
    (facts,) = read_report(written(tmp_path, {**FINE, "problems": problems})).values()
    assert isinstance(facts, dict)
    assert (len(list(facts["problems"] or [])), facts["more"]) == (MOST, 3)  # type: ignore[arg-type]  # a list in JSON
    assert "et 3 autres erreurs" in french.notice(BrokenFile("a", NOW, facts))


def test_a_page_is_not_filled_with_broken_files() -> None:
    facts: Json = {"shown": "out", "date": "", "problems": [], "more": 0}
    shown = french.notices([BrokenFile(f"{number}.md", NOW, facts) for number in range(200)])
    assert len(shown) == french.MOST_FILES + 1
    assert shown[-1] == f"Et {200 - french.MOST_FILES} de plus."


@pytest.mark.parametrize(
    "value",
    [
        "",
        "{",
        "[" * 100_000,
        [],
        {},
        {**FINE, "more": 1},
        {**FINE, "history": "some"},
        {**FINE, "published": "x"},
        {**FINE, "problems": [{**PROBLEM, "line": "2"}]},
        {**FINE, "problems": [{**PROBLEM, "code": "<script>"}]},
        {**FINE, "left_out": [{"path": "a\nb"}]},
        {**FINE, "left_out": [{"path": ""}]},
        {**FINE, "taken_back": [{"path": "a", "commit": "0" * 40, "date": "2026-02-31"}]},
        {**FINE, "taken_back": [{"path": "a", "commit": "main", "date": "2026-02-28"}]},
    ],
)
def test_anything_else_is_refused(tmp_path: Path, value: Any) -> None:
    with pytest.raises(ReportError, match="n’est pas un rapport de publication"):
        read_report(written(tmp_path, value))


def test_a_report_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReportError, match="n’existe pas"):
        read_report(tmp_path / "rapport.json")
    monkeypatch.setattr("scripts.bot.broken.report.LARGEST", 10)
    with pytest.raises(ReportError, match="trop grand"):
        read_report(written(tmp_path, FINE))
