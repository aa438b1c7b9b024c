"""What ``serve`` needs beside the site, and what it says where it cannot have it."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts.arguments import UsageError
from scripts.preview.answers import Answer
from scripts.preview.circle import Circle, open_circle
from tests.site.building import SMALL

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "root")


def circle(root: Path, repository: Path | None = None) -> AbstractContextManager[Circle]:
    return open_circle(root, repository, "http://127.0.0.1:8000", lambda _: Answer(404), None)


def git(directory: Path, *arguments: str) -> str:
    done = subprocess.run(["git", "-C", str(directory), *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_the_repository_is_made_below_the_root_and_hidden_from_any_other(root: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    with circle(root) as made:
        assert git(root / ".forge/site.git", "rev-parse", "--is-bare-repository") == "true"
        assert git(root / ".forge/site.git", "rev-parse", "main") == made.main()
        assert ".forge" not in git(root, "status", "--porcelain", "--untracked-files=all")


def test_the_repository_is_where_it_is_said_to_be(root: Path, tmp_path: Path) -> None:
    with circle(root, tmp_path / "ailleurs.git") as made:
        assert git(tmp_path / "ailleurs.git", "ls-tree", "--name-only", "main").split() == ["content", "data"]
        assert not (root / ".forge/site.git").exists()
        assert (root / ".forge/.gitignore").read_text(encoding="ascii") == "*\n"
        assert made.service.settings.local_repository == tmp_path / "ailleurs.git"


def test_a_repository_with_files_of_its_own_elsewhere_is_wrong_usage(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre"
    subprocess.run(["git", "init", "--quiet", str(other)], check=True)
    with pytest.raises(UsageError, match="ses propres fichiers"), circle(root, other):
        pytest.fail("it was opened")


def test_what_is_no_repository_is_wrong_usage(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("rien", encoding="ascii")
    with pytest.raises(UsageError, match="git ne peut pas ouvrir"), circle(root, file):
        pytest.fail("it was opened")


def test_two_previews_of_one_root_have_two_workers_and_the_name_is_free_again_afterwards(root: Path) -> None:
    with circle(root) as one:
        assert one.seat.name == "serve-1"
        with circle(root) as two:
            assert two.seat.name == "serve-2"
    with circle(root) as again:
        assert again.seat.name == "serve-1"


def test_the_key_of_forms_survives_a_restart_and_is_read_by_nobody_else(root: Path) -> None:
    keys = []
    for _ in range(2):
        with circle(root) as made:
            keys.append(made.service.settings.secret)
    assert keys[0] == keys[1]
    assert len(keys[0]) >= 32
    assert (root / ".forge/secret").stat().st_mode & 0o077 == 0


def test_a_root_without_room_for_proposals_is_wrong_usage(root: Path) -> None:
    (root / ".forge").write_text("un fichier", encoding="ascii")
    with pytest.raises(UsageError, match="ne peuvent pas être gardées"), circle(root):
        pytest.fail("it was opened")


def test_online_is_what_was_built_with_it(root: Path) -> None:
    with circle(root) as made:
        first = made.main()
        assert made.place.built(first) is False
        made.is_built(first)
        assert made.place.built(first) is True
        page = next((root / "content").rglob("*.md"))
        page.write_text(page.read_text(encoding="utf-8") + "\nUne phrase.\n", encoding="utf-8")
        second = made.main()
        assert second != first
        assert made.place.built(second) is False
        made.is_built(second)
        assert made.place.built(first) is True
