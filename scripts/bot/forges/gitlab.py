"""GitLab: requests and answers of its REST API, version 4; « merge request » is its word for pull request."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from scripts.bot.forges import gitlab_rights, reading, texts
from scripts.bot.forges.failures import failure
from scripts.bot.forges.forge import Exchange, ForgeError, Remote, Right
from scripts.bot.forges.issues import GitLabIssues, project_of
from scripts.bot.forges.line_remarks import GitLabLines
from scripts.bot.forges.requests import Hook, Note, Status
from scripts.bot.forges.steps import EDITORS_KEPT, Steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Answer, Json, RemoteState, StatusState
    from scripts.bot.forges.webhooks import Kind

_STATES: Final[Mapping[str, RemoteState]] = {"opened": "open", "locked": "open", "merged": "merged", "closed": "closed"}
_UNDECIDED: Final = frozenset({"preparing", "checking", "unchecked", "approvals_syncing", "cannot_be_merged_recheck"})
_CONFLICTS: Final = frozenset({"conflict", "need_rebase", "broken_status"})
_REQUEST: Final = "requested changes"
"""How GitLab's own note begins when somebody asks for changes."""
_TOGETHER: Final = timedelta(seconds=10)
"""The remarks of a review are published with that note, a little before or after."""


class GitLab(Steps):
    """One project. ``git_url``: for git, without credentials."""

    kind: ClassVar[Kind] = "gitlab"
    states: ClassVar[Mapping[StatusState, str]] = {
        "pending": "pending",
        "success": "success",
        "failure": "failed",
        "error": "failed",
    }
    hook_events: ClassVar[frozenset[str]] = frozenset({"merge_requests_events", "note_events"})
    issue_event: ClassVar[str] = "issues_events"

    def __init__(self, api: Api, git_address: str, repository: str, account: str = "") -> None:
        """``git_address``: without a slash at its end. ``repository``: group/project, with subgroups."""
        super().__init__(api, account)
        self._path = f"/projects/{quote(repository, safe='')}"
        self._editors: dict[int, tuple[bool, datetime]] = {}
        self.git_url = f"{git_address}/{repository}.git"
        self.issues = GitLabIssues(api, self._path, project_of(self.kind, repository), self.account, self.body)
        self.lines = GitLabLines(api, self._path, self.account, self.body)

    @property
    def repository(self) -> str:
        """``/projects/{id}``, the id being the escaped path."""
        return self._path

    def branch_path(self, branch: str) -> str:
        """``/projects/{id}/repository/branches/{branch}``."""
        return f"{self._path}/repository/branches/{quote(branch, safe='')}"

    def git_header(self) -> Exchange[str]:
        """Any token works as the password of ``oauth2``."""
        pair = f"oauth2:{(yield from self._api.credentials.password())}"
        return f"Authorization: Basic {base64.b64encode(pair.encode()).decode()}"

    def body(self, text: str) -> str:
        """Descriptions and comments may hold quick actions, which would run with the bot's rights."""
        return texts.without_commands(texts.body(text))

    def whoami(self) -> Exchange[str]:
        """Who the token is, unless its scope is too small to tell."""
        try:
            return reading.text((yield from self._api.value("GET", "/user")), "username")
        except ForgeError as error:
            if error.kind not in {"rights", "gone"}:
                raise
            return ""

    def proposals(self, branch: str) -> Exchange[list[Remote]]:
        """Those of forks have another source project."""
        query = (("source_branch", branch), ("state", "all"))
        found = yield from self._api.every(f"{self._path}/merge_requests", query)
        return [_remote(row) for row in found if _is_from(row, branch)]

    def create(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """409 where there is one."""
        wanted: Json = {"source_branch": branch, "target_branch": base, "title": title, "description": body}
        return _remote((yield from self._api.value("POST", f"{self._path}/merge_requests", json=wanted)))

    def read(self, number: int) -> Exchange[Remote]:
        """By ``iid``, the number that people see."""
        return _remote((yield from self._api.value("GET", self._request(number))))

    def author(self, number: int) -> Exchange[str]:
        """Who opened it."""
        found = yield from self._api.value("GET", self._request(number))
        return reading.text(found, "author", "username") if _is_ours(found) else ""

    def notes(self, number: int) -> Exchange[list[Note]]:
        """People's notes, those on lines too; not GitLab's own."""
        return [_note(row) for row in (yield from self._rows(number)) if not _is_own(row)]

    def said(self, number: int) -> Exchange[list[Note]]:
        """A reviewer's standing request for changes gathers the notes that he wrote for it."""
        rows = yield from self._rows(number)
        reviewers = yield from self._reviewers(number)
        # Internal notes are for the project's members among themselves.
        notes = [_note(row) for row in rows if not _is_own(row) and not reading.truth(row, "internal", default=False)]
        requests: list[Note] = []
        for reviewer in reviewers:
            if reading.text(reviewer, "state") == "requested_changes":
                request, notes = _request_of(reviewer, rows, notes)
                requests.append(request)
        people = {reading.text(row, "author", "username"): reading.whole(row, "author", "id") for row in rows}
        people |= {reading.text(one, "user", "username"): reading.whole(one, "user", "id") for one in reviewers}
        editors: dict[str, bool] = {}
        for login in {note.author for note in (*notes, *requests)}:
            editors[login] = yield from self._is_editor(people[login])
        return [replace(note, is_editor=editors[note.author]) for note in (*notes, *requests)]

    def add_note(self, number: int, text: str) -> Exchange[None]:
        """202 instead of 201 would mean that the text held commands only; :meth:`body` leaves none."""
        yield from self._api.call("POST", f"{self._request(number)}/notes", json={"body": text})

    def change_note(self, number: int, note: str, text: str) -> Exchange[None]:
        """Another text."""
        yield from self._api.call("PUT", f"{self._request(number)}/notes/{note}", json={"body": text})

    def labels_on(self, number: int) -> Exchange[list[str]]:
        """Names of its labels."""
        row = yield from self._api.value("GET", self._request(number))
        return [name for name in reading.rows(row, "labels") if isinstance(name, str)]

    def add_labels(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """GitLab creates those that the project lacks."""
        yield from self._api.call("PUT", self._request(number), json={"add_labels": ",".join(names)})

    def asked(self, number: int) -> Exchange[list[str]]:
        """Reviewers stay in the list when they answer."""
        rows = yield from self._reviewers(number)
        return [reading.text(row, "user", "username") for row in rows]

    def ask(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """By user id, of members only; ``reviewer_ids`` replaces all. An edition with one reviewer keeps the first."""
        rows = yield from self._reviewers(number)
        ids = [reading.whole(row, "user", "id") for row in rows]
        known: dict[str, int] = {}
        for login in logins:
            members = yield from self._api.every(f"{self._path}/members/all", (("query", login),))
            for member in members:
                if reading.text(member, "username").casefold() == login.casefold():
                    known[login] = reading.whole(member, "id")
        if not known:
            return list(logins)
        wanted: Json = {"reviewer_ids": list(dict.fromkeys([*ids, *known.values()]))}
        row = yield from self._api.value("PUT", self._request(number), json=wanted)
        kept = {reading.whole(one, "id") for one in reading.rows(row, "reviewers")}
        return [login for login in logins if login not in known or known[login] not in kept]

    def current_status(self, commit: str, context: str) -> Exchange[Status | None]:
        """The youngest of that name."""
        rows = yield from self._api.every(f"{self._path}/repository/commits/{commit}/statuses", (("name", context),))
        named = [row for row in rows if reading.text(row, "name") == context]
        row = max(named, key=lambda one: reading.whole(one, "id"), default=None)
        return None if row is None else _status(row)

    def set_status(self, commit: str, context: str, status: Status) -> Exchange[None]:
        """400 « Cannot transition » where it has that state already, as another attempt may just have set it."""
        wanted = {"state": status.state, "name": context, "description": status.text}
        address = {"target_url": status.url} if status.url else {}
        path = f"{self._path}/statuses/{commit}"
        answer = yield from self._api.call("POST", path, json={**wanted, **address}, also={400})
        if answer.status == HTTPStatus.BAD_REQUEST:
            now = yield from self.current_status(commit, context)
            if now is None or now.state != status.state:
                raise failure(answer, self._api.clock())

    def write_body(self, number: int, body: str) -> Exchange[None]:
        """Another description."""
        yield from self._api.call("PUT", self._request(number), json={"description": body})

    def shut(self, number: int) -> Exchange[None]:
        """Close it."""
        yield from self._api.call("PUT", self._request(number), json={"state_event": "close"})

    def remove_branch(self, branch: str) -> Exchange[Answer]:
        """404 where it is gone."""
        return (yield from self._api.call("DELETE", self.branch_path(branch), also={404}))

    def hooks(self) -> Exchange[list[Hook] | None]:
        """For maintainers."""
        try:
            rows = yield from self._api.every(f"{self._path}/hooks")
        except ForgeError as error:
            if error.kind not in {"rights", "gone"}:
                raise
            return None
        return [self._hook(row) for row in rows]

    def rights(self, hook: str = "", label: str = "") -> Exchange[list[Right]]:
        """See :mod:`scripts.bot.forges.gitlab_rights`."""
        found = yield from gitlab_rights.rights(self._api, self._path)
        return [*found, *(yield from self.issue_rights(hook, label))]

    def _is_editor(self, user: int) -> Exchange[bool]:
        """Whether a person has the role of a developer, as far as we were told lately."""
        known = self._editors.get(user)
        if known is None or known[1] < self._api.clock():
            answer = yield from self._api.call("GET", f"{self._path}/members/all/{user}", also={404})
            level = reading.whole(reading.decode(answer), "access_level") if answer.status == HTTPStatus.OK else 0
            known = level >= gitlab_rights.DEVELOPER, self._api.clock() + EDITORS_KEPT
            self._editors[user] = known
        return known[0]

    def _request(self, number: int) -> str:
        return f"{self._path}/merge_requests/{number}"

    def _rows(self, number: int) -> Exchange[list[Json]]:
        return (yield from self._api.every(f"{self._request(number)}/notes", (("sort", "asc"),)))

    def _reviewers(self, number: int) -> Exchange[list[Json]]:
        """All at once: this list has no pages."""
        return reading.rows((yield from self._api.value("GET", f"{self._request(number)}/reviewers")))

    def _hook(self, row: Json) -> Hook:
        names = {*self.hook_events, self.issue_event}
        events = frozenset(name for name in names if reading.truth(row, name, default=False))
        active = reading.text(row, "alert_status", default="executable") == "executable"
        return Hook(reading.text(row, "url"), active, events)


def _is_from(row: Json, branch: str) -> bool:
    return reading.text(row, "source_branch") == branch and _is_ours(row)


def _is_ours(row: Json) -> bool:
    return reading.whole(row, "source_project_id", default=0) == reading.whole(row, "target_project_id")


def _remote(row: Json) -> Remote:
    state = _STATES.get(reading.text(row, "state"))
    if state is None:
        raise reading.unreadable()
    head = reading.text(row, "sha", default="")
    # A fast-forward merge makes neither a merge commit nor a squashed one.
    merge = next((sha for name in ("merge_commit_sha", "squash_commit_sha") if (sha := _sha(row, name))), head)
    return Remote(
        number=reading.whole(row, "iid"),
        url=reading.address(row, "web_url"),
        branch=reading.text(row, "source_branch"),
        head=head,
        state=state,
        merge_commit=merge if state == "merged" else "",
        mergeable=_mergeable(row),
        updated=reading.text(row, "updated_at"),
        draft=reading.truth(row, "draft", default=False),
    )


def _sha(row: Json, name: str) -> str:
    return reading.text(row, name, default="")


def _mergeable(row: Json) -> bool | None:
    """Whether it has no conflict; approvals, pipelines and the like are another matter."""
    status = reading.text(row, "detailed_merge_status", default="unchecked")
    if status in _UNDECIDED:
        return None
    return status not in _CONFLICTS and not reading.truth(row, "has_conflicts", default=False)


def _is_own(row: Json) -> bool:
    return reading.truth(row, "system", default=False)


def _note(row: Json) -> Note:
    return Note(
        id=str(reading.whole(row, "id")),
        author=reading.text(row, "author", "username"),
        at=reading.moment(row, "created_at"),
        text=reading.text(row, "body"),
    )


def _request_of(reviewer: Json, rows: Iterable[Json], notes: Sequence[Note]) -> tuple[Note, list[Note]]:
    """The request for changes of a reviewer, and the notes that are not part of it."""
    login = reading.text(reviewer, "user", "username")
    asked = [
        note for row in rows if _is_own(row) and (note := _note(row)).author == login and note.text.startswith(_REQUEST)
    ]
    if not asked:  # an older GitLab, or another wording: one request, whatever he wrote
        since, until, name = None, None, f"review-of-{login}"
    else:
        since, until = (asked[-2].at if len(asked) > 1 else None), asked[-1].at
        name = f"review-{asked[-1].id}"
    part = [note for note in notes if note.author == login and _within(note.at, since, until)]
    at = until or max((note.at for note in part), default=None) or reading.moment(reviewer, "created_at")
    text = "\n\n".join(note.text for note in part)
    return Note(name, login, at, text, asks_changes=True), [note for note in notes if note not in part]


def _within(at: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or at > since + _TOGETHER) and (until is None or at <= until + _TOGETHER)


def _status(row: Json) -> Status:
    words = (reading.text(row, name, default="") for name in ("description", "target_url"))
    return Status(reading.text(row, "status"), *words)
