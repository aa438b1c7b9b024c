"""What is remembered of each address between two checks: a JSON file that people can read and git can keep."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

State: TypeAlias = Literal["alive", "moved", "doubtful", "dead", "guarded", "refused"]
"""What became of an address.

``alive``     it answers
``moved``     it answers, and says that it stands elsewhere for good
``doubtful``  it did not answer, and was not yet asked on enough days to say more
``dead``      it did not answer on several days
``guarded``   it answers that it does not let programs in, so nobody can tell
``refused``   nobody is asked there: no public address
"""
VERSION: Final = 1


class CacheError(Exception):
    """The file is there and is none of ours; the message is a French sentence without its stop."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An address: ``why`` in French, ``to`` where it moved, ``failures`` on how many days it has failed since ``failing_since``;
    before ``not_before`` its host does not want to be asked.
    """

    url: str
    state: State
    checked: dt.date
    why: str = ""
    to: str = ""
    failures: int = 0
    failing_since: dt.date | None = None
    not_before: dt.date | None = None


def read_cache(path: Path) -> dict[str, Seen]:
    """What the file says, by address; nothing where there is no file.

    Raises:
        CacheError: it is no such file.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {one.url: one for one in map(_seen, told["links"])}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise CacheError(error.strerror or type(error).__name__) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CacheError("ce n’est pas un fichier de la commande links") from error


def write_cache(path: Path, links: Mapping[str, Seen]) -> None:
    """Write it whole or not at all, the same links always as the same bytes. May raise OSError."""
    told = {"version": VERSION, "links": [_told(links[url]) for url in sorted(links)]}
    beside = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


def only(links: Mapping[str, Seen], urls: Iterable[str]) -> dict[str, Seen]:
    """Those of addresses that the site still has."""
    return {url: links[url] for url in urls if url in links}


def _told(seen: Seen) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(seen).items()
        if value or name in {"url", "state", "checked"}
    }


def _seen(told: Any) -> Seen:
    if told["state"] not in get_args(State):
        raise ValueError(told["state"])
    return Seen(
        url=str(told["url"]),
        state=told["state"],
        checked=dt.date.fromisoformat(told["checked"]),
        why=str(told.get("why", "")),
        to=str(told.get("to", "")),
        failures=int(told.get("failures", 0)),
        failing_since=_day(told.get("failing_since")),
        not_before=_day(told.get("not_before")),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
