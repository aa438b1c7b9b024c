"""`bot erase`: what it says, asks, does and leaves to people."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scripts.__main__ import main
from scripts.bot.privacy import journal
from scripts.bot.submission import State
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.settings import Settings
    from scripts.bot.store import Store

INES = "ines@example.org"
MEMBER = "ines-falaise"


@pytest.fixture
def known(store: Store) -> Store:
    """A store with two proposals of Inès, whose address is that of the member."""
    store.add(new(1, posted=posted(contact_email=INES, contact_name="Inès Falaise")))
    store.add(new(2, state=State.QUARANTINE, posted=posted(contact_email=INES.upper())))
    store.remember_member_email(MEMBER, INES)
    return store


def removals(store: Store) -> list[str]:
    return [one.posted.target for one in store.listed(list(State)) if one.posted.action == "remove"]


def test_what_stands_in_git_is_listed_and_its_removal_proposed(
    known: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bot", "erase", INES, "--yes"]) == 0
    said = capsys.readouterr().out
    for named in (
        "data/members/ines-falaise.yaml (fiche de membre)",
        "data/clubs.yaml (animator: outilleurs)",
        "content/initiatives/2026/compost-du-port.md (holder)",
        "content/articles/2025/une-echelle-pour-dix.md (authors)",
        sample_id(1),
        sample_id(2),
    ):
        assert named in said
    (removal,) = [one for one in known.listed([State.QUEUED]) if one.posted.action == "remove"]
    assert (removal.posted.type_name, removal.posted.target) == ("member", MEMBER)
    assert removal.id in said
    assert "ines@" not in removal.posted.to_json().casefold()
    assert not known.privacy.held(INES)


def test_a_member_who_was_proposed_with_the_first_entry_is_known_without_a_confirmed_address(
    store: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a mail server no address is ever confirmed, and none remembered."""
    store.add(new(1, posted=posted(contact_email=INES, profile={"kind": "citoyen"})))
    store.add(new(2, posted=posted(contact_email=INES, type_name="member", action="edit", target="autre-membre")))
    paths = ("content/articles/2026/une-page.md", f"data/members/{MEMBER}.yaml")
    for number in (1, 2):
        held = store.lease("w", NOW + number * MINUTE, MINUTE)
        assert held is not None
        is_first = held.submission.id == sample_id(1)
        seen = {"member": MEMBER} if is_first else {}
        made: dict[str, Any] = (
            {"entry_id": "articles/2026/une-page", "paths": paths} if is_first else {"entry_id": "autre-membre"}
        )
        ended = replace(held.submission, state=State.PUBLISHED, next_try=None, seen=seen, **made)
        store.finish(held, ended, now=NOW)
    assert main(["bot", "erase", INES, "--yes"]) == 0
    said = capsys.readouterr().out
    assert "content/articles/2026/une-page.md" in said
    assert removals(store) == [MEMBER]
    assert settings.forge == "local"
    assert "ne s’efface que là-bas" not in said


def test_twice_is_once(known: Store, capsys: pytest.CaptureFixture[str]) -> None:
    main(["bot", "erase", INES, "--yes"])
    capsys.readouterr()
    assert main(["bot", "erase", INES, "--yes"]) == 0
    assert "Rien n’est gardé" in capsys.readouterr().out
    assert main(["bot", "erase", INES, "--yes", "--member", MEMBER]) == 0
    assert "déjà faite" in capsys.readouterr().out
    assert removals(known) == [MEMBER]


def test_a_removal_for_another_state_of_the_file_is_another_proposal(known: Store, settings: Settings) -> None:
    main(["bot", "erase", INES, "--yes"])
    file = settings.root / "data" / "members" / f"{MEMBER}.yaml"
    file.write_text(file.read_text("utf-8") + "\n# revue\n", "utf-8")
    main(["bot", "erase", INES, "--yes", "--member", MEMBER])
    assert removals(known) == [MEMBER, MEMBER]


def test_killed_between_both_a_second_time_finishes(known: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The removal is stored first, so the address still says which member it was."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("scripts.bot.privacy.erasing.journal.write", killed)
        assert main(["bot", "erase", INES, "--yes"]) == 130
    assert main(["bot", "erase", INES, "--yes"]) == 0
    assert removals(known) == [MEMBER]
    assert not known.privacy.held(INES)


def test_without_proposal(known: Store) -> None:
    assert main(["bot", "erase", INES, "--yes", "--no-proposal"]) == 0
    assert removals(known) == []
    assert not known.privacy.held(INES)


@pytest.mark.parametrize(("answer", "erased"), [("oui\n", True), ("OUI\n", True), ("non\n", False), ("", False)])
def test_it_asks_first(
    known: Store,
    answer: str,
    erased: bool,  # a parameter of the test
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert main(["bot", "erase", INES]) == (0 if erased else 1)
    assert bool(known.privacy.held(INES)) is not erased
    assert bool(removals(known)) is erased
    assert ("Rien n’a été effacé" in capsys.readouterr().out) is not erased


def test_a_root_that_cannot_be_read_keeps_nobody_in_the_database(
    known: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.root / "data" / "site.yaml").write_text("name: [", "utf-8")
    (settings.root / "data" / "pillars.yaml").write_text(": :", "utf-8")
    assert main(["bot", "erase", INES, "--yes"]) == 0
    assert not known.privacy.held(INES)
    assert capsys.readouterr().err.startswith("Les fichiers du site ne peuvent pas être lus")


@pytest.mark.parametrize("arguments", [["pas une adresse"], [], [INES, "--again"], ["a@b@c"]])
@pytest.mark.usefixtures("settings")
def test_wrong_usage(arguments: list[str]) -> None:
    assert main(["bot", "erase", *arguments, "--yes"]) == 2


@pytest.mark.usefixtures("known")
def test_the_journal_names_nobody(settings: Settings) -> None:
    main(["bot", "erase", INES, "--yes"])
    file = settings.state / journal.NAME
    assert "ines" not in file.read_text("ascii")
    assert file.stat().st_mode & 0o777 == 0o600
    (line,) = [json.loads(line) for line in file.read_text("ascii").splitlines()]
    assert set(line) == {"hash", "at"}


def test_after_a_restoration_the_journal_is_enough(
    known: Store, settings: Settings, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    main(["bot", "erase", INES, "--yes", "--no-proposal"])
    known.add(new(3, posted=posted(contact_email=INES)))
    capsys.readouterr()
    assert main(["bot", "erase", "--again"]) == 0
    assert capsys.readouterr().out == "Effacements du journal refaits\u202f: 1.\n"
    assert not known.privacy.held(INES)
    assert settings.state.is_relative_to(tmp_path)
