"""The command, over real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.model.yaml.reader import read_yaml
from tests.broken.small import article, files
from tests.history.repository import Repository, new_repository
from tests.site.building import TODAY, command

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

OLD, NEW = "content/articles/2026/article-0.md", "content/articles/2026/autre-nom.md"
REDIRECTS = (
    "# Ce que d’anciennes pages sont devenues.\n/vieux: /actualites/2026/article-0/  # en 2019\n/node/1: /agenda/\n"
)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = new_repository(tmp_path / "depot", "site")
    repository.commit("2026-05-01", {**files(), "data/redirects.yaml": REDIRECTS})
    repository.git("tag", "base")
    return repository


def redirects(repository: Repository) -> tuple[str, str]:
    """What the command says, and the file afterwards."""
    done = command("redirects", "base", "--root", str(repository.root), "--today", TODAY)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, (repository.root / "data/redirects.yaml").read_text("utf-8")


def test_a_renamed_page_and_a_removed_one(repository: Repository) -> None:
    repository.move("2026-06-01", OLD, NEW)
    repository.commit("2026-06-02", {"content/articles/2026/article-1.md": None})
    said, text = redirects(repository)
    assert "/actualites/2026/article-1/ → page supprimée" in said
    assert text.startswith("# Ce que d’anciennes pages sont devenues.\n/vieux: /actualites/2026/autre-nom/")
    assert read_yaml(text).data == {
        "/vieux": "/actualites/2026/autre-nom/",
        "/node/1": "/agenda/",
        "/actualites/2026/article-0/": "/actualites/2026/autre-nom/",
        "/actualites/2026/article-1/": "gone",
    }
    assert redirects(repository) == ("Aucune adresse à garder\u202f: data/redirects.yaml ne change pas.\n", text)


def test_what_is_not_committed_counts_and_coming_back_takes_the_line_away(repository: Repository) -> None:
    (repository.root / OLD).rename(repository.root / NEW)
    redirects(repository)
    repository.commit("2026-06-01", {})
    repository.git("tag", "--force", "base")
    (repository.root / NEW).rename(repository.root / OLD)
    said, text = redirects(repository)
    assert "une page s’y trouve de nouveau" in said
    assert read_yaml(text).data == {
        "/vieux": "/actualites/2026/article-0/",
        "/node/1": "/agenda/",
        "/actualites/2026/autre-nom/": "/actualites/2026/article-0/",
    }


def test_another_type_a_renamed_member_a_club_and_somebody_who_left(repository: Repository) -> None:
    repository.move("2026-06-01", OLD, "content/articles/2025/article-0.md")
    repository.move("2026-06-02", "data/members/personne-0.yaml", "data/members/personne-zero.yaml")
    repository.commit("2026-06-03", {"data/members/personne-1.yaml": None, "data/clubs.yaml": "[]\n"})
    _, text = redirects(repository)
    found = read_yaml(text).data
    assert isinstance(found, dict)
    assert found["/actualites/2026/article-0/"] == "/actualites/2025/article-0/"
    assert found["/membres/personne-0/"] == "/membres/personne-zero/"
    assert found["/clubs/outilleurs/"] == "gone"
    assert "personne-1" not in text


def test_a_file_that_is_not_there_is_made_and_one_that_is_faulty_is_left(repository: Repository) -> None:
    repository.commit("2026-06-01", {"data/redirects.yaml": None, OLD: None})
    _, text = redirects(repository)
    assert text == "/actualites/2026/article-0/: gone\n"
    (repository.root / "data/redirects.yaml").write_text("/x: [\n", "utf-8")
    done = command("redirects", "base", "--root", str(repository.root))
    assert (done.returncode, (repository.root / "data/redirects.yaml").read_text("utf-8")) == (1, "/x: [\n")


def test_without_a_base_it_says_what_to_do(repository: Repository) -> None:
    done = command("redirects", "nulle-part", "--root", str(repository.root))
    assert done.returncode == 2
    assert "nulle-part" in done.stderr


def test_afterwards_the_check_is_content(repository: Repository) -> None:
    gone = {"article-0"}
    pages = {path: text for path, text in files(gone).items() if path.startswith("content/")}
    repository.move("2026-06-01", OLD, NEW)
    repository.commit("2026-06-02", {**pages, NEW: article(0)})
    redirects(repository)
    done = command("check", "--root", str(repository.root), "--today", TODAY)
    assert done.returncode == 0, done.stdout
