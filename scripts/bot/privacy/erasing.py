"""A person asked to be forgotten (GDPR, article 17): the database at once, git by proposals that editors accept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.forms.posted import Posted
from scripts.bot.french import privacy as french
from scripts.bot.privacy import journal
from scripts.bot.privacy.traces import member_path
from scripts.bot.submission import ID_BYTES, NewSubmission, Submission, make_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from scripts.bot.clock import Entropy
    from scripts.bot.store import Store
    from scripts.bot.store.privacy import Erased


@dataclass(frozen=True, slots=True)
class Removal:
    """The proposal that takes a member's file away; ``is_new``: it was made just now."""

    member: str
    submission: Submission
    is_new: bool


def propose_removals(
    store: Store,
    members: Iterable[str],
    *,
    source: Callable[[str], bytes | None],
    now: dt.datetime,
    random: Entropy,
) -> list[Removal]:
    """A proposal for each member who has a file, which the worker opens like any other.

    Asked again for the same file it gives the same proposal. ``source`` gives a file of the root.
    """
    found = []
    for member in members:
        content = source(member_path(member))
        if content is None:
            continue
        key = store.keyed_hash("removal", f"{member} {hashlib.sha256(content).hexdigest()}")
        new = NewSubmission(make_id(random(ID_BYTES)), key, _removal(member), now, mails=())
        found.append(Removal(member, *store.add(new)))
    return found


def erase(store: Store, email: str, *, folder: Path, now: dt.datetime) -> Erased:
    """Take a person out of the database. ``folder`` is where the journal is kept (see ``journal.py``)."""
    journal.write(folder, journal.Erasure(store.privacy.hash_of(email), now))
    return store.privacy.erase(email, now)


def _removal(member: str) -> Posted:
    return Posted(
        type_name="member",
        action="remove",
        target=member,
        base="",
        data={},
        body="",
        contact_name=french.SENDER,
        contact_email="",
        profile=None,
        message=french.WHY,
    )
