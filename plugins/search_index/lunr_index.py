"""Small lunr indexes (https://lunrjs.com) of titles and names, made here and loaded by the browser.

The pipeline is ours: lunr's French one fetches word lists from the network when an index is made, and stems accented and
unaccented forms apart. Its two functions have namesakes in ``theme/static/js/search-suggest.js``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lunr.builder import Builder
from lunr.pipeline import Pipeline

from plugins.search_index.folding import STOP_WORDS, words
from plugins.search_index.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lunr.token import Token

FOLD: Final = "fr-fold"
STEM: Final = "fr-stem"
_ALSO: Final = 0.4  # what another word for the same thing counts beside the word itself


class Title(NamedTuple):
    """What lunr finds: ``ref`` names it, ``also`` are folded words that it means without saying them, ``boost`` its weight."""

    ref: str
    text: str
    also: str
    boost: float


_NOTHING: Final = Title("", "", "", 1.0)  # lunr divides by the number of titles


def fold_token(token: Token, _place: int, _tokens: list[Token]) -> list[Token]:
    """A token's folded words, stop words left out: one, none, or several where signs divide it."""
    return [
        token.clone(lambda _text, _metadata, word=word: word) for word in words(str(token)) if word not in STOP_WORDS
    ]


def stem_token(token: Token, _place: int, _tokens: list[Token]) -> list[Token]:
    """The stem of a word, and the word itself where it differs, so that what one has typed of it finds it."""
    word = str(token)
    root = stem(word)
    return [token] if root == word else [token.clone(lambda _text, _metadata: root), token]


def lunr_index(titles: Sequence[Title]) -> dict[str, Any]:
    """The index of ``titles`` in lunr's own form (version 2.3)."""
    builder = _builder()
    for title in titles or [_NOTHING]:
        builder.add({"id": title.ref, "title": title.text, "also": title.also}, {"boost": title.boost})
    serialised: dict[str, Any] = builder.build().serialize()
    return serialised


def _builder() -> Builder:
    for function, label in ((fold_token, FOLD), (stem_token, STEM)):
        if label not in Pipeline.registered_functions:
            Pipeline.register_function(function, label)
    builder = Builder()
    builder.ref("id")
    builder.field("title")
    builder.field("also", boost=_ALSO)
    builder.pipeline.add(fold_token, stem_token)
    builder.search_pipeline.add(fold_token, stem_token)
    return builder
