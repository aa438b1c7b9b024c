"""GitHub (github.com and Enterprise Server): requests and answers of its REST API, version 2022-11-28."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from scripts.bot.forges import github_rights, reading
from scripts.bot.forges.forge import Exchange, ForgeError, Remote, Right
from scripts.bot.forges.github_app import Installation
from scripts.bot.forges.issues import GitHubIssues, project_of
from scripts.bot.forges.line_remarks import GitHubLines
from scripts.bot.forges.requests import Hook, Note, Status
from scripts.bot.forges.steps import LABEL_COLOUR, Steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Answer, Json, RemoteState, StatusState
    from scripts.bot.forges.webhooks import Kind

HEADERS: Final = {"accept": "application/vnd.github+json", "x-github-api-version": "2022-11-28"}
_REVIEWED: Final = frozenset({"APPROVED", "CHANGES_REQUESTED", "DISMISSED"})
_EDITORS: Final = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_REFUSED: Final = frozenset({422})


class GitHub(Steps):
    """One repository. ``git_url``: for git, without credentials."""

    kind: ClassVar[Kind] = "github"
    states: ClassVar[Mapping[StatusState, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failure",
        "error": "error",
    }
    hook_events: ClassVar[frozenset[str]] = frozenset({"pull_request", "pull_request_review", "issue_comment"})
    issue_event: ClassVar[str] = "issues"

    def __init__(self, api: Api, git_address: str, repository: str, account: str = "") -> None:
        """``git_address``: where git repositories are, without a slash at its end. ``repository``: owner/name."""
        super().__init__(api, account)
        self._owner = repository.partition("/")[0]
        self._path = f"/repos/{repository}"
        self.git_url = f"{git_address}/{repository}.git"
        self.issues = GitHubIssues(api, self._path, project_of(self.kind, repository), self.account, self.body)
        self.lines = GitHubLines(api, self._path, self.account, self.body)

    @property
    def repository(self) -> str:
        """``/repos/{owner}/{repo}``."""
        return self._path

    def branch_path(self, branch: str) -> str:
        """``/repos/{owner}/{repo}/branches/{branch}``."""
        return f"{self._path}/branches/{quote(branch, safe='')}"

    def git_header(self) -> Exchange[str]:
        """Any token works as the password of ``x-access-token``."""
        pair = f"x-access-token:{(yield from self._api.credentials.password())}"
        return f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"

    def whoami(self) -> Exchange[str]:
        """An app writes as ``slug[bot]``; a token as its user, whom a narrow token does not tell."""
        if isinstance(self._api.credentials, Installation):
            return f"{(yield from self._api.credentials.slug())}[bot]"
        try:
            return reading.text((yield from self._api.value("GET", "/user")), "login")
        except ForgeError as error:
            if error.kind not in {"rights", "gone"}:
                raise
            return ""

    def proposals(self, branch: str) -> Exchange[list[Remote]]:
        """``head`` without an owner is ignored and everything comes: so each row is looked at.

        A repository that was transferred answers at its old name too, but its branches are its new owner's.
        """
        found = yield from self._of_head(f"{self._owner}:{branch}")
        if not found:
            seen = yield from self._api.value("GET", self._path)
            owner = reading.text(seen, "owner", "login")
            if owner.casefold() != self._owner.casefold():
                found = yield from self._of_head(f"{owner}:{branch}")
        return [_remote(row) for row in found if _is_from(row, branch)]

    def _of_head(self, head: str) -> Exchange[list[Json]]:
        return (yield from self._api.every(f"{self._path}/pulls", (("head", head), ("state", "all"))))

    def create(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """422 where there is one, or nothing to propose."""
        wanted: Json = {"title": title, "head": branch, "base": base, "body": body}
        return _remote((yield from self._api.value("POST", f"{self._path}/pulls", json=wanted)))

    def read(self, number: int) -> Exchange[Remote]:
        """The only answer that tells ``mergeable``; null while GitHub works it out."""
        return _remote((yield from self._api.value("GET", f"{self._path}/pulls/{number}")))

    def author(self, number: int) -> Exchange[str]:
        """Null for a deleted account."""
        found = yield from self._api.value("GET", f"{self._path}/pulls/{number}")
        return reading.text(found, "user", "login", default="") if _is_ours(found) else ""

    def notes(self, number: int) -> Exchange[list[Note]]:
        """Comments of the issue that every pull request is."""
        return [_note(row) for row in (yield from self._api.every(f"{self._path}/issues/{number}/comments"))]

    def said(self, number: int) -> Exchange[list[Note]]:
        """Comments, and each review with its remarks on lines. The latest verdict of each person stands."""
        comments = yield from self._api.every(f"{self._path}/issues/{number}/comments")
        notes = [_note(row) for row in comments if reading.at(row, "minimized") is None]
        rows = yield from self._api.every(f"{self._path}/pulls/{number}/reviews")
        rows = [row for row in rows if reading.text(row, "state") != "PENDING"]
        lines = (yield from self._api.every(f"{self._path}/pulls/{number}/comments")) if rows else []
        standing = {
            reading.text(row, "user", "login", default=""): reading.whole(row, "id")
            for row in rows
            if reading.text(row, "state") in _REVIEWED
        }
        reviews = [_review(row, lines, standing) for row in rows]
        return [*notes, *(review for review in reviews if review.text or review.asks_changes)]

    def add_note(self, number: int, text: str) -> Exchange[None]:
        """A comment on the conversation."""
        yield from self._api.call("POST", f"{self._path}/issues/{number}/comments", json={"body": text})

    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:  # noqa: ARG002 - GitHub needs its id only
        """A comment's id is unique in the repository."""
        yield from self._api.call("PATCH", f"{self._path}/issues/comments/{note}", json={"body": text})

    def labels_on(self, number: int) -> Exchange[list[str]]:
        """Names of its labels."""
        rows = yield from self._api.every(f"{self._path}/issues/{number}/labels")
        return [reading.text(row, "name") for row in rows]

    def add_labels(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """Names are unique without case. 422 on creation: somebody was faster."""
        rows = yield from self._api.every(f"{self._path}/labels")
        have = {reading.text(row, "name").casefold() for row in rows}
        for name in names:
            if name.casefold() not in have:
                wanted = {"name": name, "color": LABEL_COLOUR}
                yield from self._api.call("POST", f"{self._path}/labels", json=wanted, also=_REFUSED)
        yield from self._api.call("POST", f"{self._path}/issues/{number}/labels", json={"labels": list(names)})

    def asked(self, number: int) -> Exchange[list[str]]:
        """Asked people leave the list when they answer."""
        pull = yield from self._api.value("GET", f"{self._path}/pulls/{number}")
        reviews = yield from self._api.every(f"{self._path}/pulls/{number}/reviews")
        people = [*reading.rows(pull, "requested_reviewers"), *(reading.at(row, "user") for row in reviews)]
        return [reading.text(one, "login", default="") for one in people]

    def ask(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """422 for who is no collaborator, or opened the pull request."""
        path = f"{self._path}/pulls/{number}/requested_reviewers"
        return (yield from self.ask_all(path, logins, _REFUSED))

    def current_status(self, commit: str, context: str) -> Exchange[Status | None]:
        """Newest first."""
        rows = yield from self._api.every(f"{self._path}/commits/{commit}/statuses")
        row = next((row for row in rows if reading.text(row, "context") == context), None)
        return None if row is None else _status(row)

    def set_status(self, commit: str, context: str, status: Status) -> Exchange[None]:
        """A new one goes before the older of its context."""
        wanted = {"state": status.state, "context": context, "description": status.text}
        address = {"target_url": status.url} if status.url else {}
        yield from self._api.call("POST", f"{self._path}/statuses/{commit}", json={**wanted, **address})

    def write_body(self, number: int, body: str) -> Exchange[None]:
        """Another description."""
        yield from self._api.call("PATCH", f"{self._path}/pulls/{number}", json={"body": body})

    def shut(self, number: int) -> Exchange[None]:
        """Close it."""
        yield from self._api.call("PATCH", f"{self._path}/pulls/{number}", json={"state": "closed"})

    def remove_branch(self, branch: str) -> Exchange[Answer]:
        """422 « Reference does not exist » where it is gone."""
        path = f"{self._path}/git/refs/{quote(f'heads/{branch}', safe='')}"
        return (yield from self._api.call("DELETE", path, also={404, 422}))

    def hooks(self) -> Exchange[list[Hook] | None]:
        """Needs the right to administer; GitHub answers 403 or 404 without it."""
        try:
            rows = yield from self._api.every(f"{self._path}/hooks")
        except ForgeError as error:
            if error.kind not in {"rights", "gone"}:
                raise
            return None
        return [_hook(row) for row in rows]

    def rights(self, hook: str = "", label: str = "") -> Exchange[list[Right]]:
        """See :mod:`scripts.bot.forges.github_rights`."""
        found = yield from github_rights.rights(self._api, self._path)
        return [*found, *(yield from self.issue_rights(hook, label))]


def _is_from(row: Json, branch: str) -> bool:
    """From this branch of this very repository; that of a deleted fork is null."""
    return reading.text(row, "head", "ref") == branch and _is_ours(row)


def _is_ours(row: Json) -> bool:
    return reading.whole(row, "head", "repo", "id", default=0) == reading.whole(row, "base", "repo", "id")


def _remote(row: Json) -> Remote:
    merged = reading.at(row, "merged_at") is not None
    state: RemoteState = "merged" if merged else "open" if reading.text(row, "state") == "open" else "closed"
    mergeable = reading.at(row, "mergeable")
    return Remote(
        number=reading.whole(row, "number"),
        url=reading.address(row, "html_url"),
        branch=reading.text(row, "head", "ref"),
        head=reading.text(row, "head", "sha"),
        state=state,
        # Before the merge, this is the commit of a trial.
        merge_commit=reading.text(row, "merge_commit_sha", default="") if merged else "",
        mergeable=mergeable if isinstance(mergeable, bool) else None,
        updated=reading.text(row, "updated_at"),
        draft=reading.truth(row, "draft", default=False),
    )


def _note(row: Json) -> Note:
    return Note(
        id=str(reading.whole(row, "id")),
        author=reading.text(row, "user", "login", default=""),
        at=reading.moment(row, "created_at"),
        text=reading.text(row, "body", default=""),
        is_editor=_is_editor(row),
    )


def _is_editor(row: Json) -> bool:
    return reading.text(row, "author_association", default="NONE") in _EDITORS


def _review(row: Json, lines: Sequence[Json], standing: Mapping[str, int]) -> Note:
    number, author = reading.whole(row, "id"), reading.text(row, "user", "login", default="")
    own = [line for line in lines if reading.at(line, "pull_request_review_id") == number]
    said = [reading.text(row, "body", default=""), *(reading.text(line, "body", default="") for line in own)]
    asks = reading.text(row, "state") == "CHANGES_REQUESTED" and standing.get(author) == number
    return Note(
        id=f"review-{number}",
        author=author,
        at=reading.moment(row, "submitted_at"),
        text="\n\n".join(text for text in said if text),
        asks_changes=asks,
        is_editor=_is_editor(row),
    )


def _status(row: Json) -> Status:
    words = (reading.text(row, name, default="") for name in ("description", "target_url"))
    return Status(reading.text(row, "state"), *words)


def _hook(row: Json) -> Hook:
    events = frozenset(event for event in reading.rows(row, "events") if isinstance(event, str))
    return Hook(reading.text(row, "config", "url", default=""), reading.truth(row, "active"), events)
