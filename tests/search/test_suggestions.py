"""What the search box loads: small, complete, and read alike by both lunrs."""

from __future__ import annotations

import gzip
import json
import random
from typing import TYPE_CHECKING, Any

from lunr.index import Index

from plugins.search_index.folding import STOP_WORDS, words
from plugins.search_index.lunr_index import Title, lunr_index
from plugins.search_index.suggestions import MOST_AT_ONCE, MOST_IN_PIECE, Suggestion, suggestion_files
from plugins.search_index.synonyms import Synonyms
from tests.search.node import SCRIPTS, run
from tests.search.texts import PROJECT, all_words

if TYPE_CHECKING:
    from collections.abc import Sequence

KB = 1000
NOTHING = Synonyms({})
SCRIPTS_OF_THE_BOX = ["search-suggest.js", "search-titles.js", "search-words.js", "search-stem.js", "vendor/lunr.js"]
LOOK = """
import lunr from "js/vendor/lunr.js";
import "js/search-titles.js";
const main = ({ index, asked }) => {
  const loaded = lunr.Index.load(index);
  const find = (word) => loaded.query((query) => query.term(word, { usePipeline: true })).map(({ ref }) => ref).sort();
  return asked.map(find);
};
"""


def files(suggestions: Sequence[Suggestion]) -> dict[str, Any]:
    return {path: json.loads(content) for path, content in suggestion_files(suggestions, NOTHING)}


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def names(count: int) -> list[Suggestion]:
    """Made-up members; one in ten bears the same word."""
    made = random.Random(3)  # noqa: S311  # test data
    pool = [word.title() for word in all_words() if word.isalpha() and len(word) > 3]
    firsts = pool[:40]
    return [
        Suggestion(
            f"{made.choice(firsts)} {made.choice(pool)}{' Martin' if made.random() < 0.1 else ''}",
            f"/membres/m{number}/",
            "Membre",
        )
        for number in range(count)
    ]


def test_few_titles_are_all_in_the_first_file() -> None:
    found = files(
        [Suggestion("Régal Normandie", "/clubs/regal/", "Club"), Suggestion("Caen", "/territoires/caen/", "Territoire")]
    )
    assert list(found) == ["search-index.json", "search-index/titles.json"]
    assert found["search-index.json"] == [
        {"t": "Régal Normandie", "a": "/clubs/regal/", "k": "Club"},
        {"t": "Caen", "a": "/territoires/caen/", "k": "Territoire"},
    ]
    assert found["search-index/titles.json"]["pieces"] == []


def test_eighteen_thousand_names_are_found_by_pieces_of_bounded_weight() -> None:
    everybody = names(18_000)
    raw = dict(suggestion_files(everybody, NOTHING))
    found = {path: json.loads(content) for path, content in raw.items()}
    pieces = {
        path.removeprefix("search-index/").removesuffix(".json"): content
        for path, content in found.items()
        if "rows" in content
    }
    assert found["search-index/titles.json"]["pieces"] == sorted(pieces)
    assert [row["a"] for row in found["search-index.json"]] == [one.address for one in everybody[:MOST_AT_ONCE]]
    assert max(len(content["rows"]) for content in pieces.values()) <= MOST_IN_PIECE
    scripts = sum(packed((SCRIPTS / name).read_bytes()) for name in SCRIPTS_OF_THE_BOX)
    first = packed(raw["search-index.json"]) + packed(raw["search-index/titles.json"])
    largest = max(
        packed(content)
        for path, content in raw.items()
        if path.removeprefix("search-index/").removesuffix(".json") in pieces
    )
    assert scripts + first + largest <= 60 * KB
    held = {beginning: {row["a"] for row in content["rows"]} for beginning, content in pieces.items()}
    for one in everybody[MOST_AT_ONCE::97]:
        for word in set(words(one.title)) - STOP_WORDS:
            beginning = next(word[:length] for length in range(len(word), 0, -1) if word[:length] in held)
            assert one.address in held[beginning] or len(held[beginning]) == MOST_IN_PIECE


def test_words_in_other_alphabets_have_a_piece_of_their_own() -> None:
    many = [*names(MOST_AT_ONCE), Suggestion("Ωmega Αθήνα", "/x/", "Membre")]
    assert [row["a"] for row in files(many)["search-index/_.json"]["rows"]] == ["/x/"]


def test_both_lunrs_find_the_same() -> None:
    titles = [
        line.removeprefix("title: ").strip(' "')
        for path in sorted((PROJECT / "content").rglob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("title: ")
    ]
    index = lunr_index([Title(str(place), title, "", 1.0) for place, title in enumerate(titles)])
    asked = sorted({word for title in titles for word in words(title) if word not in STOP_WORDS})
    loaded = Index.load(json.loads(json.dumps(index)))
    ours = [sorted(hit["ref"] for hit in _hits(loaded, word)) for word in asked]
    assert len(asked) > 200
    assert all(ours)
    assert run(LOOK, {"index": index, "asked": asked}) == ours


def _hits(index: Index, word: str) -> list[dict[str, Any]]:
    query = index.create_query()
    query.term(word)
    found: list[dict[str, Any]] = index.query(query)
    return found


def test_a_site_without_titles_has_files_that_hold_nothing() -> None:
    found = files([])
    assert found["search-index.json"] == []
    assert found["search-index/titles.json"]["index"]["invertedIndex"] == []


def test_the_same_titles_give_the_same_bytes() -> None:
    assert list(suggestion_files(names(1200), NOTHING)) == list(suggestion_files(names(1200), NOTHING))
