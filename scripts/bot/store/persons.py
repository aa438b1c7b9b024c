"""Which addresses members used. What else is held about a person is found in ``privacy.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from scripts.bot.store.accepting import insert_once
from scripts.bot.store.tables import MEMBER_EMAILS

if TYPE_CHECKING:
    from scripts.bot.store.sealing import Seal


def remember_member_email(connection: Connection, member: str, email: str, seal: Seal) -> None:
    """Remember that an address was accepted for a member."""
    row: dict[str, Any] = {"member": member, "email_hash": seal.email_hash(email)}
    insert_once(connection, MEMBER_EMAILS, row, "member", "email_hash")


def knows_member_email(connection: Connection, member: str, email: str, seal: Seal) -> bool | None:
    """Whether the address is one accepted for the member before; None where none was."""
    query = select(MEMBER_EMAILS.c.email_hash).where(MEMBER_EMAILS.c.member == member)
    hashes = set(connection.execute(query).scalars())
    return seal.email_hash(email) in hashes if hashes else None
