"""The way of a proposal at any forge: look, create, adopt. What differs between forges stands in their own files.

A forge is a class that says how *its* requests look and what *its* answers mean (:mod:`scripts.bot.forges.requests`). That
every question may be asked again, that nothing is made twice and that nobody else's comment is touched is said once, here.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scripts.bot.forges import texts, webhooks
from scripts.bot.forges.failures import failure
from scripts.bot.forges.forge import Exchange, ForgeError, Remark, Remote, Right
from scripts.bot.forges.requests import Hook, Note, Requests, Status
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Notice, Refusal, StatusState

LISTING_PAUSE: Final = 10.0
"""Seconds until what exists should also be listed."""
EDITORS_KEPT: Final = timedelta(minutes=10)
"""So long a forge's word on who may write is believed without asking again."""
LABEL_COLOUR: Final = "1f7a4d"
ABSENT: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY})


class Steps(Requests):
    """What :class:`~scripts.bot.forges.forge.Forge` asks, by means of a few requests that each forge knows."""

    def __init__(self, api: Api, account: str = "") -> None:
        """``account``: the bot's login; where "", the forge is asked if it can be."""
        self._api = api
        self._account: str | None = account or None

    @property
    def api(self) -> str:
        """Address of the API."""
        return self._api.address

    # --- what is the same everywhere ------------------------------------------------------------------------
    def find(self, branch: str) -> Exchange[Remote | None]:
        """The open one, else the latest. Requests from other repositories (forks) are not ours."""
        found = yield from self.proposals(branch)
        return max(found, key=lambda one: (one.state == "open", one.number), default=None)

    def open(self, branch: str, base: str, title: str, body: str) -> Exchange[Remote]:
        """Look, create, adopt. One that was merged or closed is adopted too: a branch is proposed once."""
        found = yield from self.find(branch)
        if found is not None:
            return found
        try:
            return (yield from self.create(branch, base, self.title(title), self.body(body)))
        except ForgeError as error:
            if error.kind not in {"conflict", "invalid", "unclear"}:
                raise
            refused = error
        found = yield from self.find(branch)
        if found is not None:
            return found
        if refused.kind == "conflict" or "already exists" in refused.message:
            raise ForgeError("busy", french.NOT_LISTED_YET, wait=LISTING_PAUSE)
        raise refused

    def remarks(self, number: int) -> Exchange[list[Remark]]:
        """Comments and reviews of editors and of the bot, oldest first; markers are taken off.

        Anybody may comment on a public repository, and ask for changes at some forges: what passers-by say is for
        editors to read at the forge, and does not reach a contributor in our name.
        """
        ours = yield from self._us(number)
        said = sorted((yield from self.said(number)), key=lambda note: (note.at, note.id))
        heard = [(_remark(note, ours), note) for note in said]
        # What another machine's account wrote under a marker is no editor's word.
        return [
            remark for remark, note in heard if remark.is_ours or (note.is_editor and not texts.marker_of(note.text))
        ]

    def label(self, number: int, names: Sequence[str]) -> Exchange[None]:
        """Add the labels that are not there yet; names are compared without case."""
        wanted = {one.casefold(): one for name in names if (one := _label(name))}
        have = {name.casefold() for name in (yield from self.labels_on(number))}
        missing = [name for key, name in wanted.items() if key not in have]
        if missing:
            yield from self.add_labels(number, missing)

    def reviewers(self, number: int, logins: Sequence[str]) -> Exchange[list[str]]:
        """Ask those who have neither been asked nor answered yet."""
        asked = {login.casefold() for login in (yield from self.asked(number))}
        wanted = {login.casefold(): login for login in logins if login}
        todo = [login for key, login in wanted.items() if key not in asked]
        return (yield from self.ask(number, todo)) if todo else []

    def comment(self, number: int, marker: str, text: str) -> Exchange[None]:
        """Update the comment of ours that ends with the marker, if it differs, or write it."""
        wanted = self.body(texts.marked(text, marker))
        ours = yield from self._us(number)
        written = [
            note
            for note in (yield from self.notes(number))
            if texts.marker_of(note.text) == marker and note.author.casefold() in ours
        ]
        if not written:
            yield from self.add_note(number, wanted)
        elif not texts.same(written[0].text, wanted):
            yield from self.change_note(number, written[0].id, wanted)

    def status(self, commit: str, state: StatusState, context: str, text: str, url: str) -> Exchange[None]:
        """Set it, unless it stands so already."""
        line = texts.shortened(" ".join(texts.clean(text).split()), texts.LONGEST_STATUS)
        wanted = Status(self.states[state], line, url)
        if (yield from self.current_status(commit, context)) != wanted:
            yield from self.set_status(commit, context, wanted)

    def edit_body(self, number: int, body: str) -> Exchange[None]:
        """Replace the description."""
        yield from self.write_body(number, self.body(body))

    def close(self, number: int) -> Exchange[None]:
        """Close it if it is open."""
        if (yield from self.read(number)).state == "open":
            yield from self.shut(number)

    def delete_branch(self, branch: str) -> Exchange[None]:
        """Delete it; where the forge refuses, look whether it is gone (and the repository is not hidden)."""
        answer = yield from self.remove_branch(branch)
        if answer.status in ABSENT:
            yield from self._api.call("GET", self.repository)
            there = yield from self._api.call("GET", self.branch_path(branch), also={HTTPStatus.NOT_FOUND})
            if there.status != HTTPStatus.NOT_FOUND:
                raise failure(answer, self._api.clock())

    def webhook(self, headers: Mapping[str, str], body: bytes, secret: str) -> Notice | Refusal | None:
        """See :func:`scripts.bot.forges.webhooks.read`."""
        return webhooks.read(self.kind, headers, body, secret, self._api.clock())

    # --- what a forge may say differently -------------------------------------------------------------------
    def title(self, text: str) -> str:
        """A title that the forge takes for nothing else."""
        return texts.title(text)

    def body(self, text: str) -> str:
        """A description or comment that the forge takes for nothing else."""
        return texts.body(text)

    def whoami(self) -> Exchange[str]:
        """The login of the bot, "" where the forge does not tell."""
        yield from ()
        return ""

    # --- for the forges -------------------------------------------------------------------------------------
    def ask_all(self, path: str, logins: Sequence[str], refusing: Collection[int]) -> Exchange[list[str]]:
        """Ask for reviews by login. One bad name refuses the whole list: then each is asked alone."""
        answer = yield from self._api.call("POST", path, json={"reviewers": list(logins)}, also=refusing)
        if answer.status not in refusing:
            return []
        if len(logins) == 1:
            return list(logins)
        refused: list[str] = []
        for login in logins:
            refused += yield from self.ask_all(path, [login], refusing)
        return refused

    def issue_rights(self, address: str, label: str) -> Exchange[list[Right]]:
        """What ``bot doctor`` says of the issue forms' ``label``, and of the webhook that should call ``address``."""
        found: list[Right] = []
        if label:
            found.append((yield from self._label_right(label)))
        if address:
            needed = self.hook_events | ({self.issue_event} if label else frozenset())
            found.append(_hook_right(address, (yield from self.hooks()), needed))
        return found

    def _label_right(self, label: str) -> Exchange[Right]:
        """Credentials that do not show labels are told of where they are looked at themselves."""
        try:
            known = yield from self.issues.has_label(label)
        except ForgeError as error:
            if error.kind not in {"credentials", "rights", "gone"}:
                raise
            return Right(french.FORM_LABEL_RIGHT, granted=None, advice=error.message)
        if known:
            return Right(french.FORM_LABEL_RIGHT, granted=True, advice=french.FORM_LABEL_FINE)
        return Right(french.FORM_LABEL_RIGHT, granted=None, advice=french.form_label_missing(label))

    def account(self) -> Exchange[str]:
        """The bot's login, "" if nobody told; the forge is asked once."""
        if self._account is None:
            self._account = yield from self.whoami()
        return self._account

    def _us(self, number: int) -> Exchange[frozenset[str]]:
        """Logins under which the bot writes here, in lower case.

        Whoever opened a request from a branch of this repository may push to it, and is believed; the account of the
        credentials may have changed since.
        """
        logins = {(yield from self.account()), (yield from self.author(number))}
        return frozenset(login.casefold() for login in logins if login)


def _label(name: str) -> str:
    """A label's name that all forges take: GitLab separates names by commas, GitHub takes 50 characters."""
    return texts.shortened(" ".join(texts.clean(name).replace(",", " ").split()), texts.LONGEST_LABEL)


def _remark(note: Note, ours: Collection[str]) -> Remark:
    mine = note.author.casefold() in ours and bool(texts.marker_of(note.text))
    return Remark(note.id, note.author, note.at, texts.unmarked(note.text), note.asks_changes, mine)


def _hook_right(address: str, known: Sequence[Hook] | None, needed: frozenset[str]) -> Right:
    if known is None:
        return Right(french.HOOK_RIGHT, None, french.HOOK_UNSEEN)
    here = [hook for hook in known if hook.url.rstrip("/") == address.rstrip("/")]
    if not here:
        return Right(french.HOOK_RIGHT, granted=False, advice=french.hook_missing(address))
    hook = max(here, key=lambda one: (one.active, len(one.events & needed)))
    if not hook.active:
        return Right(french.HOOK_RIGHT, granted=False, advice=french.HOOK_OFF)
    if needed - hook.events:
        return Right(
            french.HOOK_RIGHT, granted=False, advice=french.hook_events(", ".join(sorted(needed - hook.events)))
        )
    return Right(french.HOOK_RIGHT, granted=True, advice=french.HOOK_FINE)
