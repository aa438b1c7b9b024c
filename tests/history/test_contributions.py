"""How often and when a page was worked on, read from repositories made by git itself."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.history.contributions import MASS, contributions
from plugins.history.log import read_log
from plugins.model.objects import Changes
from tests.history.repository import Repository, new_repository

if TYPE_CHECKING:
    from collections.abc import Mapping

TODAY = dt.date(2026, 12, 1)
A, B = "content/articles/2026/a.md", "content/articles/2026/b.md"
PICTURE, MEMBER = "content/articles/2026/a.jpg", "data/members/jo-x.yaml"
LONG = "".join(f"ligne {number}\n" for number in range(40))


def told(
    repository: Repository,
    *pages: str,
    beside: Mapping[str, tuple[str, ...]] | None = None,
    held: Mapping[str, int] | None = None,
) -> dict[str, Changes]:
    log = read_log(repository.root)
    assert log is not None
    return contributions(log, {page: (beside or {}).get(page, ()) for page in pages}, today=TODAY, held=held)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_each_commit_that_touches_a_page_is_a_contribution_and_the_first_is_no_change(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un"})
    assert told(repository, A) == {A: Changes(None, 1)}
    repository.commit("2026-02-01", {A: "deux"})
    repository.commit("2026-03-01", {B: "autre"})
    assert told(repository, A, B) == {A: Changes(day("2026-02-01"), 2), B: Changes(None, 1)}


def test_a_file_beside_counts_for_the_page_that_uses_it_once_a_commit(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un", PICTURE: b"\xff\xd8"})
    repository.commit("2026-02-01", {A: "deux", PICTURE: b"\xff\xd9"})
    repository.commit("2026-03-01", {PICTURE: b"\xff\xda"})
    assert told(repository, A, B, beside={A: (PICTURE,)}) == {A: Changes(day("2026-03-01"), 3)}


def test_renames_are_followed_and_a_move_alone_is_no_contribution(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: LONG})
    repository.commit("2026-02-01", {A: f"{LONG}plus\n"})
    repository.move("2026-03-01", A, B)
    assert told(repository, B) == {B: Changes(day("2026-02-01"), 2)}


def test_two_pages_that_exchange_names_keep_their_own_past(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    other = LONG.replace("ligne", "phrase")
    repository.commit("2026-01-01", {A: LONG})
    repository.commit("2026-01-02", {B: other})
    repository.commit("2026-01-03", {B: f"{other}encore\n"})
    repository.move("2026-02-01", A, "content/articles/2026/c.md")
    repository.move("2026-02-02", B, A)
    repository.move("2026-02-03", "content/articles/2026/c.md", B)
    assert told(repository, A, B) == {A: Changes(day("2026-01-03"), 2), B: Changes(None, 1)}


def test_a_new_page_does_not_inherit_from_one_that_had_its_name(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    for number in range(1, 4):
        repository.commit(f"2026-01-0{number}", {A: f"ancien {number}"})
    repository.commit("2026-01-05", {A: None})
    repository.commit("2026-02-01", {A: "tout autre chose"})
    assert told(repository, A) == {A: Changes(None, 1)}


def test_a_change_made_in_a_branch_under_the_old_name_counts(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: LONG})
    repository.git("checkout", "--quiet", "-b", "proposition")
    repository.commit("2026-02-02", {A: f"{LONG}proposé\n"})
    repository.git("checkout", "--quiet", "main")
    repository.move("2026-02-01", A, B)
    repository.git("merge", "--quiet", "--no-edit", "proposition", day="2026-02-03")
    assert told(repository, B) == {B: Changes(day("2026-02-02"), 2)}


def test_a_merge_is_no_contribution_of_its_own(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un"})
    repository.git("checkout", "--quiet", "-b", "proposition")
    repository.commit("2026-02-01", {A: "deux"})
    repository.git("checkout", "--quiet", "main")
    repository.commit("2026-02-02", {B: "un"})
    repository.git("merge", "--quiet", "--no-ff", "--no-edit", "proposition", day="2026-03-01")
    assert told(repository, A) == {A: Changes(day("2026-02-01"), 2)}


def test_what_touches_very_many_pages_at_once_is_no_contribution(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    pages = [f"content/articles/2026/p{number}.md" for number in range(MASS + 1)]
    repository.commit("2026-01-01", {page: f"{page} un" for page in pages})
    assert told(repository, *pages) == {}
    repository.commit("2026-02-01", {page: f"{page} deux" for page in pages[1:]})
    assert told(repository, *pages) == {page: Changes(day("2026-02-01"), 1) for page in pages[1:]}


def test_a_commit_after_the_day_of_the_build_is_not_yet_there(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un"})
    repository.commit("2027-01-01", {A: "deux"})
    assert told(repository, A) == {A: Changes(None, 1)}


def test_a_page_that_is_held_at_a_version_does_not_tell_of_later_ones(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un", B: "un"})
    repository.commit("2026-02-01", {A: "deux", B: "deux"})
    repository.commit("2026-03-01", {A: "trois", B: "trois"})
    moment = int(dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC).timestamp())
    assert told(repository, A, B, held={A: moment}) == {
        A: Changes(day("2026-02-01"), 2),
        B: Changes(day("2026-03-01"), 3),
    }


def test_a_short_clone_says_nothing_that_it_cannot_know(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "whole")
    repository.commit("2026-01-01", {A: "un", B: "un"})
    repository.commit("2026-02-01", {A: "deux"})
    repository.commit("2026-03-01", {MEMBER: "name: Jo"})
    repository.commit("2026-04-01", {A: "trois"})
    one = repository.shallow(tmp_path / "one", 1)
    assert told(one, A, B, MEMBER) == {}
    three = repository.shallow(tmp_path / "three", 3)
    assert told(three, A, B, MEMBER) == {A: Changes(day("2026-04-01"), None), MEMBER: Changes(None, 1)}
    whole = repository.shallow(tmp_path / "five", 5)
    assert told(whole, A, B, MEMBER) == told(repository, A, B, MEMBER)


def test_a_root_below_the_top_of_its_repository_tells_the_same(tmp_path: Path) -> None:
    above, below = new_repository(tmp_path / "above"), new_repository(tmp_path / "below", "site/région")
    for repository in (above, below):
        repository.commit("2026-01-01", {A: LONG, MEMBER: "name: Jo"})
        repository.commit("2026-02-01", {A: f"{LONG}plus\n"})
        repository.move("2026-03-01", A, B)
    assert (
        told(above, B, MEMBER) == told(below, B, MEMBER) == {B: Changes(day("2026-02-01"), 2), MEMBER: Changes(None, 1)}
    )


def test_without_a_repository_there_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    assert read_log(tmp_path) is None
    new_repository(tmp_path)
    assert read_log(tmp_path) is None  # nor before the first commit


def test_nobody_is_named(tmp_path: Path) -> None:
    repository = new_repository(tmp_path)
    repository.commit("2026-01-01", {A: "un"})
    assert "discrète" not in repr(read_log(tmp_path))
    assert "discrete" not in repr(read_log(tmp_path))


@given(st.lists(st.sampled_from([A, B, MEMBER]), min_size=1, max_size=12), st.integers(min_value=1, max_value=12))
@settings(max_examples=6, deadline=None)
def test_a_short_clone_never_contradicts_the_whole(touched: list[str], depth: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        repository = new_repository(Path(place) / "whole")
        for number, path in enumerate(touched):
            repository.commit(f"2026-01-{number + 1:02}", {path: f"{path} {number}"})
        whole = told(repository, A, B, MEMBER)
        assert {path: one.count for path, one in whole.items()} == {path: touched.count(path) for path in set(touched)}
        for path, found in told(repository.shallow(Path(place) / "short", depth), A, B, MEMBER).items():
            assert found.last in {None, whole[path].last}
            assert found.count in {None, whole[path].count}
