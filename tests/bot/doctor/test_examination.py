"""Each thing that can be wrong is told with what to do; what is fine is told too; no secret is told at all."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.__main__ import main
from scripts.bot.doctor.instruments import Space
from scripts.bot.french import doctor as french
from scripts.bot.store.files import read_only
from tests.bot.doctor.conftest import KEY, SECRET, Pages, Patient
from tests.bot.samples import new

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def repository(patient: Patient) -> Path:
    """The root is the local forge's repository."""
    patient.set(FORGE_URL=str(patient.root))
    subprocess.run(["git", "init", "-q", "-b", "main", str(patient.root)], check=True)
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    subprocess.run(["git", "-C", str(patient.root), "add", "-A"], check=True)
    subprocess.run(["git", "-C", str(patient.root), *identity, "commit", "-q", "-m", "x"], check=True)
    return patient.root


@pytest.mark.usefixtures("repository")
def test_in_good_health_nothing_is_wrong(patient: Patient) -> None:
    found = patient.examine()
    assert [finding for finding in patient.said if finding.health == "wrong"] == []
    for subject in (
        french.SETTINGS,
        french.DISK,
        french.FOLDER,
        french.DATABASE,
        french.WORKER,
        french.ROOT,
        french.INTAKE,
        french.CLOCK,
        french.GIT,
        french.SERVICE,
        french.SITE,
    ):
        assert [finding.health for finding in found[subject]] == ["fine"], subject


def alone(patient: Patient, subject: str) -> str:
    """What is said of the only thing that is wrong, which is about ``subject`` and comes with advice."""
    patient.examine()
    wrong = [finding for finding in patient.said if finding.health == "wrong"]
    assert [finding.subject for finding in wrong] == [subject], wrong
    assert wrong[0].advice
    return wrong[0].said


def test_all_that_is_wrong_with_settings_is_told_at_once(patient: Patient) -> None:
    short = "kurz"
    patient.set(SECRET=short, PUBLIC_URL="nowhere", FORGES="x")
    found = patient.examine()
    assert set(found) == {french.SETTINGS}
    told = "\n".join(finding.said for finding in found[french.SETTINGS])
    assert all(name in told for name in ("CIRCULAR_SECRET", "CIRCULAR_PUBLIC_URL", "CIRCULAR_FORGES"))
    assert short not in told


@pytest.mark.usefixtures("repository")
def test_a_disk_that_fills_up(patient: Patient) -> None:
    patient.instruments = replace(patient.instruments, space=lambda _: Space(100 << 30, 900 << 20))
    assert "0,9\u00a0Go" in alone(patient, french.DISK)


@pytest.mark.usefixtures("repository")
def test_each_disk_is_told_once(patient: Patient) -> None:
    patient.instruments = replace(
        patient.instruments, space=lambda folder: Space(100 << 30, (20 if folder == patient.root else 30) << 30)
    )
    assert [str(patient.state) in one.said for one in patient.examine()[french.DISK]] == [True, False]


@pytest.mark.usefixtures("repository")
def test_a_folder_that_is_none(patient: Patient, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    patient.set(STATE=str(tmp_path / "file"), DATABASE=f"sqlite:///{patient.state}/propositions.sqlite")
    assert str(tmp_path / "file") in alone(patient, french.FOLDER)


def test_without_a_database_there_is_nothing_wrong_yet(patient: Patient) -> None:
    for file in patient.state.iterdir():
        file.unlink()
    (finding,) = patient.examine()[french.DATABASE]
    assert finding.health == "untold"
    assert list(patient.state.iterdir()) == [], "looking makes no database"


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 12] = b"\xff" * 4096 * 9
    path.write_bytes(bytes(content))


def no_database(path: Path) -> None:
    path.write_bytes(b"kein Datenbankinhalt " * 1000)


def newer(path: Path) -> None:
    _write(path, "UPDATE meta SET value = '999' WHERE name = 'schema_version'")


def other_key(path: Path) -> None:
    _write(path, "UPDATE meta SET value = 'x' WHERE name = 'key_check'")


def rollback_journal(path: Path) -> None:
    _write(path, "PRAGMA journal_mode=DELETE")


def open_to_all(path: Path) -> None:
    path.chmod(0o644)


def _write(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("harm", "subject", "named"),
    [
        (damage, french.DATABASE, "abîmée"),
        (no_database, french.DATABASE, "NOTADB"),
        (newer, french.DATABASE, "999"),
        (other_key, french.KEY, "pas celle"),
        (rollback_journal, french.DATABASE, "WAL"),
        (open_to_all, french.DATABASE, "lire"),
    ],
)
def test_a_database_that_is_not_well(patient: Patient, harm: Callable[[Path], None], subject: str, named: str) -> None:
    harm(patient.state / "propositions.sqlite")
    assert named in alone(patient, subject)


@pytest.mark.usefixtures("repository")
def test_a_group_that_shares_the_folder_may_share_the_database(patient: Patient) -> None:
    patient.state.chmod(0o2770)
    (patient.state / "propositions.sqlite").chmod(0o660)
    assert [finding.health for finding in patient.examine()[french.DATABASE]] == ["fine"]
    (patient.state / "propositions.sqlite").chmod(0o664)
    alone(patient, french.DATABASE)


@pytest.mark.usefixtures("repository")
def test_looking_changes_nothing(patient: Patient) -> None:
    database = patient.state / "propositions.sqlite"
    before = database.read_bytes()
    patient.examine()
    assert database.read_bytes() == before
    read_only(database, 1.0).close()


@pytest.mark.usefixtures("repository")
def test_work_that_nobody_does(patient: Patient) -> None:
    store = patient.open()
    store.add(new(1, created=dt.datetime.now(dt.UTC) - dt.timedelta(hours=2)))
    store.add(new(2, created=dt.datetime.now(dt.UTC)))
    store.close()
    assert alone(patient, french.WORKER).startswith("une proposition attend")


@pytest.mark.usefixtures("repository")
def test_what_the_worker_complains_of(patient: Patient) -> None:
    store = patient.open()
    store.raise_notice("forge", "La forge ne reconnaît pas le jeton.", dt.datetime.now(dt.UTC))
    store.close()
    assert "ne reconnaît pas le jeton" in alone(patient, french.WORKER)


@pytest.mark.usefixtures("repository")
def test_a_root_with_errors(patient: Patient) -> None:
    (patient.root / "data" / "members" / "ines-falaise.yaml").write_text("nom: Inès\n", "utf-8")
    assert str(patient.root) in alone(patient, french.ROOT)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(("line", "health"), [("", "untold"), ("intake: https://ailleurs.example.org", "wrong")])
def test_forms_that_are_sent_elsewhere(patient: Patient, line: str, health: str) -> None:
    site = patient.root / "data" / "site.yaml"
    kept = [one for one in site.read_text("utf-8").splitlines() if not one.startswith("intake:")]
    site.write_text("\n".join([*kept, line]) + "\n", "utf-8")
    (finding,) = patient.examine()[french.INTAKE]
    assert finding.health == health
    assert patient.environment["CIRCULAR_PUBLIC_URL"] in finding.advice


@pytest.mark.usefixtures("repository")
def test_a_clock_before_the_last_change_of_the_site(patient: Patient) -> None:
    long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    patient.instruments = replace(patient.instruments, clock=lambda: long_ago)
    assert "en retard" in alone(patient, french.CLOCK)


def test_a_folder_that_is_no_repository(patient: Patient) -> None:
    patient.set(FORGE_URL=str(patient.root))
    alone(patient, french.GIT)


def test_the_worker_makes_the_repository(patient: Patient) -> None:
    (finding,) = patient.examine()[french.GIT]
    assert finding.health == "untold"
    assert str(patient.root / ".forge" / "site.git") in finding.said


def test_a_branch_that_is_not_there(patient: Patient, repository: Path) -> None:
    subprocess.run(["git", "-C", str(repository), "symbolic-ref", "HEAD", "refs/heads/principale"], check=True)
    assert "principale" in alone(patient, french.GIT)


@pytest.mark.usefixtures("repository")
def test_a_repository_with_a_hole(patient: Patient) -> None:
    objects = [path for path in (patient.root / ".git" / "objects").glob("??/*") if path.is_file()]
    names = {path.parent.name + path.name: path for path in objects}
    blob = subprocess.run(
        ["git", "-C", str(patient.root), "rev-parse", "HEAD:data/site.yaml"], capture_output=True, text=True, check=True
    ).stdout.strip()
    names[blob].unlink()
    alone(patient, french.GIT)


@pytest.mark.usefixtures("repository")
def test_a_review_page_that_everybody_may_use(patient: Patient) -> None:
    (finding,) = patient.examine()[french.REVIEW]
    assert finding.health == "untold"
    patient.set(HOST="0.0.0.0")  # noqa: S104  # only read
    alone(patient, french.REVIEW)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("path", "answer", "named"),
    [
        ("/sante", (503, b'{"status": "fail", "database": false, "site": true}'), "la base"),
        ("/sante", (200, b'{"status": "fail", "database": true}'), "les fichiers du site"),
        ("/sante", (200, b"<h1>Bienvenue</h1>"), "pas le service"),
        ("/sante", (502, b"Bad Gateway"), "502"),
        ("/sante", (200, b"[1]"), "pas le service"),
        ("/site/", (404, b"nothing"), "404"),
    ],
)
def test_pages_that_do_not_answer_as_they_should(
    patient: Patient, pages: Pages, path: str, answer: tuple[int, bytes], named: str
) -> None:
    pages.pages[path] = answer
    assert named in alone(patient, french.SITE if path == "/site/" else french.SERVICE)


@pytest.mark.usefixtures("repository")
def test_nobody_answers(patient: Patient) -> None:
    patient.set(SITE_URL="http://127.0.0.1:9")
    assert "injoignable" in alone(patient, french.SITE)


@pytest.mark.usefixtures("repository")
def test_the_command(patient: Patient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for name, value in patient.environment.items():
        monkeypatch.setenv(name, value)
    assert main(["bot", "doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "✓ réglages\u202f: lisibles et complets"
    assert lines[-1] == "Tout va bien."
    assert {line[0] for line in lines if line and not line.startswith(" ")} == {"✓", "–", "T"}

    monkeypatch.setenv("CIRCULAR_SITE_URL", "http://127.0.0.1:9")
    assert main(["bot", "doctor"]) == 1
    out = capsys.readouterr().out
    assert "✗ site (de l’extérieur)\u202f: http://127.0.0.1:9/ ne répond pas" in out
    assert "\n    à faire\u202f: " in out
    assert out.endswith("\nUn point à corriger.\n")

    assert main(["bot", "doctor", "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["fine"] is False
    assert {"subject", "health", "said", "advice"} == set(told["findings"][0])
    for secret in (SECRET, KEY):
        assert secret not in out + json.dumps(told)


@pytest.mark.parametrize("arguments", [["--send", "nobody"], ["--format", "xml"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert main(["bot", "doctor", *arguments]) == 2
