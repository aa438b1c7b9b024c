from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from scripts.__main__ import main
from scripts.arguments import PROJECT, chosen_day
from scripts.command_tree import command_names, command_paths
from tests.scripts.commands import run

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = re.compile(r"\b(error|usage|argument|the|invalid|required|expected|unrecognized|choose)\b", re.IGNORECASE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "il manque"),
        (["danser"], "danser"),
        (["check", "--format", "xml"], "« xml » n’est pas un choix possible"),
        (["check", "--today", "2026-02-30"], "n’est pas une date"),
        (["check", "--today", "20260304"], "n’est pas une date"),
        (["check", "--colour"], "argument inconnu"),
        (["check", "--root"], "il manque la valeur"),
        (["check", "--root", "/nulle/part"], "n’existe pas"),
        (["build", "--jobs", "0"], "n’est pas un nombre entre 1 et"),
        (["build", "--site-url", "exemple.fr"], "n’est pas une adresse complète"),
        (["build", "--site-url", "ftp://exemple.fr"], "n’est pas une adresse complète"),
        (["serve", "--port", "70000"], "n’est pas un nombre entre 0 et 65535"),
    ],
)
def test_wrong_usage_is_explained_in_french_and_ends_with_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert said in shown.err.replace("\u00a0", " ")
    assert shown.out == ""
    assert not ENGLISH.findall(shown.err.replace("Erreur d’utilisation", "").replace("argument inconnu", ""))


def test_a_directory_that_is_no_root_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(tmp_path)]) == 2
    assert "ne contient pas" in capsys.readouterr().err


def test_a_file_is_no_root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "fichier"
    file.write_text("")
    assert main(["check", "--root", str(file)]) == 2
    assert "n’est pas un dossier" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["", "..", "data", "content/site", "data/members"])
def test_output_may_not_be_where_sources_are(root: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--root", str(root), "--output", str(root / where)]) == 2
    assert (root / "data" / "site.yaml").is_file()
    assert "des sources" in capsys.readouterr().err


def test_help_lists_every_command_and_speaks_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for name in command_names():
        assert re.search(rf"^ +{name} +\S", shown, re.MULTILINE)
    assert "show this help" not in shown
    assert not re.search(r"\b(positional|usage:)", shown)


@pytest.mark.parametrize("path", list(command_paths()), ids=" ".join)
def test_each_command_explains_each_of_its_options(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([*path, "--help"])
    shown = capsys.readouterr().out
    assert "affiche cette aide" in shown
    for option in re.findall(r"^  (--[a-z-]+)(?: \S+)?$", shown, re.MULTILINE):
        assert re.search(rf"{option}.*\n +\S", shown)


def test_a_command_of_commands_lists_them_and_explains_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["bot", "--help"])
    shown = capsys.readouterr().out
    for name in command_names("scripts.bot.commands"):
        assert re.search(rf"^ +{name} +\S", shown, re.MULTILINE)
    assert main(["bot"]) == main(["bot", "danser"]) == main(["bot", "intake", "--danser"]) == 2
    assert not ENGLISH.findall(capsys.readouterr().err.replace("argument inconnu", ""))


def test_the_entry_point_stays_small() -> None:
    assert len((PROJECT / "scripts" / "__main__.py").read_text(encoding="utf-8").splitlines()) <= 60


def test_source_date_epoch_is_the_day_where_none_is_given() -> None:
    assert chosen_day(None, {"SOURCE_DATE_EPOCH": "1772582400"}).isoformat() == "2026-03-04"


def test_a_wrong_source_date_epoch_is_wrong_usage(small_root: Path) -> None:
    done = run("check", "--root", small_root, env={"SOURCE_DATE_EPOCH": "demain"})
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_make_help_lists_the_public_commands() -> None:
    done = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)
    for name in ("site", "test", "serve", "check", "new", "help"):
        assert f"make {name} " in done.stdout
