"""What is said below the issue that a proposal comes from: one comment that tells where it stands, one for each question.

It is said before the step is written to the database: killed in between, the step is done again and finds what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.forges.forge import ForgeError
from scripts.bot.french import issues as french
from scripts.bot.worker.issue_reading import has_pictures

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.forges.issues import Issue, Issues
    from scripts.bot.submission import Moment, Submission
    from scripts.bot.worker.outcome import Outcome
    from scripts.bot.worker.place import Workplace

_DISPENSABLE: Final = frozenset({"rights", "gone", "invalid"})  # a locked issue does not stop its proposal
_ENDS: Final[dict[str, Callable[[str], str]]] = {
    "published": french.published,
    "refused": french.refused,
    "withdrawn": lambda _: french.withdrawn(),
}


def marker(place: Workplace, desk: Issues, number: int, about: str = "") -> str:
    """The mark of one of our comments below an issue: beyond guessing, so that nobody can have written it before."""
    return f"ticket-{place.store.keyed_hash('issue comment', f'{desk.project} {number} {about}')[:40]}"


def issue_of(place: Workplace, submission: Submission) -> Issue | None:
    """The issue that a submission comes from, as it stands; None where it comes from none, or that is gone."""
    desk = place.forge.issues
    number = place.store.issues.of_submission(desk.project, submission.id) if desk else None
    return place.ask(desk.read(number)) if desk and number is not None else None


def say(place: Workplace, number: int, text: str, about: str = "") -> None:
    """Write a comment, or bring it up to date; nothing where the forge has no issues. Raises ForgeError."""
    desk = place.forge.issues
    if desk is not None:
        mark = marker(place, desk, number, about)
        place.effect("issue comment", lambda: place.ask(desk.comment(number, mark, text)))


def tell_issue(place: Workplace, outcome: Outcome) -> None:
    """Say below its issue what came of a step, as far as that concerns who wrote it. Raises ForgeError."""
    desk = place.forge.issues
    moments = [moment for moment in outcome.moments if moment.kind in {"opened", "question", *_ENDS}]
    if desk is None or not moments:
        return
    try:
        issue = issue_of(place, outcome.submission)
        for moment in moments if issue else ():
            _tell(place, desk, issue, outcome, moment)
    except ForgeError as error:
        if error.kind not in _DISPENSABLE:
            raise


def _tell(place: Workplace, desk: Issues, issue: Issue | None, outcome: Outcome, moment: Moment) -> None:
    if issue is None:
        return
    number, url = issue.number, outcome.submission.url
    if moment.kind == "opened":
        say(place, number, french.opened(url, corrected=False, pictures=has_pictures(issue)))
    elif moment.kind == "question":
        asked = next((mail.ref for mail in outcome.mails if mail.kind == "question"), moment.text)
        say(place, number, french.question(moment.text, url), f"question {asked}")
    else:
        say(place, number, _ENDS[moment.kind](moment.text))
        place.effect("issue close", lambda: place.ask(desk.close(number)))
