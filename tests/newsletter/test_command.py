"""``newsletter`` as editors type it."""

from __future__ import annotations

import email
from email import policy
from typing import TYPE_CHECKING

import pytest

from scripts.__main__ import main
from tests.newsletter.region import write
from tests.scripts.commands import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("racine"))


def letter(root: Path, output: Path, *more: str, today: str = "2026-12-10") -> int:
    arguments = ("--root", str(root), "--today", today, "--output", str(output))
    return main(["newsletter", *arguments, *more])


def said(capsys: pytest.CaptureFixture[str]) -> str:
    captured = capsys.readouterr()
    return (captured.out + captured.err).replace("\u202f", " ").replace("\u00a0", " ")


def test_the_letter_of_the_last_month_that_is_over(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letter(root, tmp_path / "a" / "b") == 0
    assert "Lettre écrite : Réseau du Vallon – lettre de novembre 2026" in said(capsys)
    assert sorted(path.name for path in (tmp_path / "a" / "b").iterdir()) == ["lettre.html", "lettre.txt"]
    assert "https://vallon.example.org/lettres/2026/11/" in (tmp_path / "a" / "b" / "lettre.txt").read_text("utf-8")


def test_all_that_can_be_asked(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    intro = tmp_path / "mot.txt"
    intro.write_bytes("\ufeffBonjour.\r\n\r\nÀ bientôt.\r\n".encode())
    more = ("--club", "repar", "--month", "2026-11", "--intro", str(intro), "--from", "Le réseau <lettre@example.org>")
    assert (
        letter(
            root, tmp_path, *more, "--unsubscribe", "mailto:sortir@example.org", "--site-url", "https://a.example/b/"
        )
        == 0
    )
    assert "Club Repar" in said(capsys)
    text = (tmp_path / "lettre.txt").read_text("utf-8")
    assert "\nBonjour.\n\nÀ bientôt.\n" in text
    assert "https://a.example/b/clubs/repar/" in text
    assert "mailto:sortir@example.org" in text
    message = email.message_from_bytes((tmp_path / "lettre.eml").read_bytes(), policy=policy.default)
    assert str(message["From"]) == "Le réseau <lettre@example.org>"


def test_a_month_that_runs_is_told_as_such(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert letter(root, tmp_path, "--month", "2026-11", today="2026-11-12") == 0
    assert "Le mois n’est pas terminé" in said(capsys)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--month", "2027-01"], "le mois 2027-01 n’a pas encore commencé"),
        (["--month", "2026-13"], "« 2026-13 » n’est pas un mois"),
        (["--month", "0000-01"], "« 0000-01 » n’est pas un mois"),
        (["--month", "novembre"], "« novembre » n’est pas un mois"),
        (["--club", "reparr"], "le club « reparr » n’existe pas. Vouliez-vous dire « repar » ?"),
        (["--pillar", "zzz"], "le pilier « zzz » n’existe pas. Identifiants connus : durer, partager"),
        (["--territory", "vallons"], "le territoire « vallons » n’existe pas. Vouliez-vous dire « vallon » ?"),
        (["--club", "repar", "--pillar", "durer"], "--pillar ne va pas avec --club"),
        (["--intro", "nulle-part.txt"], "le fichier nulle-part.txt n’existe pas"),
        (["--from", "personne"], "« personne » n’est pas un expéditeur"),
        (["--from", "a@b.fr, c@d.fr"], "n’est pas un expéditeur"),
        (["--from", "Nom <a@b c>"], "n’est pas un expéditeur"),
        (["--from", "Nom\nBcc: x <a@b.fr>"], "n’est pas un expéditeur"),
        (["--unsubscribe", "javascript:alert(1)"], "n’est ni une adresse"),
    ],
)
def test_wrong_usage_is_told_in_french_and_nothing_is_written(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[str], sentence: str
) -> None:
    assert letter(root, tmp_path / "lettre", *more) == 2
    assert sentence in said(capsys)
    assert not (tmp_path / "lettre").exists()


def test_words_that_are_no_text_are_refused(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mot.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    assert letter(root, tmp_path / "lettre", "--intro", str(tmp_path / "mot.doc")) == 2
    assert "texte brut, en UTF-8" in said(capsys)


def test_the_letter_never_lies_among_the_sources_nor_in_the_place_of_a_file(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letter(root, root / "content" / "lettres") == 2
    assert "contient les sources du site" in said(capsys)
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    assert letter(root, tmp_path / "fichier") == 2
    assert "n’est pas un dossier" in said(capsys)


def test_nothing_to_tell_writes_nothing_so_that_nothing_is_sent(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert letter(root, tmp_path / "lettre", "--pillar", "partager") == 1
    assert "Rien à dire pour 2026-11" in said(capsys)
    assert not (tmp_path / "lettre").exists()


def test_a_site_with_errors_has_no_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "racine")
    (root / "content/articles/2026/premier.md").write_text("---\ntitle: 1\n---\n", encoding="utf-8")
    assert letter(root, tmp_path / "lettre") == 1
    assert "corrigez d’abord les erreurs" in said(capsys)
    assert not (tmp_path / "lettre").exists()


@pytest.mark.slow
def test_the_command_is_there_and_two_processes_write_the_same(root: Path, tmp_path: Path) -> None:
    written = []
    for name, env in (("a", {"PYTHONHASHSEED": "1", "TZ": "UTC"}), ("b", {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})):
        done = run(
            "newsletter",
            "--root",
            root,
            "--today",
            "2026-12-10",
            "--output",
            tmp_path / name,
            "--from",
            "a@b.fr",
            env=env,
        )
        assert done.returncode == 0, done.stderr
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1]
    assert written[0].keys() == {"lettre.html", "lettre.txt", "lettre.eml"}
