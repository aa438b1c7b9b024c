"""What becomes of a post: accepted and on the disk, or back to its sender with everything kept and what is to be put right.

All of it runs in one thread of a pool; nothing here waits for the network.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.bot.french import web as french
from scripts.bot.submission import ID_BYTES, NewSubmission, State, make_id
from scripts.bot.web import hidden
from scripts.bot.web.posting import rates, suspicion
from scripts.bot.web.posting.captcha import Captcha
from scripts.bot.web.posting.checked_posts import PostReader
from scripts.bot.web.posting.kept import KeptPictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.forms.faults import FieldFault
    from plugins.forms.posted import Posted
    from scripts.bot.submission import Picture, Submission
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.posting.captcha import Solution
    from scripts.bot.web.posting.checked_posts import Read
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.posting.posted_pictures import FormPictures
    from scripts.bot.web.posting.suspicion import Reason
    from scripts.bot.web.service import Service

logger = logging.getLogger(__name__)

FLOOD: Final = 5  # times the limit: the form is no longer worth sending back


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is on the disk."""

    submission: Submission


@dataclass(frozen=True, slots=True)
class Returned:
    """It goes back to its sender. ``notice`` speaks of the whole; ``wait`` are seconds, 0 where nobody has to."""

    status: int
    faults: tuple[FieldFault, ...] = ()
    notice: str = ""
    pictures: FormPictures | None = None
    wait: int = 0
    earlier: Submission | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not even looked at."""

    wait: int


class Taking:
    """Judges posts and stores the good ones."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.captcha = Captcha(service.key("captcha"), service.clock, service.random)
        self.kept = KeptPictures(service.settings.state / "kept", service.clock, service.random)
        self.reader = PostReader(service.root, self.kept)
        self.rates = rates.Rates(service.store)
        self.tries = rates.Tries(service.key("tries"))
        self.started_key = service.key("started")

    def take(self, form: PostedForm, kind: FormKind, network: str) -> Accepted | Returned | Refused:
        """Accept a new proposal once, or say why not."""
        now, limits = self.service.clock(), self.service.settings
        tries = self.tries.count(network, now)
        if tries > limits.tries_per_hour * FLOOD:
            return Refused(rates.wait(now))
        read = self.reader.read(form, kind)
        if tries > limits.tries_per_hour:
            return self._too_often(read, now)
        if read.faults:
            return Returned(413 if read.pictures.too_large else 422, read.faults, pictures=read.pictures)
        return self._once(form, read, network, now)

    def correct(self, form: PostedForm, kind: FormKind, network: str, pictures: Sequence[Picture]) -> Read | Returned:
        """What corrects an earlier post, whose ``pictures`` stay where no others come; or why not."""
        now = self.service.clock()
        tries = self.tries.count(network, now)
        read = self.reader.read(form, kind, pictures)
        if tries > self.service.settings.tries_per_hour:
            return self._too_often(read, now)
        if read.faults:
            return Returned(413 if read.pictures.too_large else 422, read.faults, pictures=read.pictures)
        return read

    def _once(self, form: PostedForm, read: Read, network: str, now: dt.datetime) -> Accepted | Returned:
        key = self._key(form, read, now)
        solution = self.captcha.judge(form.get(hidden.CAPTCHA))
        if solution.state in {"expired", "wrong"}:
            known = self.service.store.by_key(key)
            return self._again(known, read) if known else self._stale(read)
        return self._admit(read, self._new(form, read, key, solution, now), network, solution)

    def _admit(
        self, read: Read, made: tuple[NewSubmission, Sequence[Reason]], network: str, solution: Solution
    ) -> Accepted | Returned:
        new, reasons = made
        proven, limits = solution.state == "solved", self.service.settings
        what, limit = ("proven post", limits.posts_per_hour) if proven else ("plain post", limits.plain_posts_per_hour)
        proof = (solution.digest, solution.expires) if proven else None
        outcome = self.service.store.admit(new, self.rates.gate(what, network, new.created, limit, proof))
        if outcome == "too often":
            return self._too_often(read, new.created)
        if outcome == "spent":
            return self._stale(read)
        submission, is_new = outcome
        if not is_new:
            return self._again(submission, read)
        if reasons:
            self.service.store.say(submission.id, "trouble", french.suspected(reasons), new.created)
        logger.info("submission", extra={"state": submission.state.value, "reasons": list(reasons)})
        return Accepted(submission)

    def _stale(self, read: Read) -> Returned:
        return Returned(422, notice=french.PROOF_STALE, pictures=read.pictures)

    def _too_often(self, read: Read, now: dt.datetime) -> Returned:
        return Returned(429, read.faults, french.TOO_OFTEN, read.pictures, rates.wait(now))

    def _again(self, known: Submission, read: Read) -> Accepted | Returned:
        """The same post gets the same receipt; another one with its key is no repetition, and must not be lost as one."""
        same = known.posted.to_json() == read.posted.to_json()
        pictures = {picture.content for picture in self.service.store.pictures(known.id)}
        if same and pictures == set(read.pictures.contents.values()):
            return Accepted(known)
        return Returned(409, notice=french.SENT_BEFORE, pictures=read.pictures, earlier=known)

    def _key(self, form: PostedForm, read: Read, now: dt.datetime) -> str:
        """The idempotency key: the form's own, or without JavaScript what was said, which counts as a repetition for an hour."""
        given = hidden.usable_key(form.get(hidden.KEY))
        if given:
            return self.service.store.keyed_hash("key", given)
        said = hashlib.sha256(read.posted.to_json().encode())
        for content in read.pictures.contents.values():
            said.update(hashlib.sha256(content).digest())
        hour = int(now.timestamp() // rates.HOUR.total_seconds())
        this, before = (self.service.store.keyed_hash("content", f"{at} {said.hexdigest()}") for at in (hour, hour - 1))
        earlier = self.service.store.by_key(before)
        return before if earlier and now - earlier.created < rates.HOUR else this

    def _new(
        self, form: PostedForm, read: Read, key: str, solution: Solution, now: dt.datetime
    ) -> tuple[NewSubmission, Sequence[Reason]]:
        """What is to be stored, and why it is suspected."""
        quickest = dt.timedelta(seconds=self.service.settings.quickest_seconds)
        reasons = suspicion.reasons(read.posted, self._circumstances(form, solution, now), quickest)
        must_confirm = self._must_confirm(read.posted)
        new = NewSubmission(
            id=make_id(self.service.random(ID_BYTES)),
            key=key,
            posted=read.posted,
            created=now,
            state=State.QUARANTINE if reasons else State.UNCONFIRMED if must_confirm else State.QUEUED,
            pictures=tuple(read.pictures.pictures.values()),
            email_known=self._email_known(read),
            must_confirm=must_confirm,
        )
        return new, reasons

    def _circumstances(self, form: PostedForm, solution: Solution, now: dt.datetime) -> suspicion.Circumstances:
        proven = solution.state == "solved"
        since = hidden.read_started(form.get(hidden.STARTED), self.started_key) or (solution.issued if proven else None)
        return suspicion.Circumstances(form.get(hidden.TRAP), now - since if since else None, proven)

    def _must_confirm(self, posted: Posted) -> bool:
        settings = self.service.settings
        return settings.confirm_email and settings.smtp is not None and bool(posted.contact_email)

    def _email_known(self, read: Read) -> bool | None:
        """Whether the address is the one that is known for the member in whose name this is sent."""
        if not read.signer or not read.posted.contact_email:
            return None
        return self.service.store.knows_member_email(read.signer, read.posted.contact_email)
