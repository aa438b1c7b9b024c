from __future__ import annotations

import json
import re
from typing import Any

import pytest

from plugins.model.problems import Problem, problem
from scripts.report import FORMATS, github, gitlab, sarif, text

DATE = problem("missing-file", "data/site.yaml", name="data/site.yaml")
SECOND = Problem(
    path="content/events/2026/x.md",
    line=12,
    column=6,
    field="end",
    code="end-before-start",
    severity="error",
    message="Fin, champ « end » : 100 % avant, dit-il.",
    suggestion="Écrivez\nautre chose.",
)
WARNING = Problem("content/a.md", 3, 1, "body", "heading-skip", "warning", "Un titre saute un niveau.", "")
ALL = [WARNING, SECOND, DATE]


def test_json_holds_exactly_the_public_shape() -> None:
    shown = json.loads(FORMATS["json"](ALL))
    assert list(shown) == ["problems"]
    keys = ["path", "line", "column", "field", "code", "severity", "message", "suggestion"]
    assert [list(found) for found in shown["problems"]] == [keys] * 3


def test_json_of_nothing_is_an_empty_list() -> None:
    assert json.loads(FORMATS["json"]([])) == {"problems": []}


def test_text_gives_place_sentence_and_advice_file_by_file_and_counts() -> None:
    shown = text.render(ALL)
    assert "content/events/2026/x.md:12:6: Fin, champ « end »" in shown
    assert "\n\ncontent/events/2026/x.md:12:6:" in shown
    assert "heading-skip, avertissement" in shown
    assert shown.splitlines()[-1].startswith("2 erreurs et 1 avertissement dans 3 fichiers.")


def test_text_says_when_all_is_well() -> None:
    assert text.render([]) == "Tout est en ordre\u202f: aucune erreur, aucun avertissement.\n"


def test_text_has_colours_only_when_asked() -> None:
    assert "\x1b[" not in text.render(ALL)
    assert "\x1b[31m" in text.render(ALL, colour=True)


@pytest.mark.parametrize("name", ["a\x1b[31mb.md", "a\r::error::b.md", "a\nb.md"])
def test_a_file_name_can_neither_move_the_cursor_nor_forge_a_line(name: str) -> None:
    hostile = Problem(name, 1, 1, "", "bad-file-name", "error", "Nom.", "")
    shown = text.render([hostile])
    assert "\x1b" not in shown
    assert "\r" not in shown
    assert len(shown.splitlines()) == 3


def test_github_escapes_what_would_end_a_property_or_start_a_command() -> None:
    lines = github.render([SECOND]).splitlines()
    assert lines == [
        (
            "::error file=content/events/2026/x.md,line=12,col=6,title=end-before-start"
            "::Fin, champ « end » : 100 %25 avant, dit-il.%0AÉcrivez%0Aautre chose."
        )
    ]


def test_github_escapes_file_names() -> None:
    hostile = Problem("a,line=1::error::.md", 1, 1, "", "bad-file-name", "error", "Nom.", "")
    assert "file=a%2Cline=1%3A%3Aerror%3A%3A.md,line=1" in github.render([hostile])


def test_github_says_nothing_where_nothing_is_wrong() -> None:
    assert github.render([]) == ""


def test_gitlab_has_the_fields_of_code_quality() -> None:
    issues = json.loads(gitlab.render(ALL))
    assert [issue["severity"] for issue in issues] == ["minor", "major", "major"]
    assert issues[1]["location"] == {"path": "content/events/2026/x.md", "lines": {"begin": 12}}
    assert {tuple(issue) for issue in issues} == {("description", "check_name", "fingerprint", "severity", "location")}


def test_gitlab_fingerprints_survive_moved_lines_and_are_unique() -> None:
    moved = Problem(**{**SECOND.as_dict(), "line": 40})  # type: ignore[arg-type]
    before, after = json.loads(gitlab.render([SECOND])), json.loads(gitlab.render([moved]))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    twice = json.loads(gitlab.render([SECOND, moved]))
    assert twice[0]["fingerprint"] != twice[1]["fingerprint"]
    assert re.fullmatch(r"[0-9a-f]{64}", twice[0]["fingerprint"])


def test_sarif_keeps_the_rules_of_version_2_1_0() -> None:
    log = json.loads(sarif.render(ALL))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({found.code for found in ALL})
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"]
    for result, found in zip(run["results"], ALL, strict=True):
        _check_result(result, found, rules)


def _check_result(result: dict[str, Any], found: Problem, rules: list[dict[str, Any]]) -> None:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == found.code
    assert result["level"] in {"none", "note", "warning", "error"}
    assert result["message"]["text"].startswith(found.message)
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": found.line, "startColumn": found.column}
    assert " " not in place["artifactLocation"]["uri"]


def test_sarif_addresses_are_percent_encoded() -> None:
    hostile = Problem("content/Mon été.md", 1, 1, "", "bad-file-name", "error", "Nom.", "")
    log = json.loads(sarif.render([hostile]))
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/Mon%20%C3%A9t%C3%A9.md"
