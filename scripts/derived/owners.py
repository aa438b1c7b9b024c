"""CODEOWNERS, from the editors of ``data/clubs.yaml``: who is asked when what all share changes.

A pattern names paths, and an entry's clubs stand in its fields, not in its path. So this file covers what belongs to no one entry
(data, pages of the site), and the comment on a proposal asks the editors of the clubs that its entries name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.data_files import read_data_files
from plugins.model.geography import Geography
from plugins.model.load import schema_directories
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schemas import load_schemas

if TYPE_CHECKING:
    from pathlib import Path

PATH = "CODEOWNERS"
"""At the top, where GitHub, GitLab and Forgejo all look."""
SHARED = ("/data/", "/content/pages/")
_HEAD = """# Written by « make derive » from the editors of data/clubs.yaml (field « editors »): do not change it by hand.
# Editors of a club are asked about its entries by the comment on the proposal: an entry names its clubs, its path does not.
"""
_NOBODY = "# No club names an editor yet.\n"


def render(root: Path) -> str:
    """The whole file; without any login it says so, and asks nobody."""
    reader = Reader(root, load_schemas(schema_directories(root)), Geography(), DiskFiles(root))
    clubs = read_data_files(reader).items["clubs"].values()
    named = [f"@{login}" for club in clubs for login in club.get("editors") or []]
    logins = " ".join(dict.fromkeys(named))
    return _HEAD + ("".join(f"{path} {logins}\n" for path in SHARED) if logins else _NOBODY)
