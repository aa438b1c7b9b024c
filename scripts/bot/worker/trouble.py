"""What a failure means: how long to wait, and whether the whole forge, or only one submission, has to.

====================  =======================================================================================
busy, unclear         again, after a time that doubles; as long as the forge says, where it says so
conflict              again: what was found is looked at anew
invalid, gone, fault  again, seldom; a person has to look, or a new version of the program
credentials, rights   nothing more is asked of the forge for a while, and the administrator is told
====================  =======================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from scripts.bot.forges.forge import ForgeError
from scripts.bot.french import worker as french
from scripts.bot.git.errors import GitError
from scripts.bot.worker.drafting import MainBrokenError

if TYPE_CHECKING:
    import datetime as dt

    from scripts.bot.worker.place import Pauses

TroubleKind: TypeAlias = Literal[
    "credentials", "rights", "gone", "busy", "conflict", "invalid", "unclear", "broken", "main", "disk", "fault"
]
FORGE_NOTICE: Final = "forge-"
MANY = 5
"""After so many tries in vain, people are told."""

_SELDOM: frozenset[TroubleKind] = frozenset({"invalid", "gone", "broken", "fault"})
_FOR_ADMINISTRATORS: frozenset[TroubleKind] = frozenset({"credentials", "rights", "gone", "main", "disk", "broken"})
_CLOSES: frozenset[TroubleKind] = frozenset({"credentials", "rights"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failure, as data: ``message`` is French, ``wait`` are seconds that the forge asked for."""

    kind: TroubleKind
    message: str
    wait: float = 0.0

    @property
    def closes_forge(self) -> bool:
        """Whether everything else would fail as well."""
        return self.kind in _CLOSES

    @property
    def notice(self) -> str:
        """The name under which administrators are told; empty where they need not be."""
        return f"{FORGE_NOTICE}{self.kind}" if self.kind in _FOR_ADMINISTRATORS else ""

    def pause(self, attempts: int, pauses: Pauses, chance: float) -> dt.timedelta:
        """How long to wait after ``attempts`` tries in vain before this one; ``chance`` (0 to 1) spreads the next tries."""
        doubled = pauses.first_retry * 2 ** min(attempts, 30)
        usual = pauses.last_retry if self.kind in _SELDOM else min(doubled, pauses.last_retry)
        spread = usual * (0.75 + chance / 2)
        return max(spread, spread.__class__(seconds=self.wait))


def trouble_of(error: Exception) -> Trouble:
    """What an exception means. What nobody foresaw is a fault of ours."""
    if isinstance(error, ForgeError):
        return Trouble(error.kind, error.message, error.wait or 0.0)
    if isinstance(error, GitError):
        return Trouble(error.kind, french.GIT[error.kind])
    if isinstance(error, MainBrokenError):
        return Trouble("main", french.MAIN_BROKEN)
    if isinstance(error, OSError):
        return Trouble("disk", french.DISK)
    return Trouble("fault", french.FAULT)
