"""A proposal that is made again on its branch: its sender corrected it, or the main branch went on against it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.submission import Step
from scripts.bot.worker.outcome import Outcome
from scripts.bot.worker.proposing import ask_to_correct, draft, make_commit, named

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace


class StandOffError(Exception):
    """Somebody else's work on the branch is against the main branch; ``paths`` says where. A person has to look."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


def revise(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Make a new commit on the branch, of what is posted now, against the main branch as it is now.

    What others changed on the branch in other files stays. Nothing is pushed yet: the submission is queued for that. One
    that was never pushed starts anew.

    Raises:
        StandOffError: other files of the branch cannot be brought together with the main branch.
    """
    head = place.upstream.head(submission.branch)
    if head is None:
        return Outcome(replace(submission.at_step(Step.NAME), commit="", updated=now, next_try=now), claims=())
    main = place.upstream.main()
    proposal = draft(place, submission, main, now)
    if proposal.faults:
        return ask_to_correct(place, submission, proposal, now)
    merge = place.repository.merge(head, main)
    files = {**_taken_back(place, submission, main), **proposal.files}
    if foreign := sorted(set(merge.conflicts) - set(files)):
        raise StandOffError(tuple(foreign))
    parents = (head,) if place.repository.contains(head, main) else (head, main)
    commit = make_commit(place, submission, files, parents, at=now, tree=merge.tree)
    if len(parents) == 1 and place.repository.tree_of(commit) == place.repository.tree_of(head):
        commit = head
    outcome = named(place, submission, proposal, commit)
    return replace(outcome, submission=replace(outcome.submission, updated=now, next_try=now))


def _taken_back(place: Workplace, submission: Submission, main: str) -> Mapping[str, bytes | None]:
    """Files of the proposal so far, as they are without it."""
    return {path: place.repository.read(main, path) for path in submission.paths}
