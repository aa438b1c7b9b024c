"""The way of a submission to editors: name → push → open → dress → announce.

Each step looks for what it is about to make, makes what is missing, and takes over what is there, so it can be done again after
any interruption. What it learns is written to the store when it is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.forges.forge import ForgeError
from scripts.bot.french import issues as french_issues
from scripts.bot.french import worker as french
from scripts.bot.submission import State, Step
from scripts.bot.worker.following import conflicting
from scripts.bot.worker.issue_telling import issue_of
from scripts.bot.worker.outcome import Notes, Outcome, become
from scripts.bot.worker.proposing import ask_to_correct, draft, make_commit, named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace

MARKER = "proposition"
CONTEXT = "circular/proposition"
_DISPENSABLE = frozenset({"rights", "gone", "invalid"})


def name(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Make the files and the commit. What has become invalid meanwhile is a question to its sender."""
    main = place.upstream.main()
    proposal = draft(place, submission, main, now)
    if proposal.faults:
        return ask_to_correct(place, submission, proposal, now)
    commit = make_commit(place, submission, proposal.files, (main,), at=submission.created)
    return named(place, submission, proposal, commit)


def push(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Bring the commit to everybody's repository, below the branch's name.

    The commit of a worker that does not come back is in its repository only: then it is made again.
    """
    head = place.upstream.head(submission.branch)
    commit = submission.commit
    if place.repository.resolve(commit) is None:
        return conflicting(place, submission, now)
    if head is not None and place.repository.contains(head, commit):
        commit = head
    elif head is None or place.repository.contains(commit, head):
        place.effect("push", lambda: place.upstream.push(submission.branch, commit, old=head))
    else:  # an editor pushed to the branch in this very moment
        return conflicting(place, submission, now)
    return Outcome(replace(submission.at_step(Step.OPEN), commit=commit, updated=now))


def open_request(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Open the request, or take over the one of our branch, whatever became of it."""
    remote = place.ask(place.forge.find(submission.branch))
    if remote is None:
        title, body = french.request_title(submission), _body(place, submission)
        base = place.upstream.main_branch
        remote = place.effect("open", lambda: place.ask(place.forge.open(submission.branch, base, title, body)))
    return Outcome(replace(submission.at_step(Step.DRESS), number=remote.number, url=remote.url, updated=now))


def dress(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Labels and reviewers. A forge that refuses them does not keep a proposal from being read."""
    number, notes = _number(submission), Notes.of(submission)
    if notes.labels:
        _if_possible(lambda: place.effect("label", lambda: place.ask(place.forge.label(number, notes.labels))))
    if notes.reviewers:
        _if_possible(
            lambda: place.effect("reviewers", lambda: place.ask(place.forge.reviewers(number, notes.reviewers)))
        )
    return Outcome(replace(submission.at_step(Step.ANNOUNCE), updated=now))


def announce(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Tell editors what they should know, and the sender that it lies before them."""
    number, notes = _number(submission), Notes.of(submission)
    text = french.announcement(submission, notes, place.platform)
    place.effect("comment", lambda: place.ask(place.forge.comment(number, MARKER, text)))
    fine = not notes.left_behind
    status = place.forge.status(
        submission.commit, "success" if fine else "failure", CONTEXT, french.status_text(fine=fine), ""
    )
    _if_possible(lambda: place.effect("status", lambda: place.ask(status)))
    known = replace(notes, before=_before(place, submission, notes), announced=True).on(submission)
    outcome = become(known, State.WAITING, now, kind="opened", next_try=now + place.pauses.first_look)
    return replace(outcome, moments=()) if notes.announced else outcome


STEPS: Mapping[Step, Callable[[Workplace, Submission, dt.datetime], Outcome]] = {
    Step.NAME: name,
    Step.PUSH: push,
    Step.OPEN: open_request,
    Step.DRESS: dress,
    Step.ANNOUNCE: announce,
}


def _body(place: Workplace, submission: Submission) -> str:
    issue = issue_of(place, submission)
    if issue is None:
        return french.request_body(submission, place.platform)
    return french_issues.request_body(issue.author, issue.number, place.platform)


def _before(place: Workplace, submission: Submission, notes: Notes) -> str:
    """The page as it is before it is changed, so that one sees when it has been."""
    edits = submission.posted.action == "edit" and notes.address
    return (place.look(place.platform.site_url + notes.address) or "") if edits else ""


def _number(submission: Submission) -> int:
    if submission.number is None:
        raise ValueError("a submission at this step has a request")
    return submission.number


def _if_possible(act: Callable[[], object]) -> None:
    try:
        act()
    except ForgeError as error:
        if error.kind not in _DISPENSABLE:
            raise
