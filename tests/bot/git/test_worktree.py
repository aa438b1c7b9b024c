"""Files and repository follow each other, and whatever somebody wrote by hand is still there afterwards."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.errors import GitError
from scripts.bot.git.local import MERGED, CheckedOutError, LocalRepository, default_directory, open_local
from scripts.bot.git.repository import NOTHING, Repository
from scripts.bot.git.worktree import ROOT_REF
from tests.bot.git.conftest import AT, BOT, CAMILLE, commit

if TYPE_CHECKING:
    from pathlib import Path

PAGE, OTHER, IMAGE = "content/articles/2026/a.md", "content/articles/2026/b.md", "content/articles/2026/b.webp"
BRANCH = "proposition/abcdefghijklmnop"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "root"
    for path, content in {PAGE: b"un\ndeux\ntrois\n", "data/site.yaml": b"name: X\n", "output/x.html": b"x"}.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes(content)
    return made


def opened(root: Path, directory: Path | None = None) -> LocalRepository:
    return open_local(root, directory, person=BOT, message="Modifications faites dans le dossier", clock=lambda: AT)


def propose(local: LocalRepository, files: dict[str, bytes | None]) -> str:
    made = commit(local.repository, files, local.main())
    local.push(BRANCH, made, old=None)
    return made


def names(local: LocalRepository) -> set[str]:
    return {path for _, _, _, path in local.repository.files(local.main())}


def test_a_repository_is_made_from_the_files_of_the_root(root: Path) -> None:
    local = opened(root)
    assert names(local) == {PAGE, "data/site.yaml"}
    assert local.repository.git.directory == default_directory(root)
    assert (root / ".forge" / ".gitignore").read_text("utf-8").splitlines()[-1] == "*"
    assert opened(root).main() == local.main()


def test_what_is_merged_is_written_to_the_files(root: Path) -> None:
    local = opened(root)
    propose(local, {OTHER: b"b\n", IMAGE: b"\x00", PAGE: None})
    merged = local.merge(BRANCH, "Proposition acceptée", CAMILLE)
    assert isinstance(merged, str)
    assert local.main() == merged
    assert (root / OTHER).read_bytes() == b"b\n"
    assert (root / IMAGE).read_bytes() == b"\x00"
    assert not (root / PAGE).exists()
    assert local.blocked == []
    assert local.merge(BRANCH, "Proposition acceptée", CAMILLE) == merged


def test_what_is_changed_by_hand_is_taken_in_before_anything_is_merged(root: Path) -> None:
    local = opened(root)
    propose(local, {OTHER: b"b\n"})
    (root / PAGE).write_bytes(b"un\n2\ntrois\n")
    (root / "data" / "clubs.yaml").write_bytes(b"[]\n")
    (root / "data" / ".hidden").write_bytes(b"x")
    (root / "data" / "clubs.yaml~").write_bytes(b"x")
    merged = local.merge(BRANCH, "x", CAMILLE)
    assert isinstance(merged, str)
    assert names(local) == {PAGE, OTHER, "data/site.yaml", "data/clubs.yaml"}
    assert local.repository.read(merged, PAGE) == b"un\n2\ntrois\n"
    assert (root / PAGE).read_bytes() == b"un\n2\ntrois\n"
    assert (root / OTHER).exists()


def test_both_sides_of_one_file_are_brought_together_where_they_changed_other_lines(root: Path) -> None:
    local = opened(root)
    propose(local, {PAGE: b"un\ndeux\ntrois\nquatre\n"})
    (root / PAGE).write_bytes(b"1\ndeux\ntrois\n")
    local.merge(BRANCH, "x", CAMILLE)
    assert (root / PAGE).read_bytes() == b"1\ndeux\ntrois\nquatre\n"


def test_a_dispute_between_hand_and_proposal_is_told_and_nothing_is_merged(root: Path) -> None:
    local = opened(root)
    propose(local, {PAGE: b"un\nDEUX\ntrois\n"})
    (root / PAGE).write_bytes(b"un\n2\ntrois\n")
    assert local.merge(BRANCH, "x", CAMILLE) == (PAGE,)
    assert (root / PAGE).read_bytes() == b"un\n2\ntrois\n"
    assert local.repository.resolve(MERGED + BRANCH) is None


def test_a_hand_and_the_main_branch_on_the_same_lines_leave_the_file_and_bring_the_others(root: Path) -> None:
    """As after a push by somebody else into the repository."""
    local = opened(root)
    main = local.main()
    pushed = commit(local.repository, {PAGE: b"un\nDEUX\ntrois\n", OTHER: b"b\n"}, main)
    local.repository.update_ref("refs/heads/main", pushed, old=main)
    (root / PAGE).write_bytes(b"un\n2\ntrois\n")
    (root / "data" / "new.yaml").write_bytes(b"x\n")
    for _ in range(2):
        after = local.main()
        assert local.blocked == [PAGE]
        assert (root / PAGE).read_bytes() == b"un\n2\ntrois\n"
        assert (root / OTHER).read_bytes() == b"b\n"
        assert local.repository.read(after, "data/new.yaml") == b"x\n"
    (root / PAGE).write_bytes(b"un\nDEUX\ntrois\n")  # somebody decides
    local.main()
    assert local.blocked == []


def test_a_repository_with_commits_is_taken_as_it_is_and_hands_are_left_alone(root: Path, tmp_path: Path) -> None:
    theirs = Repository.open(tmp_path / "theirs.git")
    first = commit(theirs, {PAGE: b"un\ndeux\ntrois\n", "data/site.yaml": b"name: X\n", "README.md": b"x"})
    theirs.update_ref("refs/heads/trunk", first, old=NOTHING)
    theirs.git.run("symbolic-ref", "HEAD", "refs/heads/trunk")
    (root / "data" / "site.yaml").write_bytes(b"name: by hand\n")
    local = opened(root, tmp_path / "theirs.git")
    assert (local.main_branch, local.main()) == ("trunk", first)
    propose(local, {OTHER: b"b\n"})
    local.merge(BRANCH, "x", CAMILLE)
    assert (root / OTHER).exists()
    assert not (root / "README.md").exists()
    assert (root / "data" / "site.yaml").read_bytes() == b"name: by hand\n"
    assert local.repository.read(local.main(), "data/site.yaml") == b"name: X\n"
    blocked = commit(local.repository, {"data/site.yaml": b"name: Y\n"}, local.main())
    local.repository.update_ref("refs/heads/trunk", blocked, old=local.main())
    local.main()
    assert local.blocked == ["data/site.yaml"]
    assert (root / "data" / "site.yaml").read_bytes() == b"name: by hand\n"


def test_an_empty_repository_is_filled_and_then_follows_the_files(root: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(tmp_path / "empty.git")], check=True)
    local = opened(root, tmp_path / "empty.git")
    assert names(local) == {PAGE, "data/site.yaml"}
    (root / PAGE).write_bytes(b"by hand\n")
    again = opened(root, tmp_path / "empty.git")
    assert again.repository.read(again.main(), PAGE) == b"by hand\n"


def test_the_roots_own_repository_stays_clean(root: Path) -> None:
    git = ["git", "-C", str(root), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for command in (["init", "-q", "-b", "main"], ["add", "content", "data"], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *command], check=True)
    local = opened(root, root)
    propose(local, {OTHER: b"b\n", PAGE: None})
    local.merge(BRANCH, "x", CAMILLE)
    told = subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True, text=True).stdout
    assert told == "?? output/\n"


def test_a_checkout_that_is_not_the_root_is_refused(root: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "elsewhere")], check=True)
    with pytest.raises(CheckedOutError):
        opened(root, tmp_path / "elsewhere")


def test_a_merge_that_was_interrupted_before_the_files_were_written_is_finished(root: Path) -> None:
    local = opened(root)
    propose(local, {OTHER: b"b\n"})
    merged = local._merge(BRANCH, "x", CAMILLE)  # killed here: nothing was written to the files
    assert not (root / OTHER).exists()
    again = opened(root)
    assert again.merge(BRANCH, "x", CAMILLE) == merged
    assert (root / OTHER).exists()
    assert again.repository.resolve(ROOT_REF) == merged


def test_a_branch_is_deleted_once(root: Path) -> None:
    local = opened(root)
    propose(local, {OTHER: b"b\n"})
    local.delete(BRANCH)
    local.delete(BRANCH)
    assert local.head(BRANCH) is None
    with pytest.raises(GitError):
        local.merge(BRANCH, "x", CAMILLE)


def test_links_of_the_root_are_neither_followed_nor_taken_in(root: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    (root / "content" / "link.md").symlink_to(secret)
    (root / "content" / "folder").symlink_to(tmp_path)
    local = opened(root)
    assert names(local) == {PAGE, "data/site.yaml"}
