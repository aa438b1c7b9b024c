"""A commit as files: exactly those of the commit, none of them outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.export import Snapshot, remove_file, write_file
from scripts.bot.git.paths import PathError
from tests.bot.git.conftest import AT, CAMILLE, commit

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.git.repository import Repository

PAGE = "content/articles/2026/a.md"


def files(directory: Path) -> dict[str, bytes]:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }


@pytest.fixture
def snapshot(repository: Repository, tmp_path: Path) -> Snapshot:
    return Snapshot(repository, tmp_path / "state" / "root", ("content", "data"))


def test_a_snapshot_holds_what_the_commit_holds(snapshot: Snapshot, repository: Repository, main: str) -> None:
    with_code = commit(repository, {"scripts/x.py": b"x", "content/articles/2026/é.bin": b"\x00\n\xff"}, main)
    assert snapshot.bring_to(with_code) is None
    assert files(snapshot.directory) == {
        PAGE: b"un\ndeux\ntrois\n",
        "data/site.yaml": b"name: X\n",
        "content/articles/2026/é.bin": b"\x00\n\xff",
    }
    assert snapshot.bring_to(with_code) == []


def test_only_what_differs_is_written_again(snapshot: Snapshot, repository: Repository, main: str) -> None:
    snapshot.bring_to(main)
    kept = (snapshot.directory / "data/site.yaml").stat().st_ino
    other = commit(repository, {PAGE: None, "content/events/2026/b.md": b"b", "README.md": b"x"}, main)
    assert snapshot.bring_to(other) == [PAGE, "content/events/2026/b.md"]
    assert files(snapshot.directory) == {"data/site.yaml": b"name: X\n", "content/events/2026/b.md": b"b"}
    assert (snapshot.directory / "data/site.yaml").stat().st_ino == kept
    assert not (snapshot.directory / "content/articles").exists()


def test_a_snapshot_that_was_half_done_is_made_anew(snapshot: Snapshot, main: str) -> None:
    snapshot.bring_to(main)
    snapshot._label.unlink()
    (snapshot.directory / "content" / "rest.md").write_bytes(b"of a crash")
    assert snapshot.bring_to(main) is None
    assert set(files(snapshot.directory)) == {PAGE, "data/site.yaml"}
    assert [path.name for path in snapshot.directory.parent.iterdir() if path.is_dir()] == ["root"]


def test_links_and_submodules_of_a_repository_are_left_out(
    snapshot: Snapshot, repository: Repository, main: str, tmp_path: Path
) -> None:
    target = repository.store(b"/etc")
    entries = [f"120000 {target}\tcontent/link", f"160000 {main}\tcontent/module", f"100644 {target}\tdata/x"]
    index = {"GIT_INDEX_FILE": str(tmp_path / "index")}
    repository.git.run("update-index", "--index-info", stdin="\n".join(entries).encode(), environment=index)
    tree = repository.git.text("write-tree", environment=index)
    hostile = repository.commit([main], {}, "x", tree=tree, author=CAMILLE, committer=CAMILLE, at=AT)
    snapshot.bring_to(hostile)
    assert files(snapshot.directory) == {"data/x": b"/etc"}


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    (root / "content").mkdir(parents=True)
    elsewhere.mkdir()
    (elsewhere / "kept.md").write_bytes(b"kept")
    (root / "content" / "out").symlink_to(elsewhere)
    with pytest.raises(ValueError, match="leads out"):
        write_file(root, "content/out/x.md", b"x")
    with pytest.raises(ValueError, match="leads out"):
        remove_file(root, "content/out/kept.md")
    with pytest.raises(PathError):
        write_file(root, "../x", b"x")
    assert [path.name for path in elsewhere.iterdir()] == ["kept.md"]


def test_a_link_at_the_end_of_a_path_is_replaced_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"kept")
    root = tmp_path / "root"
    root.mkdir()
    (root / "x.md").symlink_to(outside)
    write_file(root, "x.md", b"new")
    assert (outside.read_bytes(), (root / "x.md").read_bytes()) == (b"kept", b"new")
