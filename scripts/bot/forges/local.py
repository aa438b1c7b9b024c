"""The local forge: a repository on this machine, a register of requests, and editors who decide on the review page.

Its questions yield no requests: they are answered at once. Labels, reviewers, comments and statuses have no reader here,
since the review page shows a proposal with everything that the store knows of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from scripts.bot.forges.forge import ForgeError, Remark, Remote, Right
from scripts.bot.french import worker as french

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from scripts.bot.forges.forge import Exchange, Notice, Refusal, RemoteState, StatusState

T = TypeVar("T")


class LocalRequest(Protocol):
    """A request as the register keeps it."""

    @property
    def number(self) -> int:
        """Unique in the register."""

    @property
    def branch(self) -> str:
        """The branch that it proposes."""

    @property
    def state(self) -> str:
        """« open », « merged » or « closed »."""

    @property
    def merge_commit(self) -> str:
        """The commit that merged it, or nothing."""

    @property
    def updated(self) -> datetime:
        """When it last changed."""


class Register(Protocol):
    """Where numbers and states of requests are kept (`scripts.bot.store.requests`)."""

    def of_branch(self, branch: str) -> LocalRequest | None:
        """The request of a branch."""

    def by_number(self, number: int) -> LocalRequest | None:
        """The request of this number."""

    def open(self, branch: str, at: datetime) -> LocalRequest:
        """The request of a branch, made if there is none."""

    def settle(self, number: int, state: str, merge_commit: str, at: datetime) -> None:
        """A request is merged or closed from now on."""


class Branches(Protocol):
    """The repository (`scripts.bot.git.local`)."""

    def head(self, branch: str) -> str | None:
        """The commit of a branch."""

    def delete(self, branch: str) -> None:
        """Delete a branch; fine where there is none."""


@dataclass(frozen=True, slots=True)
class Local:
    """As `Forge`. Requests have no address, but for the review page's, which ``url_of`` gives for a branch."""

    register: Register
    branches: Branches
    clock: Callable[[], datetime]
    url_of: Callable[[str], str]

    @property
    def api(self) -> str:
        """As `Forge.api`: there is nothing to ask."""
        return ""

    @property
    def git_url(self) -> str:
        """As `Forge.git_url`: the repository is the worker's own."""
        return ""

    @property
    def issues(self) -> None:
        """As `Forge.issues`: nobody writes any here."""
        return

    @property
    def lines(self) -> None:
        """As `Forge.lines`: the review page shows problems where they are."""
        return

    def git_header(self) -> Exchange[str]:
        """As `Forge.git_header`."""
        return _at_once(str)

    def find(self, branch: str) -> Exchange[Remote | None]:
        """As `Forge.find`."""
        return _at_once(lambda: self._found(self.register.of_branch(branch)))

    def open(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:  # noqa: ARG002  # the protocol's
        """As `Forge.open`."""
        return _at_once(lambda: self._remote(self.register.open(branch, self.clock())))

    def read(self, number: int) -> Exchange[Remote]:
        """As `Forge.read`."""
        return _at_once(lambda: self._remote(self._request(number)))

    def remarks(self, number: int) -> Exchange[list[Remark]]:  # noqa: ARG002  # the protocol's
        """As `Forge.remarks`: what editors say, they say to the store."""
        return _at_once(list)

    def label(self, number: int, names: Sequence[str]) -> Exchange[None]:  # noqa: ARG002  # the protocol's
        """As `Forge.label`."""
        return _at_once(_nothing)

    def reviewers(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:  # noqa: ARG002  # the protocol's
        """As `Forge.reviewers`."""
        return _at_once(list)

    def comment(self, number: int, marker: str, text: str) -> Exchange[None]:  # noqa: ARG002  # the protocol's
        """As `Forge.comment`."""
        return _at_once(_nothing)

    def status(self, commit: str, state: StatusState, context: str, text: str, url: str) -> Exchange[None]:  # noqa: ARG002  # the protocol's
        """As `Forge.status`."""
        return _at_once(_nothing)

    def edit_body(self, number: int, body: str) -> Exchange[None]:  # noqa: ARG002  # the protocol's
        """As `Forge.edit_body`."""
        return _at_once(_nothing)

    def close(self, number: int) -> Exchange[None]:
        """As `Forge.close`."""
        return _at_once(lambda: self._settle(number, "closed", ""))

    def merged(self, number: int, commit: str) -> Exchange[None]:
        """The request was merged by ``commit``: what an editor does at other forges, the worker does here."""
        return _at_once(lambda: self._settle(number, "merged", commit))

    def delete_branch(self, branch: str) -> Exchange[None]:
        """As `Forge.delete_branch`."""
        return _at_once(lambda: self.branches.delete(branch))

    def rights(self, hook: str = "", label: str = "") -> Exchange[list[Right]]:  # noqa: ARG002  # the protocol's
        """As `Forge.rights`: whoever may write the files may do everything."""
        return _at_once(list)

    def webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Notice | Refusal | None:  # noqa: ARG002  # the protocol's
        """As `Forge.webhook`: nobody calls."""
        return None

    def _request(self, number: int) -> LocalRequest:
        found = self.register.by_number(number)
        if found is None:
            raise ForgeError("gone", french.no_request(number))
        return found

    def _settle(self, number: int, state: RemoteState, commit: str) -> None:
        if self._request(number).state == "open":
            self.register.settle(number, state, commit, self.clock())

    def _found(self, request: LocalRequest | None) -> Remote | None:
        return self._remote(request) if request else None

    def _remote(self, request: LocalRequest) -> Remote:
        state: RemoteState = (
            "merged" if request.state == "merged" else "closed" if request.state == "closed" else "open"
        )
        return Remote(
            number=request.number,
            url=self.url_of(request.branch),
            branch=request.branch,
            head=self.branches.head(request.branch) or "",
            state=state,
            merge_commit=request.merge_commit,
            mergeable=None,
            updated=request.updated.isoformat(),
        )


def _at_once(answer: Callable[[], T]) -> Exchange[T]:
    """A question that needs nobody else; like any other it is answered when it is run."""
    yield from ()
    return answer()


def _nothing() -> None:
    return None
