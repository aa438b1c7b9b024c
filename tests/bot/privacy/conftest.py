"""A small root whose member Inès signs entries and animates a club, and the settings of a service beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from scripts.bot.settings import Settings, load_settings
from scripts.bot.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = Fernet.generate_key().decode()
SMALL_ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """They are in the environment too, for commands."""
    shutil.copytree(SMALL_ROOT, tmp_path / "root")
    given = {
        "CIRCULAR_ROOT": str(tmp_path / "root"),
        "CIRCULAR_STATE": str(tmp_path / "state"),
        "CIRCULAR_PUBLIC_URL": "https://formulaires.example.org",
        "CIRCULAR_SECRET": "s" * 40,
        "CIRCULAR_ENCRYPTION_KEY": KEY,
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return load_settings(given, credentials=False)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings.database, key=KEY.encode())
    yield opened
    opened.close()
