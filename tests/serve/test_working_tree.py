"""A root and the local forge's main branch stay the same, whoever changes what, and whenever it stops."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.bot.git.repository import Person, Repository
from scripts.preview.working_tree import LANDED, Synced, WorkingTree, blob_hash

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
ADA = Person("Ada", "ada@example.invalid")
ONE, TWO, NEW = "content/events/2026/un.md", "data/site.yaml", "content/events/2026/neuf.md"


@pytest.fixture
def tree(tmp_path: Path) -> WorkingTree:
    root = tmp_path / "root"
    for path, text in ((ONE, "un\n"), (TWO, "nom: Exemple\n"), ("README.md", "hors de propos\n")):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return WorkingTree(root, Repository.open(tmp_path / "site.git"), lambda: NOW)


def main(tree: WorkingTree) -> str:
    found = tree.repository.resolve("refs/heads/main")
    assert found is not None
    return found


def merge(tree: WorkingTree, **files: bytes | None) -> str:
    """What an accepted proposal does to main; a path is given with its slashes and dots written out."""
    old = main(tree)
    changes = {path.replace("__", "/").replace("_", "."): content for path, content in files.items()}
    new = tree.repository.commit([old], changes, "accepté", author=ADA, committer=ADA, at=NOW)
    tree.repository.update_ref("refs/heads/main", new, old=old)
    return new


def in_main(tree: WorkingTree) -> dict[str, bytes | None]:
    return {path: tree.repository.read(main(tree), path) for *_, path in tree.repository.files(main(tree))}


def in_root(tree: WorkingTree) -> dict[str, bytes]:
    return {
        path.relative_to(tree.root).as_posix(): path.read_bytes()
        for folder in ("content", "data")
        for path in (tree.root / folder).rglob("*")
        if path.is_file()
    }


def test_the_first_time_main_holds_content_and_data_and_nothing_else(tree: WorkingTree) -> None:
    assert tree.sync() == Synced(taken=(ONE, TWO))
    assert in_main(tree) == {ONE: b"un\n", TWO: b"nom: Exemple\n"}
    first = main(tree)
    assert tree.sync() == Synced()
    assert main(tree) == first


def test_an_edit_becomes_one_commit_and_a_deletion_too(tree: WorkingTree) -> None:
    tree.sync()
    first = main(tree)
    (tree.root / ONE).write_text("une\n", encoding="utf-8")
    (tree.root / TWO).unlink()
    assert tree.sync() == Synced(taken=(ONE, TWO))
    assert in_main(tree) == {ONE: b"une\n"}
    assert tree.repository.contains(main(tree), first)


def test_what_is_merged_lands_in_the_root(tree: WorkingTree) -> None:
    tree.sync()
    accepted = merge(tree, content__events__2026__neuf_md=b"neuf\n", content__events__2026__un_md=None)
    assert tree.sync() == Synced(landed=(NEW, ONE))
    assert in_root(tree) == {NEW: b"neuf\n", TWO: b"nom: Exemple\n"}
    assert main(tree) == accepted


def test_a_merge_and_an_edit_of_other_files_are_both_kept(tree: WorkingTree) -> None:
    tree.sync()
    accepted = merge(tree, content__events__2026__neuf_md=b"neuf\n")
    (tree.root / TWO).write_text("nom: Autre\n", encoding="utf-8")
    assert tree.sync() == Synced(landed=(NEW,), taken=(TWO,))
    assert in_main(tree) == in_root(tree) == {ONE: b"un\n", NEW: b"neuf\n", TWO: b"nom: Autre\n"}
    assert tree.repository.contains(main(tree), accepted)


def test_where_both_changed_a_file_the_editor_keeps_what_is_open_and_main_remembers_the_other(
    tree: WorkingTree,
) -> None:
    tree.sync()
    accepted = merge(tree, content__events__2026__un_md=b"accepte\n")
    (tree.root / ONE).write_text("local\n", encoding="utf-8")
    assert tree.sync() == Synced(taken=(ONE,), kept=(ONE,))
    assert in_main(tree)[ONE] == in_root(tree)[ONE] == b"local\n"
    assert tree.repository.read(accepted, ONE) == b"accepte\n"
    assert tree.repository.contains(main(tree), accepted)


def test_what_was_accepted_while_nobody_served_lands_and_is_not_taken_for_a_deletion(tree: WorkingTree) -> None:
    tree.sync()
    merge(tree, content__events__2026__neuf_md=b"neuf\n")
    again = WorkingTree(tree.root, tree.repository, tree.clock)
    assert again.sync() == Synced(landed=(NEW,))
    assert NEW in in_root(tree)


def test_stopped_after_the_files_and_before_the_mark_nothing_is_undone(tree: WorkingTree) -> None:
    tree.sync()
    before = tree.repository.resolve(LANDED)
    assert before is not None
    merge(tree, content__events__2026__neuf_md=b"neuf\n", data__site_yaml=None)
    tree.sync()
    now = tree.repository.resolve(LANDED)
    assert now is not None
    tree.repository.update_ref(LANDED, before, old=now)  # as if the process had died here
    assert tree.sync().taken == ()
    assert in_root(tree) == in_main(tree) == {ONE: b"un\n", NEW: b"neuf\n"}


def test_a_repository_that_is_there_already_gets_what_differs_as_a_commit(tree: WorkingTree, tmp_path: Path) -> None:
    other = Repository.open(tmp_path / "autre.git")
    first = other.commit([], {ONE: b"un\n", "README.md": b"lisez\n"}, "a", author=ADA, committer=ADA, at=NOW)
    other.update_ref("refs/heads/main", first, old="0" * 40)
    mine = WorkingTree(tree.root, other, tree.clock)
    assert mine.sync() == Synced(taken=(TWO,))
    assert in_main(mine) == {ONE: b"un\n", TWO: b"nom: Exemple\n", "README.md": b"lisez\n"}


def test_links_and_hidden_files_stay_out(tree: WorkingTree, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tree.root / "content/lien.md").symlink_to(tmp_path / "secret")
    (tree.root / "content/.brouillon.md").write_text("x", encoding="utf-8")
    (tree.root / "data/.git").mkdir()
    (tree.root / "data/.git/config").write_text("x", encoding="utf-8")
    (tree.root / "content/ailleurs").symlink_to(tmp_path)
    tree.sync()
    assert in_main(tree).keys() == {ONE, TWO}


def test_hashes_are_those_of_git(tree: WorkingTree) -> None:
    for content in (b"", b"a", "é\n".encode() * 1000):
        assert blob_hash(content) == tree.repository.store(content)


PATHS = st.sampled_from([f"content/articles/{name}.md" for name in "abc"])
CONTENTS = st.one_of(st.none(), st.sampled_from([b"1\n", b"2\n", b"3\n"]))
STEPS = st.lists(st.tuples(st.sampled_from(["edit", "merge", "sync"]), PATHS, CONTENTS), max_size=8)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_happens_in_whatever_order_both_end_the_same_and_nothing_merged_leaves_the_history(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bytes | None]]
) -> None:
    base = tmp_path_factory.mktemp("tree")
    (base / "root/data").mkdir(parents=True)
    (base / "root/data/site.yaml").write_text("a\n", encoding="utf-8")
    tree = WorkingTree(base / "root", Repository.open(base / "site.git"), lambda: NOW)
    tree.sync()
    merged = []
    for what, path, content in steps:
        if what == "edit":
            target = tree.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                target.unlink(missing_ok=True)
            else:
                target.write_bytes(content)
        elif what == "merge":
            old = main(tree)
            new = tree.repository.commit([old], {path: content}, "m", author=ADA, committer=ADA, at=NOW)
            tree.repository.update_ref("refs/heads/main", new, old=old)
            merged.append(new)
        else:
            tree.sync()
    tree.sync()
    assert in_root(tree) == in_main(tree)
    assert all(tree.repository.contains(main(tree), commit) for commit in merged)
    assert tree.sync() == Synced()
