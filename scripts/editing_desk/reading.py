"""Reads what the desk is told in files: what waits, what was confirmed, and the days on which members agreed to be shown."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

from plugins.model.source_text import decode
from plugins.model.yaml.reader import read_yaml
from scripts.editing_desk.known import Delay, Inbox, Waiting

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.model.objects import Site


class UnreadError(Exception):
    """A file that cannot be read; the message is a French reason."""


def read_inbox(path: Path) -> Inbox:
    """What ``bot desk --waiting`` wrote. Raises UnreadError."""
    return inbox_of(_json(path))


def inbox_of(told: Any) -> Inbox:
    """What the form service tells: JSON types. Raises UnreadError."""
    try:
        return Inbox([_waiting(one) for one in told["waiting"]], [_delay(one) for one in told["delays"]])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadError("le contenu n’a pas la forme attendue") from error


def read_confirmations(path: Path) -> dict[str, dt.date]:
    """What ``bot desk --confirmations`` wrote: the id of an entry or member → the day. Raises UnreadError."""
    told = _json(path)
    try:
        return {str(target): dt.date.fromisoformat(day) for target, day in told.items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise UnreadError("le contenu n’a pas la forme attendue") from error


def read_consents(root: Path, site: Site) -> dict[str, dt.date]:
    """The day on which each member agreed to be shown, where its file says so.

    The model drops what a member did not make public, and this day is never public, so the files are read here once more.
    """
    found = {}
    for member in site.members:
        text, _ = decode((root / "data" / "members" / f"{member}.yaml").read_bytes())
        data = read_yaml(text).data
        day = data.get("consent") if isinstance(data, dict) else None
        if isinstance(day, str):
            found[member] = dt.date.fromisoformat(day)
    return found


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadError(error.strerror or type(error).__name__) from error
    except ValueError as error:
        raise UnreadError("ce n’est pas du JSON") from error


def _waiting(told: Any) -> Waiting:
    href = str(told["href"])
    return Waiting(
        str(told["title"]),
        str(told["kind"]),
        dt.date.fromisoformat(told["since"]),
        bool(told["late"]),
        href if href.startswith(("https://", "http://", "/")) else "",
    )


def _delay(told: Any) -> Delay:
    return Delay(dt.date.fromisoformat(told["published"]), int(told["days"]))
