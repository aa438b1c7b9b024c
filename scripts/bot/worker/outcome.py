"""What came of one piece of work, to be written to the store in one go."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from scripts.bot.submission import Moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.model.yaml.reader import Json
    from scripts.bot.submission import Decision, Mail, MomentKind, State, Submission


@dataclass(frozen=True, slots=True)
class Outcome:
    """The submission as it is now, what to tell of it, and which names it makes (None: as before)."""

    submission: Submission
    moments: tuple[Moment, ...] = ()
    mails: tuple[Mail, ...] = ()
    carried_out: tuple[Decision, ...] = ()
    claims: tuple[str, ...] | None = None

    def and_done(self, decision: Decision) -> Outcome:
        """The same, and ``decision`` is carried out with it."""
        return replace(self, carried_out=(*self.carried_out, decision))


def become(
    submission: Submission,
    state: State,
    now: dt.datetime,
    *,
    kind: MomentKind,
    text: str = "",
    mails: tuple[Mail, ...] = (),
    next_try: dt.datetime | None = None,
) -> Outcome:
    """A submission that gets into another state, with a line for its timeline."""
    changed = replace(submission, state=state, updated=now, attempts=0, trouble="", next_try=next_try)
    return Outcome(changed, (Moment(submission.id, now, kind, text),), mails)


@dataclass(frozen=True, slots=True)
class Notes:
    """What the worker remembers of a submission between two steps (`Submission.seen`).

    ``labels`` and ``reviewers`` (logins) are for the request; ``remarks`` and ``left_behind`` for editors; ``address`` is the
    page below the site's address; ``signer`` the member who signs; ``member`` one that is made along the way; ``heard``
    are the remarks at the forge that were passed on; ``before`` is a digest of the page before it was changed;
    ``announced``: editors have it before them.
    """

    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    left_behind: tuple[str, ...] = ()
    address: str = ""
    signer: str = ""
    member: str = ""
    heard: tuple[str, ...] = ()
    before: str = ""
    announced: bool = False

    @classmethod
    def of(cls, submission: Submission) -> Notes:
        """The notes on a submission."""
        stored = submission.seen
        values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in stored.items()}
        return cls(**values)

    def on(self, submission: Submission) -> Submission:
        """The submission with these notes."""
        values: Mapping[str, Json] = {
            name: list(value) if isinstance(value := getattr(self, name), tuple) else value for name in self.__slots__
        }
        return replace(submission, seen=values)
