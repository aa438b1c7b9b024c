"""What the doubles of the three forges share: life, log, contract, and what people do at the forge."""

from __future__ import annotations

import re
import threading
from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from scripts.bot.forges.registry import ForgeSettings
from tests.bot.forges.doubles.contract import ForgeName, contract_of
from tests.bot.forges.doubles.faults import Faults
from tests.bot.forges.doubles.git_http import GitBackend
from tests.bot.forges.doubles.lines import FileDiff, files_of
from tests.bot.forges.doubles.repository import GitRepository, MemoryRepository, Repository
from tests.bot.forges.doubles.server import Line, Reply, Server
from tests.bot.forges.doubles.state import (
    BOT,
    CREDENTIAL,
    EDITOR,
    HOOK_KEY,
    Comment,
    CommitStatus,
    IssueOf,
    LineComment,
    Pull,
    Review,
    State,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.bot.forges.doubles.contract import Sent


class Double(ABC):
    """A forge on loopback. As a context manager it stops at the end, and fails if the contract was broken.

    repository: the path of a bare git repository, which is then served at ``git_url`` too; or branches of memory.
    pulls, labels, statuses, hooks: what it remembers, in ``state``. log: each request with the status of its answer.
    faults: what shall go wrong. violations: where the bot or the double left the published description.
    """

    kind: ClassVar[ForgeName]
    prefix: ClassVar[str]
    etag: ClassVar[str]
    name: ClassVar[str] = "reseau/site"
    routes: ClassVar[Sequence[tuple[str, str, str]]]

    def __init__(
        self,
        repository: Path | Repository | None = None,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        longest_page: int = 100,
    ) -> None:
        self.repository: Repository
        self.git: GitBackend | None = None
        if repository is None:
            self.repository = MemoryRepository("main")
        elif isinstance(repository, MemoryRepository | GitRepository):
            self.repository = repository
        else:
            self.repository = GitRepository(repository)  # type: ignore[arg-type]  # a Path, as nothing else is left
        if isinstance(self.repository, GitRepository):
            self.git = GitBackend(self.repository.path, self.name, self.is_password)
        self.clock, self.longest_page = clock, longest_page
        self.state = State()
        self.faults, self.contract = Faults(), contract_of(self.kind)
        self.log: list[Line] = []
        self.violations: list[str] = []
        self.token, self.secret = CREDENTIAL, HOOK_KEY
        self.tokens = {self.token}
        self._lock = threading.RLock()
        self._table = [(method, re.compile(path), getattr(self, name)) for method, path, name in self.routes]
        self.server = Server(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()
        if error[0] is None:
            self.check()

    def stop(self) -> None:
        """Stop listening."""
        self.server.stop()

    def check(self) -> None:
        """Fail where the contract was broken."""
        assert self.violations == []

    # --- for tests ------------------------------------------------------------------------------------------
    @property
    def address(self) -> str:
        """Where people and git would look."""
        return self.server.address

    @property
    def git_url(self) -> str:
        """The repository for git."""
        return f"{self.address}/{self.name}.git"

    @property
    def settings(self) -> ForgeSettings:
        """What an administrator would set."""
        return ForgeSettings(self.kind, self.address, self.name, token=self.token)

    @property
    def pulls(self) -> list[Pull]:
        """All pull requests, with their comments, labels, reviewers."""
        return self.state.pulls

    def pull(self, number: int) -> Pull:
        """One of them."""
        found = self.state.pull(number)
        assert found is not None, number
        return found

    def requests(self, method: str, path: str = "") -> list[Line]:
        """Those of the log that fit; ``path`` is a regular expression."""
        return [line for line in self.log if line.method == method and re.search(path, line.path)]

    # --- what people do at the forge ------------------------------------------------------------------------
    def merge(self, number: int) -> str:
        """An editor accepts; gives the merge commit."""
        with self._lock:
            pull = self._fresh(self.pull(number))
            assert pull.state == "open"
            pull.merge_commit = self.repository.merge(pull.branch, pull.base)
            pull.state, pull.ended = "merged", self._touch(pull)
            return pull.merge_commit

    def close(self, number: int) -> None:
        """An editor refuses."""
        with self._lock:
            pull = self.pull(number)
            pull.state, pull.ended = "closed", self._touch(pull)

    def ask_changes(self, number: int, text: str, *, author: str = EDITOR, lines: Sequence[str] = ()) -> Review:
        """An editor's review asks for changes."""
        return self.review(number, "ask", text, author=author, lines=lines)

    def approve(self, number: int, text: str = "", *, author: str = EDITOR) -> Review:
        """An editor's review agrees."""
        return self.review(number, "approve", text, author=author)

    def review(self, number: int, verdict: str, text: str, *, author: str, lines: Sequence[str] = ()) -> Review:
        """Any review; who gives one is not asked any more."""
        with self._lock:
            pull = self.pull(number)
            new = Review(self.state.next_id(), author, verdict, text, self._touch(pull), list(lines))  # type: ignore[arg-type]  # checked by what reads it
            pull.reviews.append(new)
            return new

    def say(self, number: int, text: str, *, author: str = EDITOR) -> Comment:
        """Somebody comments."""
        with self._lock:
            pull = self.pull(number)
            comment = Comment(self.state.next_id(), author, text, self._touch(pull))
            pull.comments.append(comment)
            return comment

    def add_pull(self, branch: str, *, author: str = BOT, fork: bool = False, base: str = "main") -> Pull:
        """Somebody opens a pull request in the forge's own pages."""
        with self._lock:
            now = self.clock()
            head = self.repository.head(branch) or "f" * 40
            pull = Pull(self._number(), "Proposée à la main", "", author, branch, base, head, now, now, fork=fork)
            self.state.pulls.append(pull)
            return pull

    def write_issue(
        self, title: str, body: str, *, author: str = "passante", labels: Sequence[str] = ("proposition",)
    ) -> IssueOf:
        """Somebody writes an issue; the forge leaves out the labels that the repository has not."""
        with self._lock:
            now = self.clock()
            known = [name for name in labels if name in self.state.labels]
            issue = IssueOf(self._issue_number(), title, body, author, known, now, now)
            self.state.issues.append(issue)
            return issue

    def edit_issue(self, number: int, body: str) -> None:
        """Its author changes it."""
        with self._lock:
            issue = self.issue(number)
            issue.body, issue.updated = body, self.clock()

    def issue(self, number: int) -> IssueOf:
        """One of them."""
        found = self.state.issue(number)
        assert found is not None, number
        return found

    def add_labels_of_forms(self, *names: str) -> None:
        """An administrator makes the labels that the issue forms give."""
        for name in names or ("proposition", "article"):
            self.state.labels.setdefault(name, self.state.next_id())

    @abstractmethod
    def issue_webhook_for(self, number: int) -> tuple[dict[str, str], bytes]:
        """Headers and body of a signed webhook that tells of a new issue."""

    @abstractmethod
    def webhook_for(self, event: str, number: int) -> tuple[dict[str, str], bytes]:
        """Headers and body of a signed webhook: ``opened``, ``updated``, ``closed``, ``merged``, ``reviewed``, ``commented``."""

    # --- for the server and the forges ----------------------------------------------------------------------
    def reply(self, sent: Sent) -> Reply:
        """Carry a request out, one at a time."""
        with self._lock:
            refusal = self.refusal(sent)
            if refusal is not None:
                return refusal
            for method, pattern, handler in self._table:
                found = pattern.fullmatch(sent.path)
                if method == sent.method and found:
                    answer: Reply = handler(sent, *found.groups())
                    return answer
            return self.not_found()

    def is_password(self, password: str) -> bool:
        """Whether git may come in with it."""
        return password in self.tokens

    @abstractmethod
    def refusal(self, sent: Sent) -> Reply | None:
        """The answer to a request without good credentials, or to another repository; None for a good one."""

    @abstractmethod
    def not_found(self) -> Reply:
        """Nothing there, or hidden."""

    def page(self, sent: Sent, size_name: str) -> tuple[int, int]:
        """Asked page and its size."""
        query = dict(sent.query)
        return int(query.get("page", "1")), min(int(query.get(size_name, "30")), self.longest_page)

    def create(self, branch: str, base: str, title: str, body: str) -> Pull:
        """A new pull request of the bot."""
        now, head = self.clock(), self.repository.head(branch)
        assert head is not None
        pull = Pull(self._number(), title, body, BOT, branch, base, head, now, now)
        self.state.pulls.append(pull)
        return pull

    def open_of(self, branch: str) -> Pull | None:
        """The open pull request of a branch of this repository."""
        return next((p for p in self.pulls if p.branch == branch and p.state == "open" and not p.fork), None)

    def all_fresh(self) -> Iterator[Pull]:
        """All, newest first, their heads brought up to date."""
        for pull in reversed(self.pulls):
            yield self._fresh(pull)

    def mergeable(self, pull: Pull) -> bool:
        """Whether git could merge it."""
        return pull.state == "open" and self.repository.mergeable(pull.branch, pull.base)

    def add_comment(self, thread: Pull | IssueOf, text: str) -> Comment:
        """A comment of the bot."""
        comment = Comment(self.state.next_id(), BOT, text, self._touch(thread))
        thread.comments.append(comment)
        return comment

    def thread(self, number: str) -> Pull | IssueOf | None:
        """The pull request or issue of a number, where both share their numbers."""
        return self.fresh(number) or self.state.issue(int(number))

    def issues_asked(self, labels: str) -> list[IssueOf]:
        """Open issues that carry all these labels, newest first."""
        wanted = {name.casefold() for name in labels.split(",") if name}
        found = [one for one in self.state.issues if one.state == "open" and not one.gone]
        return [one for one in reversed(found) if wanted <= {name.casefold() for name in one.labels}]

    def close_issue(self, issue: IssueOf, by: str = BOT) -> None:
        """Somebody closes it."""
        issue.state, issue.closed_by, issue.updated = "closed", by, self.clock()

    def add_status(self, commit: str, context: str, state: str, text: str | None, url: str | None) -> CommitStatus:
        """A new commit status."""
        status = CommitStatus(self.state.next_id(), commit, context, state, text, url, self.clock())
        self.state.statuses.append(status)
        return status

    def files(self, pull: Pull) -> list[FileDiff]:
        """The files that it changes."""
        return files_of(self.diff(pull))

    def diff(self, pull: Pull) -> str:
        """What it changes."""
        return self.repository.diff(pull.base, pull.head) if pull.diff is None else pull.diff

    def is_in_diff(self, pull: Pull, path: str, line: int) -> bool:
        """Whether a remark may stand there."""
        return any(file.path == path and file.has_line(line) for file in self.files(pull))

    def add_line(self, pull: Pull, review: int, path: str, line: int, body: str, *, author: str = BOT) -> LineComment:
        """A comment on a line."""
        new = LineComment(self.state.next_id(), review, author, path, line, body, self._touch(pull))
        pull.lines.append(new)
        return new

    def answer_line(self, pull: Pull, comment: LineComment, text: str, *, author: str, system: bool = False) -> None:
        """Somebody, or GitLab itself, adds to a thread."""
        review = Review(self.state.next_id(), author, "comment", "", self._touch(pull))
        pull.reviews += [] if system else [review]
        answer = self.add_line(pull, review.id, comment.path, comment.line, text, author=author)
        answer.thread, answer.system = comment.id, system

    def remove_line(self, number: str) -> bool:
        """Delete a comment; whether there was one."""
        for pull in self.pulls:
            kept = [one for one in pull.lines if one.id != int(number)]
            if len(kept) < len(pull.lines):
                pull.lines[:] = kept
                return True
        return False

    def fresh(self, number: str) -> Pull | None:
        """By the number in a path, its head brought up to date."""
        pull = self.state.pull(int(number))
        return None if pull is None else self._fresh(pull)

    def touch(self, pull: Pull) -> None:
        """It has changed now."""
        self._touch(pull)

    def _fresh(self, pull: Pull) -> Pull:
        head = self.repository.head(pull.branch) if pull.state == "open" and not pull.fork else None
        if head is not None and head != pull.head:
            pull.head = head
            self._touch(pull)
        return pull

    def _touch(self, thread: Pull | IssueOf) -> datetime:
        thread.updated = self.clock()
        return thread.updated

    def _number(self) -> int:
        return len(self.pulls) + len(self.state.issues) + 12

    def _issue_number(self) -> int:
        return self._number()


def stamp(moment: datetime) -> str:
    """RFC 3339, as forges write it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
