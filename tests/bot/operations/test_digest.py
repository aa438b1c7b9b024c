"""The weekly mail says what waits, since when and for whom; once a week; and names no sender."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plugins.model.load import load_site
from scripts.__main__ import main
from scripts.bot.digest import MOST, digest, queue_digest
from scripts.bot.settings import Settings, load_settings
from scripts.bot.store import Store
from scripts.bot.submission import State
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Site

DAY = dt.timedelta(days=1)
SMALL_ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    shutil.copytree(SMALL_ROOT, tmp_path / "root")
    given = {
        "CIRCULAR_ROOT": str(tmp_path / "root"),
        "CIRCULAR_STATE": str(tmp_path / "state"),
        "CIRCULAR_PUBLIC_URL": "https://formulaires.example.org",
        "CIRCULAR_SECRET": "s" * 40,
        "CIRCULAR_SMTP": "smtp://mail.example.org",
        "CIRCULAR_MAIL_FROM": "participer@example.org",
        "CIRCULAR_MAIL_EDITORS": "redaction@example.org",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load_settings(given, credentials=False)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings.database, key=None)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site() -> Site:
    loaded = load_site(SMALL_ROOT, today=NOW.date()).site
    assert loaded is not None
    return loaded


def waiting(store: Store, number: int, *, at: dt.datetime = NOW, url: str = "", **changes: Any) -> None:
    store.add(new(number, posted=posted(**changes), created=at))
    held = store.lease("w", at, MINUTE)
    assert held is not None
    assert held.submission.id == sample_id(number)
    store.finish(held, replace(held.submission, state=State.WAITING, next_try=None, url=url), now=at)


def told(store: Store, site: Site | None, settings: Settings, now: dt.datetime = NOW) -> tuple[str, str]:
    mail = digest(store, site, settings, now)
    assert mail is not None
    assert isinstance(mail.facts, dict)
    return str(mail.facts["subject"]), str(mail.facts["text"])


def test_what_since_when_and_for_whom(store: Store, site: Site, settings: Settings) -> None:
    data = posted().data
    waiting(store, 1, data={**data, "clubs": ["outilleurs"]}, at=NOW - 9 * DAY, url="https://forge.example.org/12")
    waiting(store, 2, data={**data, "title": "Un autre\r\ntitre"}, at=NOW - DAY)
    store.add(new(3, state=State.QUARANTINE))
    subject, text = told(store, site, settings)
    assert subject == "2\u00a0propositions à relire"
    first, second = text.index("Un atelier de réparation"), text.index("Un autre titre")
    assert first < second
    assert "(article), depuis 9 jours, en retard\n  pour Inès Falaise\n  https://forge.example.org/12\n" in text
    assert f"(article), depuis 1 jour\n  https://formulaires.example.org/relecture/{sample_id(2)}/\n" in text
    assert "1\u00a0proposition est en quarantaine" in text
    assert "Camille" not in text
    assert "@" not in text


def test_what_waits_for_others_is_no_reason_to_write(store: Store, site: Site, settings: Settings) -> None:
    store.add(new(1))
    store.add(new(2, state=State.UNCONFIRMED))
    assert digest(store, site, settings, NOW) is None
    assert queue_digest(store, site, settings, NOW) is None


def test_a_long_list_is_cut(store: Store, settings: Settings) -> None:
    for number in range(1, MOST + 4):
        waiting(store, number)
    subject, text = told(store, None, settings)
    assert subject == f"{MOST + 3}\u00a0propositions à relire"
    assert text.count("- Un atelier") == MOST
    assert "Et encore 3\u00a0propositions." in text


def test_once_a_week(store: Store, site: Site, settings: Settings) -> None:
    """A week begins on Monday at midnight in Paris, which is Sunday evening in UTC."""
    waiting(store, 1)
    sunday = dt.datetime(2026, 3, 8, 22, 59, tzinfo=dt.UTC)
    assert [
        queue_digest(store, site, settings, NOW + hours * dt.timedelta(hours=1)) is not None for hours in (0, 1, 24)
    ] == [
        True,
        False,
        False,
    ]
    assert queue_digest(store, site, settings, sunday) is None
    assert queue_digest(store, site, settings, sunday + MINUTE) is not None
    letters = [store.take_mail("w", sunday + DAY, MINUTE) for _ in range(9)]
    assert sorted(letter.ref for letter in letters if letter and letter.kind == "digest") == ["2026-W10", "2026-W11"]


def test_a_site_that_cannot_be_read_is_no_reason_to_be_silent(store: Store, settings: Settings) -> None:
    waiting(store, 1, data={**posted().data, "clubs": ["outilleurs", {"x": 1}]})
    assert "(article), aujourd’hui" in told(store, None, settings)[1]


def test_the_command(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert settings.mail_editors
    assert main(["bot", "digest"]) == 0
    assert "Rien n’attend" in capsys.readouterr().out
    waiting(store, 1)
    assert main(["bot", "digest", "--show"]) == 0
    assert capsys.readouterr().out.startswith("1\u00a0proposition à relire\n\nBonjour,\n")
    assert main(["bot", "digest"]) == 0
    assert "prêt, le travailleur" in capsys.readouterr().out
    assert main(["bot", "digest"]) == 0
    assert "déjà" in capsys.readouterr().out
    monkeypatch.setenv("CIRCULAR_MAIL_EDITORS", "")
    assert main(["bot", "digest"]) == 1
