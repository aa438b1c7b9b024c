"""Checks answers as the file they will become: written, read back, and held against the same schema and
rules.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.forms.yaml_text import write_yaml
from plugins.model.references import KnownIds, ReferenceCheck
from plugins.model.rules import RULES
from plugins.model.rules.draft import Draft
from plugins.model.schema_problems import SchemaReport
from plugins.model.yaml_reader import read_yaml

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from plugins.model.problems import Problem


class AnswerCheck:
    """The errors of a half-filled entry of one type."""

    def __init__(self, site: Site, type_name: str) -> None:
        self._site = site
        self._type = type_name
        self._known = KnownIds(
            {
                "member": frozenset(site.members),
                "club": frozenset(site.clubs),
                "pillar": frozenset(site.pillars),
                "territory": frozenset(site.territories),
                "entry": frozenset(site.entries),
            },
            site.geography,
            {
                name: [{"id": term.id, "label": term.label} for term in terms.values()]
                for name, terms in site.vocabularies.items()
            },
        )

    def errors(self, data: dict[str, Any], field: str) -> list[Problem]:
        """The errors at ``field`` (dotted, ``results.0.value``) and below; at the whole where ``field`` is
        empty.
        """
        found = self._all(data)
        if not field:
            return [problem for problem in found if problem.severity == "error"]
        return [p for p in found if p.severity == "error" and (p.field == field or p.field.startswith(f"{field}."))]

    def _all(self, data: dict[str, Any]) -> list[Problem]:
        schemas = self._site.schemas
        document = read_yaml(write_yaml(data, list(data)))
        fields = dict(document.data) if isinstance(document.data, dict) else {}
        labels = schemas.labels(self._type)
        found = SchemaReport("", document.positions, labels).check(fields, schemas.validator(self._type))
        references = ReferenceCheck(self._known, lambda _, where: document.positions.of(where))
        found += references.check("", fields, schemas.references(self._type), labels)
        draft = Draft(Path(), "", fields, document.positions, labels, None, 1, self._site.geography)
        return found + [problem for rule in RULES for problem in rule(draft)]
