"""What the bot asks of a forge, as the forges share it: questions are generators of requests, and nothing here does I/O.

A question yields :class:`Request`, is sent :class:`Answer`, and returns what was asked or raises :class:`ForgeError`.
A transport carries it out (:mod:`scripts.bot.forges.transport`); where the connection breaks, the transport throws a
:class:`ForgeError` into the generator. Every question may be asked again at any time: it looks for what is there,
creates what is missing, and adopts what somebody or a lost attempt has created before.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from datetime import datetime

    from scripts.bot.forges.issues import Issues
    from scripts.bot.forges.line_remarks import LineRemarks

T = TypeVar("T")
Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Trouble: TypeAlias = Literal["credentials", "rights", "gone", "busy", "conflict", "invalid", "unclear"]
RemoteState: TypeAlias = Literal["open", "merged", "closed"]
StatusState: TypeAlias = Literal["pending", "success", "failure", "error"]


@dataclass(frozen=True, slots=True)
class Request:
    """One request to a forge's API. Its representation shows no headers, which may hold a token, and no body.

    ``path`` is escaped and begins with « / » after the API's address; ``query`` is not escaped yet.
    """

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    json: Json = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: header names in lower case, the body as bytes (it may be JSON, HTML, half or empty)."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)


Exchange: TypeAlias = Generator[Request, Answer, T]


class ForgeError(Exception):
    """A question that got no good answer.

    kind:
        ``credentials``  the forge does not know us: stop, and tell a person
        ``rights``       we may not do this: stop, and tell a person
        ``gone``         not found, renamed or hidden from us: stop, and tell a person
        ``busy``         later; certainly or probably without effect
        ``conflict``     refused as things stand (branch moved, cannot be merged)
        ``invalid``      the forge refuses what was sent: the same again would fail again
        ``unclear``      no answer, or one that means nothing: it may have had its effect; ask again later
    wait: seconds to wait at least, where the forge says so.
    everywhere: the wait is meant for every request, as after a rate limit, not for this question only.
    message: one French sentence for administrators, without a token or personal data.
    """

    def __init__(self, kind: Trouble, message: str, *, wait: float | None = None, everywhere: bool = False) -> None:
        super().__init__(message)
        self.kind: Trouble = kind
        self.message = message
        self.wait = wait
        self.everywhere = everywhere


@dataclass(frozen=True, slots=True)
class Remote:
    """A pull request (GitLab: merge request) as the forge shows it.

    head: commit id of the branch's tip, "" where the forge tells none. merge_commit: "" until merged.
    mergeable: whether it goes together with its base without conflict, None while the forge works it out.
    updated: the forge's own text (ISO 8601), to compare only.
    """

    number: int
    url: str
    branch: str
    head: str
    state: RemoteState
    merge_commit: str
    mergeable: bool | None
    updated: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Remark:
    """What an editor or the bot said about a pull request, oldest first in lists.

    id: unique within its pull request, and stable. asks_changes: a review that asks for changes and still stands;
    its text then holds the remarks on lines as well. is_ours: written by the bot.
    """

    id: str
    author: str
    at: datetime
    text: str
    asks_changes: bool
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Right:
    """One thing the bot needs at the forge. granted: None where it cannot be told without trying. advice: French."""

    name: str
    granted: bool | None
    advice: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A verified webhook: look at this pull request again, or at this issue. delivery: the forge's id, the same when sent twice."""

    number: int | None
    branch: str
    delivery: str
    issue: int | None = None


class Refusal(StrEnum):
    """Why a webhook is not believed."""

    SIGNATURE = "signature"
    STALE = "stale"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"


class Forge(Protocol):
    """What each forge answers. A method's text says what is the same everywhere; files say what differs."""

    @property
    def api(self) -> str:
        """Address of the API, without a slash at its end; "" where questions need no transport."""

    @property
    def git_url(self) -> str:
        """Address for ``git fetch`` and ``git push``, without credentials."""

    @property
    def issues(self) -> Issues | None:
        """The repository's issues; None where the forge has none."""

    @property
    def lines(self) -> LineRemarks | None:
        """Remarks on lines of a request; None where the forge has none."""

    def git_header(self) -> Exchange[str]:
        """The header ``Authorization: …`` for git (``http.extraHeader``), or "". Never to be logged."""

    def find(self, branch: str) -> Exchange[Remote | None]:
        """The open pull request of a branch of ours; else the latest one, merged or closed; else None."""

    def open(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """Open a pull request from ``branch`` into ``base``, or adopt the one that is open already."""

    def read(self, number: int) -> Exchange[Remote]:
        """The pull request as it stands."""

    def remarks(self, number: int) -> Exchange[list[Remark]]:
        """What the bot and people who may write to the repository said about it; passers-by are left out."""

    def label(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """Add labels; those the repository lacks are created, those that others added stay."""

    def reviewers(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """Ask people for a review; gives those whom the forge refuses (no collaborators, unknown)."""

    def comment(self, number: int, marker: str, text: str) -> Exchange[None]:
        """Write the one comment that carries ``marker`` ([a-z0-9-]+), or update it; never a second one."""

    def status(self, commit: str, state: StatusState, context: str, text: str, url: str) -> Exchange[None]:
        """Set the commit status named ``context``, unless it stands so already; ``url`` may be ""."""

    def edit_body(self, number: int, body: str) -> Exchange[None]:
        """Replace the description."""

    def close(self, number: int) -> Exchange[None]:
        """Close without merging; fine where it is closed or merged already."""

    def delete_branch(self, branch: str) -> Exchange[None]:
        """Delete a branch; fine where it is gone already."""

    def rights(self, hook: str = "", label: str = "") -> Exchange[list[Right]]:
        """What the credentials allow, for ``bot doctor``; ``hook``: the address a webhook should call; ``label``: that of the
        issues which become proposals, "" where none do.
        """

    def webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Notice | Refusal | None:
        """What a webhook asks to look at; None if it is genuine and does not matter; never raises."""
