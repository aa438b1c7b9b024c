"""Problems as JSON for other programs: the shape of fields.md, « Commands »."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.problems import Problem


def render(problems: Sequence[Problem]) -> str:
    """One JSON object ``{"problems": [...]}`` and a final line break."""
    return json.dumps({"problems": [found.as_dict() for found in problems]}, ensure_ascii=False, indent=2) + "\n"
