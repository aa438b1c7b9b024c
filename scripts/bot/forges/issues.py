"""Issues: what people write with a forge's own form. Looked at, answered by one comment, closed; like all questions of the bot
these may be asked again at any time.

An issue is anybody's text: its author is never believed to be the bot, and what is confidential at the forge is not there for us.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scripts.bot.forges import reading, texts
from scripts.bot.forges.requests import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.forges.api import Api, Query
    from scripts.bot.forges.forge import Exchange, Json

FORM_LABEL: Final = "proposition"
"""The label that the issue forms give (``scripts/derived/forms.py``)."""
_ABSENT: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


def project_of(kind: str, repository: str) -> str:
    """What a repository's issues are known by. A forge that moves to another address keeps its issues."""
    return f"{kind}:{repository.casefold()}"


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue as the forge shows it; ``author`` is a login, "" for a deleted account. ``closed_by``: who closed it, "" where
    the forge does not tell.
    """

    number: int
    author: str
    title: str
    text: str
    labels: tuple[str, ...]
    is_open: bool
    closed_by: str = ""

    @property
    def is_taken_back(self) -> bool:
        """Whether its author closed it, or somebody of whom the forge does not tell who it was."""
        return not self.is_open and self.closed_by.casefold() in {"", self.author.casefold()}

    def carries(self, label: str) -> bool:
        """Whether it has a label; case does not matter, as at the forges."""
        return label.casefold() in {name.casefold() for name in self.labels}


class Issues(ABC):
    """The issues of one repository, known as ``project`` (:func:`project_of`). ``whoami`` asks who the bot is ("" if the forge
    does not tell); ``body`` makes a text fit.
    """

    def __init__(
        self,
        api: Api,
        repository: str,
        project: str,
        whoami: Callable[[], Exchange[str]],
        body: Callable[[str], str],
    ) -> None:
        self._api = api
        self._repository = repository
        self.project = project
        self._whoami = whoami
        self._body = body

    # --- what is the same everywhere ------------------------------------------------------------------------
    def listed(self, label: str) -> Exchange[list[Issue]]:
        """The open issues that carry a label, without pull requests. Older forges ignore a label that they do not know."""
        rows = yield from self._api.every(f"{self._repository}/issues", self.query(label))
        found = [issue for row in rows if (issue := self.issue(row)) is not None]
        return [issue for issue in found if issue.is_open and issue.carries(label)]

    def read(self, number: int) -> Exchange[Issue | None]:
        """One issue as it stands; None where it is gone, moved to another repository, hidden, or a pull request."""
        answer = yield from self._api.call("GET", self.path(number), also=_ABSENT)
        if answer.status in _ABSENT:
            yield from self._api.call("GET", self._repository)  # so that a hidden repository is told as such
            return None
        issue = self.issue(reading.decode(answer))
        return issue if issue is not None and issue.number == number else None

    def comment(self, number: int, marker: str, text: str) -> Exchange[None]:
        """Write the one comment that carries ``marker``, or update it; never a second one.

        The marker must be beyond guessing: where the forge does not tell who we are, the oldest comment that has it is ours,
        since nobody could copy it before.
        """
        wanted = self._body(texts.marked(text, marker))
        us = (yield from self._whoami()).casefold()
        written = [
            note
            for note in (yield from self.notes(number))
            if texts.marker_of(note.text) == marker and us in {"", note.author.casefold()}
        ]
        ours = min(written, key=lambda note: (note.at, len(note.id), note.id), default=None)
        if ours is None:
            yield from self._api.call("POST", self.notes_path(number), json={"body": wanted})
        elif not texts.same(ours.text, wanted):
            yield from self.change_note(number, ours.id, wanted)

    def close(self, number: int) -> Exchange[None]:
        """Close it; fine where it is closed or gone already."""
        issue = yield from self.read(number)
        if issue is not None and issue.is_open:
            yield from self.shut(number)

    def has_label(self, name: str) -> Exchange[bool]:
        """Whether the repository knows a label: forges leave out of a form's labels those that they do not know."""
        rows = yield from self._api.every(f"{self._repository}/labels")
        return name.casefold() in {reading.text(row, "name").casefold() for row in rows}

    def path(self, number: int) -> str:
        """An issue's path in the API."""
        return f"{self._repository}/issues/{number}"

    # --- what each forge says -------------------------------------------------------------------------------
    @abstractmethod
    def query(self, label: str) -> Query:
        """The query for open issues with a label."""

    @abstractmethod
    def issue(self, row: Json) -> Issue | None:
        """What a row says; None for what is no issue of ours to read."""

    @abstractmethod
    def notes(self, number: int) -> Exchange[list[Note]]:
        """Its comments."""

    @abstractmethod
    def notes_path(self, number: int) -> str:
        """Where its comments are."""

    @abstractmethod
    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:
        """Another text for a comment."""

    @abstractmethod
    def shut(self, number: int) -> Exchange[None]:
        """Close an open one."""


class GitHubIssues(Issues):
    """Issues of GitHub. It lists pull requests among them: those have a member ``pull_request``."""

    def query(self, label: str) -> Query:
        """Labels are separated by commas, which ours has not."""
        return (("labels", label), ("state", "open"))

    def issue(self, row: Json) -> Issue | None:
        """``body`` is null where nothing was written, ``user`` for a deleted account; only one issue alone says ``closed_by``."""
        if reading.at(row, "pull_request") is not None:
            return None
        return Issue(
            number=reading.whole(row, "number"),
            author=reading.text(row, "user", "login", default=""),
            title=reading.text(row, "title"),
            text=reading.text(row, "body", default=""),
            labels=_names(reading.rows(row, "labels")),
            is_open=reading.text(row, "state") == "open",
            closed_by=reading.text(row, "closed_by", "login", default=""),
        )

    def notes(self, number: int) -> Exchange[list[Note]]:
        """Page after page."""
        return [_note(row, "user", "login") for row in (yield from self._api.every(self.notes_path(number)))]

    def notes_path(self, number: int) -> str:
        """``…/issues/{issue_number}/comments``."""
        return f"{self.path(number)}/comments"

    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:  # noqa: ARG002 - its id is enough here
        """A comment's id is unique in the repository."""
        yield from self._api.call("PATCH", f"{self._repository}/issues/comments/{note}", json={"body": text})

    def shut(self, number: int) -> Exchange[None]:
        """Close it."""
        yield from self._api.call("PATCH", self.path(number), json={"state": "closed"})


class ForgejoIssues(GitHubIssues):
    """Issues of Forgejo, which has GitHub's interface with a few words more. Its list of comments has no pages."""

    def query(self, label: str) -> Query:
        """Pull requests can be left out."""
        return (*super().query(label), ("type", "issues"))

    def notes(self, number: int) -> Exchange[list[Note]]:
        """All at once."""
        rows = reading.rows((yield from self._api.value("GET", self.notes_path(number))))
        return [_note(row, "user", "login") for row in rows]


class GitLabIssues(Issues):
    """Issues of GitLab, by ``iid``. Confidential ones are for the project's members: they never become public."""

    def query(self, label: str) -> Query:
        """Labels are separated by commas, which ours has not."""
        return (("labels", label), ("state", "opened"), ("confidential", "false"))

    def issue(self, row: Json) -> Issue | None:
        """``description`` is null where nothing was written."""
        if reading.truth(row, "confidential", default=False):
            return None
        return Issue(
            number=reading.whole(row, "iid"),
            author=reading.text(row, "author", "username"),
            title=reading.text(row, "title"),
            text=reading.text(row, "description", default=""),
            labels=tuple(name for name in reading.rows(row, "labels") if isinstance(name, str)),
            is_open=reading.text(row, "state") == "opened",
            closed_by=reading.text(row, "closed_by", "username", default=""),
        )

    def notes(self, number: int) -> Exchange[list[Note]]:
        """Not GitLab's own."""
        rows = yield from self._api.every(self.notes_path(number), (("sort", "asc"),))
        return [_note(row, "author", "username") for row in rows if not reading.truth(row, "system", default=False)]

    def notes_path(self, number: int) -> str:
        """``…/issues/{issue_iid}/notes``."""
        return f"{self.path(number)}/notes"

    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:
        """Below its issue."""
        yield from self._api.call("PUT", f"{self.notes_path(number)}/{note}", json={"body": text})

    def shut(self, number: int) -> Exchange[None]:
        """Close it."""
        yield from self._api.call("PUT", self.path(number), json={"state_event": "close"})


def _names(labels: list[Json]) -> tuple[str, ...]:
    """Names of labels; GitHub's description allows plain strings, too."""
    return tuple(one if isinstance(one, str) else reading.text(one, "name", default="") for one in labels)


def _note(row: Json, *author: str) -> Note:
    return Note(
        id=str(reading.whole(row, "id")),
        author=reading.text(row, *author, default=""),
        at=reading.moment(row, "created_at"),
        text=reading.text(row, "body", default=""),
    )
