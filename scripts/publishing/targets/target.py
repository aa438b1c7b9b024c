"""What every target does. A publication that is interrupted leaves what was shown or what was to be shown, whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from scripts.publishing.release import Release, Version

    # Told what is about to be done to the target, before it is done. Tests stop there; people see nothing of it.
    Effect: TypeAlias = Callable[[str], None]

KEEP = 5  # earlier versions, unless told otherwise


@dataclass(frozen=True, slots=True)
class Sent:
    """What a publication has put in place: the version now shown, how many files and bytes had changed.

    ``is_new`` is False where the very same site was shown already, and nothing was done.
    """

    version: Version
    files: int
    size: int
    is_new: bool = True


class Target(Protocol):
    """A place that shows one version at a time and keeps some earlier ones. One publication at a time."""

    def settle(self) -> None:
        """Finish, or clear away, what an interrupted publication left. Called before anything else.

        Raises:
            PublishingError: the target cannot be reached or written.
        """

    def shown(self) -> Version | None:
        """What readers see now; None where nothing was published by this program."""

    def versions(self) -> list[Version]:
        """All that is kept, the newest first, those that were gone back from included."""

    def publish(self, release: Release, moment: dt.datetime) -> Sent:
        """Show ``release`` from now on; versions that were gone back from are forgotten.

        Raises:
            PublishingError: it could not be sent; readers see what they saw.
        """

    def go_back(self) -> Version:
        """Show the version before the one that is shown, and give it. If a publication was interrupted, undo it.

        Raises:
            PublishingError: there is none, or the target cannot be reached.
        """

    def close(self) -> None:
        """Let go of connections, locks and files of this machine; what is published stays."""


def silent(effect: str) -> None:
    """The effect hook of every day: nothing."""
