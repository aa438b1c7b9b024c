"""Each mistake is found, alone, at its place, and said in one French sentence; one bad file hides no other's problems."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from plugins.model.load import load_site
from plugins.model.problems import Problem, catalogue
from tests.model.mistakes import ARTICLE, EVENT, MISTAKES, SHOWN_ELSEWHERE, Mistake

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
NEEDED_BY_OTHERS = {
    ARTICLE,
    EVENT,
    "data/site.yaml",
    "data/pillars.yaml",
    "data/clubs.yaml",
    "data/indicators/tri.datapackage.json",
}
TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "racine"))


def make(root: Path, mistake: Mistake) -> None:
    for path, text in mistake.others:
        write(root / path, text)
    target = root / mistake.path
    text = mistake.change(target.read_text(encoding="utf-8") if target.exists() else "")
    if text == "\0DELETE":
        target.unlink()
    else:
        write(target, text)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def problems(root: Path) -> list[Problem]:
    return load_site(root, today=TODAY).problems


def test_the_small_root_has_no_problem(root: Path) -> None:
    assert problems(root) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: f"{m.code}-{m.path.rpartition('/')[2]}")
def test_a_mistake_is_told_where_it_is(root: Path, mistake: Mistake) -> None:
    make(root, mistake)
    found = [p for p in problems(root) if p.code == mistake.code]
    assert found, [(p.code, p.path, p.line, p.message) for p in problems(root)]
    assert found[0].path == mistake.path or mistake.code == "address-taken"
    assert found[0].field == mistake.field or not mistake.field
    assert found[0].line == mistake.line or not mistake.line
    assert found[0].message.endswith((".", "!", "…"))
    assert found[0].suggestion
    assert "{" not in found[0].message.replace("{filename}", "")


def test_every_code_of_the_catalogue_is_shown_by_a_mistake() -> None:
    assert set(catalogue()) == {m.code for m in MISTAKES} | SHOWN_ELSEWHERE


def test_many_files_with_a_mistake_each_are_all_told_in_one_run(root: Path) -> None:
    wanted = [m for m in MISTAKES if m.path not in NEEDED_BY_OTHERS]
    by_path = {m.path: m for m in wanted}
    for mistake in by_path.values():
        make(root, mistake)
    told = {(p.code, p.path) for p in problems(root)}
    missing = {(m.code, m.path) for m in by_path.values() if m.code != "address-taken"} - told
    assert not missing


def test_windows_1252_is_told_with_the_line_of_the_first_bad_byte(root: Path) -> None:
    text = (root / ARTICLE).read_text(encoding="utf-8").replace("’", "'")
    (root / ARTICLE).write_bytes(text.encode("cp1252"))
    found = [p for p in problems(root) if p.code == "not-utf8"]
    assert [(p.path, p.line) for p in found] == [(ARTICLE, 2)]


def test_a_symbolic_link_is_refused_and_not_followed(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\nsecret", encoding="utf-8")
    (root / "content/articles/2025/lien.md").symlink_to(secret)
    loaded = load_site(root, today=TODAY)
    assert [(p.code, p.path) for p in loaded.problems] == [("symbolic-link", "content/articles/2025/lien.md")]


def test_bom_crlf_and_decomposed_accents_are_accepted(root: Path) -> None:
    import unicodedata  # noqa: PLC0415  # only here

    text = unicodedata.normalize("NFD", (root / ARTICLE).read_text(encoding="utf-8")).replace("\n", "\r\n")
    (root / ARTICLE).write_bytes(b"\xef\xbb\xbf" + text.encode())
    loaded = load_site(root, today=TODAY)
    assert loaded.problems == []
    assert loaded.site is not None
    assert loaded.site.entries["articles/2025/une-echelle-pour-dix"].title == "Une échelle pour dix maisons"
