"""``bot broken`` as it is typed: what a report has that is new reaches editors, the author, the review and the desk."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scripts.__main__ import main
from scripts.bot.broken.guide import guide_of
from scripts.bot.mail.compose import Sender, compose
from scripts.bot.settings import Settings, load_settings
from scripts.bot.store import Store
from scripts.bot.submission import State
from tests.bot.samples import MINUTE, NOW, new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

PAGE = "content/articles/2026/atelier.md"
PROBLEM = {
    "path": PAGE,
    "line": 4,
    "column": 7,
    "field": "date",
    "code": "bad-date",
    "severity": "error",
    "message": "« hier » n’est pas une date.",
    "suggestion": "Écrivez-la comme 2026-03-04.",
}
SENDER = Sender("Boucles", "robot@example.org", ("redaction@example.org",), "https://formulaires.example.org")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    (tmp_path / "root/data").mkdir(parents=True)
    given = {
        "CIRCULAR_ROOT": str(tmp_path / "root"),
        "CIRCULAR_STATE": str(tmp_path / "state"),
        "CIRCULAR_PUBLIC_URL": "https://formulaires.example.org",
        "CIRCULAR_SECRET": "s" * 40,
        "CIRCULAR_SMTP": "smtp://mail.example.org",
        "CIRCULAR_MAIL_FROM": "robot@example.org",
        "CIRCULAR_MAIL_EDITORS": "redaction@example.org",
        "CIRCULAR_FORGE": "forgejo",
        "CIRCULAR_FORGE_URL": "https://forge.example.org",
        "CIRCULAR_FORGE_REPOSITORY": "reseau/site",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load_settings(given, credentials=False)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """With an accepted proposal, whose page is `PAGE`."""
    settings.state.mkdir()
    opened = Store.open(settings.database, key=None)
    opened.add(new(mails=()))
    lease = opened.lease("w", NOW, MINUTE)
    assert lease is not None
    changed = replace(lease.submission, state=State.PUBLISHED, paths=(PAGE,), number=7, next_try=None)
    opened.finish(lease, changed, now=NOW)
    yield opened
    opened.close()


def report(tmp_path: Path, *problems: Any) -> str:
    file = tmp_path / "rapport.json"
    back = [{"path": one["path"], "commit": "0" * 40, "date": "2026-03-01"} for one in problems]
    value = {"problems": problems, "taken_back": back, "left_out": [], "degraded": [], "history": "whole"}
    file.write_text(json.dumps(value), "utf-8")
    return str(file)


def sent(store: Store) -> list[EmailMessage]:
    found = []
    later = NOW.replace(year=NOW.year + 10)
    while letter := store.take_mail("m", later, MINUTE):
        composed = compose(store, SENDER, letter)
        assert composed is not None
        found.append(composed.message)
        store.settle_mail(letter, sent=later)
    return found


def test_editors_and_the_author_are_told_once(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bot", "broken", "--report", report(tmp_path, PROBLEM)]) == 0
    assert PAGE in capsys.readouterr().out
    editors, author = sent(store)
    assert editors["To"] == "redaction@example.org"
    assert editors["Subject"] == "Boucles – un fichier est fautif"
    assert author["To"] == "camille@example.org"
    for message in (editors, author):
        text = str(message.get_content())
        for words in (
            PAGE,
            "- ligne 4\u202f: « hier » n’est pas une date. Écrivez-la comme 2026-03-04.",
            "dernière bonne version, celle du 1er\u00a0mars 2026",
            "https://forge.example.org/reseau/site/src/branch/main/docs/codes.md",
        ):
            assert words in text, text
    assert main(["bot", "broken", "--report", report(tmp_path, PROBLEM)]) == 0
    assert capsys.readouterr().out == "Rien de nouveau\u202f: un fichier est fautif.\n"
    assert main(["bot", "broken", "--report", report(tmp_path)]) == 0
    assert "Réparés" in capsys.readouterr().out
    assert sent(store) == []
    assert main(["bot", "broken", "--report", report(tmp_path)]) == 0
    assert capsys.readouterr().out == "Aucun fichier fautif.\n"


def test_without_mail_it_stands_on_the_review_all_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CIRCULAR_SMTP", "CIRCULAR_MAIL_FROM", "CIRCULAR_MAIL_EDITORS"):
        monkeypatch.delenv(name)
    assert main(["bot", "broken", "--report", report(tmp_path, PROBLEM)]) == 0
    assert sent(store) == []
    assert [file.path for file in store.broken.listed()] == [PAGE]


def test_what_is_no_report_changes_nothing(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bot", "broken", "--report", report(tmp_path, PROBLEM)]) == 0
    file = tmp_path / "rapport.json"
    file.write_text('{"problems": []}', "utf-8")
    assert main(["bot", "broken", "--report", str(file)]) == 1
    assert "n’est pas un rapport de publication" in capsys.readouterr().err
    assert main(["bot", "broken"]) == 2
    assert [one.path for one in store.broken.listed()] == [PAGE]


@pytest.mark.parametrize(
    ("kind", "url", "page"),
    [
        ("github", "", "https://github.com/r/s/blob/main/docs/codes.md"),
        ("github", "https://api.github.com", "https://github.com/r/s/blob/main/docs/codes.md"),
        ("github", "https://f.example/api/v3", "https://f.example/r/s/blob/main/docs/codes.md"),
        ("gitlab", "https://f.example/", "https://f.example/r/s/-/blob/main/docs/codes.md"),
        ("forgejo", "https://f.example/api/v1/", "https://f.example/r/s/src/branch/main/docs/codes.md"),
        ("local", "", ""),
    ],
)
def test_where_the_guide_is(settings: Settings, kind: Any, url: str, page: str) -> None:
    there = replace(settings, forge=kind, forge_url=url, forge_repository="r/s", forge_branch="main")
    assert guide_of(there) == page
