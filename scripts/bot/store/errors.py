"""What can go wrong in the store. Nothing that raised one of these was stored, and nothing stored was lost.

StoreError
├── StoreBusyError      another process kept the lock, or the server did not answer in time: try again
├── StoreFullError      no room on the disk
├── StoreKeyError       the key of the settings is not the one that this database was made with
├── StoreDamagedError   the file is no sound database any more: a backup has to take its place
├── SchemaVersionError  the database was made by a newer program
├── ClaimedError        another submission under way makes an entry of this name: choose another
├── LeaseLostError      another worker took the submission over; what this one found out is void
└── DecisionError       the submission is not in a state in which this can be decided
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scripts.bot.submission import State


class StoreError(Exception):
    """The database could not do what was asked."""


class StoreBusyError(StoreError):
    """The lock, or the server, could not be had in time. Trying again a little later is right."""


class StoreFullError(StoreError):
    """The disk is full. Nothing was accepted."""


class StoreKeyError(StoreError):
    """The key is missing, or another one than the database was made with."""


class StoreDamagedError(StoreError):
    """The database is damaged, or none at all."""


class SchemaVersionError(StoreError):
    """The database has a newer schema than this program knows."""


class ClaimedError(StoreError):
    """Another submission under way makes an entry or a member of this name."""


class LeaseLostError(StoreError):
    """The lease ran out and somebody else has the submission, or it was erased."""


class DecisionError(StoreError):
    """Nothing can be decided so about a submission in ``state`` (None: there is no such submission)."""

    def __init__(self, state: State | None) -> None:
        super().__init__(f"not possible for a submission that is {state or 'unknown'}")
        self.state = state
