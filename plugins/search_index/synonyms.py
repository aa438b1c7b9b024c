"""Other words for the same thing: a page that says « ressourcerie » is also found by « recyclerie », one that says « EIT » by
its full name.

The words of ``data/vocabularies.yaml`` are added to a page when its index is made, with little weight, so a question stays as
small as it was asked. In the vocabulary ``synonyms`` each form of a term leads to all others; elsewhere the label leads to
the aliases, for an alias there may be a common word (« mode » for textiles).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.search_index.folding import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.model.objects import Term

SYNONYMS: Final = "synonyms"
_LONG: Final = 4  # a plural is told by its ending in words of at least so many letters


class Synonyms:
    """The forms of all terms, ready to be looked for. A form is found whole: all its words, side by side, singular or plural."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, Term]]) -> None:
        """Take the vocabularies of a site; the order of the terms is that of their ids, so the same site gives the same words."""
        self._begin: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for name in sorted(vocabularies):
            for _, term in sorted(vocabularies[name].items()):
                self._learn(term, both_ways=name == SYNONYMS)

    def _learn(self, term: Term, *, both_ways: bool) -> None:
        forms = list(dict.fromkeys(tuple(telling(form)) for form in (term.label, *term.aliases)))
        for form in forms if both_ways else forms[:1]:
            others = tuple(dict.fromkeys(word for other in forms if other != form for word in other))
            key = tuple(map(_singular, form))
            if key and others:
                self._begin.setdefault(key[0], []).append((key, others))

    def others(self, words: Sequence[str]) -> list[str]:
        """The words that ``words`` (folded, no stop words) do not say but mean, once each, in order of appearance."""
        plain = [_singular(word) for word in words]
        said = set(words)
        return [word for word in dict.fromkeys(self._meant(plain)) if word not in said]

    def _meant(self, plain: Sequence[str]) -> Iterator[str]:
        for place, word in enumerate(plain):
            for key, others in self._begin.get(word, ()):
                if _stands_at(plain, place, key):
                    yield from others


def _stands_at(words: Sequence[str], place: int, key: Iterable[str]) -> bool:
    return all(place + number < len(words) and words[place + number] == word for number, word in enumerate(key))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _LONG and word[-1] in "sx" else word
