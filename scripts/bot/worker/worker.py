"""One worker: takes a submission that is due, does one step, writes what came of it."""

from __future__ import annotations

import datetime as dt
import logging
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bot.french import worker as french
from scripts.bot.git.errors import GitError
from scripts.bot.store import ClaimedError, LeaseLostError, StoreError
from scripts.bot.submission import OPEN, Mail, Moment, State, Step
from scripts.bot.worker.deciding import carry_out, next_decision
from scripts.bot.worker.following import follow, publish
from scripts.bot.worker.issue_telling import tell_issue
from scripts.bot.worker.outcome import Outcome
from scripts.bot.worker.steps import STEPS
from scripts.bot.worker.trouble import FORGE_NOTICE, MANY, trouble_of

if TYPE_CHECKING:
    from scripts.bot.store import Lease
    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace

logger = logging.getLogger(__name__)
BLOCKED = "root-blocked"
_OWN = frozenset({"forge-main", "forge-disk"})
_OWN_STEPS = frozenset({Step.NAME, Step.PUSH})  # they say nothing of the forge's own interface
LEASE = dt.timedelta(minutes=15)
"""Longer than a step can take: its transfers and requests have time limits of their own."""


class Worker:
    """``name`` is the same each time this worker starts, and no other running worker has it.

    Whatever happens to it, it may be started again: what it had is given back, and each step finds what was done.
    """

    def __init__(self, name: str, place: Workplace) -> None:
        self.name = name
        self._place = place
        self._closed_until: dt.datetime | None = None
        self._noticed: set[str] = set()
        self._held: Lease | None = None

    def start(self) -> None:
        """Take over what a worker of this name left."""
        self.stop()
        told = {notice.name for notice in self._place.store.notices()}
        self._noticed = {
            name for name in told if name == BLOCKED or name.startswith(FORGE_NOTICE)
        }  # mails are others’ to tell

    def stop(self) -> None:
        """Give back what is in hand, for whoever works on."""
        self._held = None
        self._place.store.give_back(self.name)

    def run_once(self, now: dt.datetime) -> bool:
        """Do one step of the submission that is in hand, or has been due longest; False where there is nothing to do.

        On its way to editors a submission stays in hand, since its commit is in this worker's repository only.

        Raises:
            StoreError: the database cannot be used now; call `start` before the next try.
        """
        if self._closed_until is not None and now < self._closed_until:
            return False
        held, self._held = self._held, None
        if held is None or held.until <= now:
            held = self._place.store.lease(self.name, now, LEASE)
        if held is None:
            return False
        try:
            outcome = self._work(held, now)
            tell_issue(self._place, outcome)
            self._write(held, outcome, now)
        except LeaseLostError:
            logger.warning("lease lost", extra={"submission": held.submission.id})
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # one submission must not stop the others
            self._fail(held, error, now)
        return True

    def _work(self, held: Lease, now: dt.datetime) -> Outcome:
        place, submission = self._place, held.submission
        decision = next_decision(submission, held.decisions)
        if decision is not None:
            return carry_out(place, submission, decision, now)
        if submission.state is State.QUEUED:
            return STEPS[submission.step](place, submission, now)
        if submission.state in OPEN:
            return follow(place, submission, now)
        if submission.state is State.MERGED:
            return publish(place, submission, now)
        return Outcome(replace(submission, next_try=None))

    def _write(self, held: Lease, outcome: Outcome, now: dt.datetime) -> None:
        submission = outcome.submission
        left = [decision for decision in held.decisions if decision not in outcome.carried_out]
        if left and next_decision(submission, left) is not None:
            submission = replace(submission, next_try=now)
        goes_on = submission.state is State.QUEUED and submission.next_try is not None and submission.next_try <= now
        try:
            self._held = self._place.store.finish(
                held,
                submission,
                moments=outcome.moments,
                mails=outcome.mails,
                carried_out=outcome.carried_out,
                claims=outcome.claims,
                now=now,
                keep_until=now + LEASE if goes_on else None,
            )
        except ClaimedError:  # another worker took the name in this very moment: choose another one
            self._place.store.finish(held, replace(held.submission, next_try=now), now=now)
            return
        self._place.checkpoint(f"written {held.submission.state} {held.submission.step}")
        logger.info(
            "step done", extra={"submission": submission.id, "state": submission.state, "step": submission.step}
        )
        self._all_is_well(held.submission)
        self._mind_blocked(now)

    def _fail(self, held: Lease, error: Exception, now: dt.datetime) -> None:
        """Write when to try again, tell people if that is needed; what was done stays to be found."""
        place, submission, trouble = self._place, held.submission, trouble_of(error)
        pause = trouble.pause(submission.attempts, place.pauses, place.chance())
        if trouble.closes_forge:
            self._closed_until = now + place.pauses.closed_forge
            pause = max(pause, place.pauses.closed_forge)
        attempts = submission.attempts + 1
        told = (Moment(submission.id, now, "trouble", trouble.message),) if attempts == MANY else ()
        failed = replace(submission, attempts=attempts, trouble=trouble.message, next_try=now + pause)
        said = error.detail if isinstance(error, GitError) else ""
        what = {"kind": trouble.kind, "error": type(error).__name__, "said": said}
        where = {"at": _place_of(error), "attempts": attempts, **what}
        logger.warning("step failed", extra={"submission": submission.id, "step": submission.step, **where})
        try:
            place.store.finish(held, failed, moments=told, now=now)
        except LeaseLostError:
            logger.warning("lease lost", extra={"submission": submission.id})
        if trouble.notice:
            self._tell(trouble.notice, trouble.message, now)

    def _tell(self, name: str, text: str, now: dt.datetime) -> None:
        store = self._place.store
        if store.raise_notice(name, text, now):
            store.queue_mail(Mail("alert", f"{name}-{now:%Y-%m-%d}", {"text": text}), now)
        self._noticed.add(name)

    def _all_is_well(self, submission: Submission) -> None:
        """A step that went well ends what was said about what it used."""
        self._closed_until = None
        if submission.state is State.QUEUED and submission.step in _OWN_STEPS:
            fine = self._noticed & _OWN
        else:
            fine = self._noticed - _OWN - {BLOCKED}
        self._untell(fine)

    def _untell(self, names: set[str]) -> None:
        for name in names:
            self._place.store.clear_notice(name)
        self._noticed -= names

    def _mind_blocked(self, now: dt.datetime) -> None:
        paths = self._place.blocked()
        if paths:
            self._tell(BLOCKED, french.blocked(paths), now)
        else:
            self._untell(self._noticed & {BLOCKED})


def _place_of(error: Exception) -> str:
    """File and line of ours where it happened: the message may hold what people wrote, and is not logged."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
