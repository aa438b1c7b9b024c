"""What a post becomes: files that the check finds nothing wrong with, or sentences about what to put right."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.model.front_matter import read_entry
from tests.forms.small_root import CONSULTATION_ID, EVENT_ID, VALID, Region

if TYPE_CHECKING:
    from plugins.forms.proposal import Proposal


def told(proposal: Proposal) -> dict[str, str]:
    return {fault.field: fault.message for fault in proposal.faults}


def with_(type_name: str, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """The valid post with some answers in place of its own."""
    names = {name for name, _ in pairs}
    return [*(pair for pair in VALID[type_name] if pair[0] not in names), *pairs]


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "WEBP")
    return out.getvalue()


@pytest.mark.parametrize("type_name", VALID)
def test_a_valid_post_of_each_type_passes_the_check(region: Region, type_name: str) -> None:
    proposal = region.propose(type_name, *VALID[type_name])
    assert told(proposal) == {}
    assert region.problems_with(proposal) == []


def test_an_event_and_the_member_file_of_who_is_none_yet(region: Region) -> None:
    proposal = region.propose(
        "event", *VALID["event"], ("body", "Un texte.\r\n"), ("member.commune", "Val-Clair"), ("member.kind", "citoyen")
    )
    assert (proposal.entry_id, proposal.member_id) == ("events/2026/un-atelier-au-lavoir", "zoe-nouvelle")
    assert proposal.address == "/agenda/2026/un-atelier-au-lavoir/"
    files = {path: content.decode() for path, content in proposal.files.items() if content is not None}
    assert files == {
        "data/members/zoe-nouvelle.yaml": (
            'name: Zoé Nouvelle\nkind: citoyen\ncommune: "98002"\nsince: 2026-12-01\nconsent: 2026-12-01\n'
        ),
        "content/events/2026/un-atelier-au-lavoir.md": (
            "---\ntitle: Un atelier au lavoir\n"
            "summary: Venez réparer une lessiveuse avec nous, et repartez avec ce qu’il faut pour la garder.\n"
            'start: 2026-12-14T18:30\nplace:\n  commune: "98001"\nauthors:\n  - zoe-nouvelle\npillars:\n  - reparer\n'
            "date: 2026-12-01\n---\n\nUn texte.\n"
        ),
    }


def test_a_member_signs_with_his_name(region: Region) -> None:
    proposal = region.propose("article", *VALID["article"], ("authors", "inès falaise, Val-Clair"))
    assert proposal.data["authors"] == ["ines-falaise", "val-clair"]
    assert list(proposal.files) == ["content/articles/2026/un-atelier-au-lavoir.md"]


def test_a_name_that_is_taken_gets_a_number(region: Region) -> None:
    old = with_("event", ("title", "Prêt d’outils"))
    assert region.propose("event", *old).entry_id == f"{EVENT_ID}-2"
    assert region.propose("event", *old, taken=[f"{EVENT_ID}-2"]).entry_id == f"{EVENT_ID}-3"
    redirected = region.propose("event", *with_("event", ("title", "Vieux titre")))
    assert redirected.entry_id == "events/2026/vieux-titre-2"
    assert region.problems_with(redirected) == []
    assert region.propose("article", *VALID["article"], taken=["zoe-nouvelle"]).member_id == "zoe-nouvelle-2"


def test_a_proposal_made_again_keeps_its_names(region: Region) -> None:
    posted, _ = region.read("article", *with_("article", ("title", "Un autre titre")))
    again = region.proposer.propose(
        posted,
        {},
        today=region.site.today,
        source=region.source,
        entry_id="articles/2026/premier-titre",
        member_id="zoe",
    )
    assert set(again.files) == {"content/articles/2026/premier-titre.md", "data/members/zoe.yaml"}


def test_a_namesake_is_told_to_editors(region: Region) -> None:
    proposal = region.propose("article", *VALID["article"], ("contact.name", "Ines FALAISE"))
    assert proposal.member_id == "ines-falaise-2"
    assert proposal.faults == []
    assert "ines-falaise" in proposal.remarks[0].message


def test_a_picture_is_named_after_its_entry(region: Region) -> None:
    proposal = region.propose(
        "article", *VALID["article"], ("image.alt", "Un lavoir"), pictures={"photo.webp": picture()}
    )
    assert proposal.faults == []
    assert proposal.data["image"] == {"file": "un-atelier-au-lavoir.webp", "alt": "Un lavoir"}
    assert "content/articles/2026/un-atelier-au-lavoir.webp" in proposal.files
    assert region.problems_with(proposal) == []


def test_a_picture_without_description_and_a_description_without_picture(region: Region) -> None:
    assert "image.alt" in told(region.propose("article", *VALID["article"], pictures={"photo.webp": picture()}))
    assert "image.file" in told(region.propose("article", *VALID["article"], ("image.alt", "Un lavoir")))


def test_what_is_not_a_picture_is_refused(region: Region) -> None:
    proposal = region.propose(
        "article", *VALID["article"], ("image.alt", "x"), pictures={"photo.webp": b"<svg onload=x>"}
    )
    assert list(told(proposal)) == ["image.file"]


def test_what_is_missing_is_told_beside_its_input(region: Region) -> None:
    assert told(region.propose("event")) == {
        "title": "Titre\u202f: cette réponse est obligatoire.",
        "summary": "Résumé\u202f: cette réponse est obligatoire.",
        "pillars": "Piliers\u202f: cette réponse est obligatoire.",
        "start": "Début\u202f: cette réponse est obligatoire.",
        "": "Indiquez où l’évènement a lieu\xa0: un lieu, un lien de connexion, ou les deux.",
    }


@pytest.mark.parametrize(
    ("pairs", "field", "piece"),
    [
        ([("place.commune", "Port-Brum")], "place.commune", "n’est pas connu"),
        ([("pillars", "Réparer demain")], "pillars", "n’est pas connu"),
        ([("authors", "Personne")], "authors", "n’est pas connu"),
        ([("tags", "outils, x")], "tags", "au moins 2 caractères"),
        ([("tags", "tabou")], "tags", "adresse du site"),
        ([("end", "2026-12-14T17:00")], "end", "vient avant"),
        ([("place.lat", "10,1")], "place.lat", "Longitude"),
        ([("registration.url", "javascript:alert(1)")], "registration.url", "adresse web"),
        ([("body", "Voir [ici](/agenda/2030/rien/).")], "body", "ne mène nulle part"),
        ([("body", "[x](javascript:alert(1))")], "body", "pas d’une sorte acceptée"),
        ([("body", "![x](https://example.org/a.jpg)")], "body", "ne se trouve pas à côté"),
        ([("title", "\u202eevil title")], None, ""),
        ([("start", "2026-02-30T10:00")], "start", "date"),
        ([("recurrence", "FREQ=SECONDLY")], "recurrence", "répétition"),
    ],
)
def test_faults_stand_beside_their_input(
    region: Region, pairs: list[tuple[str, str]], field: str | None, piece: str
) -> None:
    found = told(region.propose("event", *with_("event", *pairs)))
    if field is None:
        assert found == {}
        return
    assert list(found) == [field]
    assert piece in found[field]
    assert "«\u202fcommune" not in found[field]


def test_a_name_that_no_member_can_bear_is_told_where_the_sender_gives_it(region: Region) -> None:
    posted, _ = region.read("article", *VALID["article"], ("contact.name", "Z"))
    proposal = region.proposer.propose(posted, {}, today=region.site.today, source=region.source)
    assert list(told(proposal)) == ["contact.name"]


def test_what_is_near_is_suggested(region: Region) -> None:
    fault = region.propose("event", *with_("event", ("place.commune", "Port-Brum"))).faults[0]
    assert fault.suggestion == "Vouliez-vous dire\u202f: Port-Brume (98001)\u202f?"


def test_contacts_in_the_text_are_told_without_refusing(region: Region) -> None:
    proposal = region.propose("article", *VALID["article"], ("body", "Écrivez à zoe@example.org."))
    assert proposal.faults == []
    assert [remark.field for remark in proposal.remarks] == ["body"]


def test_an_answer_to_a_consultation_is_made_whole(region: Region) -> None:
    proposal = region.propose(
        "contribution",
        ("consultation", CONSULTATION_ID),
        ("answers.avis", "En faire une laverie, avec de l’eau de pluie et des paniers."),
        ("answers.lieux", "Le toit"),
        ("answers.ordre.0", "Le toit"),
        ("answers.ordre.1", ""),
        ("answers.ordre.2", "Le bac"),
        ("body", "Je peux aider."),
    )
    assert proposal.faults == []
    assert region.problems_with(proposal) == []
    written = read_entry(proposal.files["content/contributions/2026/reponse-de-zoe-nouvelle.md"] or b"")
    assert written.data == {
        "title": "Réponse de Zoé Nouvelle",
        "summary": "En faire une laverie, avec de l’eau de pluie et des paniers.",
        "date": "2026-12-01",
        "authors": ["zoe-nouvelle"],
        "author": "zoe-nouvelle",
        "pillars": ["partager", "reparer"],
        "consultation": CONSULTATION_ID,
        "answers": {
            "avis": "En faire une laverie, avec de l’eau de pluie et des paniers.",
            "lieux": ["Le toit"],
            "ordre": ["Le toit", "Le bac"],
        },
    }
    assert written.body == "Je peux aider."


@pytest.mark.parametrize(
    ("pairs", "field"),
    [
        ([("answers.lieux", "Le grenier")], "answers.lieux"),
        ([("answers.ordre.0", "Le grenier")], "answers.ordre"),
        ([("answers.autre", "Oui")], "answers.autre"),
        ([("answers.avis", " ")], "answers"),
        ([("consultation", EVENT_ID), ("answers.avis", "Oui")], ""),
    ],
)
def test_answers_that_were_not_asked_for(region: Region, pairs: list[tuple[str, str]], field: str) -> None:
    proposal = region.propose("contribution", ("consultation", CONSULTATION_ID), *pairs)
    assert field in told(proposal)
