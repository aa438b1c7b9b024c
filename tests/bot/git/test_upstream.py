"""Branches at a real git server over HTTP: made once, moved only from where they were, whatever gets lost."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.errors import GitError
from scripts.bot.git.repository import NOTHING, Repository
from scripts.bot.git.upstream import Here, There, Upstream
from tests.bot.git.conftest import commit
from tests.bot.git_server import GitServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BRANCH = "proposition/abcdefghijklmnop"
SECRET = "Basic " + base64.b64encode(b"bot:secret").decode()
PAGE = "content/articles/2026/a.md"
pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path, repository: Repository) -> Iterator[GitServer]:
    assert repository.git.directory == tmp_path / "site.git"
    with serving(tmp_path, SECRET) as server:
        yield server


@pytest.fixture
def there(tmp_path: Path, server: GitServer) -> There:
    clone = Repository.open(tmp_path / "clone")
    return There(clone, f"{server.url}/site.git", header=lambda: f"Authorization: {SECRET}")


@pytest.fixture(params=["here", "there"])
def upstream(request: pytest.FixtureRequest, repository: Repository) -> Upstream:
    return Here(repository) if request.param == "here" else request.getfixturevalue("there")


def ours(upstream: Upstream, *parents: str, text: bytes = b"b\n") -> str:
    assert isinstance(upstream, Here | There)
    return commit(upstream.repository, {"content/articles/2026/b.md": text}, *parents)


def test_a_branch_is_made_found_moved_and_not_moved_from_elsewhere(upstream: Upstream, main: str) -> None:
    assert upstream.main() == main
    assert upstream.head(BRANCH) is None
    first = ours(upstream, main)
    upstream.push(BRANCH, first, old=None)
    assert upstream.head(BRANCH) == first
    second = ours(upstream, first, text=b"c\n")
    for wrong in (None, second):
        with pytest.raises(GitError) as told:
            upstream.push(BRANCH, second, old=wrong)
        assert told.value.kind == "conflict"
    assert upstream.head(BRANCH) == first
    upstream.push(BRANCH, second, old=first)
    assert upstream.head(BRANCH) == second


def test_what_others_push_is_fetched(there: There, repository: Repository, main: str) -> None:
    assert there.main() == main
    theirs = commit(repository, {PAGE: b"un\n"}, main)
    repository.update_ref("refs/heads/main", theirs, old=main)
    assert there.main() == theirs
    assert there.repository.read(theirs, PAGE) == b"un\n"


def test_a_push_whose_answer_is_lost_is_found_afterwards(
    there: There, server: GitServer, repository: Repository
) -> None:
    made = ours(there, there.main())
    server.fault = lambda asked: "lost" if asked == "POST git-receive-pack" else None
    with pytest.raises(GitError) as told:
        there.push(BRANCH, made, old=None)
    assert told.value.kind == "busy"
    server.fault = lambda _: None
    assert there.head(BRANCH) == made
    assert repository.resolve(f"refs/heads/{BRANCH}") == made


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (401, "credentials"),
        (403, "rights"),
        (404, "gone"),
        (429, "busy"),
        (502, "busy"),
        (503, "busy"),
        ("half", "busy"),
    ],
)
def test_what_the_server_says_is_understood(there: There, server: GitServer, fault: int, kind: str) -> None:
    made = ours(there, there.main())
    server.fault = lambda _: fault
    for ask in (there.main, lambda: there.push(BRANCH, made, old=None)):
        with pytest.raises(GitError) as told:
            ask()
        assert told.value.kind == kind
        assert "secret" not in str(told.value)


def test_a_server_that_is_not_there_is_busy(there: There, server: GitServer) -> None:
    there.main()
    server.server_close()
    with pytest.raises(GitError) as told:
        there.main()
    assert told.value.kind == "busy"


def test_a_redirect_gets_no_credentials(there: There, server: GitServer) -> None:
    server.fault = lambda _: 302
    with pytest.raises(GitError):
        there.main()
    assert server.seen == ["GET info/refs git-upload-pack"]


def test_a_repository_without_a_main_branch_is_told(tmp_path: Path) -> None:
    empty = Here(Repository.open(tmp_path / "empty"))
    with pytest.raises(GitError) as told:
        empty.main()
    assert told.value.kind == "gone"


def test_a_branch_is_never_an_option_of_git(upstream: Upstream, main: str) -> None:
    for name in ("../x", "a b", "x:y", ""):
        with pytest.raises(ValueError, match="no branch"):
            upstream.push(name, main, old=NOTHING)
