"""What a double remembers, the same for each forge."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

BOT = "robot"
EDITOR = "camille"
CREDENTIAL = "tok_0123456789abcdef"
HOOK_KEY = "It's a Secret to Everybody"
Verdict = Literal["approve", "ask", "comment"]


@dataclass
class Comment:
    id: int
    author: str
    body: str
    at: datetime
    system: bool = False  # GitLab's own notes
    internal: bool = False  # GitLab: for members only
    hidden: bool = False  # GitHub: hidden by an editor


@dataclass
class Review:
    id: int
    author: str
    verdict: Verdict
    body: str
    at: datetime
    lines: list[str] = field(default_factory=list)
    dismissed: bool = False


@dataclass
class LineComment:
    """What was said on a line. ``thread``: the id of the comment that it answers, 0 for one that begins a thread."""

    id: int
    review: int
    author: str
    path: str
    line: int
    body: str
    at: datetime
    thread: int = 0
    system: bool = False  # GitLab's own notes in a thread


@dataclass
class Pull:
    """``head`` is the tip of the branch as last seen; ``fork``: it comes from another repository."""

    number: int
    title: str
    body: str
    author: str
    branch: str
    base: str
    head: str
    created: datetime
    updated: datetime
    state: Literal["open", "merged", "closed"] = "open"
    merge_commit: str = ""
    ended: datetime | None = None
    draft: bool = False
    fork: bool = False
    labels: list[str] = field(default_factory=list)
    reviewers: list[str] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    undecided: bool = False  # the forge still works out whether it can be merged
    lines: list[LineComment] = field(default_factory=list)
    diff: str | None = None  # None: that of its branch in the repository


@dataclass
class IssueOf:
    """An issue that somebody wrote; ``confidential``: at GitLab, for members only."""

    number: int
    title: str
    body: str
    author: str
    labels: list[str]
    created: datetime
    updated: datetime
    state: Literal["open", "closed"] = "open"
    confidential: bool = False
    gone: bool = False
    closed_by: str = ""
    comments: list[Comment] = field(default_factory=list)


@dataclass
class CommitStatus:
    id: int
    commit: str
    context: str
    state: str
    text: str | None
    url: str | None
    at: datetime


@dataclass
class HookOf:
    id: int
    url: str
    events: list[str]
    active: bool = True


class Ticking:
    """A clock that moves on by a second each time it is read, so that order in time is order of events."""

    def __init__(self, start: datetime = datetime(2026, 3, 4, 9, tzinfo=UTC)) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass
class State:
    """Everything of one repository. ``members`` may write, and be asked for reviews."""

    pulls: list[Pull] = field(default_factory=list)
    issues: list[IssueOf] = field(default_factory=list)
    labels: dict[str, int] = field(default_factory=dict)
    statuses: list[CommitStatus] = field(default_factory=list)
    hooks: list[HookOf] = field(default_factory=list)
    members: set[str] = field(default_factory=lambda: {EDITOR, "dominique", "sacha"})
    people: list[str] = field(default_factory=lambda: [BOT, EDITOR, "dominique", "sacha", "passante"])
    archived: bool = False
    may_push: bool = True
    last_id: int = 100

    def next_id(self) -> int:
        """Ids grow, whatever they are for."""
        self.last_id += 1
        return self.last_id

    def pull(self, number: int) -> Pull | None:
        """By its number."""
        return next((pull for pull in self.pulls if pull.number == number), None)

    def id_of(self, login: str) -> int:
        """A person's id; whoever shows up gets one."""
        if login not in self.people:
            self.people.append(login)
        return self.people.index(login) + 1

    def comment(self, comment_id: int) -> Comment | None:
        """By its id."""
        threads: list[Pull | IssueOf] = [*self.pulls, *self.issues]
        return next((one for thread in threads for one in thread.comments if one.id == comment_id), None)

    def issue(self, number: int) -> IssueOf | None:
        """By its number; None once it is gone."""
        return next((one for one in self.issues if one.number == number and not one.gone), None)
