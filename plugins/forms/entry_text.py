"""From the fields and the text of an entry to its file, as `front_matter.read_entry` reads it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.forms.yaml_text import write_yaml
from plugins.model.source_text import clean_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.yaml.reader import Json


def write_entry(fields: Mapping[str, Json], body: str, order: Sequence[str]) -> str:
    """Write an entry: its fields as YAML between two lines of hyphens, then its text.

    The same fields and text always give the same file, which ends with one line break. What is read back are
    the fields with their texts cleaned and the body cleaned and trimmed (`source_text.clean`, `clean_body`):
    for what people typed into a form the same, but for line breaks, composed accents and control characters.
    Raises ValueError as `write_yaml` does.
    """
    text = clean_body(body)
    return f"---\n{write_yaml(fields, order)}---\n" + (f"\n{text}\n" if text else "")
