"""The way of a submission to editors: name → push → open → dress → announce.

Each step looks for what it is about to make, makes what is missing, and takes over what is there, so it can be done again after
any interruption. What it learns is written to the store when it is over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.forges.forge import ForgeError
from scripts.bot.french import worker as french
from scripts.bot.git.errors import GitError
from scripts.bot.git.paths import proposable
from scripts.bot.git.repository import Person
from scripts.bot.submission import Mail, State, Step
from scripts.bot.worker.drafting import PARIS
from scripts.bot.worker.outcome import Notes, Outcome, become

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from plugins.forms.proposal import Proposal
    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace

KEPT = "refs/circular/proposals/"
"""Our own names for commits of proposals, so that git does not tidy them away before they are pushed."""

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
    """Bring the commit to everybody's repository, below the branch's name."""
    head = place.upstream.head(submission.branch)
    commit = submission.commit
    if head is not None and place.repository.contains(head, commit):
        commit = head
    elif head is None or place.repository.contains(commit, head):
        place.effect("push", lambda: place.upstream.push(submission.branch, commit, old=head))
    else:
        raise GitError("conflict", f"{submission.branch} went on without us")
    return Outcome(replace(submission.at_step(Step.OPEN), commit=commit, updated=now))


def open_request(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Open the request, or take over the one of our branch, whatever became of it."""
    remote = place.ask(place.forge.find(submission.branch))
    if remote is None:
        title, body = french.request_title(submission), french.request_body(submission, place.platform)
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


# --- what steps share with corrections --------------------------------------------------------------------


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
    """The logins of the animators of the clubs that it concerns."""
    site = place.drafter.site
    clubs = [site.clubs[club] for club in _ids(proposal, "clubs") if club in site.clubs] if site else []
    animators = [club.animator.id for club in clubs if club.animator]
    return tuple(dict.fromkeys(place.platform.logins[one] for one in animators if one in place.platform.logins))


def _ids(proposal: Proposal, field: str) -> list[str]:
    value = proposal.data.get(field)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _signer(submission: Submission, proposal: Proposal) -> str:
    if submission.posted.type_name == "member":
        return proposal.entry_id
    return proposal.member_id or next(iter(_ids(proposal, "authors")), "")


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
