"""What each forge says in its own way: the requests that :mod:`scripts.bot.forges.steps` is made of, and what comes back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scripts.bot.forges.forge import Answer, Exchange, Remote, StatusState
    from scripts.bot.forges.issues import Issues
    from scripts.bot.forges.line_remarks import LineRemarks
    from scripts.bot.forges.webhooks import Kind


@dataclass(frozen=True, slots=True)
class Note:
    """A comment, or a review with its remarks on lines."""

    id: str
    author: str
    at: datetime
    text: str
    asks_changes: bool = False
    is_editor: bool = False  # may write to the repository


@dataclass(frozen=True, slots=True)
class Status:
    """A commit status in the forge's own words."""

    state: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook of the repository."""

    url: str
    active: bool
    events: frozenset[str]


class Requests(ABC):
    """One repository at a forge, asked one thing at a time."""

    kind: ClassVar[Kind]
    states: ClassVar[Mapping[StatusState, str]]
    hook_events: ClassVar[frozenset[str]]
    issue_event: ClassVar[str]
    issues: Issues
    lines: LineRemarks

    @property
    @abstractmethod
    def repository(self) -> str:
        """The repository's path in the API."""

    @abstractmethod
    def branch_path(self, branch: str) -> str:
        """A branch's path in the API."""

    @abstractmethod
    def proposals(self, branch: str) -> Exchange[list[Remote]]:
        """All pull requests, in any state, from this branch of this repository."""

    @abstractmethod
    def create(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """A new pull request. Where there is one: ``conflict`` or ``invalid``."""

    @abstractmethod
    def read(self, number: int) -> Exchange[Remote]:
        """One pull request."""

    @abstractmethod
    def author(self, number: int) -> Exchange[str]:
        """Who opened it from a branch of this repository, "" for a request from another one: that is a stranger's."""

    @abstractmethod
    def notes(self, number: int) -> Exchange[list[Note]]:
        """Its comments."""

    @abstractmethod
    def said(self, number: int) -> Exchange[list[Note]]:
        """Its comments, and its reviews that say something or ask for changes; with ``is_editor``."""

    @abstractmethod
    def add_note(self, number: int, text: str) -> Exchange[None]:
        """A new comment."""

    @abstractmethod
    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:
        """Another text for a comment."""

    @abstractmethod
    def labels_on(self, number: int) -> Exchange[list[str]]:
        """Names of its labels."""

    @abstractmethod
    def add_labels(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """Create them in the repository where missing, and add them."""

    @abstractmethod
    def asked(self, number: int) -> Exchange[list[str]]:
        """Logins of those who were asked for a review, and of those who gave one."""

    @abstractmethod
    def ask(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """Ask them; gives those who are refused."""

    @abstractmethod
    def current_status(self, commit: str, context: str) -> Exchange[Status | None]:
        """The latest status of that name."""

    @abstractmethod
    def set_status(self, commit: str, context: str, status: Status) -> Exchange[None]:
        """A new status."""

    @abstractmethod
    def write_body(self, number: int, body: str) -> Exchange[None]:
        """Another description."""

    @abstractmethod
    def shut(self, number: int) -> Exchange[None]:
        """Close an open one."""

    @abstractmethod
    def remove_branch(self, branch: str) -> Exchange[Answer]:
        """Ask for the deletion; the answer may be of :data:`ABSENT`."""

    @abstractmethod
    def hooks(self) -> Exchange[list[Hook] | None]:
        """The repository's webhooks; None where the credentials do not show them."""
