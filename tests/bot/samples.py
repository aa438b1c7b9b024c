"""Submissions as the intake hands them over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plugins.forms.posted import Posted
from scripts.bot.submission import NewSubmission, make_id

NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def sample_id(number: int) -> str:
    """An id that is the same for the same number."""
    return make_id(number.to_bytes(10, "big"))


def posted(**changes: Any) -> Posted:
    """An article by a member of the project's own data."""
    given: dict[str, Any] = {
        "type_name": "article",
        "action": "create",
        "target": "",
        "base": "",
        "data": {
            "title": "Un atelier de réparation ouvre à Caen",
            "summary": "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez.",
            "date": "2026-03-04",
            "authors": ["camille-exemple"],
            "pillars": ["allongement-de-la-duree-d-usage"],
            "kind": "actualite",
        },
        "body": "Venez avec un objet en panne, repartez avec un objet réparé.",
        "contact_name": "Camille Exemple",
        "contact_email": "camille@example.org",
        "profile": None,
        "message": "",
    }
    return Posted(**(given | changes))


def new(number: int = 1, **changes: Any) -> NewSubmission:
    """A submission that was accepted at NOW."""
    given: dict[str, Any] = {"id": sample_id(number), "key": f"key-{number}", "posted": posted(), "created": NOW}
    return NewSubmission(**(given | changes))
