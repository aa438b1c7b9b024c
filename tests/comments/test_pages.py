"""The list of a preview's pages is a stranger's: its form is closed, and its words have no effect."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scripts.comments.pages import PreviewPage, read_pages
from scripts.comments.result import LARGEST, ResultError, read_result
from scripts.comments.text import MOST_PREVIEWS, Preview, comment_text
from tests.comments.test_result import GOOD

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.comments.result import Result

PAGE = {
    "path": "content/articles/2026/a.md",
    "title": "Un titre",
    "address": "/actualites/2026/a/",
    "page": "apres/actualites/2026/a/index.html",
    "kind": "new",
    "day": "",
}


def read(folder: Path, value: Any) -> list[PreviewPage] | None:
    file = folder / "apercu.json"
    file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return read_pages(file)


@pytest.fixture
def result(tmp_path: Path) -> Result:
    (tmp_path / "resultat.json").write_text(json.dumps(GOOD), encoding="utf-8")
    return read_result(tmp_path / "resultat.json")


def said(result: Result, preview: Preview) -> str:
    return comment_text(result, guide="https://x.example/codes", preview=preview)


def test_a_good_list_is_read_and_no_list_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, [PAGE]) == [PreviewPage(**{**PAGE, "day": None})]  # type: ignore[arg-type]  # of JSON
    assert read_pages(tmp_path / "nulle-part.json") is None


@pytest.mark.parametrize(
    "value",
    [
        b"no json",
        b"[" * 50_000,
        {"page": PAGE},
        [PAGE] * 301,
        [{**PAGE, "more": 1}],
        [{**PAGE, "day": "demain"}],
        [{**PAGE, "day": "2026-02-31"}],
        [{**PAGE, "page": "https://mal.example/index.html"}],
        [{**PAGE, "page": "apres/../../index.html"}],
        [{**PAGE, "page": "apres/a/index.html)\n"}],
        [{**PAGE, "page": "apres/a/index.html\n"}],
        [{**PAGE, "address": "//mal.example/"}],
        [{**PAGE, "kind": "hacked"}],
        [{**PAGE, "title": "x" * 601}],
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_list_is_refused(tmp_path: Path, value: Any) -> None:
    with pytest.raises(ResultError):
        read(tmp_path, value)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "vrai.json").write_text("[]", encoding="utf-8")
    (tmp_path / "lien.json").symlink_to(tmp_path / "vrai.json")
    with pytest.raises(ResultError):
        read_pages(tmp_path / "lien.json")


def test_pages_are_links_where_they_can_be_read_online(result: Result) -> None:
    text = said(result, Preview([PreviewPage(**PAGE)], base="https://apercus.example/12"))  # type: ignore[arg-type]  # of JSON
    assert "avant et après](https://apercus.example/12/index.html)" in text
    assert "- Nouvelle page\u00a0: [Un titre](https://apercus.example/12/apres/actualites/2026/a/index.html)" in text


def test_pages_are_named_where_there_is_an_archive(result: Result) -> None:
    text = said(result, Preview([PreviewPage(**PAGE)], archive="https://forge.example/runs/1"))  # type: ignore[arg-type]  # of JSON
    assert "[Télécharger l’aperçu](https://forge.example/runs/1)" in text
    assert "- Nouvelle page\u00a0: Un titre" in text


def test_a_title_is_words(result: Result) -> None:
    hostile = "](https://mal.example) @tous ![x](y) <img src=x>\n<!-- marqueur -->"
    page = PreviewPage(**{**PAGE, "title": hostile})  # type: ignore[arg-type]  # of JSON
    text = said(result, Preview([page], base="https://apercus.example/12"))
    assert "](https://mal" not in text
    assert "@tous" not in text
    assert "<img" not in text
    assert "<!--" not in text


def test_many_pages_are_counted_and_none_is_said(result: Result) -> None:
    many = [PreviewPage(**PAGE)] * (MOST_PREVIEWS + 3)  # type: ignore[arg-type]  # of JSON
    assert "… et 3 autres pages" in said(result, Preview(many))
    assert "Aucune page" in said(replace(result, errors=0, problems=[]), Preview([]))
    assert "n’a pas pu être fait" in said(result, Preview([])), "a page with a fault is no page that is not there"
    assert "n’a pas pu être fait" in said(result, Preview(None))


def test_a_page_that_waits_for_its_day_says_so(tmp_path: Path, result: Result) -> None:
    pages = read(tmp_path, [{**PAGE, "day": "2026-12-24"}, {**PAGE, "title": "Un autre"}])
    lines = said(result, Preview(pages)).replace("\u00a0", " ").splitlines()
    assert "- Nouvelle page : Un titre (ne paraîtra que le 24 décembre 2026)" in lines
    assert "- Nouvelle page : Un autre" in lines


def test_words_of_any_length_leave_room_for_what_comes_after_them(tmp_path: Path) -> None:
    """Cut off at a forge's bound, the comment would end inside a fence or a link, and without what to do next."""
    one = {**GOOD["problems"][0], "message": "&<@" * 200, "suggestion": "&<@" * 200, "instead": "`" * 600}
    problems = [{**one, "path": f"{number}{'<&_*`' * 110}"} for number in range(100)]
    forged = {**GOOD, "errors": 1000, "warnings": 0, "problems": problems}
    (tmp_path / "resultat.json").write_text(json.dumps(forged), encoding="utf-8")
    found = read_result(tmp_path / "resultat.json")
    pages = [PreviewPage(**{**PAGE, "title": "&<@" * 200})] * 300  # type: ignore[arg-type]  # of JSON
    text = said(found, Preview(pages, base=f"https://x.example/{'y' * 200}"))
    assert len(text) < 60_000
    counted = text.count("**Ligne ")
    assert 5 < counted < 100
    assert f"… et {1000 - counted} autres points" in text
    assert re.search(r"… et \d+ autres pages", text)
    assert text.endswith("Ce message se met à jour tout seul.")
