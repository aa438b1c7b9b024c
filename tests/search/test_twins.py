"""The duplicate warning of the form knows all titles, and reads no more files than it needs."""

from __future__ import annotations

import pytest

from plugins.search_index.suggestions import MOST_AT_ONCE, Suggestion, suggestion_files
from plugins.search_index.synonyms import Synonyms
from tests.search.node import run

SCRIPT = """
import { telling, twinOf } from "js/form-twin.js";
const main = async ({ files, title }) => {
  const asked = [];
  globalThis.document = { baseURI: "https://x.example/contribuer/" };
  globalThis.fetch = async (address) => {
    const name = address.replace("https://x.example/", "").replace(/^\\//, "");
    asked.push(name);
    return { ok: name in files, status: 404, json: async () => JSON.parse(files[name]) };
  };
  const twin = await twinOf("/search-index.json", telling(title));
  return [twin?.a ?? "", asked];
};
"""


@pytest.mark.parametrize(
    ("count", "typed", "address", "most"),
    [
        (MOST_AT_ONCE - 1, "La fête du rempaillage 12", "/12/", 1),
        (MOST_AT_ONCE - 1, "Une autre chose", "", 1),
        (MOST_AT_ONCE + 1, f"Fetes de rempaillage {MOST_AT_ONCE}", "", 5),
        (MOST_AT_ONCE + 1, f"FÊTE du rempaillage n° {MOST_AT_ONCE}", f"/{MOST_AT_ONCE}/", 5),
    ],
)
def test_a_twin_is_found_wherever_it_stands(count: int, typed: str, address: str, most: int) -> None:
    titles = [Suggestion(f"Fête du rempaillage {number}", f"/{number}/", "Évènement") for number in range(count)]
    files = {path: content.decode() for path, content in suggestion_files(titles, Synonyms({}))}
    found, asked = run(SCRIPT, {"files": files, "title": typed})
    assert found == address
    assert len(asked) <= most
