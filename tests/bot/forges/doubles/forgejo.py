"""Forgejo's double: bodies as its description and structs have them, with the nulls that it really sends."""

from __future__ import annotations

import copy
import functools
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import unquote

from tests.bot.forges.doubles.contract import CONTRACTS
from tests.bot.forges.doubles.double import Double, stamp
from tests.bot.forges.doubles.server import Reply
from tests.bot.forges.doubles.state import BOT, IssueOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bot.forges.doubles.contract import ForgeName, Sent
    from tests.bot.forges.doubles.state import Comment, CommitStatus, HookOf, LineComment, Pull, Review

REPO = "/repos/reseau/site"
NUMBER = r"([0-9]+)"
STATES = {"approve": "APPROVED", "ask": "REQUEST_CHANGES", "comment": "COMMENT"}
REPOSITORY_ID, FORK_ID = 1, 2


@functools.cache
def _events() -> dict[str, Any]:
    path = CONTRACTS / "webhooks" / "forgejo-examples.json"
    return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))


class ForgejoDouble(Double):
    """``knows_head``: whether ``head`` filters the list of pull requests (older versions ignore it)."""

    kind: ClassVar[ForgeName] = "forgejo"
    prefix: ClassVar[str] = "/api/v1"
    etag: ClassVar[str] = ""
    routes: ClassVar[Sequence[tuple[str, str, str]]] = (
        ("GET", REPO, "repository_itself"),
        ("GET", f"{REPO}/assignees", "list_writers"),
        ("GET", f"{REPO}/branches/([^/]+)", "branch"),
        ("DELETE", f"{REPO}/branches/([^/]+)", "delete_branch"),
        ("GET", f"{REPO}/pulls", "list_pulls"),
        ("POST", f"{REPO}/pulls", "create_pull"),
        ("GET", f"{REPO}/pulls/{NUMBER}", "one_pull"),
        ("PATCH", f"{REPO}/pulls/{NUMBER}", "change_pull"),
        ("POST", f"{REPO}/pulls/{NUMBER}/requested_reviewers", "request_reviewers"),
        ("GET", f"{REPO}/pulls/{NUMBER}/reviews", "list_reviews"),
        ("POST", f"{REPO}/pulls/{NUMBER}/reviews", "create_review"),
        ("GET", f"{REPO}/pulls/{NUMBER}.diff", "whole_diff"),
        ("GET", f"{REPO}/pulls/{NUMBER}/reviews/{NUMBER}/comments", "list_lines"),
        ("DELETE", f"{REPO}/pulls/{NUMBER}/reviews/{NUMBER}/comments/{NUMBER}", "delete_line"),
        ("GET", f"{REPO}/issues", "list_issues"),
        ("GET", f"{REPO}/issues/{NUMBER}", "one_issue"),
        ("PATCH", f"{REPO}/issues/{NUMBER}", "change_issue"),
        ("GET", f"{REPO}/issues/{NUMBER}/comments", "list_comments"),
        ("POST", f"{REPO}/issues/{NUMBER}/comments", "create_comment"),
        ("PATCH", f"{REPO}/issues/comments/{NUMBER}", "change_comment"),
        ("GET", f"{REPO}/labels", "list_labels"),
        ("POST", f"{REPO}/labels", "create_label"),
        ("GET", f"{REPO}/issues/{NUMBER}/labels", "list_labels_on"),
        ("POST", f"{REPO}/issues/{NUMBER}/labels", "add_labels"),
        ("POST", f"{REPO}/statuses/([^/]+)", "create_status"),
        ("GET", f"{REPO}/commits/([^/]+)/statuses", "list_statuses"),
        ("GET", f"{REPO}/hooks", "list_hooks"),
    )
    knows_head = True
    sees_hooks = True
    has_pull_requests = True
    tells_writers = True

    # --- credentials ----------------------------------------------------------------------------------------
    def refusal(self, sent: Sent) -> Reply | None:
        token = sent.headers.get("authorization", "").removeprefix("token ")
        return None if token in self.tokens else self._problem(401, "user does not exist [uid: 0, name: ]")

    # --- the repository -------------------------------------------------------------------------------------
    def repository_itself(self, _: Sent) -> Reply:
        return Reply(200, self._repo())

    def list_writers(self, _: Sent) -> Reply:
        if not self.tells_writers:
            return self.not_found()
        return Reply(200, [self._user(login) for login in sorted(self.state.members)])

    def branch(self, _: Sent, name: str) -> Reply:
        head = self.repository.head(unquote(name))
        told = {"name": unquote(name), "protected": False, "commit": {"id": head, "message": "x"}}
        return self.not_found() if head is None else Reply(200, told)

    def delete_branch(self, _: Sent, name: str) -> Reply:
        if self.repository.head(unquote(name)) is None:
            return self.not_found()
        self.repository.delete(unquote(name))
        return Reply(204)

    # --- pull requests --------------------------------------------------------------------------------------
    def list_pulls(self, sent: Sent) -> Reply:
        query = dict(sent.query)
        found = [
            pull
            for pull in self.all_fresh()
            if (not self.knows_head or query.get("head", pull.branch) == pull.branch)
            and query.get("state", "open") in {"all", "open" if pull.state == "open" else "closed"}
        ]
        return self._page(sent, [self._pull(pull) for pull in found])

    def create_pull(self, sent: Sent) -> Reply:
        wanted = json.loads(sent.body)
        branch, base = wanted["head"], wanted["base"]
        known = self.open_of(branch)
        if known is not None:
            told = f"pull request already exists for these targets [id: {known.number}, issue_id: {known.number}, "
            told += f"head_repo_id: 1, base_repo_id: 1, head_branch: {branch}, base_branch: {base}]"
            return self._problem(409, told)
        if self.repository.head(branch) is None:
            return self.not_found()
        if self.repository.head(branch) == self.repository.head(base):
            return self._problem(422, "there are no changes between the head and the base")
        pull = self.create(branch, base, wanted["title"], wanted.get("body", ""))
        pull.draft = wanted["title"].lower().startswith(("wip:", "[wip]"))
        pull.undecided = True
        told_pull = self._pull(pull)
        pull.undecided = False
        return Reply(201, told_pull)

    def one_pull(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else Reply(200, self._pull(pull))

    def change_pull(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        if wanted.get("state") == "closed":
            if pull.state == "merged":
                return self._problem(412, "cannot change state of this pull request, it was already merged")
            self.close(pull.number)
        pull.body = wanted.get("body", pull.body)
        self.touch(pull)
        return Reply(201, self._pull(pull))

    def request_reviewers(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)["reviewers"]
        if pull is None:
            return self.not_found()
        if not set(wanted) <= set(self.state.people):
            return self.not_found("user does not exist")
        if pull.author in wanted or not set(wanted) <= self.state.members:
            return self._problem(422, "Reviewer can't be the poster, or can't read the repository")
        pull.reviewers += [login for login in wanted if login not in pull.reviewers]
        return Reply(201, [self._asked(pull, login) for login in wanted])

    def list_reviews(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        asked = [self._asked(pull, login) for login in self._still_asked(pull)]
        return self._page(sent, [*(self._review(pull, one) for one in pull.reviews), *asked])

    def list_lines(self, _: Sent, number: str, review_id: str) -> Reply:
        pull = self.fresh(number)
        review = next((one for one in pull.reviews if one.id == int(review_id)), None) if pull else None
        if review is None:
            return self.not_found()
        told = {
            "user": self._user(review.author),
            "resolver": None,
            "path": "content/x.md",
            "created_at": stamp(review.at),
        }
        rows = [{**told, "id": review.id * 10 + n, "body": text} for n, text in enumerate(review.lines)]
        assert pull
        own = [self._line(one) for one in pull.lines if one.review == review.id]
        return Reply(200, [*rows, *own])

    def create_review(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        rows = wanted.get("comments", [])
        if not all(self.is_in_diff(pull, row["path"], row["new_position"]) for row in rows):
            return self._problem(422, "line is not part of the diff")
        review = self.review(pull.number, "comment", wanted["body"], author=BOT)
        for row in rows:
            self.add_line(pull, review.id, row["path"], row["new_position"], row["body"])
        return Reply(200, self._review(pull, review))

    def whole_diff(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        return Reply(200, self.diff(pull).encode(), {"content-type": "text/plain; charset=utf-8"})

    def delete_line(self, _: Sent, number: str, review: str, comment: str) -> Reply:
        pull = self.fresh(number)
        there = pull and any(one.review == int(review) and one.id == int(comment) for one in pull.lines)
        return Reply(204) if there and self.remove_line(comment) else self.not_found()

    def _line(self, one: LineComment) -> dict[str, Any]:
        told = {
            "id": one.id,
            "pull_request_review_id": one.review,
            "path": one.path,
            "position": one.line,
            "body": one.body,
        }
        return told | {"user": self._user(one.author), "resolver": None, "created_at": stamp(one.at)}

    # --- issues ---------------------------------------------------------------------------------------------
    def list_issues(self, sent: Sent) -> Reply:
        """A label that the repository has not is passed over; pull requests come too, unless they are left out."""
        query = dict(sent.query)
        labels = query.get("labels", "") if query.get("labels", "") in self.state.labels else ""
        rows = [self._issue(one) for one in self.issues_asked(labels)]
        pulls = [] if query.get("type") == "issues" else [pull for pull in self.all_fresh() if pull.state == "open"]
        return self._page(sent, [*(self._as_issue(pull) for pull in pulls), *rows])

    def one_issue(self, _: Sent, number: str) -> Reply:
        pull, issue = self.fresh(number), self.state.issue(int(number))
        if pull is not None:
            return Reply(200, self._as_issue(pull))
        return self.not_found() if issue is None else Reply(200, self._issue(issue))

    def change_issue(self, sent: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        if issue is None:
            return self.not_found()
        if json.loads(sent.body).get("state") == "closed":
            self.close_issue(issue)
        return Reply(201, self._issue(issue))

    # --- comments, labels, statuses, hooks ------------------------------------------------------------------
    def list_comments(self, _: Sent, number: str) -> Reply:
        """All of them: no pages here."""
        thread = self.thread(number)
        if thread is None:
            return self.not_found()
        rows = [self._comment(one) for one in thread.comments]
        return Reply(200, rows, {"x-total-count": str(len(rows))})

    def create_comment(self, sent: Sent, number: str) -> Reply:
        thread = self.thread(number)
        if thread is None:
            return self.not_found()
        return Reply(201, self._comment(self.add_comment(thread, json.loads(sent.body)["body"])))

    def change_comment(self, sent: Sent, number: str) -> Reply:
        comment = self.state.comment(int(number))
        if comment is None:
            return self.not_found()
        comment.body = json.loads(sent.body)["body"]
        return Reply(200, self._comment(comment))

    def list_labels(self, sent: Sent) -> Reply:
        return self._page(sent, [self._label(name) for name in self.state.labels])

    def create_label(self, sent: Sent) -> Reply:
        name = json.loads(sent.body)["name"]
        self.state.labels[name] = self.state.next_id()
        return Reply(201, self._label(name))

    def list_labels_on(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else Reply(200, [self._label(name) for name in pull.labels])

    def add_labels(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        names = {number: name for name, number in self.state.labels.items()}
        chosen = [names[number] for number in json.loads(sent.body)["labels"]]
        pull.labels += [name for name in chosen if name not in pull.labels]
        return Reply(200, [self._label(name) for name in pull.labels])

    def create_status(self, sent: Sent, commit: str) -> Reply:
        wanted = json.loads(sent.body)
        text, url = wanted.get("description"), wanted.get("target_url")
        return Reply(201, self._status(self.add_status(commit, wanted["context"], wanted["state"], text, url)))

    def list_statuses(self, sent: Sent, commit: str) -> Reply:
        return self._page(sent, [self._status(one) for one in self.state.statuses if one.commit == commit])

    def list_hooks(self, sent: Sent) -> Reply:
        if not self.sees_hooks:
            return self._problem(403, "user should be an owner or a collaborator with admin write of a repository")
        return self._page(sent, [self._hook(one) for one in self.state.hooks])

    # --- webhooks -------------------------------------------------------------------------------------------
    def webhook_for(self, event: str, number: int) -> tuple[dict[str, str], bytes]:
        name, kind, key = {
            "opened": ("pull_request", "pull_request", "pull-request (opened)"),
            "updated": ("pull_request", "pull_request_sync", "pull-request-synchronized"),
            "closed": ("pull_request", "pull_request", "pull-request (closed)"),
            "merged": ("pull_request", "pull_request", "pull-request (merged)"),
            "reviewed": ("pull_request_rejected", "pull_request_review_rejected", "pull-request-rejected"),
            "commented": ("issue_comment", "pull_request_comment", "pull-request-comment"),
        }[event]
        payload, pull = copy.deepcopy(_events()[key]), self.pull(number)
        if name == "issue_comment":
            payload["issue"]["number"] = number
        else:
            payload["number"] = payload["pull_request"]["number"] = number
            payload["pull_request"]["head"] |= {"label": pull.branch, "ref": pull.branch, "sha": pull.head}
        return self._signed(name, kind, json.dumps(payload).encode())

    def _signed(self, name: str, kind: str, body: bytes) -> tuple[dict[str, str], bytes]:
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {"content-type": "application/json", "x-hub-signature-256": f"sha256={digest}"}
        delivery = f"f6266f16-1bf3-46a5-9ea4-{self.state.next_id():012}"
        for family in ("forgejo", "gitea", "gogs", "github"):
            headers |= {f"x-{family}-event": name, f"x-{family}-event-type": kind, f"x-{family}-delivery": delivery}
            headers |= {} if family == "github" else {f"x-{family}-signature": digest}
        return headers, body

    def issue_webhook_for(self, number: int) -> tuple[dict[str, str], bytes]:
        payload, issue = copy.deepcopy(_events()["issues (opened)"]), self.issue(number)
        payload["number"] = number
        payload["issue"] |= {"number": number, "title": issue.title, "body": issue.body}
        return self._signed("issues", "issues", json.dumps(payload).encode())

    # --- bodies ---------------------------------------------------------------------------------------------
    def not_found(self, message: str = "The target couldn't be found.") -> Reply:
        return Reply(404, {"errors": None, "message": message, "url": f"{self.address}/api/swagger"})

    def _problem(self, status: int, message: str) -> Reply:
        return Reply(status, {"message": message, "url": f"{self.address}/api/swagger"})

    def _page(self, sent: Sent, rows: list[Any]) -> Reply:
        page, size = self.page(sent, "limit")
        headers = {"x-total-count": str(len(rows))}
        return Reply(200, rows[(page - 1) * size : page * size], headers)

    def _user(self, login: str) -> dict[str, Any]:
        told = {
            "id": self.state.id_of(login),
            "login": login,
            "full_name": "",
            "email": f"{login}@example.org",
            "avatar_url": "",
        }
        return {**told, "html_url": f"{self.address}/{login}", "is_admin": False, "active": False}

    def _repo(self, *, fork: bool = False) -> dict[str, Any]:
        owner = "passante" if fork else "reseau"
        return {
            "id": FORK_ID if fork else REPOSITORY_ID,
            "owner": self._user(owner),
            "name": "site",
            "full_name": f"{owner}/site",
            "default_branch": "main",
            "archived": self.state.archived,
            "has_pull_requests": self.has_pull_requests,
            "permissions": {"admin": False, "push": self.state.may_push, "pull": True},
        }

    def _pull(self, pull: Pull) -> dict[str, Any]:
        there = self.repository.head(pull.branch) is not None
        ended = stamp(pull.ended) if pull.ended else None
        asked = self._still_asked(pull)
        return {
            "id": pull.number * 1000,
            "number": pull.number,
            "user": self._user(pull.author),
            "title": pull.title,
            "body": pull.body,
            "labels": [self._label(name) for name in pull.labels] or None,
            "milestone": None,
            "assignee": None,
            "assignees": None,
            "requested_reviewers": [self._user(login) for login in asked] or None,
            "requested_reviewers_teams": None,
            "state": "open" if pull.state == "open" else "closed",
            "draft": pull.draft,
            "is_locked": False,
            "comments": len(pull.comments),
            "html_url": f"{self.address}/{self.name}/pulls/{pull.number}",
            # False while it is worked out, too.
            "mergeable": not pull.undecided and self.mergeable(pull),
            "merged": pull.state == "merged",
            "merged_at": ended if pull.state == "merged" else None,
            "merge_commit_sha": pull.merge_commit or None,
            "merged_by": self._user("camille") if pull.state == "merged" else None,
            "base": {
                "label": pull.base,
                "ref": pull.base,
                "sha": "b" * 40,
                "repo_id": REPOSITORY_ID,
                "repo": self._repo(),
            },
            "head": {
                "label": pull.branch,
                "ref": pull.branch if there else f"refs/pull/{pull.number}/head",
                "sha": pull.head,
                "repo_id": FORK_ID if pull.fork else REPOSITORY_ID,
                "repo": self._repo(fork=pull.fork),
            },
            "merge_base": "b" * 40,
            "due_date": None,
            "created_at": stamp(pull.created),
            "updated_at": stamp(pull.updated),
            "closed_at": ended,
        }

    @staticmethod
    def _still_asked(pull: Pull) -> list[str]:
        gave = {review.author for review in pull.reviews}
        return [login for login in pull.reviewers if login not in gave]

    def _asked(self, pull: Pull, login: str) -> dict[str, Any]:
        """A request for a review is a review of its own state."""
        told = {"id": self.state.id_of(login), "user": self._user(login), "team": None, "state": "REQUEST_REVIEW"}
        return {**told, "body": "", "dismissed": False, "comments_count": 0, "submitted_at": stamp(pull.created)}

    def _review(self, pull: Pull, review: Review) -> dict[str, Any]:
        own = [one for one in pull.lines if one.review == review.id]
        told = {"id": review.id, "user": self._user(review.author), "team": None, "state": STATES[review.verdict]}
        told |= {
            "body": review.body,
            "commit_id": pull.head,
            "stale": False,
            "official": review.author in self.state.members,
        }
        told |= {"dismissed": review.dismissed, "comments_count": len(review.lines) + len(own)}
        return {**told, "submitted_at": stamp(review.at), "updated_at": stamp(review.at)}

    def _issue(self, issue: IssueOf) -> dict[str, Any]:
        return {
            "id": issue.number * 1000,
            "number": issue.number,
            "user": self._user(issue.author),
            "title": issue.title,
            "body": issue.body,
            "labels": [self._label(name) for name in issue.labels] or None,
            "milestone": None,
            "assignee": None,
            "assignees": None,
            "assets": None,
            "state": issue.state,
            "is_locked": False,
            "comments": len(issue.comments),
            "pull_request": None,
            "repository": None,
            "due_date": None,
            "closed_at": None,
            "created_at": stamp(issue.created),
            "updated_at": stamp(issue.updated),
            "html_url": f"{self.address}/{self.name}/issues/{issue.number}",
        }

    def _as_issue(self, pull: Pull) -> dict[str, Any]:
        state: Any = "open" if pull.state == "open" else "closed"
        as_issue = IssueOf(
            pull.number, pull.title, pull.body, pull.author, pull.labels, pull.created, pull.updated, state
        )
        return self._issue(as_issue) | {"pull_request": {"merged": pull.state == "merged", "merged_at": None}}

    def _comment(self, comment: Comment) -> dict[str, Any]:
        told = {"id": comment.id, "user": self._user(comment.author), "body": comment.body}
        return {**told, "created_at": stamp(comment.at), "updated_at": stamp(comment.at)}

    def _label(self, name: str) -> dict[str, Any]:
        return {"id": self.state.labels[name], "name": name, "color": "1f7a4d", "description": "", "exclusive": False}

    def _status(self, status: CommitStatus) -> dict[str, Any]:
        told = {"id": status.id, "status": status.state, "context": status.context, "description": status.text or ""}
        told |= {"target_url": status.url or "", "creator": self._user(BOT)}
        return {**told, "created_at": stamp(status.at), "updated_at": stamp(status.at)}

    def _hook(self, hook: HookOf) -> dict[str, Any]:
        config = {"content_type": "json", "url": hook.url}
        return {"id": hook.id, "type": "forgejo", "active": hook.active, "events": hook.events, "config": config}
