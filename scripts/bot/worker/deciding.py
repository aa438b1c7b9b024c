"""Carries out what people decided on web pages (`scripts.bot.submission.Decision`), one decision at a time.

Before the forge is told anything, it is asked how the request stands: what was merged meanwhile is not refused any more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.french import worker as french
from scripts.bot.git.repository import Person
from scripts.bot.submission import ENDED, OPEN, Mail, Moment, State
from scripts.bot.worker.following import accepted, closed, conflicting, put_off
from scripts.bot.worker.outcome import Outcome, become
from scripts.bot.worker.revising import StandOffError, revise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from scripts.bot.submission import Decision, DecisionKind, Submission
    from scripts.bot.worker.place import Workplace

    Act = Callable[[Workplace, Submission, Decision, dt.datetime], Outcome]

_AT_ONCE: frozenset[DecisionKind] = frozenset({"withdraw", "refuse", "correct"})
"""What can be carried out while it is still on its way to the forge; the rest waits until it is there."""


def next_decision(submission: Submission, decisions: Sequence[Decision]) -> Decision | None:
    """The first decision that can be carried out now."""
    if submission.state is State.QUEUED:
        return next((decision for decision in decisions if decision.kind in _AT_ONCE), None)
    return next(iter(decisions), None)


def carry_out(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    """What comes of a decision. One that comes too late is done without effect."""
    if submission.state in ENDED | {State.MERGED}:
        return Outcome(submission).and_done(decision)
    if submission.number is not None:
        remote = place.ask(place.forge.read(submission.number))
        if remote.state == "merged":
            return accepted(place, submission, now).and_done(decision)
        if remote.state == "closed" and decision.kind not in {"refuse", "withdraw"}:
            return closed(place, submission, "", now).and_done(decision)
    return _ACTS[decision.kind](place, submission, decision, now)


def _accept(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    """Merge it. Where the main branch went on against it, it is made again first, and the decision waits for that."""
    number = submission.number
    if place.editor is None or number is None:
        return put_off(place, replace(submission, trouble=french.ACCEPT_AT_FORGE), now).and_done(decision)
    editor, person = place.editor, Person(decision.by or french.EDITORS, place.platform.noreply)
    message = french.merge_message(submission)
    paths = place.effect("merge", lambda: editor.accept(number, submission.branch, message, person))
    if not paths:
        return accepted(place, submission, now).and_done(decision)
    outcome = conflicting(place, submission, now)
    waits = outcome.submission.state is State.QUEUED and outcome.submission.commit != submission.commit
    return outcome if waits else outcome.and_done(decision)


def _refuse(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    _close(place, submission, f"refus-{decision.number}", french.refused_comment(decision.text))
    reason = french.reason(decision.text)
    mails = (Mail("refused", facts={"text": reason}),)
    return become(submission, State.REFUSED, now, kind="refused", text=reason, mails=mails).and_done(decision)


def _withdraw(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    _close(place, submission, f"retrait-{decision.number}", french.WITHDRAWN_COMMENT)
    mails = (Mail("withdrawn"),)
    return become(submission, State.WITHDRAWN, now, kind="withdrawn", text=decision.text, mails=mails).and_done(
        decision
    )


def _question(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    _comment(place, submission, f"question-{decision.number}", french.question_comment(decision.text))
    mails = (Mail("question", f"decision-{decision.number}", {"text": decision.text}),)
    later = now + place.pauses.first_look
    text = decision.text
    asked = become(submission, State.QUESTION, now, kind="question", text=text, mails=mails, next_try=later)
    return asked.and_done(decision)


def _answer(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    _comment(place, submission, f"reponse-{decision.number}", french.answer_comment(decision.text))
    later = now + place.pauses.first_look
    said = become(submission, State.WAITING, now, kind="answer", text=decision.text, next_try=later)
    return said.and_done(decision)


def _correct(place: Workplace, submission: Submission, decision: Decision, now: dt.datetime) -> Outcome:
    """A new commit on the same branch; its address is the one that was confirmed."""
    if decision.posted is None:
        raise ValueError("a correction comes with what was posted")
    email = submission.posted.contact_email
    corrected = replace(submission, posted=replace(decision.posted, contact_email=email))
    try:
        outcome = revise(place, corrected, now)
    except StandOffError as error:
        outcome = put_off(place, replace(corrected, trouble=french.stand_off(error.paths)), now)
    said = Moment(submission.id, now, "answer", decision.text or french.CORRECTED)
    return replace(outcome, moments=(said, *outcome.moments)).and_done(decision)


_ACTS: Mapping[DecisionKind, Act] = {
    "accept": _accept,
    "refuse": _refuse,
    "withdraw": _withdraw,
    "question": _question,
    "answer": _answer,
    "correct": _correct,
}


def _comment(place: Workplace, submission: Submission, marker: str, text: str) -> None:
    number = submission.number
    if number is not None:
        place.effect("comment", lambda: place.ask(place.forge.comment(number, marker, text)))


def _close(place: Workplace, submission: Submission, marker: str, text: str) -> None:
    """Say why, close the request, delete the branch: as far as each has been made, or may have been."""
    number = submission.number
    if number is None and submission.state is State.QUEUED:
        remote = place.ask(place.forge.find(submission.branch))
        number = remote.number if remote else None
    if number is not None:
        request = number
        place.effect("comment", lambda: place.ask(place.forge.comment(request, marker, text)))
        place.effect("close", lambda: place.ask(place.forge.close(request)))
    if submission.state in OPEN | {State.QUEUED}:
        place.effect("delete", lambda: place.ask(place.forge.delete_branch(submission.branch)))
