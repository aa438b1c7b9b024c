"""Forgejo, and Gitea as far as it is the same: requests and answers of its REST API, version 1.

A token bound to a few repositories answers 403 to ``GET /user``: nothing here asks for it.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from scripts.bot.forges import reading
from scripts.bot.forges.forge import Exchange, ForgeError, Remote, Right
from scripts.bot.forges.issues import ForgejoIssues, project_of
from scripts.bot.forges.line_remarks import ForgejoLines
from scripts.bot.forges.requests import Hook, Note, Status
from scripts.bot.forges.steps import EDITORS_KEPT, LABEL_COLOUR, Steps
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Answer, Json, RemoteState, StatusState
    from scripts.bot.forges.webhooks import Kind

CHECKING: Final = timedelta(minutes=1)
"""``mergeable`` is false while Forgejo works it out, too: so long after a change it is not believed."""
_VERDICTS: Final = frozenset({"APPROVED", "REQUEST_CHANGES"})
_UNSAID: Final = frozenset({"PENDING", "REQUEST_REVIEW", ""})
_REFUSED: Final = frozenset({404, 422})


class Forgejo(Steps):
    """One repository. ``git_url``: for git, without credentials."""

    kind: ClassVar[Kind] = "forgejo"
    states: ClassVar[Mapping[StatusState, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failure",
        "error": "error",
    }
    hook_events: ClassVar[frozenset[str]] = frozenset(
        {"pull_request", "pull_request_comment", "pull_request_review_rejected"}
    )
    issue_event: ClassVar[str] = "issues"

    def __init__(self, api: Api, git_address: str, repository: str, account: str = "") -> None:
        """``git_address``: without a slash at its end. ``repository``: owner/name."""
        super().__init__(api, account)
        self._path = f"/repos/{repository}"
        self.git_url = f"{git_address}/{repository}.git"
        self.issues = ForgejoIssues(api, self._path, project_of(self.kind, repository), self.account, self.body)
        self.lines = ForgejoLines(api, self._path, self.account, self.body)
        self._editors: tuple[frozenset[str], datetime] | None = None

    @property
    def repository(self) -> str:
        """``/repos/{owner}/{repo}``."""
        return self._path

    def branch_path(self, branch: str) -> str:
        """``/repos/{owner}/{repo}/branches/{branch}``."""
        return f"{self._path}/branches/{quote(branch, safe='')}"

    def git_header(self) -> Exchange[str]:
        """A token works as the password of whatever name."""
        pair = f"x-access-token:{(yield from self._api.credentials.password())}"
        return f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"

    def proposals(self, branch: str) -> Exchange[list[Remote]]:
        """``head`` is the bare branch name; where it is not known, everything comes: so each row is looked at."""
        query = (("head", branch), ("state", "all"), ("sort", "recentupdate"))
        found = yield from self._api.every(f"{self._path}/pulls", query)
        return [self._remote(row) for row in found if _is_from(row, branch)]

    def create(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """409 where there is one."""
        wanted: Json = {"title": title, "head": branch, "base": base, "body": body}
        return self._remote((yield from self._api.value("POST", f"{self._path}/pulls", json=wanted)))

    def read(self, number: int) -> Exchange[Remote]:
        """One pull request."""
        return self._remote((yield from self._api.value("GET", f"{self._path}/pulls/{number}")))

    def author(self, number: int) -> Exchange[str]:
        """Who opened it."""
        found = yield from self._api.value("GET", f"{self._path}/pulls/{number}")
        return reading.text(found, "user", "login") if _is_ours(found) else ""

    def notes(self, number: int) -> Exchange[list[Note]]:
        """All at once: this list has no pages."""
        rows = reading.rows((yield from self._api.value("GET", f"{self._path}/issues/{number}/comments")))
        return [_note(row) for row in rows]

    def said(self, number: int) -> Exchange[list[Note]]:
        """Comments, and each review with its remarks on lines. The latest verdict of each person stands."""
        found = yield from self.notes(number)
        rows = yield from self._api.every(f"{self._path}/pulls/{number}/reviews")
        rows = [row for row in rows if reading.text(row, "state", default="") not in _UNSAID]
        standing = {_login(row): _id(row) for row in rows if reading.text(row, "state") in _VERDICTS}
        for row in rows:
            lines: list[Json] = []
            if reading.whole(row, "comments_count", default=0):
                path = f"{self._path}/pulls/{number}/reviews/{_id(row)}/comments"
                lines = reading.rows((yield from self._api.value("GET", path)))
            review = _review(row, lines, standing)
            found += [review] if review.text or review.asks_changes else []
        editors = yield from self._writers()
        return [replace(note, is_editor=note.is_editor or note.author.casefold() in editors) for note in found]

    def add_note(self, number: int, text: str) -> Exchange[None]:
        """A comment on the conversation."""
        yield from self._api.call("POST", f"{self._path}/issues/{number}/comments", json={"body": text})

    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:  # noqa: ARG002 - Forgejo needs its id only
        """A comment's id is unique in the instance."""
        yield from self._api.call("PATCH", f"{self._path}/issues/comments/{note}", json={"body": text})

    def labels_on(self, number: int) -> Exchange[list[str]]:
        """Names of its labels."""
        rows = reading.rows((yield from self._api.value("GET", f"{self._path}/issues/{number}/labels")))
        return [reading.text(row, "name") for row in rows]

    def add_labels(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """By id, which every version takes."""
        rows = yield from self._api.every(f"{self._path}/labels")
        ids = {reading.text(row, "name").casefold(): _id(row) for row in rows}
        for name in names:
            if name.casefold() not in ids:
                wanted = {"name": name, "color": f"#{LABEL_COLOUR}"}
                ids[name.casefold()] = _id((yield from self._api.value("POST", f"{self._path}/labels", json=wanted)))
        chosen: Json = {"labels": [ids[name.casefold()] for name in names]}
        yield from self._api.call("POST", f"{self._path}/issues/{number}/labels", json=chosen)

    def asked(self, number: int) -> Exchange[list[str]]:
        """Requests are reviews of their own kind; lists of people may be null."""
        pull = yield from self._api.value("GET", f"{self._path}/pulls/{number}")
        reviews = yield from self._api.every(f"{self._path}/pulls/{number}/reviews")
        people = [*reading.rows(pull, "requested_reviewers"), *(reading.at(row, "user") for row in reviews)]
        return [reading.text(one, "login", default="") for one in people]

    def ask(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """422 for who may not read the repository or opened the pull request, 404 for who does not exist."""
        path = f"{self._path}/pulls/{number}/requested_reviewers"
        return (yield from self.ask_all(path, logins, _REFUSED))

    def current_status(self, commit: str, context: str) -> Exchange[Status | None]:
        """The youngest of that name."""
        rows = yield from self._api.every(f"{self._path}/commits/{commit}/statuses")
        named = [row for row in rows if reading.text(row, "context") == context]
        row = max(named, key=_id, default=None)
        return None if row is None else _status(row)

    def set_status(self, commit: str, context: str, status: Status) -> Exchange[None]:
        """Sent as ``state``, answered as ``status``."""
        wanted = {"state": status.state, "context": context, "description": status.text, "target_url": status.url}
        yield from self._api.call("POST", f"{self._path}/statuses/{commit}", json=wanted)

    def write_body(self, number: int, body: str) -> Exchange[None]:
        """Another description."""
        yield from self._api.call("PATCH", f"{self._path}/pulls/{number}", json={"body": body})

    def shut(self, number: int) -> Exchange[None]:
        """Close it."""
        yield from self._api.call("PATCH", f"{self._path}/pulls/{number}", json={"state": "closed"})

    def remove_branch(self, branch: str) -> Exchange[Answer]:
        """404 where it is gone."""
        return (yield from self._api.call("DELETE", self.branch_path(branch), also={404}))

    def hooks(self) -> Exchange[list[Hook] | None]:
        """For administrators of the repository."""
        try:
            rows = yield from self._api.every(f"{self._path}/hooks")
        except ForgeError as error:
            if error.kind not in {"rights", "gone"}:
                raise
            return None
        return [_hook(row) for row in rows]

    def rights(self, hook: str = "", label: str = "") -> Exchange[list[Right]]:
        """No request tells a token's scopes; the role of its user is told."""
        try:
            seen = yield from self._api.value("GET", self._path)
        except ForgeError as error:
            if error.kind not in {"credentials", "rights", "gone"}:
                raise
            name = french.REPOSITORY_RIGHT if error.kind == "gone" else french.CREDENTIALS_RIGHT
            return [Right(name, granted=False, advice=error.message)]
        return [*_rights(seen), *(yield from self.issue_rights(hook, label))]

    def _writers(self) -> Exchange[frozenset[str]]:
        """Logins of those who may write, as far as we were told lately; none where the forge does not tell."""
        if self._editors is None or self._editors[1] < self._api.clock():
            answer = yield from self._api.call("GET", f"{self._path}/assignees", also={403, 404})
            rows = reading.rows(reading.decode(answer)) if answer.status == HTTPStatus.OK else []
            logins = frozenset(reading.text(row, "login").casefold() for row in rows)
            self._editors = logins, self._api.clock() + EDITORS_KEPT
        return self._editors[0]

    def _remote(self, row: Json) -> Remote:
        merged, opened = reading.truth(row, "merged", default=False), reading.text(row, "state") == "open"
        state: RemoteState = "merged" if merged else "open" if opened else "closed"
        mergeable: bool | None = reading.truth(row, "mergeable", default=False)
        if not mergeable and self._api.clock() - reading.moment(row, "updated_at") < CHECKING:
            mergeable = None
        return Remote(
            number=reading.whole(row, "number"),
            url=reading.address(row, "html_url"),
            branch=reading.text(row, "head", "label"),
            head=reading.text(row, "head", "sha", default=""),
            state=state,
            merge_commit=reading.text(row, "merge_commit_sha", default="") if merged else "",
            mergeable=mergeable,
            updated=reading.text(row, "updated_at"),
            draft=reading.truth(row, "draft", default=False),
        )


def _is_from(row: Json, branch: str) -> bool:
    """``label`` stays the branch's name once it is deleted; ``ref`` does not."""
    return reading.text(row, "head", "label", default="") == branch and _is_ours(row)


def _is_ours(row: Json) -> bool:
    return reading.whole(row, "head", "repo_id") == reading.whole(row, "base", "repo_id")


def _id(row: Json) -> int:
    return reading.whole(row, "id")


def _login(row: Json) -> str:
    return reading.text(row, "user", "login", default="")


def _note(row: Json) -> Note:
    return Note(str(_id(row)), _login(row), reading.moment(row, "created_at"), reading.text(row, "body", default=""))


def _review(row: Json, lines: Sequence[Json], standing: Mapping[str, int]) -> Note:
    said = [reading.text(row, "body", default=""), *(reading.text(line, "body", default="") for line in lines)]
    asks = reading.text(row, "state") == "REQUEST_CHANGES" and not reading.truth(row, "dismissed", default=False)
    at: datetime = reading.moment(row, "submitted_at")
    text = "\n\n".join(one for one in said if one)
    return Note(
        id=f"review-{_id(row)}",
        author=_login(row),
        at=at,
        text=text,
        asks_changes=asks and standing.get(_login(row)) == _id(row),
        is_editor=reading.truth(row, "official", default=False),
    )


def _status(row: Json) -> Status:
    words = (reading.text(row, name, default="") for name in ("description", "target_url"))
    return Status(reading.text(row, "status"), *words)


def _hook(row: Json) -> Hook:
    events = frozenset(event for event in reading.rows(row, "events") if isinstance(event, str))
    return Hook(reading.text(row, "config", "url", default=""), reading.truth(row, "active", default=False), events)


def _rights(seen: Json) -> list[Right]:
    found = [Right(french.CREDENTIALS_RIGHT, granted=True, advice=french.ACCEPTED)]
    if reading.truth(seen, "archived", default=False):
        return [*found, Right(french.REPOSITORY_RIGHT, granted=False, advice=french.ARCHIVED)]
    found.append(Right(french.REPOSITORY_RIGHT, granted=True, advice=french.REPOSITORY_SEEN))
    if not reading.truth(seen, "permissions", "push", default=False):
        advice = french.ask_push("le droit d’écriture dans le dépôt")
        return [*found, Right(french.PUSH_RIGHT, granted=False, advice=advice)]
    found.append(Right(french.PUSH_RIGHT, granted=True, advice=french.MAY_PUSH))
    if not reading.truth(seen, "has_pull_requests", default=True):
        return [*found, Right(french.PULL_RIGHT, granted=False, advice=french.NO_PULLS)]
    others = (french.PULL_RIGHT, french.LABEL_RIGHT, french.STATUS_RIGHT)
    return [*found, *(Right(name, granted=None, advice=french.UNTOLD) for name in others)]
