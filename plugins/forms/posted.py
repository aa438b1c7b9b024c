"""What a form post says, before anybody has judged it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.yaml_reader import Json


@dataclass(frozen=True, slots=True)
class Posted:
    """One post. ``base`` is the git blob (hex) of the target's file when the form was filled."""

    type_name: str
    action: Literal["create", "edit", "remove"]
    target: str = ""
    base: str = ""
    data: Mapping[str, Json] = field(default_factory=dict)
    body: str = ""
    contact_name: str = ""
    contact_email: str = ""
    profile: Mapping[str, Json] | None = None
    message: str = ""

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Posted:
        """What `to_json` wrote."""
        return cls(**json.loads(text))
