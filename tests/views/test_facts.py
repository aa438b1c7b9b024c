"""The facts of an entry are read from its schema: labels, vocabularies, links, amounts, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.views.entry.own_views import own_fields, own_view
from plugins.views.parts.facts import Teller

if TYPE_CHECKING:
    from plugins.publication.context import Context

BASE = "/essai"


def told(ctx: Context, identifier: str) -> dict[str, list[tuple[str, str]]]:
    """The facts of an entry by label, spaces made plain."""
    entry = ctx.site.entries[identifier]
    facts = Teller(ctx, entry).facts(own_fields(entry.type.name))
    return {fact["label"]: [(plain(value["text"]), value["href"]) for value in fact["values"]] for fact in facts}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_members_are_links_and_names_are_words(small: Context) -> None:
    facts = told(small, "initiatives/2026/palettes")
    assert facts["Porteur"] == [("Les Palettes", f"{BASE}/membres/palettes/")]
    assert facts["Partenaires"] == [("Camille Exemple", f"{BASE}/membres/camille/"), ("Lycée d’Exempleville", "")]
    assert facts["Secteurs"] == [("Bois", "")]
    assert facts["Commune"] == [("Exempleville", "")]
    assert facts["Année de départ"] == [("2022", "")]


def test_what_the_page_shows_elsewhere_is_not_repeated(small: Context) -> None:
    facts = told(small, "initiatives/2026/palettes")
    assert (
        not {"Titre", "Résumé", "Piliers", "Résultats", "Leviers", "Avancement", "Formulaire de contact"} & facts.keys()
    )
    assert not {"Début", "Fin", "Lieu", "Répétition"} & told(small, "events/2026/atelier").keys()


def test_groups_of_an_object_are_facts_and_free_is_said_in_a_word(small: Context) -> None:
    facts = told(small, "events/2026/atelier")
    assert facts["Prix"] == [("Gratuit", "")]
    assert facts["Nombre de places"] == [("12 places", "")]
    assert facts["Date limite"] == [("15 mars 2027", "")]
    assert facts["Organisateur"] == [("Club de l’atelier", f"{BASE}/clubs/atelier/")]


def test_durations_levels_amounts_and_quantities_are_said_as_people_say_them(small: Context) -> None:
    guide = told(small, "resources/2026/guide")
    assert guide["Durée"] == [("1 h 30", "")]
    assert guide["Niveau"] == [("Débutant", "")]
    assert told(small, "calls/2026/appel")["Budget"] == [("200 000 €", "")]
    assert told(small, "offers/2026/lot")["Matière"] == [("Palettes", "")]


def test_groups_that_repeat_are_a_table_with_the_columns_that_are_used(small: Context) -> None:
    tables = tables_of(small, "initiatives/2026/palettes")
    assert [table["label"] for table in tables] == ["Financements"]
    (funding,) = tables
    assert funding["columns"] == ["Financeur", "Montant"]
    assert funding["numeric"] == [False, True]
    assert [[plain(cell["text"]) for cell in row] for row in funding["rows"]] == [["Fonds propres", "15 000 €"]]


def test_each_row_of_a_table_has_its_own_reference_and_not_that_of_another(small: Context) -> None:
    (winners,) = tables_of(small, "calls/2026/appel")
    assert winners["columns"] == ["Nom", "Membre"]
    assert [[cell["text"] for cell in row] for row in winners["rows"]] == [["", "Les Palettes"], ["Un autre", ""]]
    assert winners["rows"][0][1]["href"] == f"{BASE}/membres/palettes/"


def tables_of(ctx: Context, identifier: str) -> list[Any]:
    entry = ctx.site.entries[identifier]
    return list(Teller(ctx, entry).tables(own_fields(entry.type.name)))


def test_an_initiative_leads_with_its_results(small: Context) -> None:
    view = own_view(small, small.site.entries["initiatives/2026/palettes"])
    assert [(plain(one["figure"]), one["measure"], one["year"]) for one in view["results"]] == [
        ("1 200 par an", "Palettes | réemployées", 2025),
        ("−38,5", "Achats", None),
    ]
    assert view["levers"] == ["@SOMME(A1)"]


def test_a_consultation_shows_its_questions_and_the_answers_to_it(small: Context) -> None:
    view = own_view(small, small.site.entries["consultations/2026/priorites"])
    assert [(one["kind"], one["choices"]) for one in view["questions"]] == [("libre", []), ("choix", ["a", "b"])]
    assert [one["href"] for one in view["contributions"]] == [f"{BASE}/contributions/2026/reponse/"]
    assert view["more"] == 0


def test_a_contribution_shows_what_was_asked_with_each_answer(small: Context) -> None:
    view = own_view(small, small.site.entries["contributions/2026/reponse"])
    assert [(plain(one["question"]), one["values"]) for one in view["answers"]] == [
        ("Votre avis ?", ["Oui"]),
        ("Quoi ?", ["a"]),
    ]
    assert view["consultation"]["href"] == f"{BASE}/consultations/2026/priorites/"
