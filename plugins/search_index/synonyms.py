"""Other words for the same thing: a page that says « ressourcerie » is also found by « recyclerie », one that says « EIT » by
its full name.

The words of ``data/vocabularies.yaml`` are added to a page when its index is made, with little weight, so a question stays as
small as it was asked. Each form of a term of the vocabulary ``synonyms`` leads to all others, wherever it stands. The aliases
of the other vocabularies count for the entries that cite the term, and nowhere else: « mode » may mean textiles there, not in
every text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plugins.search_index.folding import telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.model.objects import Term
    from plugins.model.schema.schemas import FlatSchema

SYNONYMS: Final = "synonyms"
_LONG: Final = 4  # a plural is told by its ending in words of at least so many letters


class Synonyms:
    """The forms of all terms, ready to be looked for. A form is found whole: all its words, side by side, singular or plural."""

    def __init__(self, vocabularies: Mapping[str, Mapping[str, Term]]) -> None:
        """Take the vocabularies of a site; the order of the terms is that of their ids, so the same site gives the same words."""
        self._begin: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        for _, term in sorted(vocabularies.get(SYNONYMS, {}).items()):
            self._learn(term)

    def _learn(self, term: Term) -> None:
        forms = list(dict.fromkeys(tuple(telling(form)) for form in (term.label, *term.aliases)))
        for form in forms:
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


def aliases(
    vocabularies: Mapping[str, Mapping[str, Term]], schema: FlatSchema, fields: Mapping[str, Any]
) -> Iterator[str]:
    """The aliases of the terms that an entry cites in ``fields``, of which ``schema`` says which vocabulary they take."""
    for field in schema.fields:
        cited = fields.get(field.name) if field.vocabulary else None
        for term in cited if isinstance(cited, list) else [cited]:
            found = vocabularies.get(field.vocabulary, {}).get(str(term))
            yield from found.aliases if found else ()


def _stands_at(words: Sequence[str], place: int, key: Iterable[str]) -> bool:
    return all(place + number < len(words) and words[place + number] == word for number, word in enumerate(key))


def _singular(word: str) -> str:
    return word[:-1] if len(word) >= _LONG and word[-1] in "sx" else word
