"""What editors decide: whether it can be decided, and how it is written down. The same thing twice is one decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from scripts.bot.french import review as french
from scripts.bot.store import DecisionError
from scripts.bot.submission import State
from scripts.bot.web.review.view import possible

if TYPE_CHECKING:
    import datetime as dt

    from scripts.bot.store import Store
    from scripts.bot.submission import DecisionKind, Submission

Act: TypeAlias = Literal["accept", "question", "refuse", "release", "discard", "retry"]
ACTS: Final = frozenset(get_args(Act))
LONGEST: Final = 2_000  # characters of a reason or a question
_REQUIRED: Final = {"question": french.QUESTION_REQUIRED, "refuse": french.REASON_REQUIRED}
_KINDS: Final[dict[str, DecisionKind]] = {
    "accept": "accept", "question": "question", "refuse": "refuse", "release": "release", "discard": "refuse",
}  # fmt: skip
# Where a proposal stands once an act has been carried out: to ask for it again is no mistake.
_DONE: Final = {
    "accept": frozenset({State.MERGED, State.PUBLISHED}),
    "refuse": frozenset({State.REFUSED}),
    "discard": frozenset({State.REFUSED}),
    "release": frozenset({State.UNCONFIRMED, State.QUEUED, State.WAITING}),
}


class DecisionRefusedError(Exception):
    """Nothing was decided; the message says why. ``status`` is the answer's, ``wrong`` the input that has to change."""

    def __init__(self, message: str, *, status: int = 409, wrong: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.wrong = wrong


def decide(
    store: Store,
    submission: Submission,
    act: Act,
    *,
    text: str,
    seen: str,
    blocked: str,
    by: str,
    here: bool,
    now: dt.datetime,
) -> None:
    """Write a decision down.

    ``seen`` is the commit that the editor had before the eyes, ``blocked`` why its files cannot be accepted (empty: they can),
    ``here`` whether the review takes place on these pages.

    Raises:
        DecisionRefusedError: the text is missing or too long, the proposal has changed since, or its state allows it no longer.
    """
    said = text.replace("\r\n", "\n").strip()
    if act in _REQUIRED and not said:
        raise DecisionRefusedError(_REQUIRED[act], status=422, wrong=act)
    if len(said) > LONGEST:
        raise DecisionRefusedError(french.TOO_LONG, status=422, wrong=act)
    if act == "retry":
        store.wake(submission.id, now)
        return
    pending = store.pending(submission.id)
    asked = any(one.kind == _KINDS[act] and one.by and one.text == said for one in pending)
    if asked or submission.state in _DONE.get(act, ()):
        return
    if not possible(submission, here=here)[act]:
        raise DecisionRefusedError(french.NOT_POSSIBLE)
    if act == "accept" and (seen != submission.commit or any(one.kind == "correct" for one in pending)):
        raise DecisionRefusedError(french.CHANGED_SINCE)
    if act == "accept" and blocked:
        raise DecisionRefusedError(blocked)
    try:
        store.decide(submission.id, _KINDS[act], text=said, by=by, at=now)
    except DecisionError as error:
        raise DecisionRefusedError(french.NOT_POSSIBLE) from error
