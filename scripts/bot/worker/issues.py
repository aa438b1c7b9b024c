"""Takes in what people write with the forge's own form: looks now and then, and as soon as a webhook tells of one.

An issue is judged by one worker at a time, once for each text that it has had. What is good becomes a submission, which then
goes the way of all others; what is not is answered below the issue. An issue is anybody's text and is trusted in nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import secrets
from typing import TYPE_CHECKING, Final

from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.issues import FORM_LABEL
from scripts.bot.french import issues as french
from scripts.bot.french.web import suspected
from scripts.bot.store import LeaseLostError, StoreError
from scripts.bot.store.errors import DecisionError
from scripts.bot.submission import ENDED, ID_BYTES, NewSubmission, State, make_id
from scripts.bot.web.posting.suspicion import Circumstances, reasons
from scripts.bot.worker.issue_reading import has_pictures, judge
from scripts.bot.worker.issue_telling import say
from scripts.bot.worker.trouble import trouble_of

if TYPE_CHECKING:
    from plugins.forms.posted import Posted
    from scripts.bot.clock import Entropy
    from scripts.bot.forges.issues import Issue, Issues
    from scripts.bot.store.issues import IssueLease
    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace

logger = logging.getLogger(__name__)
LEASE: Final = dt.timedelta(minutes=15)
LOOK: Final = dt.timedelta(minutes=2)
"""Between two looks at the list, which costs nothing where nothing has changed (ETag)."""
_SETTLED: Final = ENDED | {State.MERGED}
_AT_FORGE: Final = Circumstances(trap="", taken=None, proven=False)


class IssueTaker:
    """``name`` as for the worker. At a forge without issues there is never anything to do."""

    def __init__(self, name: str, place: Workplace, *, random: Entropy = secrets.token_bytes) -> None:
        self.name = name
        self._place = place
        self._random = random
        self._next_look: dt.datetime | None = None
        self._closed_until: dt.datetime | None = None
        self._failures = 0

    def start(self) -> None:
        """Take over what a worker of this name left."""
        self._place.store.issues.give_back(self.name)

    def stop(self) -> None:
        """Give back what is in hand."""
        self._place.store.issues.give_back(self.name)

    def run_once(self, now: dt.datetime) -> bool:
        """Look at the list, or deal with one issue; False where there is nothing to do. May raise StoreError."""
        desk = self._place.forge.issues
        if desk is None or (self._closed_until is not None and now < self._closed_until):
            return False
        if self._next_look is None or self._next_look <= now:
            self._look(desk, now)
            return True
        held = self._place.store.issues.lease(desk.project, self.name, now, LEASE)
        if held is None:
            return False
        try:
            self._take(desk, held, now)
        except LeaseLostError:
            logger.warning("lease of an issue lost", extra={"issue": held.issue.number})
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # one issue must not stop the others
            self._fail(held, error, now)
        return True

    def _look(self, desk: Issues, now: dt.datetime) -> None:
        """Wake the issues that say something which was not judged yet."""
        place = self._place
        try:
            found = place.ask(desk.listed(FORM_LABEL))
        except ForgeError as error:
            trouble = trouble_of(error)
            shortest = place.pauses.closed_forge if trouble.closes_forge else LOOK
            self._next_look = now + max(shortest, trouble.pause(self._failures, place.pauses, place.chance()))
            self._failures += 1
            logger.warning("issues cannot be listed", extra={"kind": trouble.kind})
            return
        self._next_look, self._failures = now + LOOK, 0
        known, listed = place.store.issues.known(desk.project), {issue.number for issue in found}
        for number in sorted(place.store.issues.under_way(desk.project) - listed):  # closed, it may be
            place.store.issues.wake(desk.project, number, now, patiently=True)
        for issue in found:
            if issue.number not in known or known[issue.number].digest != digest_of(issue):
                place.store.issues.wake(desk.project, issue.number, now, patiently=True)

    def _take(self, desk: Issues, held: IssueLease, now: dt.datetime) -> None:
        place, known = self._place, held.issue
        issue = place.ask(desk.read(known.number))
        if issue is not None and issue.is_taken_back and known.submission:
            self._take_back(held, issue, now)
            return
        if issue is None or not issue.is_open or not issue.carries(FORM_LABEL) or digest_of(issue) == known.digest:
            place.store.issues.settle(held, known.digest)
            return
        submission = place.store.by_id(known.submission) if known.submission else None
        if known.submission and (submission is None or submission.state in _SETTLED):
            place.store.issues.settle(held, digest_of(issue))  # it comes too late
            return
        judged = judge(place, issue, now)
        if judged.posted is not None:
            if submission is None:
                self._accept(held, issue, judged.posted, now)
            else:
                self._correct(held, issue, submission, judged.posted, now)
            return
        url = submission.url if submission else ""
        text = french.unread(judged.unread) if judged.unread else french.faulty(judged.faults, url)
        say(place, issue.number, text)
        place.store.issues.settle(held, digest_of(issue))
        place.checkpoint("written issue answered")

    def _correct(
        self, held: IssueLease, issue: Issue, submission: Submission, posted: Posted, now: dt.datetime
    ) -> None:
        place = self._place
        changed = submission.posted.to_json() != posted.to_json()
        if submission.url:  # what the comment may have found wrong before is put right
            text = french.opened(submission.url, corrected=changed, pictures=has_pictures(issue))
            say(place, issue.number, text)
        try:
            if changed:
                place.store.issues.correct(held, digest_of(issue), posted, now)
            else:
                place.store.issues.settle(held, digest_of(issue))
        except DecisionError:  # it ended in this very moment: judged again, it comes too late
            place.store.issues.put_off(held, now)
        place.checkpoint("written issue corrected")

    def _take_back(self, held: IssueLease, issue: Issue, now: dt.datetime) -> None:
        """Withdraw what came of an issue that was closed, unless its request has ended or is about to: then that is what
        counts, and it may be the bot that closed the issue.
        """
        store, identifier = self._place.store, held.issue.submission
        submission = store.by_id(identifier)
        ends = {"withdraw", "refuse"}
        if (
            submission is None
            or submission.state in _SETTLED
            or any(one.kind in ends for one in store.pending(identifier))
        ):
            store.issues.settle(held, held.issue.digest)
            return
        number = submission.number
        if number is not None and self._place.ask(self._place.forge.read(number)).state != "open":
            store.wake(identifier, now)
            store.issues.settle(held, held.issue.digest)
            return
        try:
            store.issues.withdraw(held, digest_of(issue), french.TAKEN_BACK, now)
        except DecisionError:  # it ended in this very moment
            store.issues.put_off(held, now)
        self._place.checkpoint("written issue taken back")

    def _accept(self, held: IssueLease, issue: Issue, posted: Posted, now: dt.datetime) -> None:
        place = self._place
        suspicious = reasons(posted, _AT_FORGE, dt.timedelta(0))
        new = NewSubmission(
            id=make_id(self._random(ID_BYTES)),
            key=place.store.keyed_hash("issue", f"{held.issue.project} {held.issue.number}"),
            posted=posted,
            created=now,
            state=State.QUARANTINE if suspicious else State.QUEUED,
            mails=(),
        )
        accepted = place.store.issues.accept(held, digest_of(issue), new)
        place.checkpoint("written issue accepted")
        if suspicious and accepted == new.id:
            place.store.say(accepted, "trouble", suspected(suspicious), now)
        logger.info("issue accepted", extra={"submission": accepted, "issue": issue.number})

    def _fail(self, held: IssueLease, error: Exception, now: dt.datetime) -> None:
        place, trouble = self._place, trouble_of(error)
        pause = trouble.pause(held.issue.attempts, place.pauses, place.chance())
        if trouble.kind == "credentials":  # a right may be lacking for this issue only, say because it is locked
            self._closed_until = now + place.pauses.closed_forge
            pause = max(pause, place.pauses.closed_forge)
        what = {"kind": trouble.kind, "error": type(error).__name__, "attempts": held.issue.attempts + 1}
        logger.warning("issue failed", extra={"issue": held.issue.number, **what})
        try:
            place.store.issues.put_off(held, now + pause)
        except LeaseLostError:
            logger.warning("lease of an issue lost", extra={"issue": held.issue.number})


def digest_of(issue: Issue) -> str:
    """What an issue says, in short: its text, and what tells its form."""
    said = "\0".join((issue.title, issue.text, *sorted(issue.labels)))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()
