"""GitLab's double: bodies as its reference pages describe them, quick actions carried out, notes of its own."""

from __future__ import annotations

import base64
import copy
import functools
import hashlib
import hmac
import json
import re
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import unquote

from tests.bot.forges.doubles.contract import CONTRACTS
from tests.bot.forges.doubles.double import Double, stamp
from tests.bot.forges.doubles.server import Reply
from tests.bot.forges.doubles.state import BOT, EDITOR, Comment, IssueOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bot.forges.doubles.contract import ForgeName, Sent
    from tests.bot.forges.doubles.state import CommitStatus, HookOf, LineComment, Pull, Review

PROJECT = "/projects/reseau%2Fsite"
REQUESTS = f"{PROJECT}/merge_requests"
NUMBER = r"([0-9]+)"
STATES = {"open": "opened", "merged": "merged", "closed": "closed"}
VERDICTS = {"approve": "approved", "ask": "requested_changes", "comment": "reviewed"}
PROJECT_ID, FORK_ID = 14, 15
COMMAND = re.compile(r"^/(close|merge|approve|label)\b[^\n]*\n?", re.MULTILINE)


@functools.cache
def _events() -> dict[str, Any]:
    path = CONTRACTS / "webhooks" / "gitlab-examples.json"
    return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))


class GitLabDouble(Double):
    """``one_reviewer``: an edition that keeps the first reviewer only. ``commands``: quick actions that were run."""

    kind: ClassVar[ForgeName] = "gitlab"
    prefix: ClassVar[str] = "/api/v4"
    etag: ClassVar[str] = 'W/"%s"'
    routes: ClassVar[Sequence[tuple[str, str, str]]] = (
        ("GET", "/user", "user"),
        ("GET", "/personal_access_tokens/self", "token_itself"),
        ("GET", PROJECT, "project"),
        ("GET", f"{PROJECT}/members/all", "list_members"),
        ("GET", f"{PROJECT}/members/all/{NUMBER}", "one_member"),
        ("GET", f"{PROJECT}/repository/branches/([^/]+)", "branch"),
        ("DELETE", f"{PROJECT}/repository/branches/([^/]+)", "delete_branch"),
        ("GET", REQUESTS, "list_requests"),
        ("POST", REQUESTS, "create_request"),
        ("GET", f"{REQUESTS}/{NUMBER}", "one_request"),
        ("PUT", f"{REQUESTS}/{NUMBER}", "change_request"),
        ("GET", f"{REQUESTS}/{NUMBER}/reviewers", "list_reviewers"),
        ("GET", f"{REQUESTS}/{NUMBER}/notes", "list_notes"),
        ("POST", f"{REQUESTS}/{NUMBER}/notes", "create_note"),
        ("PUT", f"{REQUESTS}/{NUMBER}/notes/{NUMBER}", "change_note"),
        ("DELETE", f"{REQUESTS}/{NUMBER}/notes/{NUMBER}", "delete_note"),
        ("GET", f"{REQUESTS}/{NUMBER}/diffs", "list_diffs"),
        ("GET", f"{REQUESTS}/{NUMBER}/discussions", "list_threads"),
        ("POST", f"{REQUESTS}/{NUMBER}/discussions", "create_thread"),
        ("GET", f"{PROJECT}/issues", "list_issues"),
        ("GET", f"{PROJECT}/issues/{NUMBER}", "one_issue"),
        ("PUT", f"{PROJECT}/issues/{NUMBER}", "change_issue"),
        ("GET", f"{PROJECT}/issues/{NUMBER}/notes", "list_issue_notes"),
        ("POST", f"{PROJECT}/issues/{NUMBER}/notes", "create_issue_note"),
        ("PUT", f"{PROJECT}/issues/{NUMBER}/notes/{NUMBER}", "change_issue_note"),
        ("GET", f"{PROJECT}/labels", "list_labels"),
        ("POST", f"{PROJECT}/statuses/([^/]+)", "create_status"),
        ("GET", f"{PROJECT}/repository/commits/([^/]+)/statuses", "list_statuses"),
        ("GET", f"{PROJECT}/hooks", "list_hooks"),
    )
    one_reviewer = False
    sees_hooks = True
    scopes: Sequence[str] = ("api",)
    expires: str | None = "2027-01-31"
    knows_changes = True  # whether its own notes say « requested changes »
    access_level = 30
    merge_requests_enabled = True
    outside_address = ""  # another address in its links than the one it is reached by

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.commands: list[str] = []
        self.levels: dict[str, int] = {}  # of members who are no developers

    # --- credentials ----------------------------------------------------------------------------------------
    def refusal(self, sent: Sent) -> Reply | None:
        token = sent.headers.get("authorization", "").removeprefix("Bearer ")
        if not token:
            return Reply(401, {"message": "401 Unauthorized"})
        if token not in self.tokens:
            description = "Token was revoked. You have to re-authorize from the user."
            return Reply(401, {"error": "invalid_token", "error_description": description})
        return None

    def user(self, _: Sent) -> Reply:
        if "api" not in self.scopes and "read_user" not in self.scopes:
            return self._small_scope()
        told = {**self._user(BOT), "created_at": "2026-01-01T00:00:00Z", "email": "", "bot": True, "external": False}
        return Reply(200, told | {"two_factor_enabled": False, "can_create_project": False})

    def token_itself(self, _: Sent) -> Reply:
        told = {"id": 4, "name": "formulaire", "revoked": False, "created_at": "2026-01-01T00:00:00Z", "active": True}
        return Reply(200, told | {"scopes": list(self.scopes), "user_id": 1, "expires_at": self.expires})

    # --- the project ----------------------------------------------------------------------------------------
    def project(self, _: Sent) -> Reply:
        base = f"{self.address}/{self.name}"
        space = {"id": 3, "name": "Réseau", "path": "reseau", "kind": "group", "full_path": "reseau", "parent_id": None}
        told = {
            "id": PROJECT_ID,
            "name": "site",
            "name_with_namespace": "Réseau / site",
            "path": "site",
            "path_with_namespace": self.name,
            "description": None,
            "default_branch": "main",
            "visibility": "public",
            "created_at": "2026-01-01T00:00:00Z",
            "last_activity_at": "2026-01-01T00:00:00Z",
            "web_url": base,
            "http_url_to_repo": f"{base}.git",
            "ssh_url_to_repo": "git@forge.example:reseau/site.git",
            "namespace": {**space, "web_url": f"{self.address}/groups/reseau"},
            "archived": self.state.archived,
            "empty_repo": False,
            "merge_requests_enabled": self.merge_requests_enabled,
            "merge_requests_access_level": "enabled",
            "merge_method": "merge",
            "squash_option": "default_off",
            "only_allow_merge_if_pipeline_succeeds": False,
            "permissions": {"project_access": {"access_level": self.access_level}, "group_access": None},
        }
        return Reply(200, told)

    def list_members(self, sent: Sent) -> Reply:
        wanted = dict(sent.query).get("query", "")
        found = sorted(login for login in self.state.members if wanted in login)
        return self._page(sent, [{**self._user(login), "access_level": 30} for login in found])

    def one_member(self, _: Sent, number: str) -> Reply:
        login = self.state.people[int(number) - 1]
        if login not in self.state.members:
            return self.not_found()
        return Reply(200, {**self._user(login), "access_level": self.levels.get(login, 30)})

    def branch(self, _: Sent, name: str) -> Reply:
        head = self.repository.head(unquote(name))
        if head is None:
            return Reply(404, {"message": "404 Branch Not Found"})
        told = {"name": unquote(name), "merged": False, "protected": False, "developers_can_push": False}
        told |= {"developers_can_merge": False, "can_push": True, "default": False, "web_url": self.address}
        return Reply(200, {**told, "commit": self._commit(head)})

    def delete_branch(self, _: Sent, name: str) -> Reply:
        if self.repository.head(unquote(name)) is None:
            return Reply(404, {"message": "404 Branch Not Found"})
        self.repository.delete(unquote(name))
        return Reply(204)

    # --- merge requests -------------------------------------------------------------------------------------
    def list_requests(self, sent: Sent) -> Reply:
        query = dict(sent.query)
        found = [
            pull
            for pull in self.all_fresh()
            if query.get("source_branch", pull.branch) == pull.branch
            and query.get("state", "all") in {"all", STATES[pull.state]}
        ]
        return self._page(sent, [self._request(pull) for pull in found])

    def create_request(self, sent: Sent) -> Reply:
        wanted = json.loads(sent.body)
        branch = wanted["source_branch"]
        known = self.open_of(branch)
        if known is not None:
            told = f"Another open merge request already exists for this source branch: !{known.number}"
            return Reply(409, {"message": [told]})
        if self.repository.head(branch) is None:
            return Reply(422, {"message": {"source_branch": ["does not exist"]}})
        if len(wanted["title"]) > 255:
            return Reply(400, {"message": {"title": ["is too long (maximum is 255 characters)"]}})
        description = self._run_commands(wanted.get("description", ""))
        pull = self.create(branch, wanted["target_branch"], wanted["title"], description)
        pull.draft = wanted["title"].lower().startswith(("draft:", "[draft]", "(draft)"))
        pull.undecided = True
        told_request = self._request(pull, full=True)
        pull.undecided = False
        return Reply(201, told_request)

    def one_request(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else Reply(200, self._request(pull, full=True))

    def change_request(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        if wanted.get("state_event") == "close" and pull.state == "open":
            self.close(pull.number)
        for name in filter(None, wanted.get("add_labels", "").split(",")):
            self.state.labels.setdefault(name, self.state.next_id())
            pull.labels += [] if name in pull.labels else [name]
        if "reviewer_ids" in wanted:
            chosen = [self.state.people[number - 1] for number in wanted["reviewer_ids"]]
            pull.reviewers = chosen[:1] if self.one_reviewer else chosen
        if "description" in wanted:
            pull.body = self._run_commands(wanted["description"])
        self.touch(pull)
        return Reply(200, self._request(pull, full=True))

    def list_reviewers(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        return Reply(200, [self._reviewer(pull, login) for login in pull.reviewers])

    # --- issues ---------------------------------------------------------------------------------------------
    def list_issues(self, sent: Sent) -> Reply:
        query = dict(sent.query)
        found = self.issues_asked(query.get("labels", ""))
        shown = [one for one in found if query.get("confidential") != "false" or not one.confidential]
        return self._page(sent, [self._issue(one) for one in shown])

    def one_issue(self, _: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        return self.not_found() if issue is None else Reply(200, self._issue(issue))

    def change_issue(self, sent: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        if issue is None:
            return self.not_found()
        if json.loads(sent.body).get("state_event") == "close":
            self.close_issue(issue)
        return Reply(200, self._issue(issue))

    def list_issue_notes(self, sent: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        if issue is None:
            return self.not_found()
        notes = [self._note(issue, one) for one in issue.comments]
        return self._page(sent, notes if dict(sent.query).get("sort") == "asc" else notes[::-1])

    def create_issue_note(self, sent: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        if issue is None:
            return self.not_found()
        left = self._run_commands(json.loads(sent.body)["body"])
        return Reply(201, self._note(issue, self.add_comment(issue, left)))

    def change_issue_note(self, sent: Sent, number: str, note: str) -> Reply:
        issue, comment = self.state.issue(int(number)), self.state.comment(int(note))
        if issue is None or comment is None:
            return self.not_found()
        comment.body = self._run_commands(json.loads(sent.body)["body"])
        return Reply(200, self._note(issue, comment))

    def list_labels(self, sent: Sent) -> Reply:
        told = {"color": "#1f7a4d", "text_color": "#FFFFFF", "description": None, "subscribed": False}
        told |= {"priority": None, "is_project_label": True}
        return self._page(sent, [{**told, "id": id_, "name": name} for name, id_ in self.state.labels.items()])

    # --- notes, statuses, hooks -----------------------------------------------------------------------------
    def list_notes(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        threads = [note for one in pull.lines if not one.thread for note in self._thread(pull, one)["notes"]]
        notes = [*(self._note(pull, one) for one in pull.comments), *threads]
        notes.sort(key=lambda note: note["id"])
        # Newest first, unless asked otherwise.
        return self._page(sent, notes if dict(sent.query).get("sort") == "asc" else notes[::-1])

    def create_note(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        text = json.loads(sent.body)["body"]
        left = self._run_commands(text)
        if not left.strip():
            return Reply(202, {"commands_changes": {"state_event": "close"}, "summary": ["Closed this merge request."]})
        return Reply(201, self._note(pull, self.add_comment(pull, left)))

    def change_note(self, sent: Sent, number: str, note: str) -> Reply:
        pull, comment = self.fresh(number), self.state.comment(int(note))
        if pull is None or comment is None:
            return self.not_found()
        comment.body = self._run_commands(json.loads(sent.body)["body"])
        return Reply(200, self._note(pull, comment))

    def delete_note(self, _: Sent, number: str, note: str) -> Reply:
        return Reply(204) if self.fresh(number) and self.remove_line(note) else self.not_found()

    def list_diffs(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        rows = [
            {
                "old_path": file.old_path,
                "new_path": file.path,
                "a_mode": "100644",
                "b_mode": "100644",
                "diff": file.patch,
                "new_file": file.status == "added",
                "renamed_file": file.status == "renamed",
                "deleted_file": file.status == "removed",
            }
            for file in self.files(pull)
        ]
        return self._page(sent, rows)

    def list_threads(self, sent: Sent, number: str) -> Reply:
        """Comments that are no threads are each one of their own."""
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        single = [
            {"id": f"{one.id:040x}", "individual_note": True, "notes": [self._note(pull, one)]} for one in pull.comments
        ]
        return self._page(sent, [*single, *(self._thread(pull, one) for one in pull.lines if not one.thread)])

    def create_thread(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        place = wanted["position"]
        files = [
            file for file in self.files(pull) if (file.path, file.old_path) == (place["new_path"], place["old_path"])
        ]
        if place["head_sha"] != pull.head or not any(file.has_line(place["new_line"]) for file in files):
            told = '400 Bad request - Note {:line_code=>["can\'t be blank", "must be a valid line code"]}'
            return Reply(400, {"message": told})
        text = self._run_commands(wanted["body"])
        return Reply(201, self._thread(pull, self.add_line(pull, 0, place["new_path"], place["new_line"], text)))

    def _thread(self, pull: Pull, first: LineComment) -> dict[str, Any]:
        notes = [first, *(one for one in pull.lines if one.thread == first.id)]
        told = [
            self._note(pull, Comment(one.id, one.author, one.body, one.at, system=one.system))
            | {"type": "DiffNote", "resolvable": True, "resolved": False}
            for one in notes
        ]
        return {"id": f"{first.id:040x}", "individual_note": False, "notes": told}

    def create_status(self, sent: Sent, commit: str) -> Reply:
        wanted = json.loads(sent.body)
        latest = self._latest(commit, wanted["name"])
        if latest is not None and latest.state == wanted["state"] and wanted["state"] in {"pending", "running"}:
            event = {"pending": "enqueue", "running": "run"}[wanted["state"]]
            told = f'Cannot transition status via :{event} from :{latest.state} (Reason(s): Status cannot transition via "{event}")'
            return Reply(400, {"message": told})
        text, url = wanted.get("description"), wanted.get("target_url")
        return Reply(201, self._status(self.add_status(commit, wanted["name"], wanted["state"], text, url)))

    def list_statuses(self, sent: Sent, commit: str) -> Reply:
        wanted = dict(sent.query).get("name")
        names = dict.fromkeys(one.context for one in self.state.statuses if one.commit == commit)
        found = [self._latest(commit, name) for name in names if wanted in {None, name}]
        return self._page(sent, [self._status(one) for one in found if one is not None])

    def list_hooks(self, sent: Sent) -> Reply:
        if not self.sees_hooks:
            return Reply(403, {"message": "403 Forbidden"})
        return self._page(sent, [self._hook(one) for one in self.state.hooks])

    # --- what people do -------------------------------------------------------------------------------------
    def review(self, number: int, verdict: str, text: str, *, author: str, lines: Sequence[str] = ()) -> Review:
        """GitLab makes notes of a review, and one of its own that says what it was."""
        review = super().review(number, verdict, text, author=author, lines=lines)
        pull = self.pull(number)
        pull.reviewers += [] if author in pull.reviewers else [author]
        for said in filter(None, [*lines, text]):
            self.say(number, said, author=author)
        if verdict == "ask" and self.knows_changes:
            own = self.say(number, "requested changes", author=author)
            own.system = True
        return review

    def merge(self, number: int) -> str:
        merged = super().merge(number)
        self.pull(number).comments.append(Comment(self.state.next_id(), EDITOR, "merged", self.clock(), system=True))
        return merged

    def webhook_for(self, event: str, number: int) -> tuple[dict[str, str], bytes]:
        """With the secret in clear, or signed where ``secret`` begins with ``whsec_``."""
        key, kind = {
            "opened": ("merge-request (opened)", "Merge Request Hook"),
            "updated": ("merge-request (synchronize: action update with oldrev)", "Merge Request Hook"),
            "closed": ("merge-request (closed)", "Merge Request Hook"),
            "merged": ("merge-request (merged)", "Merge Request Hook"),
            "reviewed": ("merge-request (review submitted: approved)", "Merge Request Hook"),
            "commented": ("note (comment on a merge request)", "Note Hook"),
        }[event]
        payload, pull = copy.deepcopy(_events()[key]), self.pull(number)
        own = payload["merge_request" if kind == "Note Hook" else "object_attributes"]
        own |= {"iid": number, "source_branch": pull.branch}
        return self._signed(kind, json.dumps(payload).encode())

    def issue_webhook_for(self, number: int) -> tuple[dict[str, str], bytes]:
        payload, issue = copy.deepcopy(_events()["issue (opened)"]), self.issue(number)
        payload["object_attributes"] |= {"iid": number, "title": issue.title, "description": issue.body}
        return self._signed("Issue Hook", json.dumps(payload).encode())

    def _issue_number(self) -> int:
        """Issues and merge requests are counted apart."""
        return len(self.state.issues) + 12

    def _number(self) -> int:
        return len(self.pulls) + 12

    def _signed(self, kind: str, body: bytes) -> tuple[dict[str, str], bytes]:
        delivery = f"d{self.state.next_id():07}-3b9d-4c2e-9a39-5a4f6c2a2f11"
        headers = {
            "content-type": "application/json",
            "x-gitlab-event": kind,
            "x-gitlab-event-uuid": f"e{delivery[1:]}",
        }
        headers |= {"x-gitlab-webhook-uuid": delivery, "x-gitlab-instance": self.address, "idempotency-key": delivery}
        if not self.secret.startswith("whsec_"):
            return {**headers, "x-gitlab-token": self.secret}, body
        time = str(int(self.clock().timestamp()))
        signed = f"{delivery}.{time}.".encode() + body
        digest = hmac.new(base64.b64decode(self.secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()
        signature = f"v1,{base64.b64encode(digest).decode()}"
        return {**headers, "webhook-id": delivery, "webhook-timestamp": time, "webhook-signature": signature}, body

    # --- bodies ---------------------------------------------------------------------------------------------
    def not_found(self) -> Reply:
        return Reply(404, {"message": "404 Not found"})

    @staticmethod
    def _small_scope() -> Reply:
        description = "The request requires higher privileges than provided by the access token."
        return Reply(403, {"error": "insufficient_scope", "error_description": description, "scope": "api read_user"})

    def _run_commands(self, text: str) -> str:
        """As ``Gitlab::QuickActions::Extractor`` does: carriage returns go first, then lines that are commands."""
        clean = text.replace("\r", "")
        self.commands += [found[0] for found in COMMAND.finditer(clean)]
        return COMMAND.sub("", clean)

    def _page(self, sent: Sent, rows: list[Any]) -> Reply:
        page, size = self.page(sent, "per_page")
        more = page * size < len(rows)
        headers = {"x-page": str(page), "x-per-page": str(size), "x-next-page": str(page + 1) if more else ""}
        headers |= {"x-prev-page": str(page - 1) if page > 1 else "", "x-total": str(len(rows))}
        headers |= {"x-total-pages": str(-(-len(rows) // size))}
        if more:
            pairs = [f"{name}={value}" for name, value in sent.query if name != "page"]
            address = (self.outside_address or self.address) + self.prefix + sent.path
            headers["link"] = f'<{address}?{"&".join([*pairs, f"page={page + 1}"])}>; rel="next"'
        return Reply(200, rows[(page - 1) * size : page * size], headers)

    def _user(self, login: str) -> dict[str, Any]:
        told = {"id": self.state.id_of(login), "username": login, "name": login.title(), "state": "active"}
        return {**told, "avatar_url": None, "web_url": f"{self.address}/{login}"}

    def _commit(self, sha: str) -> dict[str, Any]:
        told = {"id": sha, "short_id": sha[:8], "parent_ids": [], "title": "x", "message": "x", "web_url": self.address}
        for role in ("author", "committer"):
            told |= {f"{role}_name": "Robot", f"{role}_email": "robot@example.org"}
        return told | dict.fromkeys(("created_at", "authored_date", "committed_date"), "2026-03-04T09:00:00Z")

    def _request(self, pull: Pull, *, full: bool = False) -> dict[str, Any]:
        mergeable = self.mergeable(pull)
        status = "preparing" if pull.undecided else "mergeable" if mergeable else "conflict"
        ended = stamp(pull.ended) if pull.ended else None
        short = f"!{pull.number}"
        told: dict[str, Any] = {
            "id": pull.number * 1000,
            "iid": pull.number,
            "project_id": PROJECT_ID,
            "title": pull.title,
            "description": pull.body,
            "state": STATES[pull.state],
            "created_at": stamp(pull.created),
            "updated_at": stamp(pull.updated),
            "merged_at": ended if pull.state == "merged" else None,
            "closed_at": ended if pull.state == "closed" else None,
            "target_branch": pull.base,
            "source_branch": pull.branch,
            "user_notes_count": len(pull.comments),
            "upvotes": 0,
            "downvotes": 0,
            "author": self._user(pull.author),
            "assignees": [],
            "reviewers": [self._user(login) for login in pull.reviewers],
            "source_project_id": FORK_ID if pull.fork else PROJECT_ID,
            "target_project_id": PROJECT_ID,
            "labels": pull.labels,
            "draft": pull.draft,
            "detailed_merge_status": status if pull.state == "open" else "not_open",
            "sha": pull.head,
            "merge_commit_sha": pull.merge_commit or None,
            "squash_commit_sha": None,
            "references": {"short": short, "relative": short, "full": f"{self.name}{short}"},
            "web_url": f"{self.address}/{self.name}/-/merge_requests/{pull.number}",
            "squash": False,
            "has_conflicts": pull.state == "open" and not pull.undecided and not mergeable,
            "blocking_discussions_resolved": True,
        }
        if full:
            refs = {"base_sha": "b" * 40, "head_sha": pull.head, "start_sha": "b" * 40}
            told |= {"changes_count": None if pull.undecided else "1", "diff_refs": None if pull.undecided else refs}
            told["user"] = {"can_merge": False}
        return told

    def _reviewer(self, pull: Pull, login: str) -> dict[str, Any]:
        gave = [review for review in pull.reviews if review.author == login]
        state = VERDICTS[gave[-1].verdict] if gave and not gave[-1].dismissed else "unreviewed"
        return {"user": self._user(login), "state": state, "created_at": stamp(pull.created)}

    def _issue(self, issue: IssueOf) -> dict[str, Any]:
        return {
            "id": issue.number * 1000,
            "iid": issue.number,
            "project_id": PROJECT_ID,
            "title": issue.title,
            "description": issue.body or None,
            "state": "opened" if issue.state == "open" else "closed",
            "created_at": stamp(issue.created),
            "updated_at": stamp(issue.updated),
            "closed_at": stamp(issue.updated) if issue.state == "closed" else None,
            "closed_by": self._user(issue.closed_by) if issue.state == "closed" and issue.closed_by else None,
            "labels": issue.labels,
            "author": self._user(issue.author),
            "web_url": f"{self.address}/{self.name}/-/issues/{issue.number}",
            "confidential": issue.confidential,
            "issue_type": "issue",
        }

    def _note(self, thread: Pull | IssueOf, comment: Comment) -> dict[str, Any]:
        moment = stamp(comment.at)
        return {
            "id": comment.id,
            "type": None,
            "body": comment.body,
            "author": self._user(comment.author),
            "created_at": moment,
            "updated_at": moment,
            "system": comment.system,
            "noteable_id": thread.number * 1000,
            "noteable_type": "Issue" if isinstance(thread, IssueOf) else "MergeRequest",
            "noteable_iid": thread.number,
            "project_id": PROJECT_ID,
            "resolvable": False,
            "internal": comment.internal,
        }

    def _latest(self, commit: str, name: str) -> CommitStatus | None:
        found = [one for one in self.state.statuses if (one.commit, one.context) == (commit, name)]
        return found[-1] if found else None

    def _status(self, status: CommitStatus) -> dict[str, Any]:
        moment = stamp(status.at)
        return {
            "id": status.id,
            "sha": status.commit,
            "ref": "main",
            "status": status.state,
            "name": status.context,
            "target_url": status.url,
            "description": status.text,
            "created_at": moment,
            "started_at": None,
            "finished_at": None if status.state == "pending" else moment,
            "allow_failure": False,
            "coverage": None,
            "author": self._user(BOT),
        }

    def _hook(self, hook: HookOf) -> dict[str, Any]:
        kinds = ("push", "merge_requests", "note", "pipeline", "job", "tag_push", "issues", "wiki_page")
        told: dict[str, Any] = {f"{kind}_events": f"{kind}_events" in hook.events for kind in kinds}
        return {
            **told,
            "id": hook.id,
            "url": hook.url,
            "project_id": PROJECT_ID,
            "created_at": "2026-01-01T00:00:00Z",
            "enable_ssl_verification": True,
            "alert_status": "executable" if hook.active else "disabled",
            "disabled_until": None,
            "url_variables": [],
        }
