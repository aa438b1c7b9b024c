"""One line of the desk, and the lists in which lines stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from plugins.model.objects import Entry, Member


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at: a page, or what is only an ``href``. ``why`` is a French sentence without its stop, ``since`` the day
    from which it holds. ``target`` is the id of an entry or member, empty for what no form changes; ``asks`` says that its author
    may be asked whether it is still exact.
    """

    title: str
    why: str
    since: dt.date | None = None
    target: str = ""
    address: str = ""
    path: str = ""
    href: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A list of the desk; ``known`` is False where nobody told what belongs in it."""

    id: str
    items: tuple[Item, ...]
    known: bool = True


def of_entry(entry: Entry, why: str, since: dt.date | None = None, *, asks: bool = False) -> Item:
    """A line about an entry."""
    return Item(entry.title, why, since, entry.id, entry.address, entry.path, asks=asks)


def of_member(member: Member, why: str, *, asks: bool = False) -> Item:
    """A line about a member."""
    return Item(member.name, why, None, member.id, member.address, f"data/members/{member.id}.yaml", asks=asks)
