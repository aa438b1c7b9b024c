"""« Voir aussi »: the entries most like each one, by what they share and the words they use.

The idea is that of an inverted index with inverse document frequency (Spärck Jones, 1972): what few entries share says much. Only
the rarest features of an entry are followed, and none that many entries share, so the cost grows with the number of entries.
"""

from __future__ import annotations

import math
import re
from heapq import nsmallest
from typing import TYPE_CHECKING

from plugins.model.addresses import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.objects import Entry

COMMON = 60  # a feature that more entries share than this says too little to follow
FOLLOWED = 14  # features followed for each entry, the rarest first
_WORD = re.compile(r"[a-z]{5,}")
_STEM = 7  # letters of a word that count: « réparer », « réparation » and « réparateur » share « reparat » or less
_RELATION_WEIGHT = 2.0  # what people said on purpose counts double


def neighbours(entries: Sequence[Entry], *, most: int) -> Mapping[str, list[Entry]]:
    """For each entry id, up to ``most`` other entries, the most alike first; ties go to the newer, then by id."""
    features = {entry.id: dict(_features(entry)) for entry in entries}
    sharing: dict[str, list[Entry]] = {}
    for entry in entries:
        for feature in features[entry.id]:
            sharing.setdefault(feature, []).append(entry)
    found = {}
    for entry in entries:
        scores = _scores(entry, features[entry.id], sharing, len(entries))
        ranked = nsmallest(most, scores.items(), key=lambda item: (-item[1][0], -item[1][1].date.toordinal(), item[0]))
        found[entry.id] = [other for _, (_, other) in ranked]
    return found


def _scores(
    entry: Entry, own: Mapping[str, float], sharing: Mapping[str, list[Entry]], total: int
) -> dict[str, tuple[float, Entry]]:
    rare = sorted((len(sharing[feature]), feature) for feature in own if 1 < len(sharing[feature]) <= COMMON)
    scores: dict[str, tuple[float, Entry]] = {}
    for count, feature in rare[:FOLLOWED]:
        weight = own[feature] * math.log(total / count) if total > count else 0.0
        for other in sharing[feature]:
            if other is not entry and weight:
                scores[other.id] = (scores.get(other.id, (0.0, other))[0] + weight, other)
    return scores


def _features(entry: Entry) -> Iterator[tuple[str, float]]:
    for role, values in entry.references.items():
        if role != "pillars":
            for value in values:
                identifier = value if isinstance(value, str) else getattr(value, "id", getattr(value, "insee", ""))
                yield f"{type(value).__name__}:{identifier}", _RELATION_WEIGHT
    for tag in entry.tags:
        yield f"tag:{tag.slug}", _RELATION_WEIGHT
    for pillar in entry.pillars:
        yield f"pillar:{pillar.id}", 1.0
    for territory in entry.territories:
        yield f"Territory:{territory.id}", 1.0
    words = slug(f"{entry.title} {entry.summary}").replace("-", " ")
    for word in _WORD.findall(words):
        yield f"word:{word[:_STEM]}", 1.0
