"""Admission: a known key gets what it got, who comes too often or with a spent proof gets nothing, the others are stored.

A whole batch takes a handful of statements in one transaction, however many posts are in it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import select

from scripts.bot.store.accepting import add_parts, insert_new
from scripts.bot.store.guarding import Window, count_hits, spend_captchas
from scripts.bot.store.rows import as_submission
from scripts.bot.store.tables import SUBMISSIONS
from scripts.bot.submission import Submission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from scripts.bot.store.accepting import Prepared
    from scripts.bot.store.sealing import Seal

Outcome: TypeAlias = tuple[Submission, bool] | Literal["too often", "spent"]


@dataclass(frozen=True, slots=True)
class Gate:
    """What a post has to pass: at most ``limit`` of its ``bucket`` in a ``window``, and a ``proof`` nobody used before.

    ``bucket`` is a keyed hash; ``proof`` is the digest of a captcha's solution that has not expired and when it does, or None.
    """

    bucket: str
    window: Window
    limit: int
    proof: tuple[str, dt.datetime] | None = None


def admit_all(connection: Connection, batch: Sequence[tuple[Prepared, Gate | None]], seal: Seal) -> list[Outcome]:
    """What becomes of each post. Beside a submission: whether it is new, or the one that had its key already.

    Rows are taken in order, so that two processes that want the same ones do not wait for each other in a circle.
    """
    keys = {new.key for (new, _), _ in batch}
    column = SUBMISSIONS.c.key
    known = set(connection.execute(select(column).where(column.in_(keys))).scalars())
    first = {new.key: ((new, row), gate) for (new, row), gate in reversed(batch) if new.key not in known}
    gates = {key: gate for key, (_, gate) in first.items() if gate}
    stopped: dict[str, Literal["too often", "spent"]] = dict.fromkeys(_too_often(connection, gates), "too often")
    passed = {key: gate for key, gate in gates.items() if key not in stopped}
    stopped.update(dict.fromkeys(_spent(connection, passed), "spent"))
    added = insert_new(connection, [prepared for key, (prepared, _) in first.items() if key not in stopped])
    add_parts(connection, [new for (new, _), _ in first.values() if new.id in added])
    rows = connection.execute(select(SUBMISSIONS).where(column.in_(keys)))
    stored = {row.key: as_submission(row, seal) for row in rows}
    # Another process may have stored a twin while this one waited for it to let go of their common proof.
    return [(stored[new.key], new.id in added) if new.key in stored else stopped[new.key] for (new, _), _ in batch]


def _too_often(connection: Connection, gates: dict[str, Gate]) -> list[str]:
    """Keys of what is over its limit; all count, those too."""
    asked = Counter((gate.bucket, gate.window) for gate in gates.values())
    counts = count_hits(connection, asked)
    over = []
    for key, gate in gates.items():
        asked[gate.bucket, gate.window] -= 1
        if counts[gate.bucket, gate.window] - asked[gate.bucket, gate.window] > gate.limit:
            over.append(key)
    return over


def _spent(connection: Connection, gates: dict[str, Gate]) -> list[str]:
    """Keys of what came with a proof that was used before; of several that come with one, the first is in time."""
    proofs = {key: gate.proof for key, gate in gates.items() if gate.proof}
    fresh = spend_captchas(connection, dict(proofs.values()))
    late = []
    for key, (digest, _) in proofs.items():
        if digest in fresh:
            fresh.remove(digest)
        else:
            late.append(key)
    return late
