"""Long texts of the front matter, which are no Markdown but are written like it."""

from __future__ import annotations

import re
from typing import Final

from plugins.markup import typography

_BLANK: Final = re.compile(r"\n[ \t]*\n")


def paragraphs(text: object) -> list[str]:
    """A text as paragraphs in French typography; as in Markdown, a blank line ends one and a line's end is a space."""
    return [typography(" ".join(part.split())) for part in _BLANK.split(str(text or "")) if part.strip()]
