from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts.changes.diff import ChangedFile, ChangesError, changed_files
from tests.changes.repository import Work

if TYPE_CHECKING:
    from pathlib import Path

LONG = "".join(f"Une ligne, la {number}e, pour que git reconnaisse le texte.\n" for number in range(30))


@pytest.fixture
def work(tmp_path: Path) -> Work:
    work = Work.begin(tmp_path / "depot")
    work.write("content/articles/2026/un.md", LONG)
    work.write("content/articles/2026/deux.md", LONG.replace("ligne", "phrase"))
    work.write(".gitignore", "output/\n")
    work.commit()
    return work


def same(path: str, kind: str) -> ChangedFile:
    return ChangedFile(path, path, kind)  # type: ignore[arg-type]  # a literal of the tests


def test_nothing_changed_is_an_empty_list(work: Work) -> None:
    assert changed_files(work.folder, "main") == []


def test_commits_stages_edits_and_new_files_count_and_ignored_ones_do_not(work: Work) -> None:
    work.git("switch", "--quiet", "-c", "proposition")
    work.write("content/articles/2026/trois.md", "Trois.")
    work.commit()
    work.write("content/articles/2026/quatre.md", "Quatre.")
    work.git("add", "content/articles/2026/quatre.md")
    work.write("content/articles/2026/cinq.md", "Cinq.")
    work.write("content/articles/2026/un.md", "Autre chose.")
    work.write("output/index.html", "fabriqué")
    (work.folder / "content/articles/2026/deux.md").unlink()
    before = work.git("status", "--porcelain")
    assert changed_files(work.folder, "main") == [
        same("content/articles/2026/cinq.md", "added"),
        same("content/articles/2026/deux.md", "removed"),
        same("content/articles/2026/quatre.md", "added"),
        same("content/articles/2026/trois.md", "added"),
        same("content/articles/2026/un.md", "changed"),
    ]
    assert work.git("status", "--porcelain") == before


@pytest.mark.parametrize("how", ["committed", "staged", "moved only"])
def test_a_renamed_file_is_one_file(work: Work, how: str) -> None:
    folder = work.folder / "content/articles/2026"
    (folder / "un.md").rename(folder / "premier.md")
    if how == "committed":
        base = work.git("rev-parse", "HEAD")
        work.commit()
    else:
        base = "HEAD"
    if how == "staged":
        work.git("add", "--all")
    renamed = ChangedFile("content/articles/2026/premier.md", "content/articles/2026/un.md", "renamed")
    assert changed_files(work.folder, base) == [renamed]


def test_what_happened_on_the_base_since_is_not_of_the_change(work: Work) -> None:
    work.git("switch", "--quiet", "-c", "proposition")
    work.write("content/articles/2026/trois.md", "Trois.")
    work.commit()
    work.git("switch", "--quiet", "main")
    work.write("content/articles/2026/ailleurs.md", "Ailleurs.")
    work.commit()
    work.git("switch", "--quiet", "proposition")
    assert changed_files(work.folder, "main") == [same("content/articles/2026/trois.md", "added")]


def test_names_with_accents_spaces_line_ends_and_quotes(work: Work) -> None:
    names = ["content/été à la mer.md", 'content/"cité".md', "content/deux\nlignes.md", "content/-tiret.md"]
    for name in names:
        work.write(name, name)
    assert [file.path for file in changed_files(work.folder, "main")] == sorted(names)


def test_a_root_below_the_top_of_the_repository(work: Work) -> None:
    work.write("regions/ouest/content/articles/2026/un.md", LONG + "ouest")
    work.write("regions/ouest/content/articles/2026/reste.md", "reste")
    work.write("regions/est/content/articles/2026/un.md", LONG + "est")
    base = work.commit()
    west = work.folder / "regions/ouest"
    work.write("regions/est/content/articles/2026/un.md", "changé")
    work.write("regions/ouest/data/site.yaml", "name: Ouest")
    (west / "content/articles/2026/un.md").rename(work.folder / "parti.md")
    assert changed_files(west, base) == [
        same("content/articles/2026/un.md", "removed"),
        same("data/site.yaml", "added"),
    ]


def test_settings_of_a_person_do_not_change_the_answer(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    work.git("config", "diff.noprefix", "true")
    work.git("config", "diff.renames", "false")
    work.git("config", "color.ui", "always")
    work.git("config", "status.showUntrackedFiles", "no")
    monkeypatch.setenv("GIT_DIR", "/nulle-part")
    folder = work.folder / "content/articles/2026"
    (folder / "un.md").rename(folder / "premier.md")
    assert [file.kind for file in changed_files(work.folder, "main")] == ["renamed"]


def test_an_unknown_base(work: Work) -> None:
    for base in ("origin/nulle-part", "0" * 40, "--output=ici", ""):
        with pytest.raises(ChangesError, match="git ne connaît pas"):
            changed_files(work.folder, base)
    assert not (work.folder / "ici").exists()


def test_a_folder_without_git(tmp_path: Path) -> None:
    with pytest.raises(ChangesError, match="n’est pas suivi par git"):
        changed_files(tmp_path, "main")


def test_a_bare_repository_has_no_files_to_look_at(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--bare", str(tmp_path)], check=True)
    with pytest.raises(ChangesError, match="n’est pas suivi par git"):
        changed_files(tmp_path, "main")


def test_git_is_not_installed(work: Work, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ChangesError, match="n’est pas installé"):
        changed_files(work.folder, "main")


def test_a_clone_too_short_to_know_where_the_change_began(work: Work, tmp_path: Path) -> None:
    work.git("switch", "--quiet", "-c", "proposition")
    for number in range(3):
        work.write("content/articles/2026/trois.md", f"Trois, {number}.")
        work.commit()
    work.git("switch", "--quiet", "main")
    work.write("content/articles/2026/ailleurs.md", "Ailleurs.")
    work.commit()
    url = work.folder.as_uri()
    short = tmp_path / "court"
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", "--no-single-branch", "--branch=proposition", url, str(short)],
        check=True,
    )
    with pytest.raises(ChangesError, match="git fetch --unshallow"):
        changed_files(short, "origin/main")
    Work(short).git("fetch", "--quiet", "--unshallow")
    assert changed_files(short, "origin/main") == [same("content/articles/2026/trois.md", "added")]


def test_two_histories_without_a_common_past(work: Work) -> None:
    work.git("switch", "--quiet", "--orphan", "neuf")
    work.write("seul.md", "Seul.")
    work.commit()
    with pytest.raises(ChangesError, match="aucun passé commun"):
        changed_files(work.folder, "main")


def test_a_lost_index_does_not_matter(work: Work) -> None:
    (work.folder / ".git/index").unlink()
    work.write("content/articles/2026/trois.md", "Trois.")
    assert changed_files(work.folder, "main") == [same("content/articles/2026/trois.md", "added")]
