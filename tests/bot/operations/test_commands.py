"""The administrator's commands, as they are typed."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from scripts.__main__ import main
from scripts.bot.store import Store
from tests.bot.postgresql import server
from tests.bot.samples import new, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
KEY = Fernet.generate_key().decode()
CAMILLE = "camille@example.org"


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a service whose own folder is the one given."""
    state = tmp_path / "state"
    for name, value in {
        "ROOT": str(ROOT),
        "STATE": str(state),
        "PUBLIC_URL": "https://formulaires.example.org",
        "SECRET": "s" * 40,
        "ENCRYPTION_KEY": KEY,
    }.items():
        monkeypatch.setenv(f"CIRCULAR_{name}", value)
    return state


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What was written since it was last asked."""

    def read() -> str:
        out, err = capsys.readouterr()
        return out + err

    return read


def fill(state: Path, *numbers: int) -> None:
    store = Store.open(f"sqlite:///{state}/propositions.sqlite", key=KEY.encode())
    for number in numbers:
        store.add(new(number))
    store.close()


def known(state: Path, *numbers: int) -> set[int]:
    store = Store.open(f"sqlite:///{state}/propositions.sqlite", key=KEY.encode())
    found = {number for number in numbers if store.by_id(sample_id(number))}
    store.close()
    return found


def test_back_up_and_restore(configured: Path, tmp_path: Path, said: Callable[[], str]) -> None:
    fill(configured, 1)
    assert main(["bot", "backup", str(tmp_path / "b.zip")]) == 0
    assert "1 proposition," in said()
    fill(configured, 2)
    assert main(["bot", "restore", str(tmp_path / "b.zip")]) == 1
    assert "--force" in said()
    assert known(configured, 1, 2) == {1, 2}
    assert main(["bot", "restore", str(tmp_path / "b.zip"), "--force"]) == 0
    assert "1 proposition." in said()
    assert known(configured, 1, 2) == {1}


def test_a_backup_is_never_written_over_something(configured: Path, tmp_path: Path) -> None:
    fill(configured, 1)
    (tmp_path / "b.zip").write_text("précieux", encoding="utf-8")
    assert main(["bot", "backup", str(tmp_path / "b.zip")]) == 2
    assert (tmp_path / "b.zip").read_text(encoding="utf-8") == "précieux"


def test_who_was_erased_after_the_backup_does_not_come_back(
    configured: Path, tmp_path: Path, said: Callable[[], str]
) -> None:
    fill(configured, 1)
    assert main(["bot", "backup", str(tmp_path / "b.zip")]) == 0
    assert main(["bot", "erase", CAMILLE, "--yes"]) == 0
    said()
    assert main(["bot", "restore", str(tmp_path / "b.zip"), "--force"]) == 0
    assert "refaits\u202f: 1" in said()
    store = Store.open(f"sqlite:///{configured}/propositions.sqlite", key=KEY.encode())
    assert not store.privacy.held(CAMILLE)
    store.close()


def test_another_key_is_told_before_anything_is_changed(
    configured: Path, tmp_path: Path, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(configured, 1)
    main(["bot", "backup", str(tmp_path / "b.zip")])
    fill(configured, 2)
    said()
    monkeypatch.setenv("CIRCULAR_ENCRYPTION_KEY", Fernet.generate_key().decode())
    assert main(["bot", "restore", str(tmp_path / "b.zip"), "--force"]) == 1
    assert "CIRCULAR_ENCRYPTION_KEY" in said()
    assert known(configured, 1, 2) == {1, 2}
    assert [path.name for path in configured.iterdir()] == ["propositions.sqlite"]


def test_neither_process_starts_on_a_database_that_it_cannot_use(
    configured: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]
) -> None:
    """The intake's own processes would die and be started again without end."""
    fill(configured, 1)
    for command in ("intake", "worker"):
        with monkeypatch.context() as other:
            other.setenv("CIRCULAR_ENCRYPTION_KEY", Fernet.generate_key().decode())
            assert main(["bot", command]) == 1
            told = said()
            assert "ENCRYPTION_KEY" in told
            assert "Traceback" not in told
    database = configured / "propositions.sqlite"
    database.write_bytes(b"no database" * 1000)
    for command in ("intake", "worker"):
        assert main(["bot", command]) == 1
        assert "sauvegarde" in said()
    assert main(["bot", "backup", str(configured / "copy.zip")]) == 1
    assert "abîmée" in said()


def test_a_damaged_journal_of_erasures_is_told_before_a_backup_brings_anybody_back(
    configured: Path, tmp_path: Path, said: Callable[[], str]
) -> None:
    fill(configured, 1)
    file = tmp_path / "copy.zip"
    assert main(["bot", "backup", str(file)]) == 0
    (configured / "effacements.jsonl").write_text("?\n")
    assert main(["bot", "restore", str(file), "--force"]) == 1
    assert "effacements.jsonl, ligne 1" in said()


def test_a_running_service_is_told(configured: Path, tmp_path: Path, said: Callable[[], str]) -> None:
    fill(configured, 1)
    main(["bot", "backup", str(tmp_path / "b.zip")])
    said()
    store = Store.open(f"sqlite:///{configured}/propositions.sqlite", key=KEY.encode())
    assert main(["bot", "restore", str(tmp_path / "b.zip"), "--force"]) == 1
    store.close()
    assert "Arrêtez" in said()


def test_no_settings_no_database_no_file(
    configured: Path, tmp_path: Path, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["bot", "restore", str(tmp_path / "none.zip")]) == 2
    assert main(["bot", "backup", str(tmp_path / "none" / "b.zip")]) == 2
    assert main(["bot", "backup", str(tmp_path / "b.zip")]) == 1
    assert "base" in said()
    assert not configured.exists()
    monkeypatch.delenv("CIRCULAR_SECRET")
    assert main(["bot", "backup", str(tmp_path / "b.zip")]) == 2
    assert "CIRCULAR_SECRET" in said()


def test_purging_by_hand(configured: Path, said: Callable[[], str]) -> None:
    fill(configured, 1)
    assert main(["bot", "purge"]) == 0
    assert "Propositions effacées\u202f: 0" in said()


@pytest.mark.usefixtures("configured")
def test_the_database_s_password_is_not_shown(
    tmp_path: Path, said: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CIRCULAR_DATABASE", "postgresql://circular:geheim@127.0.0.1:9/propositions")
    assert main(["bot", "backup", str(tmp_path / "b.dump")]) == 1
    told = said()
    assert "postgresql://circular@127.0.0.1:9/propositions" in told
    assert "geheim" not in told


@pytest.mark.slow
@pytest.mark.usefixtures("configured")
def test_a_server_s_database_is_backed_up_by_its_own_tools_as_we_say(
    said: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The commands that we print are run as they stand."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder, server(Path(folder)) as address:
        monkeypatch.setenv("CIRCULAR_DATABASE", address)
        store = Store.open(address, key=KEY.encode())
        store.add(new(1))
        file = tmp_path_factory.mktemp("pg") / "b.dump"
        assert main(["bot", "backup", str(file)]) == 1
        dump, restore, again = re.findall(r"^  (.+)$", said(), re.MULTILINE)
        assert again == "python -m scripts bot erase --again"
        subprocess.run(dump.split(), check=True)
        assert main(["bot", "erase", CAMILLE, "--yes"]) == 0
        store.add(new(2))
        store.close()
        subprocess.run(restore.split(), check=True)
        assert main(again.split()[3:]) == 0
        store = Store.open(address, key=KEY.encode())
        assert store.by_id(sample_id(2)) is None
        assert store.by_id(sample_id(1)) is not None
        assert not store.privacy.held(CAMILLE)
        store.close()


def test_another_key(
    configured: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[[], str]
) -> None:
    fill(configured, 1)
    file, fresh = tmp_path / "new-key", Fernet.generate_key().decode()
    assert main(["bot", "rekey", str(file)]) == 2
    file.write_text("no key")
    assert main(["bot", "rekey", str(file)]) == 2
    file.write_text(f"{fresh}\n")
    store = Store.open(f"sqlite:///{configured}/propositions.sqlite", key=KEY.encode())
    assert main(["bot", "rekey", str(file)]) == 1
    assert "Arrêtez" in said()
    store.close()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{fresh}\n"))
    assert main(["bot", "rekey", "-"]) == 0
    assert "1 adresse)" in said()
    assert main(["bot", "rekey", str(file)]) == 1
    assert "ENCRYPTION_KEY" in said()
    monkeypatch.setenv("CIRCULAR_ENCRYPTION_KEY", fresh)
    assert main(["bot", "purge"]) == 0


def test_moving_to_another_database(configured: Path, tmp_path: Path, said: Callable[[], str]) -> None:
    fill(configured, 1, 2)
    target = f"sqlite:///{tmp_path}/elsewhere.sqlite"
    assert main(["bot", "move", target]) == 0
    assert target in said()
    store = Store.open(target, key=KEY.encode())
    assert sum(store.counts().values()) == 2
    store.close()
    assert main(["bot", "move", target]) == 1
    assert "pas vide" in said()
    assert main(["bot", "move", "mysql://x"]) == 2
    assert main(["bot", "move", ""]) == 2
