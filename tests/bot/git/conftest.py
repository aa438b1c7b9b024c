"""Repositories to work on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.repository import NOTHING, Person, Repository

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

AT = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
CAMILLE = Person("Camille Exemple", "noreply@example.org")
BOT = Person("Le robot", "noreply@example.org")


def commit(repository: Repository, files: Mapping[str, bytes | None], *parents: str, message: str = "x") -> str:
    return repository.commit(parents, files, message, author=CAMILLE, committer=BOT, at=AT)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A bare repository whose main branch has two files."""
    made = Repository.open(tmp_path / "site.git")
    first = commit(made, {"content/articles/2026/a.md": b"un\ndeux\ntrois\n", "data/site.yaml": b"name: X\n"})
    made.update_ref("refs/heads/main", first, old=NOTHING)
    return made


@pytest.fixture
def main(repository: Repository) -> str:
    found = repository.resolve("refs/heads/main")
    assert found
    return found
