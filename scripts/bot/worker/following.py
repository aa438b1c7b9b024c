"""What becomes of a proposal that lies before editors: changes asked for, merged, closed; then online."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.french import worker as french
from scripts.bot.submission import Mail, State
from scripts.bot.worker.outcome import Notes, Outcome, become
from scripts.bot.worker.revising import StandOffError, revise

if TYPE_CHECKING:
    import datetime as dt

    from scripts.bot.forges.forge import Remark, Remote
    from scripts.bot.submission import Submission
    from scripts.bot.worker.place import Workplace


def follow(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Look at the request, and do what follows from how it stands."""
    if submission.number is None:  # what was sent could not be proposed; nothing is open yet
        return Outcome(replace(submission, next_try=None))
    remote = place.ask(place.forge.read(submission.number))
    if remote.state == "merged":
        return accepted(place, submission, now)
    remarks = place.ask(place.forge.remarks(submission.number))
    if remote.state == "closed":
        return closed(place, submission, french.reason(_last_word(remarks)), now)
    if remote.mergeable is False:
        return conflicting(place, submission, now)
    return _listen(place, _with_head(submission, remote), remarks, now)


def accepted(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Merged: from now on its sender is known by the address, and the page is waited for."""
    signer, email = Notes.of(submission).signer, submission.posted.contact_email
    if signer and email and submission.email_state == "confirmed":
        place.store.remember_member_email(signer, email)
    return become(submission, State.MERGED, now, kind="merged", next_try=now)


def closed(place: Workplace, submission: Submission, reason: str, now: dt.datetime) -> Outcome:
    """An editor closed it without merging."""
    place.effect("delete", lambda: place.ask(place.forge.delete_branch(submission.branch)))
    mail = Mail("refused", facts={"text": reason})
    return become(submission, State.REFUSED, now, kind="refused", text=reason, mails=(mail,))


def conflicting(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """The main branch went on against it: it is made again, or editors are told why that is not possible."""
    try:
        return revise(place, submission, now)
    except StandOffError as error:
        return put_off(place, replace(submission, trouble=french.stand_off(error.paths)), now)


def put_off(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Nothing has changed: look again after a tenth of the time for which that has been so."""
    pauses = place.pauses
    rest = min(max((now - submission.updated) / 10, pauses.first_look), pauses.last_look)
    return Outcome(replace(submission, attempts=0, next_try=now + rest))


def publish(place: Workplace, submission: Submission, now: dt.datetime) -> Outcome:
    """Look whether the page is as it should be; then it is over."""
    notes = Notes.of(submission)
    address = place.platform.site_url + notes.address
    seen = place.look(address)
    waited = now - submission.updated
    is_late = waited >= place.pauses.last_look
    built = place.built(submission.commit)
    before = notes.before if built is None else ""  # other changes alter a page, too
    if built is False or not _is_done(submission, before, seen, waited_long=is_late):
        rest = min(max(waited / 5, place.pauses.first_page), place.pauses.last_page)
        late = french.LATE if is_late else ""
        return Outcome(replace(submission, next_try=now + rest, trouble=late, attempts=0))
    place.effect("delete", lambda: place.ask(place.forge.delete_branch(submission.branch)))
    address = "" if submission.posted.action == "remove" else address
    text = french.published(address, submission.posted.action)
    mails = (Mail("published", facts={"address": address, "action": submission.posted.action}),)
    return become(replace(submission, address=address), State.PUBLISHED, now, kind="published", text=text, mails=mails)


def _is_done(submission: Submission, before: str, seen: str | None, waited_long: bool) -> bool:  # read once
    """Whether the page shows what was accepted.

    A change that leaves no trace on its page, or that was online before we looked first, cannot be seen: it is taken to be
    online after a while.
    """
    if submission.posted.action == "remove":
        return seen == ""
    if submission.posted.action == "edit" and before:
        return bool(seen) and (seen != before or waited_long)
    return bool(seen)


def _listen(place: Workplace, submission: Submission, remarks: list[Remark], now: dt.datetime) -> Outcome:
    """Pass on what editors ask for, each remark once."""
    notes = Notes.of(submission)
    asked = [remark for remark in remarks if remark.asks_changes and not remark.is_ours]
    new = [remark for remark in asked if remark.id not in notes.heard]
    if not new:
        return put_off(place, replace(submission, trouble=""), now)
    text = french.questions(remark.text for remark in new)
    heard = (*notes.heard, *(remark.id for remark in new))
    mail = Mail("question", new[-1].id, {"text": text})
    submission = replace(notes, heard=heard).on(submission)
    later = now + place.pauses.first_look
    return become(submission, State.QUESTION, now, kind="question", text=text, mails=(mail,), next_try=later)


def _with_head(submission: Submission, remote: Remote) -> Submission:
    """An editor may have pushed to the branch."""
    return replace(submission, commit=remote.head or submission.commit, url=remote.url or submission.url)


def _last_word(remarks: list[Remark]) -> str:
    return next((remark.text for remark in reversed(remarks) if not remark.is_ours and remark.text.strip()), "")
