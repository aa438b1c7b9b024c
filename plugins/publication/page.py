"""What an output plugin hands over to be written: pages (template + view) and documents (bytes)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

View: TypeAlias = "Mapping[str, Any]"


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page.

    ``address`` is site-relative and ends with a slash (``/clubs/repar/``), or names a file (``/404.html``). ``template`` is a file
    below ``theme/templates``. ``view`` is all that the template may see: JSON types only, so that it can be
    compared, hashed and sent to another process.
    """

    address: str
    template: str
    view: View

    @property
    def path(self) -> str:
        """Where the page lies below the output directory, with forward slashes."""
        return self.address.lstrip("/") + ("index.html" if self.address.endswith("/") else "")


@dataclass(frozen=True, slots=True)
class Document:
    """One file that is not an HTML page; ``path`` is relative to the output directory, with forward slashes."""

    path: str
    content: bytes


Output: TypeAlias = Page | Document
