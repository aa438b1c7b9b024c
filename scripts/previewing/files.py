"""The files of one side that its pages show: the theme's, and pictures, each encoded as the site encodes it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plugins.publication.assets import FOLDER, asset_documents
from plugins.publication.theme import STATIC
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document
from plugins.views.entry.attachments import published

if TYPE_CHECKING:
    from plugins.model.objects import Entry
    from scripts.previewing.sides import Side

_UNUSED: Final = (f"{FOLDER}js/", f"{FOLDER}feed.")  # nothing runs, and there is no feed


@dataclass
class SideFiles:
    """What stands below a side's folder. ``pages`` are the files of its pages; documents come when a page asks for them."""

    side: Side
    pages: frozenset[str]
    documents: dict[str, bytes] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)  # entry and file of the root that are published already

    def __post_init__(self) -> None:
        for document in (
            *asset_documents(STATIC),
            colours_document(self.side.context),
            favicon_document(self.side.context),
        ):
            if not document.path.startswith(_UNUSED):
                self.documents[document.path] = document.content
        self._entries = {entry.address.removeprefix("/"): entry for entry in self.side.site.entries.values()}

    def has(self, path: str, shown: bool) -> bool:
        """Whether the side has a file at ``path``. Files beside an entry come where its page is, or they are shown."""
        if path in self.pages or path in self.documents:
            return True
        folder = f"{posixpath.dirname(path)}/"
        entry = self._entries.get(folder)
        if entry is None or not (shown or f"{folder}index.html" in self.pages):
            return False
        self._publish(entry, posixpath.basename(path))
        return path in self.documents

    def _publish(self, entry: Entry, name: str) -> None:
        """Make the files from which ``name``, perhaps a smaller copy, comes."""
        for path in dict.fromkeys([*entry.files, *([entry.picture.path] if entry.picture else [])]):
            whole = posixpath.basename(path)
            if (entry.id, path) in self._seen or not (
                name == whole or name.startswith(f"{posixpath.splitext(whole)[0]}.")
            ):
                continue
            self._seen.add((entry.id, path))
            for copy, content in published(whole, (Path(self.side.context.root) / path).read_bytes()).items():
                self.documents[f"{entry.address.removeprefix('/')}{copy}"] = content
