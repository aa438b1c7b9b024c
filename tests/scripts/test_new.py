from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.model.front_matter import read_entry
from tests.scripts.commands import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

SUMMARY = "Apportez votre vélo : des bénévoles vous aident à le réparer et à le régler."


def _member(root: Path) -> str:
    return min(path.stem for path in (root / "data/members").iterdir())


def _event(root: Path, **changes: str) -> list[str]:
    """The answers to the questions of an event, one a line; ``changes`` replaces some."""
    answers = {
        "title": "Atelier vélo au quai n° 2",
        "summary": SUMMARY,
        "all_day": "",
        "start": "14/03/2026 18h30",
        "place": "oui",
        "place.name": "Maison du quai",
        "place.address": "",
        "place.commune": "97850",
        "place.lat": "",
        "place.lon": "",
        "authors": _member(root),
        "pillars": "2, Recyclage et valorisation",
        "date": "",
        "body": "Le texte vient ici.",
        "more": "non",
    }
    return list((answers | changes).values())


def _new(root: Path, kind: str, answers: list[str]) -> CompletedProcess[str]:
    return run("new", kind, "--root", root, "--today", TODAY, answers="".join(f"{line}\n" for line in answers))


def _files(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


def test_an_event_is_written_and_the_root_stays_valid(root: Path) -> None:
    done = _new(root, "event", _event(root))
    assert done.returncode == 0, done.stderr
    assert "content/events/2026/atelier-velo-au-quai-n-2.md" in done.stdout
    written = read_entry((root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_bytes())
    assert written.data == {
        "title": "Atelier vélo au quai n° 2",
        "summary": SUMMARY,
        "start": "2026-03-14T18:30",
        "place": {"name": "Maison du quai", "commune": "97850"},
        "authors": [_member(root)],
        "pillars": ["ecoconception", "recyclage-et-valorisation"],
        "date": TODAY,
    }
    assert written.body.strip() == "Le texte vient ici."
    assert run("check", "--root", root, "--today", TODAY).returncode == 0


def test_questions_show_label_help_and_example_in_french(root: Path) -> None:
    shown = _new(root, "event", _event(root)).stdout
    assert "Titre\n  De quoi s’agit-il" in shown
    assert "Exemple\u202f: Atelier de réparation" in shown
    assert "2. Écoconception" in shown
    assert "(o/N)" in shown


@pytest.mark.parametrize("name", ["events", "agenda", "evenement", "évènement"])
def test_a_type_answers_to_its_folder_its_address_and_its_french_name(root: Path, name: str) -> None:
    assert _new(root, name, _event(root)).returncode == 0


def test_a_second_entry_of_the_same_title_gets_a_name_of_its_own(root: Path) -> None:
    assert _new(root, "event", _event(root)).returncode == 0
    before = (root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_bytes()
    assert _new(root, "event", _event(root)).returncode == 0
    assert (root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_bytes() == before
    assert (root / "content/events/2026/atelier-velo-au-quai-n-2-2.md").is_file()


def test_a_wrong_answer_is_explained_and_asked_again(root: Path) -> None:
    answers = _event(root, title="Vélo\nAtelier vélo au quai n° 2", start="2026-02-30T18:30\n14/03/2026 à 18h30")
    done = _new(root, "event", answers)
    assert done.returncode == 0, done.stdout
    assert "✗ Titre\u202f: il faut au moins 5 caractères" in done.stdout.replace(" : ", "\u202f: ")
    assert "✗ Début" in done.stdout


def test_an_unknown_name_shows_the_nearest_known_ones(root: Path) -> None:
    member = _member(root)
    done = _new(root, "event", _event(root, authors=f"{member}x\n{member}"))
    assert done.returncode == 0, done.stdout
    assert f"Vouliez-vous dire « {member} »" in done.stdout.replace("\u00a0", " ")


def test_a_member_may_be_named_in_words(root: Path) -> None:
    member = _member(root)
    name = (root / f"data/members/{member}.yaml").read_text(encoding="utf-8").splitlines()[0].removeprefix("name: ")
    done = _new(root, "event", _event(root, authors=name.strip('"').upper()))
    assert done.returncode == 0, done.stdout
    assert f"- {member}\n" in (root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_text(encoding="utf-8")


def test_an_event_needs_a_place_or_a_link(root: Path) -> None:
    title, summary, all_day, start, *_, authors, pillars, date, body, more = _event(root)
    neither, then_a_link = ["non", ""], ["non", "https://example.org/salle"]
    required = [title, summary, all_day, start, *neither, authors, pillars, date, *then_a_link]
    done = _new(root, "event", [*required, body, more])
    assert "✗" in done.stdout
    assert done.returncode == 0, done.stdout
    text = (root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_text(encoding="utf-8")
    assert "online: https://example.org/salle" in text


def test_answers_that_end_too_soon_leave_nothing(root: Path) -> None:
    before = _files(root)
    done = _new(root, "event", _event(root)[:4])
    assert done.returncode == 1
    assert "rien n’a été écrit" in done.stderr
    assert _files(root) == before


def test_hostile_answers_become_inert_text(root: Path) -> None:
    title = '../../../etc/passwd {{ 7*7 }} "# !!python/object'
    done = _new(root, "event", _event(root, title=title, body="---\ntitle: Autre"))
    assert done.returncode in {0, 1}
    assert "Traceback" not in done.stderr
    (written,) = _files(root) - {*_files_before(root)}
    assert written.startswith("content/events/2026/")
    assert read_entry((root / written).read_bytes()).data["title"] == title


def _files_before(root: Path) -> set[str]:
    """What the generator wrote: everything but the file whose name tells of the hostile title."""
    return {name for name in _files(root) if "etc-passwd" not in name}


def test_an_unknown_type_lists_the_types(root: Path) -> None:
    done = run("new", "chanson", "--root", root)
    assert done.returncode == 2
    assert "« chanson » n’existe pas" in done.stderr.replace("\u00a0", " ")
    for name in ("article", "event", "member"):
        assert f"\n  {name} " in done.stderr


def test_a_member_is_written_beside_the_others(root: Path) -> None:
    done = _new(root, "member", ["Une nouvelle personne", "6", "non"])
    assert done.returncode == 0, done.stdout + done.stderr
    text = (root / "data/members/une-nouvelle-personne.yaml").read_text(encoding="utf-8")
    assert text.startswith("name: Une nouvelle personne\nkind: citoyen\n")
    assert run("check", "--root", root, "--today", TODAY).returncode == 0


def test_optional_fields_are_asked_when_wanted(root: Path) -> None:
    sections = ["n", "n", "o", "", "", "réparation, vélo", ""]
    answers = [*_event(root, more="oui"), *sections]
    done = _new(root, "event", answers)
    assert done.returncode == 0, done.stdout
    data = read_entry((root / "content/events/2026/atelier-velo-au-quai-n-2.md").read_bytes()).data
    assert isinstance(data, dict)
    assert data.get("tags") == ["réparation", "vélo"]
