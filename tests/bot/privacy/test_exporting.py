"""`bot export`: everything, in one file, for the person alone."""

from __future__ import annotations

import json
import stat
import zipfile
from typing import TYPE_CHECKING, get_args

import pytest
from sqlalchemy import insert

from scripts.__main__ import main
from scripts.bot.french import privacy as french
from scripts.bot.store.exactness import ASKS
from scripts.bot.submission import DecisionKind, MomentKind, Picture, State
from tests.bot.samples import NOW, new, posted, sample_id

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.store import Store

INES = "ines@example.org"
PHOTO = Picture("photo.webp", "image/webp", b"a photo")


@pytest.fixture
def known(store: Store) -> Store:
    post = posted(contact_email=INES, contact_name="Inès Falaise", message="Merci", profile={"kind": "citoyen"})
    store.add(new(1, state=State.QUARANTINE, posted=post, pictures=(PHOTO,)))
    store.decide(sample_id(1), "refuse", text="Trop tôt.", by="ana", at=NOW)
    store.add(new(2, posted=posted(contact_email="sacha@example.org", contact_name="Sacha")))
    store.remember_member_email("ines-falaise", INES)
    return store


def ask(store: Store, submission: str) -> None:
    """As if its page had been accepted, and its sender asked."""
    page = {"submission": submission, "target": "articles/2026/atelier", "period": "2026-03-04", "asked": NOW}
    with store.exactness._database.writing() as connection:  # accepted and refused at once: only here
        connection.execute(insert(ASKS).values(**page, token_hash="x"))  # noqa: S106  # no secret


def test_all_that_is_held_and_nothing_of_others(known: Store, capsys: pytest.CaptureFixture[str]) -> None:
    ask(known, sample_id(1))
    assert main(["bot", "export", INES.upper()]) == 0
    told = json.loads(capsys.readouterr().out)
    (one,) = told["propositions"]
    assert one["nom"] == "Inès Falaise"
    assert one["adresse électronique"] == INES
    assert one["texte"] == posted().body
    assert one["champs"] == posted().data
    assert one["fiche de membre"] == {"kind": "citoyen"}
    assert one["mot à la rédaction"] == "Merci"
    assert one["état"] == "refusée"
    assert one["confirmations demandées"] == [
        {"sur": "articles/2026/atelier", "demandé le": "2026-03-04T09:30:00+00:00", "confirmé le": None}
    ]
    assert [line["quoi"] for line in one["suivi"]] == ["reçue", "refusée"]
    assert one["décisions"] == [
        {"le": "2026-03-04T09:30:00+00:00", "quoi": "refus", "par": "la rédaction", "texte": "Trop tôt."}
    ]
    assert one["images"] == [{"fichier": f"images/{sample_id(1)}/photo.webp", "type": "image/webp", "octets": 7}]
    assert told["fiches de membre liées à cette adresse"] == ["ines-falaise"]
    own, *others = told["dans les fichiers du site"]
    assert "name: Inès Falaise" in own["contenu"]
    assert {"membre": "ines-falaise", "fichier": "data/clubs.yaml", "champ": "animator: outilleurs"} in others
    assert "sacha" not in json.dumps(told).casefold()
    assert "ana" not in {line["par"] for line in one["décisions"]}


@pytest.mark.usefixtures("known")
def test_pictures_come_in_an_archive_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "ines.zip"
    assert main(["bot", "export", INES, "--output", str(file)]) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with zipfile.ZipFile(file) as archive:
        assert archive.read(f"images/{sample_id(1)}/photo.webp") == PHOTO.content
        assert json.loads(archive.read("donnees.json"))["adresse"] == INES
    assert main(["bot", "export", INES, "--output", str(file)]) == 2


@pytest.mark.usefixtures("known")
def test_of_a_stranger_there_is_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bot", "export", "nobody@example.org"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["propositions"], told["fiches de membre liées à cette adresse"]) == ([], [])


def test_there_is_a_word_for_each_thing() -> None:
    assert set(french.MOMENTS) == set(get_args(MomentKind))
    assert set(french.DECISIONS) == set(get_args(DecisionKind))
    assert set(french.STATES) == set(State)
