"""The names and values of a posted form, made ready to be read: cleaned, without empty ones, numbered without gaps."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from plugins.model.source_text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Pair = tuple[str, str]
BODY = "body"
_NUMBERED = re.compile(r"(?P<base>[a-z_]+(?:\.[a-z0-9_-]+)*?)\.(?P<number>[0-9]{1,3})(?P<rest>\.[a-z_.]+)?")


def settle(pairs: Iterable[Pair]) -> list[Pair]:
    """Clean texts, and number what is repeated from 0: a group that was left empty leaves no gap.

    Spaces at the ends go, but for the long text, whose indentation Markdown reads.

    Empty values stay, since « asked and left empty » may mean something; those of a numbered group go with it.
    """
    cleaned = [(name, clean(value) if name == BODY else clean(value).strip()) for name, value in pairs]
    used: dict[str, set[int]] = defaultdict(set)
    for name, value in cleaned:
        if value and (found := _NUMBERED.fullmatch(name)):
            used[found["base"]].add(int(found["number"]))
    places = {base: {number: place for place, number in enumerate(sorted(numbers))} for base, numbers in used.items()}
    settled = []
    for name, value in cleaned:
        found = _NUMBERED.fullmatch(name)
        if found is None:
            settled.append((name, value))
        elif (place := places.get(found["base"], {}).get(int(found["number"]))) is not None:
            settled.append((f"{found['base']}.{place}{found['rest'] or ''}", value))
    return settled


class Pairs:
    """Settled pairs, by name."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for name, value in pairs:
            self._by_name[name].append(value)

    def is_asked(self, name: str) -> bool:
        """Whether the form held ``name``, be it left empty."""
        return name in self._by_name

    def text(self, name: str) -> str:
        """The last value of ``name`` that says something, or an empty text."""
        return next((value for value in reversed(self._by_name.get(name, ())) if value), "")

    def texts(self, name: str) -> Sequence[str]:
        """All values of ``name``, then those of ``name.0``, ``name.1``…, without empty ones."""
        own = [value for value in self._by_name.get(name, ()) if value]
        number = 0
        while f"{name}.{number}" in self._by_name:
            own += [value for value in self._by_name[f"{name}.{number}"] if value]
            number += 1
        return own

    def count(self, name: str) -> int:
        """How many numbered groups stand below ``name``."""
        numbers = {rest.partition(".")[0] for rest in self.keys_below(name)}
        return sum(number.isdigit() for number in numbers)

    def keys_below(self, name: str) -> list[str]:
        """What follows ``name.`` in the names that were posted."""
        return [found.removeprefix(f"{name}.") for found in self._by_name if found.startswith(f"{name}.")]
