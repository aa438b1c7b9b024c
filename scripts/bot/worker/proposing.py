"""The files and the commit of a proposal: what its first commit and every correction share."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.french import worker as french
from scripts.bot.git.paths import proposable
from scripts.bot.git.repository import Person
from scripts.bot.submission import Mail, State, Step
from scripts.bot.worker.drafting import PARIS
from scripts.bot.worker.outcome import Notes, Outcome, become

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.forms.proposal import Proposal
    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace

KEPT = "refs/circular/proposals/"
"""Our own names for commits of proposals, so that git does not tidy them away before they are pushed."""


def draft(place: Workplace, submission: Submission, main: str, now: dt.datetime) -> Proposal:
    """The proposal at a commit of the main branch; its own names are free for itself."""
    return place.drafter.draft(
        submission,
        place.store.pictures(submission.id),
        main,
        today=now.astimezone(PARIS).date(),
        taken=lambda name: place.store.is_claimed(name, but_by=submission.id),
        member_id=Notes.of(submission).member,
    )


def ask_to_correct(place: Workplace, submission: Submission, proposal: Proposal, now: dt.datetime) -> Outcome:
    """What was sent does not fit the site as it is now: its sender can put it right."""
    text = french.faults(fault.message for fault in proposal.faults)
    ref = f"faults-{submission.updated.isoformat()}"
    mails = (Mail("question", ref, {"text": text}),)
    look = None if submission.number is None else now + place.pauses.first_look
    return become(submission, State.QUESTION, now, kind="question", text=text, mails=mails, next_try=look)


def make_commit(
    place: Workplace,
    submission: Submission,
    files: Mapping[str, bytes | None],
    parents: tuple[str, ...],
    *,
    at: dt.datetime,
    tree: str = "",
) -> str:
    """The commit of a proposal, kept under a name of our own. Its author is the sender, by a name that everybody may see."""
    bot = Person(french.BOT, place.platform.noreply)
    author = Person(submission.posted.contact_name or french.BOT, place.platform.noreply)
    message = french.commit_message(submission)
    fit = {proposable(path): content for path, content in files.items()}
    commit = place.repository.commit(parents, fit, message, tree=tree, author=author, committer=bot, at=at)
    place.repository.keep(KEPT + submission.id, commit)
    return commit


def named(place: Workplace, submission: Submission, proposal: Proposal, commit: str) -> Outcome:
    """A submission whose commit is made, and is to be pushed."""
    notes = replace(
        Notes.of(submission),
        labels=_labels(place, submission, proposal),
        reviewers=_reviewers(place, proposal),
        remarks=tuple(fault.message for fault in proposal.remarks),
        left_behind=tuple(proposal.left_behind),
        address=proposal.address,
        signer=_signer(submission, proposal),
        member=proposal.member_id,
    )
    paths = tuple(sorted(proposal.files))
    changed = replace(submission.at_step(Step.PUSH), entry_id=proposal.entry_id, paths=paths, commit=commit)
    creates = submission.posted.action == "create"
    claims = tuple(made for made in (proposal.entry_id, proposal.member_id) if made) if creates else ()
    return Outcome(notes.on(changed), claims=claims)


def _labels(place: Workplace, submission: Submission, proposal: Proposal) -> tuple[str, ...]:
    site = place.drafter.site
    if site is None:
        return ()
    clubs = [site.clubs[club].short or site.clubs[club].name for club in _ids(proposal, "clubs") if club in site.clubs]
    pillars = [site.pillars[pillar].name for pillar in _ids(proposal, "pillars") if pillar in site.pillars]
    return french.labels(french.type_label(site, submission.posted.type_name), clubs, pillars)


def _reviewers(place: Workplace, proposal: Proposal) -> tuple[str, ...]:
    """The editors of the clubs that it concerns, and their animators where the settings say who these are at the forge."""
    site = place.drafter.site
    clubs = [site.clubs[club] for club in _ids(proposal, "clubs") if club in site.clubs] if site else []
    editors = [login for club in clubs for login in club.editors]
    animators = [place.platform.logins.get(club.animator.id, "") for club in clubs if club.animator]
    return tuple(dict.fromkeys(login for login in (*editors, *animators) if login))


def _ids(proposal: Proposal, field: str) -> list[str]:
    value = proposal.data.get(field)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _signer(submission: Submission, proposal: Proposal) -> str:
    if submission.posted.type_name == "member":
        return proposal.entry_id
    return proposal.member_id or next(iter(_ids(proposal, "authors")), "")
