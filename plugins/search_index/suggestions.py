"""What the search box suggests, cut so that little is loaded: the titles that most people look for, and pieces for the
others.

Where there are few titles the first file holds them all. Otherwise the rest is found by the beginnings of its words:
``/search-index/ma.json`` holds the titles with a word that begins with « ma », or, where those are too many, only the word «
ma » itself, and ``mar.json``, ``mas.json`` the longer ones.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from plugins.search_index.folding import STOP_WORDS, telling, words
from plugins.search_index.lunr_index import Title, lunr_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.search_index.synonyms import Synonyms

MOST_AT_ONCE: Final = 700  # titles in the first file: 60 kB on the wire, lunr and our scripts included
MOST_IN_PIECE: Final = 250  # titles: 20 kB on the wire
_SHORTEST: Final = 2  # letters of a beginning
_ANY: Final = "_"  # stands for words in other alphabets, which make no file name
FOLDER: Final = "search-index/"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title with its address and what it is, in French; ``also`` is another name, ``boost`` its weight beside others (1 is
    usual).
    """

    title: str
    address: str
    kind: str
    also: str = ""
    boost: float = 1.0

    @property
    def row(self) -> dict[str, str]:
        """As the browser reads it."""
        return {"t": self.title, "a": self.address, "k": self.kind}


def suggestion_files(suggestions: Sequence[Suggestion], synonyms: Synonyms) -> Iterator[tuple[str, bytes]]:
    """The files by path: ``search-index.json`` (a list of titles), the lunr index of these, and pieces for the rest.

    ``suggestions`` come in the order of their importance.
    """
    first, rest = suggestions[:MOST_AT_ONCE], suggestions[MOST_AT_ONCE:]
    pieces = dict(sorted(_pieces(rest).items()))
    yield "search-index.json", _json([one.row for one in first])
    yield f"{FOLDER}titles.json", _json({"index": _index(first, synonyms), "pieces": list(pieces)})
    for beginning, found in pieces.items():
        yield f"{FOLDER}{beginning}.json", _json({"rows": [one.row for one in found], "index": _index(found, synonyms)})


def _index(suggestions: Iterable[Suggestion], synonyms: Synonyms) -> dict[str, Any]:
    return lunr_index(
        [
            Title(str(place), one.title, " ".join((one.also, *synonyms.others(telling(one.title)))), one.boost)
            for place, one in enumerate(suggestions)
        ]
    )


def _pieces(suggestions: Sequence[Suggestion]) -> dict[str, list[Suggestion]]:
    """The titles by the beginnings of their words, split until each has few enough; what is too many for one word is cut off."""
    by_word: dict[str, dict[str, Suggestion]] = {}
    for one in suggestions:
        for word in words(f"{one.title} {one.also}"):
            if word not in STOP_WORDS:
                by_word.setdefault(word if word.isascii() else _ANY, {})[one.address] = one
    done: dict[str, list[Suggestion]] = {}
    _split(by_word, _SHORTEST, done)
    return done


def _split(by_word: Mapping[str, Mapping[str, Suggestion]], length: int, done: dict[str, list[Suggestion]]) -> None:
    groups: dict[str, dict[str, Mapping[str, Suggestion]]] = {}
    for word, found in by_word.items():
        groups.setdefault(word[:length], {})[word] = found
    for beginning, group in groups.items():
        together = {address: one for found in group.values() for address, one in found.items()}
        if len(together) <= MOST_IN_PIECE or set(group) == {beginning}:
            done[beginning] = list(together.values())[:MOST_IN_PIECE]
            continue
        if beginning in group:
            done[beginning] = list(group[beginning].values())[:MOST_IN_PIECE]
        _split({word: found for word, found in group.items() if word != beginning}, length + 1, done)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
