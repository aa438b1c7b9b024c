"""CODEOWNERS, from the editors of ``data/clubs.yaml``: who is asked when what all share changes.

A pattern names paths, and an entry's clubs stand in its fields, not in its path. So this file covers what belongs to no one entry
(data, pages of the site), and the comment on a proposal asks the editors of the clubs that its entries name.

GitHub and GitLab read patterns as ``.gitignore`` does; Forgejo reads regular expressions that must fit the whole path, and no
path begins with a slash there. So each folder has a line for either, and neither says anything wrong to the other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from plugins.model.data_files import read_data_files
from plugins.model.geography import Geography
from plugins.model.load import schema_directories
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.schemas import load_schemas
from scripts.comments.people import editors

if TYPE_CHECKING:
    from pathlib import Path

PATH = "CODEOWNERS"
"""At the top, where GitHub, GitLab and Forgejo all look."""
SHARED: Final = ("data/", "content/pages/")
_LOGIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
_HEAD = """# Written by « make derive » from the editors of data/clubs.yaml (field « editors »): do not change it by hand.
# Editors of a club are asked about its entries by the comment on the proposal: an entry names its clubs, its path does not.
"""
_NOBODY = "# No club names an editor yet.\n"


def render(root: Path) -> str:
    """The whole file; without any login it says so, and asks nobody."""
    reader = Reader(root, load_schemas(schema_directories(root)), Geography(), DiskFiles(root))
    clubs = read_data_files(reader).items["clubs"].values()
    named = {login.casefold(): f"@{login}" for club in clubs for login in editors(club) if _LOGIN.fullmatch(login)}
    logins = " ".join(named.values())
    patterns = [pattern for folder in SHARED for pattern in (f"/{folder}", f"{folder}.*")]
    return _HEAD + ("".join(f"{pattern} {logins}\n" for pattern in patterns) if logins else _NOBODY)
