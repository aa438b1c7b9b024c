"""What the worker works with: everything that is not its own memory comes in here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.bot.forges.forge import Exchange, Forge
    from scripts.bot.git.repository import Person, Repository
    from scripts.bot.git.upstream import Upstream
    from scripts.bot.store import Store
    from scripts.bot.worker.drafting import Drafter

T = TypeVar("T")

Look: TypeAlias = Callable[[str], str | None]
"""A digest of the page at an address as everybody sees it now; empty where there is no such page, None where nothing answers."""


Built: TypeAlias = Callable[[str], bool | None]
"""Whether what everybody sees was made from a main branch that has a commit; None where nobody can tell."""


class Ask(Protocol):
    """Carries out a question to the forge (`scripts.bot.forges.transport.Transport.run`); may raise ForgeError."""

    def __call__(self, exchange: Exchange[T], /) -> T:
        """The answer."""


class Editor(Protocol):
    """Accepts what editors decide here, where there is no forge that could (`scripts.bot.worker.local`)."""

    def accept(self, number: int, branch: str, message: str, person: Person) -> tuple[str, ...]:
        """Merge a proposal; the paths that stand in the way, none if it is merged. May be asked again."""


@dataclass(frozen=True, slots=True)
class Platform:
    """What texts and addresses need to know. Addresses have no final slash.

    ``noreply`` is an address that nobody reads: it stands in commits in place of people's own. ``logins`` gives members'
    names at the forge.
    """

    name: str
    site_url: str
    service_url: str
    noreply: str
    logins: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait: between two looks at an open proposal (a tenth of its rest so far, within bounds), at a page that is
    not online yet, after a failure (doubled each time), and with a forge that does not let us in.
    """

    first_look: dt.timedelta = dt.timedelta(minutes=1)
    last_look: dt.timedelta = dt.timedelta(hours=6)
    first_page: dt.timedelta = dt.timedelta(seconds=5)
    last_page: dt.timedelta = dt.timedelta(minutes=10)
    first_retry: dt.timedelta = dt.timedelta(seconds=2)
    last_retry: dt.timedelta = dt.timedelta(hours=1)
    closed_forge: dt.timedelta = dt.timedelta(minutes=15)


def _go_on(_place: str) -> None:
    return None


def _nothing_to_close() -> None:
    return None


def _nobody_can_tell(_commit: str) -> bool | None:
    return None


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where one worker works. ``editor`` is there only where editors decide on our own pages.

    ``blocked`` gives files of the root that cannot be brought together with the repository. ``chance`` gives numbers from 0
    to 1 (for pauses). ``checkpoint`` is told before and after each effect outside of the store; tests end the process there.
    ``close`` gives connections to the forge back. ``built`` can tell where the site is made on this machine.
    """

    store: Store
    forge: Forge
    ask: Ask
    upstream: Upstream
    repository: Repository
    drafter: Drafter
    platform: Platform
    look: Look
    chance: Callable[[], float]
    editor: Editor | None = None
    blocked: Callable[[], Sequence[str]] = tuple
    pauses: Pauses = field(default_factory=Pauses)
    checkpoint: Callable[[str], None] = _go_on
    close: Callable[[], None] = _nothing_to_close
    built: Built = _nobody_can_tell

    def effect(self, name: str, act: Callable[[], T]) -> T:
        """Do something that others can see."""
        self.checkpoint(f"before {name}")
        result = act()
        self.checkpoint(f"after {name}")
        return result
