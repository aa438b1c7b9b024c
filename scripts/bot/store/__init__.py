"""What must never be lost: submissions, their history, mails to send; in SQLite or PostgreSQL."""

from __future__ import annotations

from scripts.bot.store.admitting import Gate
from scripts.bot.store.errors import (
    ClaimedError,
    DecisionError,
    LeaseLostError,
    SchemaVersionError,
    StoreBusyError,
    StoreError,
    StoreFullError,
    StoreKeyError,
)
from scripts.bot.store.leasing import Lease
from scripts.bot.store.outbox import Letter
from scripts.bot.store.store import Store

__all__ = [
    "ClaimedError",
    "DecisionError",
    "Gate",
    "Lease",
    "LeaseLostError",
    "Letter",
    "SchemaVersionError",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreFullError",
    "StoreKeyError",
]
