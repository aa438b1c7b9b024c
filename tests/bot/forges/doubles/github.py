"""GitHub's double: bodies are GitHub's own example answers with our names in them."""

from __future__ import annotations

import base64
import copy
import functools
import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import unquote

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.hashes import SHA256

from tests.bot.forges.doubles.contract import CONTRACTS
from tests.bot.forges.doubles.double import Double, stamp
from tests.bot.forges.doubles.server import Reply
from tests.bot.forges.doubles.state import BOT, EDITOR, IssueOf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from tests.bot.forges.doubles.contract import ForgeName, Sent
    from tests.bot.forges.doubles.state import Comment, CommitStatus, HookOf, LineComment, Pull, Review

REPO = "/repos/reseau/site"
NUMBER = r"([0-9]+)"
STATES = {"approve": "APPROVED", "ask": "CHANGES_REQUESTED", "comment": "COMMENTED"}
REPOSITORY_ID = 1296269


@functools.cache
def _examples(name: str) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((CONTRACTS / name).read_text(encoding="utf-8")))


def example(operation: str) -> Any:
    """The first example answer of an operation, to be changed at will."""
    return copy.deepcopy(next(iter(_examples("github-examples.json")[operation].values())))


class GitHubDouble(Double):
    """``app``: the id of a GitHub App whose public key is ``app_key``; its tokens live for ``token_life``."""

    kind: ClassVar[ForgeName] = "github"
    prefix: ClassVar[str] = "/api/v3"
    etag: ClassVar[str] = '"%s"'
    routes: ClassVar[Sequence[tuple[str, str, str]]] = (
        ("GET", "/user", "user"),
        ("GET", "/app", "app_itself"),
        ("POST", r"/app/installations/([0-9]+)/access_tokens", "new_token"),
        ("GET", f"{REPO}/installation", "installation"),
        ("GET", REPO, "repository_itself"),
        ("GET", f"{REPO}/branches/([^/]+)", "branch"),
        ("DELETE", f"{REPO}/git/refs/([^/]+)", "delete_ref"),
        ("GET", f"{REPO}/pulls", "list_pulls"),
        ("POST", f"{REPO}/pulls", "create_pull"),
        ("GET", f"{REPO}/pulls/{NUMBER}", "one_pull"),
        ("PATCH", f"{REPO}/pulls/{NUMBER}", "change_pull"),
        ("POST", f"{REPO}/pulls/{NUMBER}/requested_reviewers", "request_reviewers"),
        ("GET", f"{REPO}/pulls/{NUMBER}/reviews", "list_reviews"),
        ("POST", f"{REPO}/pulls/{NUMBER}/reviews", "create_review"),
        ("GET", f"{REPO}/pulls/{NUMBER}/files", "list_files"),
        ("GET", f"{REPO}/pulls/{NUMBER}/comments", "list_lines"),
        ("DELETE", f"{REPO}/pulls/comments/{NUMBER}", "delete_line"),
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
    app = "12345"
    app_key: RSAPublicKey | None = None
    token_life = timedelta(hours=1)
    scopes: str | None = "repo"
    sees_hooks = True
    slug = "proposeur"
    as_app = False
    moved_to = ""  # its new path in the API, once it was renamed
    owner = "reseau"
    ignores_head = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.permissions: dict[str, str] = {}
        self.wanted_tokens: list[dict[str, Any]] = []

    def reply(self, sent: Sent) -> Reply:
        """After :attr:`moved_to` is set, the old name redirects and the new one answers."""
        if self.moved_to and sent.path.startswith(REPO):
            place = f"{self.address}{self.prefix}{self.moved_to}{sent.path.removeprefix(REPO)}"
            query = "&".join(f"{name}={value}" for name, value in sent.query)
            told = {"message": "Moved Permanently", "url": place, "documentation_url": "https://docs.github.com/rest"}
            headers = {"location": f"{place}?{query}" if query else place}
            return Reply(301 if sent.method == "GET" else 307, told, headers)
        if self.moved_to and sent.path.startswith(self.moved_to):
            sent = replace(sent, path=REPO + sent.path.removeprefix(self.moved_to))
        return super().reply(sent)

    # --- credentials ----------------------------------------------------------------------------------------
    def refusal(self, sent: Sent) -> Reply | None:
        if sent.headers.get("user-agent", "") == "" or "x-github-api-version" not in sent.headers:
            return self._problem(403, "Request forbidden by administrative rules.")
        token = sent.headers.get("authorization", "").removeprefix("Bearer ")
        app_path = sent.path.startswith("/app") or sent.path.endswith("/installation")
        if app_path:
            wrong = self._wrong_claim(token)
            return None if wrong is None else self._problem(401, wrong)
        if token not in self.tokens:
            return self._problem(401, "Bad credentials")
        return None

    def _wrong_claim(self, jwt: str) -> str | None:
        """What GitHub would say of a JWT, None if it is good."""
        try:
            head, claim, signature = (
                base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in jwt.split(".")
            )
        except ValueError:
            return "A JSON web token could not be decoded"
        payload = json.loads(claim)
        now = self.clock().timestamp()
        if self.app_key is None or json.loads(head)["alg"] != "RS256" or payload["iss"] != self.app:
            return "Integration not found"
        try:
            self.app_key.verify(signature, jwt.rpartition(".")[0].encode(), padding.PKCS1v15(), SHA256())
        except InvalidSignature:
            return "A JSON web token could not be decoded"
        if payload["exp"] > now + 600 or payload["exp"] <= now:
            return "'Expiration time' claim ('exp') is too far in the future"
        if payload["iat"] > now:
            return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
        return None

    def new_token(self, sent: Sent, number: str) -> Reply:
        wanted = json.loads(sent.body)
        self.wanted_tokens.append(wanted)
        if number != "77":
            return self.not_found()
        lacking = [n for n, level in wanted["permissions"].items() if self.permissions.get(n) != level]
        if lacking or wanted["repositories"] != ["site"]:
            return self._problem(422, "The permissions requested are not granted to this installation.")
        told = example("POST /app/installations/{installation_id}/access_tokens")
        token = f"ghs_{self.state.next_id()}"
        self.tokens.add(token)
        told |= {"token": token, "expires_at": stamp(self.clock() + self.token_life), "permissions": self.permissions}
        told.pop("repositories", None)
        return Reply(201, told)

    def installation(self, _: Sent) -> Reply:
        told = example("GET /repos/{owner}/{repo}/installation")
        return Reply(200, told | {"id": 77, "app_slug": self.slug, "permissions": self.permissions})

    def app_itself(self, _: Sent) -> Reply:
        return Reply(200, example("GET /app") | {"slug": self.slug, "permissions": self.permissions})

    def user(self, _: Sent) -> Reply:
        if self.as_app:
            return self._problem(403, "Resource not accessible by integration")
        return Reply(200, example("GET /user") | {"login": BOT, "id": self.state.id_of(BOT)})

    # --- the repository -------------------------------------------------------------------------------------
    def repository_itself(self, _: Sent) -> Reply:
        rights = {"admin": False, "maintain": False, "push": self.state.may_push, "triage": True, "pull": True}
        told = {**self._repo(full=True), "archived": self.state.archived, "permissions": rights}
        headers = {} if self.scopes is None or self.as_app else {"x-oauth-scopes": self.scopes}
        return Reply(200, told, headers)

    def branch(self, _: Sent, name: str) -> Reply:
        head = self.repository.head(unquote(name))
        if head is None:
            return self._problem(404, "Branch not found")
        told = example("GET /repos/{owner}/{repo}/branches/{branch}")
        return Reply(200, told | {"name": unquote(name), "commit": {**told["commit"], "sha": head}})

    def delete_ref(self, _: Sent, ref: str) -> Reply:
        branch = unquote(ref).removeprefix("heads/")
        if self.repository.head(branch) is None:
            return self._problem(422, "Reference does not exist")
        for pull in self.all_fresh():
            if pull.branch == branch and pull.state == "open":
                self.close(pull.number)
        self.repository.delete(branch)
        return Reply(204)

    # --- pull requests --------------------------------------------------------------------------------------
    def list_pulls(self, sent: Sent) -> Reply:
        query = dict(sent.query)
        owner, colon, branch = query.get("head", "").partition(":")
        found = [
            pull
            for pull in self.all_fresh()
            # A head without an owner is ignored.
            if (
                self.ignores_head
                or not colon
                or (pull.branch == branch and owner == ("passante" if pull.fork else self.owner))
            )
            and query.get("state", "open") in {"all", "open" if pull.state == "open" else "closed"}
        ]
        return self._rows(sent, [self._pull(pull, full=False) for pull in found])

    def create_pull(self, sent: Sent) -> Reply:
        wanted = json.loads(sent.body)
        branch, base = wanted["head"], wanted["base"]
        if self.open_of(branch):
            return self._invalid(f"A pull request already exists for reseau:{branch}.")
        for field, name in (("head", branch), ("base", base)):
            if self.repository.head(name) is None:
                return self._invalid(None, field=field, code="invalid")
        if self.repository.head(branch) == self.repository.head(base):
            return self._invalid(f"No commits between {base} and {branch}")
        pull = self.create(branch, base, wanted["title"], wanted.get("body", ""))
        if self.as_app:
            pull.author = f"{self.slug}[bot]"
        pull.undecided = True
        told = self._pull(pull)
        pull.undecided = False
        return Reply(201, told)

    def one_pull(self, _: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else Reply(200, self._pull(pull))

    def change_pull(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        if wanted.get("state") == "closed":
            if pull.state == "merged":
                return self._invalid("The pull request is already merged.")
            self.close(pull.number)
        pull.body = wanted.get("body", pull.body)
        self.touch(pull)
        return Reply(200, self._pull(pull))

    def request_reviewers(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)["reviewers"]
        if pull is None:
            return self.not_found()
        if pull.author in wanted:
            return self._problem(422, "Review cannot be requested from pull request author.")
        if not set(wanted) <= self.state.members:
            return self._problem(
                422,
                "Reviews may only be requested from collaborators. One or more of the users or teams you specified "
                "is not a collaborator of the reseau/site repository.",
            )
        pull.reviewers += [login for login in wanted if login not in pull.reviewers]
        return Reply(201, self._pull(pull, full=False))

    def list_reviews(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else self._rows(sent, [self._review(pull, one) for one in pull.reviews])

    def list_lines(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        first = example("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments")[0]
        return self._rows(
            sent,
            [
                {**first, "id": review.id * 10 + index, "pull_request_review_id": review.id, "body": text}
                | {"user": self._user(review.author), "created_at": stamp(review.at)}
                for review in pull.reviews
                for index, text in enumerate(review.lines)
            ]
            + [self._line(first, one) for one in pull.lines],
        )

    def list_files(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        told = example("GET /repos/{owner}/{repo}/pulls/{pull_number}/files")[0]
        del told["patch"]
        rows = []
        for file in self.files(pull):
            row = told | {"filename": file.path, "status": file.status}
            row |= {"patch": file.patch} if file.patch else {}
            rows.append(row | ({"previous_filename": file.old_path} if file.status == "renamed" else {}))
        return self._rows(sent, rows)

    def create_review(self, sent: Sent, number: str) -> Reply:
        pull, wanted = self.fresh(number), json.loads(sent.body)
        if pull is None:
            return self.not_found()
        if wanted["event"] == "COMMENT" and not wanted.get("body"):
            return self._problem(422, "Unprocessable Entity", errors=["Body is required"])
        rows = wanted.get("comments", [])
        if not all(self.is_in_diff(pull, row["path"], row["line"]) and row["side"] == "RIGHT" for row in rows):
            return self._problem(422, "Unprocessable Entity", errors=["Line could not be resolved"])
        author = f"{self.slug}[bot]" if self.as_app else BOT
        review = self.review(pull.number, "comment", wanted["body"], author=author)
        for row in rows:
            self.add_line(pull, review.id, row["path"], row["line"], row["body"], author=author)
        return Reply(200, self._review(pull, review))

    def delete_line(self, _: Sent, number: str) -> Reply:
        return Reply(204) if self.remove_line(number) else self.not_found()

    def _line(self, first: dict[str, Any], one: LineComment) -> dict[str, Any]:
        told = {name: value for name, value in first.items() if not name.startswith(("start_", "original_start"))}
        told |= {
            "id": one.id,
            "pull_request_review_id": one.review,
            "path": one.path,
            "line": one.line,
            "body": one.body,
        }
        told |= {"user": self._user(one.author), "created_at": stamp(one.at)}
        told.pop("in_reply_to_id", None)
        return told | ({"in_reply_to_id": one.thread} if one.thread else {})

    # --- issues ---------------------------------------------------------------------------------------------
    def list_issues(self, sent: Sent) -> Reply:
        """Pull requests are issues, too."""
        labels = dict(sent.query).get("labels", "")
        rows = [self._issue(one) for one in self.issues_asked(labels)]
        wanted = {name for name in labels.split(",") if name}
        pulls = [pull for pull in self.all_fresh() if pull.state == "open" and wanted <= set(pull.labels)]
        return self._rows(sent, [*(self._as_issue(pull) for pull in pulls), *rows])

    def one_issue(self, _: Sent, number: str) -> Reply:
        pull, issue = self.fresh(number), self.state.issue(int(number))
        if pull is not None:
            return Reply(200, self._as_issue(pull))
        if issue is None:
            gone = any(one.number == int(number) for one in self.state.issues)
            return self._problem(410, "This issue was deleted") if gone else self.not_found()
        return Reply(200, self._issue(issue))

    def change_issue(self, sent: Sent, number: str) -> Reply:
        issue = self.state.issue(int(number))
        if issue is None:
            return self.not_found()
        if json.loads(sent.body).get("state") == "closed":
            self.close_issue(issue)
        return Reply(200, self._issue(issue))

    # --- comments, labels, statuses, hooks ------------------------------------------------------------------
    def list_comments(self, sent: Sent, number: str) -> Reply:
        thread = self.thread(number)
        return self.not_found() if thread is None else self._rows(sent, [self._comment(one) for one in thread.comments])

    def create_comment(self, sent: Sent, number: str) -> Reply:
        thread = self.thread(number)
        if thread is None:
            return self.not_found()
        comment = self.add_comment(thread, json.loads(sent.body)["body"])
        if self.as_app:
            comment.author = f"{self.slug}[bot]"
        return Reply(201, self._comment(comment))

    def change_comment(self, sent: Sent, number: str) -> Reply:
        comment = self.state.comment(int(number))
        if comment is None:
            return self.not_found()
        comment.body = json.loads(sent.body)["body"]
        return Reply(200, self._comment(comment))

    def list_labels(self, sent: Sent) -> Reply:
        return self._rows(sent, [self._label(name) for name in self.state.labels])

    def create_label(self, sent: Sent) -> Reply:
        name = json.loads(sent.body)["name"]
        if name.casefold() in {known.casefold() for known in self.state.labels}:
            return self._invalid(None, resource="Label", code="already_exists", field="name")
        self.state.labels[name] = self.state.next_id()
        return Reply(201, self._label(name))

    def list_labels_on(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        return self.not_found() if pull is None else self._rows(sent, [self._label(name) for name in pull.labels])

    def add_labels(self, sent: Sent, number: str) -> Reply:
        pull = self.fresh(number)
        if pull is None:
            return self.not_found()
        known = {name.casefold(): name for name in self.state.labels}
        for name in json.loads(sent.body)["labels"]:
            chosen = known[name.casefold()]
            if chosen not in pull.labels:
                pull.labels.append(chosen)
        return Reply(200, [self._label(name) for name in pull.labels])

    def create_status(self, sent: Sent, commit: str) -> Reply:
        wanted = json.loads(sent.body)
        text, url = wanted.get("description"), wanted.get("target_url")
        return Reply(201, self._status(self.add_status(commit, wanted["context"], wanted["state"], text, url)))

    def list_statuses(self, sent: Sent, commit: str) -> Reply:
        found = [one for one in reversed(self.state.statuses) if one.commit == commit]
        return self._rows(sent, [self._status(one) for one in found])

    def list_hooks(self, sent: Sent) -> Reply:
        return self._rows(sent, [self._hook(one) for one in self.state.hooks]) if self.sees_hooks else self.not_found()

    # --- webhooks -------------------------------------------------------------------------------------------
    def webhook_for(self, event: str, number: int) -> tuple[dict[str, str], bytes]:
        name, key, action = {
            "opened": ("pull_request", "pull-request-opened", "opened"),
            "updated": ("pull_request", "pull-request-synchronize", "synchronize"),
            "closed": ("pull_request", "pull-request-closed", "closed"),
            "merged": ("pull_request", "pull-request-closed (merged)", "closed"),
            "reviewed": ("pull_request_review", "pull-request-review-submitted", "submitted"),
            "commented": ("issue_comment", "issue-comment-created", "created"),
        }[event]
        payload = copy.deepcopy(_examples("webhooks/github-examples.json")[key])
        pull = self.pull(number)
        payload["action"] = action
        if name == "issue_comment":
            payload["issue"] |= {
                "number": number,
                "pull_request": {"url": "", "html_url": "", "diff_url": "", "patch_url": ""},
            }
        else:
            payload["pull_request"]["number"] = number
            payload["pull_request"]["head"] |= {"ref": pull.branch, "sha": pull.head}
        body = json.dumps(payload).encode()
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        return {
            "content-type": "application/json",
            "x-github-event": name,
            "x-github-delivery": f"72d3162e-cc78-11e3-81ab-{self.state.next_id():012}",
            "x-hub-signature-256": f"sha256={signature}",
        }, body

    def issue_webhook_for(self, number: int) -> tuple[dict[str, str], bytes]:
        payload, issue = copy.deepcopy(_examples("webhooks/github-examples.json")["issues-opened"]), self.issue(number)
        payload["issue"] |= {"number": number, "title": issue.title, "body": issue.body}
        body = json.dumps(payload).encode()
        signature = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        delivery = f"72d3162e-cc78-11e3-81ab-{self.state.next_id():012}"
        headers = {"content-type": "application/json", "x-github-event": "issues", "x-github-delivery": delivery}
        return {**headers, "x-hub-signature-256": f"sha256={signature}"}, body

    # --- bodies ---------------------------------------------------------------------------------------------
    def not_found(self) -> Reply:
        return self._problem(404, "Not Found")

    def _problem(self, status: int, message: str, **more: Any) -> Reply:
        told = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
        return Reply(status, told | more)

    def _invalid(
        self, message: str | None, *, resource: str = "PullRequest", code: str = "custom", field: str = ""
    ) -> Reply:
        error = {"resource": resource, "code": code}
        error |= {"message": message} if message else {}
        error |= {"field": field} if field else {}
        return self._problem(422, "Validation Failed", errors=[error])

    def _rows(self, sent: Sent, rows: list[Any]) -> Reply:
        page, size = self.page(sent, "per_page")
        here = rows[(page - 1) * size : page * size]
        if page * size >= len(rows):
            return Reply(200, here)
        pairs = [f"{name}={value}" for name, value in sent.query if name != "page"]
        link = f"{self.address}{self.prefix}{sent.path}?{'&'.join([*pairs, f'page={page + 1}'])}"
        return Reply(200, here, {"link": f'<{link}>; rel="next", <{link}>; rel="last"'})

    def _user(self, login: str) -> dict[str, Any]:
        user = example("GET /user")
        base = example("POST /repos/{owner}/{repo}/issues/{issue_number}/comments")["user"]
        kind = "Bot" if login.endswith("[bot]") else "User"
        return {name: user.get(name, value) for name, value in base.items()} | {
            "login": login,
            "id": self.state.id_of(login),
            "type": kind,
        }

    def _repo(self, *, full: bool = False, fork: bool = False) -> dict[str, Any]:
        told = (
            example("GET /repos/{owner}/{repo}")
            if full
            else example("GET /repos/{owner}/{repo}/pulls")[0]["base"]["repo"]
        )
        owner = "passante" if fork else self.owner
        number = REPOSITORY_ID + (1 if fork else 0)
        return {
            **told,
            "id": number,
            "name": "site",
            "full_name": f"{owner}/site",
            "private": False,
            "owner": self._user(owner),
        }

    def _pull(self, pull: Pull, *, full: bool = True) -> dict[str, Any]:
        if full:
            told = example("GET /repos/{owner}/{repo}/pulls/{pull_number}")
            told |= {"merged": pull.state == "merged", "mergeable": None if pull.undecided else self.mergeable(pull)}
            told |= {"merged_by": self._user(EDITOR) if pull.state == "merged" else None}
        else:
            told = example("GET /repos/{owner}/{repo}/pulls")[0]
        owner = "passante" if pull.fork else "reseau"
        ended = stamp(pull.ended) if pull.ended else None
        told |= {
            "id": pull.number * 1000,
            "number": pull.number,
            "state": "open" if pull.state == "open" else "closed",
            "locked": False,
            "active_lock_reason": None,
            "title": pull.title,
            "body": pull.body,
            "draft": pull.draft,
            "user": self._user(pull.author),
            "html_url": f"{self.address}/{self.name}/pull/{pull.number}",
            "created_at": stamp(pull.created),
            "updated_at": stamp(pull.updated),
            "closed_at": ended,
            "merged_at": ended if pull.state == "merged" else None,
            # Before the merge, GitHub shows the commit of a trial here.
            "merge_commit_sha": pull.merge_commit or "e" * 40,
            "labels": [self._label(name) for name in pull.labels],
            "requested_reviewers": [self._user(login) for login in self._still_asked(pull)],
            "milestone": None,
            "assignee": None,
            "assignees": [],
        }
        told["head"] |= {"ref": pull.branch, "label": f"{owner}:{pull.branch}", "sha": pull.head}
        told["head"] |= {"repo": self._repo(fork=pull.fork), "user": self._user(owner)}
        told["base"] |= {
            "ref": pull.base,
            "label": f"reseau:{pull.base}",
            "repo": self._repo(),
            "user": self._user("reseau"),
        }
        return cast("dict[str, Any]", told)

    @staticmethod
    def _still_asked(pull: Pull) -> list[str]:
        gave = {review.author for review in pull.reviews}
        return [login for login in pull.reviewers if login not in gave]

    def _review(self, pull: Pull, review: Review) -> dict[str, Any]:
        told = example("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews")[0]
        return {
            **told,
            "id": review.id,
            "user": self._user(review.author),
            "body": review.body,
            "state": "DISMISSED" if review.dismissed else STATES[review.verdict],
            "submitted_at": stamp(review.at),
            "commit_id": pull.head,
            "author_association": self._association(review.author),
        }

    def _issue(self, issue: IssueOf) -> dict[str, Any]:
        told = example("PATCH /repos/{owner}/{repo}/issues/{issue_number}")
        told.pop("pull_request", None)
        return cast("dict[str, Any]", told) | {
            "id": issue.number * 1000,
            "number": issue.number,
            "title": issue.title,
            "body": issue.body or None,
            "state": issue.state,
            "user": self._user(issue.author),
            "labels": [self._label(name) for name in issue.labels],
            "created_at": stamp(issue.created),
            "updated_at": stamp(issue.updated),
            "closed_at": stamp(issue.updated) if issue.state == "closed" else None,
            "closed_by": self._user(issue.closed_by) if issue.state == "closed" and issue.closed_by else None,
            "comments": len(issue.comments),
            "html_url": f"{self.address}/{self.name}/issues/{issue.number}",
            "author_association": self._association(issue.author),
        }

    def _as_issue(self, pull: Pull) -> dict[str, Any]:
        links = {"url": "", "html_url": "", "diff_url": "", "patch_url": ""}
        state: Any = "open" if pull.state == "open" else "closed"
        as_issue = IssueOf(
            pull.number, pull.title, pull.body, pull.author, pull.labels, pull.created, pull.updated, state
        )
        return self._issue(as_issue) | {"pull_request": {**links, "merged_at": None}}

    def _comment(self, comment: Comment) -> dict[str, Any]:
        told = example("POST /repos/{owner}/{repo}/issues/{issue_number}/comments")
        moment = stamp(comment.at)
        told |= {"id": comment.id, "body": comment.body, "created_at": moment, "updated_at": moment}
        told |= {"author_association": self._association(comment.author)}
        if comment.hidden:
            told["minimized"] = {"reason": "spam"}
        return {**told, "user": self._user(comment.author)}

    def _association(self, login: str) -> str:
        return "COLLABORATOR" if login in self.state.members else "CONTRIBUTOR"

    def _label(self, name: str) -> dict[str, Any]:
        told = example("POST /repos/{owner}/{repo}/labels")
        return {**told, "id": self.state.labels[name], "name": name, "default": False}

    def _status(self, status: CommitStatus) -> dict[str, Any]:
        told = example("POST /repos/{owner}/{repo}/statuses/{sha}")
        told |= {"id": status.id, "state": status.state, "context": status.context, "description": status.text}
        return {**told, "target_url": status.url, "created_at": stamp(status.at), "creator": self._user(BOT)}

    def _hook(self, hook: HookOf) -> dict[str, Any]:
        told = example("GET /repos/{owner}/{repo}/hooks")[0]
        config = {"content_type": "json", "insecure_ssl": "0", "url": hook.url}
        return {**told, "id": hook.id, "active": hook.active, "events": hook.events, "config": config}
