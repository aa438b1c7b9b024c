"""What somebody sent with a form, and how far it has got on its way to the site."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.forms.posted import Posted
    from plugins.model.yaml.reader import Json

ID = re.compile(r"[a-z2-7]{16}")
"""How a submission is named: 80 bits of chance in base 32 (RFC 4648), lower case."""

ID_BYTES = 10

BRANCH = "proposition/"
"""The branch of a submission is this and its id, at every forge."""


class State(StrEnum):
    """Where a submission stands; the words that people read are in ``scripts/bot/french``."""

    QUARANTINE = "quarantine"  # suspected spam: an editor releases or refuses it
    UNCONFIRMED = "unconfirmed"  # waits for the link in the e-mail
    QUEUED = "queued"  # the worker does the next step
    WAITING = "waiting"  # open at the forge, or on the review page
    QUESTION = "question"  # an editor asked for changes
    MERGED = "merged"  # accepted; publication goes on
    PUBLISHED = "published"  # online
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


ENDED = frozenset({State.PUBLISHED, State.REFUSED, State.WITHDRAWN})
"""States that nothing follows."""

OPEN = frozenset({State.WAITING, State.QUESTION})
"""States in which editors have it before them."""


class Step(StrEnum):
    """What the worker does next for a queued submission, in this order."""

    NAME = "name"  # make the files against the present main branch, and commit them
    PUSH = "push"  # bring the branch to the forge
    OPEN = "open"  # open the request
    DRESS = "dress"  # labels and reviewers
    ANNOUNCE = "announce"  # comment, status, and a line for the contributor


MomentKind: TypeAlias = Literal[
    "received",
    "confirmed",
    "opened",
    "question",
    "answer",
    "merged",
    "published",
    "refused",
    "withdrawn",
    "trouble",
]
EmailState: TypeAlias = Literal["none", "unconfirmed", "confirmed"]
DecisionKind: TypeAlias = Literal["accept", "refuse", "question", "withdraw", "release", "answer", "correct"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it will stand in git: already decoded and encoded again. ``name`` is a plain file name."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the status page: what happened, in French, without anything that names a person."""

    submission: str
    at: dt.datetime
    kind: MomentKind
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on a web page and the worker has not carried out yet.

    ``by`` names an editor, or is empty for the contributor; ``posted`` comes with a correction.
    """

    number: int
    submission: str
    kind: DecisionKind
    text: str
    posted: Posted | None
    by: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be written. ``ref`` tells apart mails of one kind about one submission; ``facts`` go into the text."""

    kind: str
    ref: str = ""
    facts: Json = None


@dataclass(frozen=True, slots=True)
class NewSubmission:
    """What the intake hands over. ``state`` is where it starts: quarantined, unconfirmed or queued.

    ``key`` is the idempotency key of the form. ``must_confirm`` says that the e-mail address has to be confirmed
    before anything is opened (a submission released from quarantine goes there next). ``mails`` are the kinds of
    message to write to the contributor as soon as it is accepted; in quarantine they wait for the release.
    """

    id: str
    key: str
    posted: Posted
    created: dt.datetime
    state: State = State.QUEUED
    pictures: tuple[Picture, ...] = ()
    email_known: bool | None = None
    must_confirm: bool = False
    mails: tuple[str, ...] = ("received",)

    def __post_init__(self) -> None:
        if not ID.fullmatch(self.id):
            raise ValueError(f"{self.id!r} is no id of a submission")
        if self.state not in {State.QUARANTINE, State.UNCONFIRMED, State.QUEUED}:
            raise ValueError(f"a submission cannot start as {self.state}")


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission as stored.

    ``email_known``: the address is one remembered for the member who signs (None: none is remembered).
    ``entry_id``, ``paths``, ``commit`` (full hash of the branch's head), ``number`` and ``url`` (at the forge) are empty
    until the step that makes them. ``address`` is the page once it is online. ``trouble`` is the last error in French.
    ``attempts`` counts tries of the present step; ``next_try`` is None where nobody has to do anything.
    ``seen`` is what the worker remembers of the request at the forge (see ``worker/follow.py``).
    """

    id: str
    key: str
    posted: Posted
    state: State
    step: Step
    created: dt.datetime
    updated: dt.datetime
    status_hash: str = ""
    email_state: EmailState = "none"
    email_known: bool | None = None
    must_confirm: bool = False
    entry_id: str = ""
    paths: tuple[str, ...] = ()
    commit: str = ""
    number: int | None = None
    url: str = ""
    address: str = ""
    trouble: str = ""
    attempts: int = 0
    next_try: dt.datetime | None = None
    seen: Mapping[str, Json] = field(default_factory=dict)

    @property
    def branch(self) -> str:
        """The name of its branch, everywhere."""
        return BRANCH + self.id

    @property
    def title(self) -> str:
        """What people call it: the title that was given, or a name, or what it is about."""
        posted = self.posted
        given = posted.data.get("title") or posted.data.get("name") or posted.target or posted.contact_name
        return given if isinstance(given, str) else ""

    @property
    def is_ended(self) -> bool:
        """Whether nothing follows."""
        return self.state in ENDED

    def at_step(self, step: Step) -> Submission:
        """The same, queued for ``step``, which nobody has tried yet."""
        return replace(self, state=State.QUEUED, step=step, attempts=0, trouble="")


def make_id(chance: bytes) -> str:
    """A submission's id from ten unpredictable bytes."""
    if len(chance) != ID_BYTES:
        raise ValueError("an id is made from ten bytes")
    return base64.b32encode(chance).decode("ascii").lower()
