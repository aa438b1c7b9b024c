"""The theme's scripts as they are published: they find each other under their new names, without comments."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOREIGN: Final = "js/vendor/"  # other projects' scripts: their comments hold their licences
_SCRIPT: Final = re.compile(r"js/.+\.js")
_IMPORT: Final = re.compile(r"""\b(from|import)(\s*\(?\s*)"(\.{1,2}/[^"]+\.js)\"""")
_REMARK: Final = re.compile(r"^[ \t]*(?://[^\n]*|/\*\*(?s:.*?)\*/[ \t]*)\n|^[ \t]+", re.MULTILINE)


def published_scripts(files: Mapping[str, bytes], name_of: Callable[[str, bytes], str]) -> dict[str, bytes]:
    """The scripts among ``files`` (``js/x.js`` → content) as they are published; ``name_of`` gives a file's published name.

    ``import … from "./y.js"`` and ``import("./y.js")`` then name the published file.

    Raises:
        ValueError: a script imports one that does not exist, or itself by way of others.
    """
    scripts = _Scripts(files, name_of)
    return {name: scripts.published(name) for name in files if _SCRIPT.fullmatch(name)}


def lean(script: str) -> str:
    """A script without comments and indentation. Comments of ours have lines of their own; no text over lines looks like one."""
    return _REMARK.sub("", script)


@dataclass
class _Scripts:
    files: Mapping[str, bytes]
    name_of: Callable[[str, bytes], str]
    done: dict[str, bytes] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def published(self, name: str) -> bytes:
        if name not in self.done:
            if name in self.begun or name not in self.files:
                reason = "imports itself by way of others" if name in self.begun else "is imported but missing"
                raise ValueError(f"theme/static/{name} {reason}")
            self.begun.add(name)
            text = self.files[name].decode("utf-8")
            text = text if name.startswith(FOREIGN) else lean(text)
            self.done[name] = _IMPORT.sub(lambda found: self._renamed(name, found), text).encode("utf-8")
        return self.done[name]

    def _renamed(self, name: str, found: re.Match[str]) -> str:
        folder = posixpath.dirname(name)
        other = posixpath.normpath(posixpath.join(folder, found[3]))
        path = posixpath.relpath(self.name_of(other, self.published(other)), folder)
        return f'{found[1]}{found[2]}"{path if path.startswith("../") else f"./{path}"}"'
