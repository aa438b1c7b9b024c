from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from scripts.comments.result import LARGEST, ResultError, read_result

if TYPE_CHECKING:
    from pathlib import Path

GOOD: dict[str, Any] = {
    "version": 2,
    "number": 12,
    "first": False,
    "errors": 1,
    "warnings": 0,
    "problems": [
        {
            "path": "content/a.md",
            "line": 3,
            "column": 1,
            "code": "bad-date",
            "severity": "error",
            "message": "Non.",
            "suggestion": "Oui.",
            "instead": None,
        }
    ],
    "files": 1,
    "changed": [{"path": "content/a.md", "kind": "added"}],
    "types": ["article"],
    "clubs": [],
    "pillars": [],
    "addresses": ["/actualites/2026/a/"],
}


def read(folder: Path, value: Any) -> Any:
    file = folder / "resultat.json"
    file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return read_result(file)


def test_a_good_one_is_read(tmp_path: Path) -> None:
    result = read(tmp_path, GOOD)
    assert (result.number, result.errors, result.problems[0].code) == (12, 1, "bad-date")


@pytest.mark.parametrize(
    "change",
    [
        {"version": 1},
        {"more": 1},
        {"number": -1},
        {"number": "12"},
        {"errors": 1e300},
        {"addresses": ["https://exemple.invalid/"]},
        {"addresses": ["//exemple.invalid/"], "types": ["../x"]},
        {"clubs": ["a\n"]},
        {"problems": [{**GOOD["problems"][0], "message": "x" * 601}]},
        {"problems": [{**GOOD["problems"][0], "line": 0}]},
        {"problems": [{**GOOD["problems"][0], "column": 0}]},
        {"problems": GOOD["problems"] * 101},
        {"changed": GOOD["changed"] * 301},
    ],
)
def test_another_form_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(ResultError, match="forme attendue"):
        read(tmp_path, {**GOOD, **change})


@pytest.mark.parametrize("content", [b"", b"rien", b"\xff\xfe", b"[" * 100_000, b"null" + b" " * 3])
def test_what_is_not_a_result_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ResultError):
        read(tmp_path, content)


def test_a_huge_one_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="dépasse"):
        read(tmp_path, b" " * (LARGEST + 1))


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "resultat.json").symlink_to("/etc/hostname")
    with pytest.raises(ResultError, match="Il n’y a pas"):
        read_result(tmp_path / "resultat.json")
