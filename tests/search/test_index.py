"""From written pages to Pagefind's files: what is read, what is counted, what stays the same."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import pytest

from plugins.model.objects import Term
from plugins.model.schema.schemas import load_schemas
from plugins.search_index.copies import CLOSE, END, copy_of
from plugins.search_index.page_text import FURNITURE, STANDFIRST, TITLE, blocks
from plugins.search_index.pagefind_index import FRAGMENT, Indexed, SearchIndexError, bundle
from plugins.search_index.spelling import Spelling
from plugins.search_index.stemming import stem
from plugins.search_index.synonyms import SYNONYMS, Synonyms, aliases
from tests.search.node import run
from tests.search.texts import PROJECT, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = """<!doctype html><html lang="fr"><head><title>x</title></head><body><header>En-tête</header>
<main id="contenu"><nav class="trail"><ol><li>Fil</li></ol></nav>
<article><p class="kicker">Initiative<span class="badge">Déployée</span></p><h1>L’atelier &amp; ses <em>outils</em></h1>
<p class="standfirst">On y répare &lt;tout&gt;.</p><svg viewBox="0 0 1 1"><title>Anneau</title><path d="M0 0"/></svg>
<div class="text"><h2 id="comment">Comment</h2><p>Une phrase,<br>deux lignes. A&nbsp;b</p><ul><li>un</li><li>deux</li></ul></div>
<h2 id="page-reperes">Repères</h2><dl><dt>Commune</dt><dd>Caen</dd></dl><form><p>Formulaire</p></form></article>
<p hidden>Caché</p><p data-pagefind-ignore>Ignoré</p><!-- remarque <p>x</p> -->
<ul class="rows"><li class="row"><ul><li>Autre page</li></ul></li></ul><p class="edit">Modifier</p></main>
<footer>Pied</footer></body></html>"""


def terms(**found: list[str]) -> Mapping[str, Term]:
    return {key: Term(key, forms[0], "", tuple(forms[1:])) for key, forms in found.items()}


NOTHING = Synonyms({})


def test_a_page_is_what_it_says_itself() -> None:
    assert [(weight, text) for weight, text, _ in blocks(PAGE)] == [
        (1.0, "Initiative Déployée"),
        (TITLE, "L’atelier & ses outils"),
        (STANDFIRST, "On y répare <tout>."),
        (3.0, "Comment"),
        (1.0, "Une phrase, deux lignes. A\xa0b"),
        (1.0, "un"),
        (1.0, "deux"),
        (FURNITURE, "Repères"),
        (FURNITURE, "Commune"),
        (1.0, "Caen"),
    ]


def test_a_page_without_a_main_part_says_nothing() -> None:
    assert blocks("<html><body><p>x</p></body></html>") == []


def test_a_copy_holds_closed_stems_and_knows_its_summary() -> None:
    copy = copy_of(blocks(PAGE), NOTHING)
    shown = copy.shown.split(" ")
    assert f"{stem('atelier')}{CLOSE} - {stem('outils')}{CLOSE}" in copy.html
    assert " ".join(shown[slice(*copy.summary)]) == f"On y répare <tout>.{END}"
    assert copy.count == len(shown)


def test_words_that_a_page_means_weigh_little_and_are_not_shown() -> None:
    synonyms = Synonyms({SYNONYMS: terms(eit=["EIT", "écologie industrielle et territoriale"])})
    copy = copy_of(blocks("<main><p>Une démarche d’écologie industrielle et territoriale.</p></main>"), synonyms)
    assert '<span data-pagefind-weight="0.25">eit0</span>' in copy.html
    assert "EIT" not in copy.shown
    assert copy.count == len(copy.shown.split(" ")) + 1


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("la ressourcerie du quartier", ["recyclerie", "boutique", "reemploi"]),
        ("deux recycleries", ["ressourcerie", "boutique", "reemploi"]),
        ("une boutique de réemploi", ["recyclerie", "ressourcerie"]),
        ("une boutique", []),
        ("le textile et habillement", []),
    ],
)
def test_each_form_of_a_synonym_means_the_others(said: str, meant: list[str]) -> None:
    vocabularies = {
        SYNONYMS: terms(recyclerie=["recyclerie", "ressourcerie", "boutique de réemploi"]),
        "sectors": terms(textile=["Textile et habillement", "mode"]),
    }
    copied = copy_of(blocks(f"<main><p>{said}</p></main>"), Synonyms(vocabularies))
    expected = f'<span data-pagefind-weight="0.25">{" ".join(f"{stem(word)}0" for word in meant)}</span>'
    assert (expected in copied.html) is bool(meant)


def _pages(count: int = 40) -> list[Indexed]:
    html = (f"<main><h1>Titre {place}</h1><p>{escape(text)}</p></main>" for place, text in enumerate(texts()[-count:]))
    return [Indexed(f"/p{place}/", copy_of(blocks(page), NOTHING), {"title": "é"}) for place, page in enumerate(html)]


def test_pagefind_counts_every_text_as_we_do_and_writes_the_same_bytes_twice() -> None:
    pages = _pages()
    first, second = dict(bundle(iter(pages), 40)), dict(bundle(iter(pages), 40))
    assert first == second
    assert list(first) == sorted(first)
    packed = [content for name, content in first.items() if name.endswith(FRAGMENT)]
    fragments = [json.loads(gzip.decompress(content).removeprefix(b"pagefind_dcd")) for content in packed]
    assert {one["url"]: one["content"] for one in fragments} == {page.address: page.copy.shown for page in pages}
    assert all(one["meta"] == {"title": "é"} for one in fragments)


def test_only_what_the_browser_loads_is_published() -> None:
    names = [name for name, content in bundle(_pages(2), 2) if content]
    common = [name for name in names if "/" not in name and not name.endswith(".pf_meta")]
    assert common == ["pagefind-entry.json", "pagefind.js", "wasm.unknown.pagefind"]


def test_without_pages_there_is_no_index() -> None:
    assert list(bundle([], 0)) == []


def test_a_copy_that_pagefind_counts_otherwise_is_refused() -> None:
    page = _pages(1)[0]
    wrong = page._replace(copy=replace(page.copy, count=page.copy.count + 1))
    with pytest.raises(SearchIndexError, match="Pagefind compte"):
        list(bundle([wrong], 1))


def test_words_are_listed_as_the_site_spells_them_the_most_frequent_first() -> None:
    spelling = Spelling()
    for text in ["Déchets et compost", "les déchets d’Évreux", "un déchet", "Le compost, le compost, 2026"]:
        spelling.read(blocks(f"<main><p>{text}</p></main>"))
    assert spelling.lines().decode() == "compost\ndéchet évreux\n"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("compsot", "compost"),
        ("recyclerrie", "recyclerie"),
        ("reparasion", "réparation"),
        ("boutelles", "bouteille"),
        ("governance", "gouvernance"),
        ("ekonomi", "économie"),
        ("xyzzy", None),
        ("eit", None),
        ("2027", None),
    ],
)
def test_slips_are_put_right(typed: str, meant: str | None) -> None:
    words = "compost recyclerie économie\nréparation bouteille gouvernance composter poubelle nouvelle\n"
    found = run(
        'import { Spelling } from "js/search-spelling.js"; const main = ([words, typed]) => new Spelling(words).near(typed);',
        [words, typed],
    )
    assert found == ([meant] if meant else [])


def test_an_entry_is_found_by_the_aliases_of_the_terms_it_cites() -> None:
    schema = load_schemas([PROJECT / "data" / "schemas"]).flattened("initiative")
    vocabularies = {
        "flows": terms(textiles=["Textiles", "lin", "tissu"], bois=["Bois", "sciure"]),
        "sectors": terms(mode=["Mode", "couture"]),
    }
    assert list(aliases(vocabularies, schema, {"flows": ["textiles"], "sectors": ["gone"], "stage": "idee"})) == [
        "lin",
        "tissu",
    ]
