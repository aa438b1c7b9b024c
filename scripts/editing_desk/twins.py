"""Entries that probably say the same twice.

Only entries that share a key are compared: a day and a place, a day and a word, or a word that is rare among titles. So the work
grows with the number of entries, not with its square.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final, TypeAlias

from plugins.model.addresses import slug
from plugins.views.words.states import has_dates
from scripts.editing_desk.item import Item, of_entry
from scripts.editing_desk.likeness import NEARLY, SAME_DAY, share, title_words
from scripts.french import desk as french

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.objects import Entry, Site

MOST_COMPARED: Final = 40  # entries with one key: more are a series, not a mistake
Key: TypeAlias = tuple[str, ...]


def twins(site: Site) -> list[Item]:
    """A line for the later of two entries that are probably one, naming the earlier; by id."""
    real = [entry for entry in site.entries.values() if not entry.demo]
    words = {entry.id: title_words(entry.title) for entry in real}
    common = Counter(word for found in words.values() for word in found)
    blocks: defaultdict[Key, list[Entry]] = defaultdict(list)
    for entry in real:
        for key in _keys(entry, words[entry.id], common):
            blocks[key].append(entry)
    found: dict[tuple[str, str], str] = {}
    for block in blocks.values():
        for one, other in combinations(_first(block), 2):
            pair = tuple(sorted((one, other), key=lambda entry: (entry.date, entry.id)))
            names = (pair[0].id, pair[1].id)
            if names not in found:
                found[names] = _why(pair[0], pair[1], words)
    return [_item(site, names, found[names]) for names in sorted(found) if found[names]]


def _keys(entry: Entry, words: frozenset[str], common: Mapping[str, int]) -> Iterator[Key]:
    kind = entry.type.name
    url = entry.fields.get("url")
    if isinstance(url, str):
        yield kind, "url", url
    if has_dates(entry.fields):
        day = str(entry.fields["start"])[:10]
        yield from ((kind, day, "word", word) for word in words)
        yield from ((kind, day, "place", place) for place in _places(entry))
        return
    # Titles with a share of s of their words in common have one of their rarest (1 − s) in common: « prefix filtering »
    # (Chaudhuri, Ganti, Kaushik, « A primitive operator for similarity joins in data cleaning », 2006).
    rarest = sorted(words, key=lambda word: (common[word], word))
    needed = len(rarest) - math.ceil(NEARLY * len(rarest)) + 1 if rarest else 0
    yield from ((kind, "word", word) for word in rarest[:needed])


def _why(first: Entry, second: Entry, words: Mapping[str, frozenset[str]]) -> str:
    """The French reason for taking them for one; empty where there is none."""
    likeness = share(words[first.id], words[second.id])
    if has_dates(first.fields):
        same_start = first.fields["start"] == second.fields["start"]
        if set(_places(first)) & set(_places(second)) and (same_start or likeness >= SAME_DAY / 2):
            return french.SAME_PLACE_AND_DAY
        return french.SAME_DAY_AND_TITLE if likeness >= SAME_DAY else ""
    if first.fields.get("url") and first.fields.get("url") == second.fields.get("url"):
        return french.SAME_URL
    return french.SAME_TITLE if likeness >= NEARLY else ""


def _places(entry: Entry) -> list[str]:
    """Where an event is, as it is compared: the room, the address or the online address; a commune alone is no place."""
    place = entry.fields.get("place")
    found = [str(entry.fields.get("online") or "")]
    if isinstance(place, dict):
        commune = str(place.get("commune") or "")
        found += [f"{commune} {slug(str(place[name]))}" for name in ("name", "address") if place.get(name)]
    return [one for one in found if one]


def _first(block: Sequence[Entry]) -> list[Entry]:
    return sorted(block, key=lambda entry: (entry.date, entry.id), reverse=True)[:MOST_COMPARED]


def _item(site: Site, names: tuple[str, str], why: str) -> Item:
    first, second = (site.entries[name] for name in names)
    return of_entry(second, french.twin(first.title, first.id, why))
