"""What the desk may be told beside the site itself. None means that nobody said, which the desk then says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from scripts.outside_links.cache import Seen


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal that waits for an editor since a day; ``href`` is where it is read, ``kind`` what it is in words."""

    title: str
    kind: str
    since: dt.date
    late: bool
    href: str


@dataclass(frozen=True, slots=True)
class Delay:
    """Something that came in by a form: the day of its publication, and how many days that took."""

    published: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the form service knows: what waits, oldest first, and how long what was published had waited."""

    waiting: Sequence[Waiting]
    delays: Sequence[Delay]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything that is not in the site: the form service's ``inbox``; what became of links, by address; the day on which
    somebody who knows said that an entry or member is still exact; the day on which a member agreed to be shown.
    """

    inbox: Inbox | None = None
    links: Mapping[str, Seen] | None = None
    confirmed: Mapping[str, dt.date] = field(default_factory=dict)
    consents: Mapping[str, dt.date] = field(default_factory=dict)
