"""Issues as forges write them from the answers to a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.forms.issue_form import issue_questions
from plugins.model.load import load_site
from tests.bot.samples import NOW
from tests.bot.worker.bench import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "Proposer un article : un atelier"
ANSWERS = {
    "title": "Un atelier de réparation ouvre",
    "summary": "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez.",
    "kind": "Actualité",
    "pillars": "- [X] Réparer d’abord",
    "body": "Venez avec un objet en panne.",
    "contact.name": "Inès Falaise",
}


def written(answers: Mapping[str, str] = ANSWERS, form: str = "article", **changes: str) -> str:
    """The text of an issue of a form; ``changes``: names with « __ » for « . »."""
    said = {**answers, **{name.replace("__", "."): text for name, text in changes.items()}}
    site = load_site(ROOT, today=NOW.date()).site
    assert site is not None
    words = {"pillar": [pillar.name for pillar in site.pillars.values()]}
    asked = issue_questions(site.schemas.flattened(form), words)
    return "".join(f"### {one.label}\n\n{said.get(one.name, '_No response_')}\n\n" for one in asked)
