"""The daily purge, by the settings' periods; `tests/bot/store/test_privacy.py` has the periods themselves."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.__main__ import main
from scripts.bot.privacy import journal
from scripts.bot.privacy.purging import KEPT_PICTURES, Purge, purge
from scripts.bot.submission import State
from scripts.bot.web.posting.kept import KeptPictures
from tests.bot.samples import MINUTE, NOW, new

if TYPE_CHECKING:
    from scripts.bot.settings import Settings
    from scripts.bot.store import Store

DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(("state", "days"), [(State.QUARANTINE, 3), (State.UNCONFIRMED, 4)])
def test_the_settings_decide(store: Store, settings: Settings, state: State, days: int) -> None:
    store.add(new(1, state=state))
    changed = replace(settings, quarantine_days=3, unconfirmed_days=4)
    assert purge(store, changed, NOW + (days - 1) * DAY).vanished == 0
    assert purge(store, changed, NOW + days * DAY).vanished == 1


def test_finished_ones_lose_their_sender_and_then_go(store: Store, settings: Settings) -> None:
    store.add(new(1))
    held = store.lease("w", NOW, MINUTE)
    assert held is not None
    store.finish(held, replace(held.submission, state=State.REFUSED, next_try=None), now=NOW)
    changed = replace(settings, contact_days=10, retention_days=20)
    found = [purge(store, changed, NOW + days * DAY) for days in (9, 10, 11, 19, 20, 21)]
    assert [(one.blanked, one.vanished) for one in found] == [(0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0)]


def test_former_members_are_forgotten_only_once_nothing_is_on_its_way(store: Store, settings: Settings) -> None:
    store.remember_member_email("ines-falaise", "ines@example.org")
    store.remember_member_email("partie", "partie@example.org")
    store.add(new(1))
    held = store.lease("w", NOW, MINUTE)
    assert held is not None
    store.finish(held, replace(held.submission, state=State.MERGED), now=NOW)
    assert purge(store, settings, NOW).members == 0
    again = store.lease("w", NOW + MINUTE, MINUTE)
    assert again is not None
    store.finish(again, replace(again.submission, state=State.PUBLISHED, next_try=None), now=NOW)
    assert purge(store, settings, NOW) == Purge(0, 0, 1, 0)
    assert store.knows_member_email("ines-falaise", "ines@example.org") is True
    assert store.knows_member_email("partie", "partie@example.org") is None


def test_a_root_that_is_not_there_makes_nobody_a_former_member(store: Store, settings: Settings) -> None:
    store.remember_member_email("ines-falaise", "ines@example.org")
    assert purge(store, replace(settings, root=settings.root / "elsewhere"), NOW).members == 0


def test_a_line_of_the_journal_that_a_power_cut_tore_is_none_and_leaves_its_place_to_the_next(
    settings: Settings,
) -> None:
    """It is on the disk before anything is erased, so nothing was."""
    settings.state.mkdir(exist_ok=True)
    first, second = (journal.Erasure(f"{number:064}", NOW) for number in (1, 2))
    journal.write(settings.state, first)
    with (settings.state / journal.NAME).open("a") as file:
        file.write('{"hash": "00')
    assert journal.read(settings.state) == [first]
    journal.write(settings.state, second)
    assert journal.read(settings.state) == [first, second]


@pytest.mark.parametrize("line", ["", "{", "{}", "[]", '{"hash": "a", "at": "yesterday"}', "é"])
def test_a_damaged_line_is_named(settings: Settings, line: str) -> None:
    settings.state.mkdir(exist_ok=True)
    journal.write(settings.state, journal.Erasure("0" * 64, NOW))
    with (settings.state / journal.NAME).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(journal.JournalError) as told:
        journal.read(settings.state)
    assert told.value.line == 2


def test_the_journal_is_kept_as_long_as_backups(store: Store, settings: Settings) -> None:
    for number, days in enumerate((0, 100)):
        journal.write(settings.state, journal.Erasure(f"{number:064}", NOW + days * DAY))
    purge(store, settings, NOW + 399 * DAY)
    assert len(journal.read(settings.state)) == 2
    purge(store, settings, NOW + 400 * DAY)
    assert [line.hashed for line in journal.read(settings.state)] == [f"{1:064}"]
    purge(store, settings, NOW + 900 * DAY)
    assert journal.read(settings.state) == []


def test_pictures_of_forms_that_nobody_sent_again_go(store: Store, settings: Settings) -> None:
    kept = KeptPictures(settings.state / KEPT_PICTURES, lambda: NOW, bytes)
    reference = kept.keep(b"a photo", ".webp")
    assert kept.get(reference, "photo") is not None
    purge(store, settings, NOW + MINUTE)
    assert kept.get(reference, "photo") is not None
    purge(store, settings, NOW + DAY + MINUTE)
    assert list(kept.folder.iterdir()) == []


def test_a_root_with_an_error_makes_nobody_a_former_member(
    store: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    store.remember_member_email("ines-falaise", "ines@example.org")
    file = settings.root / "data" / "members" / "ines-falaise.yaml"
    file.write_text("name: [", "utf-8")
    assert main(["bot", "purge"]) == 0
    assert store.knows_member_email("ines-falaise", "ines@example.org") is True
    file.write_text("name: Inès Falaise\nkind: citoyen\n", "utf-8")
    store.remember_member_email("partie", "x@example.org")
    capsys.readouterr()
    assert main(["bot", "purge"]) == 0
    assert "partis\u202f: 1" in capsys.readouterr().out
    assert store.knows_member_email("ines-falaise", "ines@example.org") is True
