"""Where the theme stands: one theme for every region, beside the code."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

THEME: Final = Path(__file__).resolve().parents[2] / "theme"
TEMPLATES: Final = THEME / "templates"
STATIC: Final = THEME / "static"


@lru_cache(maxsize=64)
def entry_template(type_id: str) -> str:
    """The template of an entry: its type's own below ``entry/`` where there is one, else the one for all."""
    own = f"entry/{type_id}.html"
    return own if (TEMPLATES / own).is_file() else "entry.html"
