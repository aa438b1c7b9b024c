"""From what people call things to their ids: a commune by its name, a member by his."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.faults import FieldFault
from plugins.forms.growing import put
from plugins.forms.known import Choices, choices_of
from plugins.model.references import values_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.objects import Site
    from plugins.model.schemas import Reference


class Resolver:
    """Knows what the things of a site are called; made once for a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._choices: dict[tuple[str, str], Choices] = {}

    def choices(self, reference: Reference) -> Choices:
        """What a field may name."""
        key = (reference.kind, reference.vocabulary)
        if key not in self._choices:
            self._choices[key] = choices_of(reference, self._site)
        return self._choices[key]

    def resolve(
        self, data: Mapping[str, Any], references: Iterable[Reference], labels: Mapping[str, str]
    ) -> tuple[dict[str, Any], list[FieldFault]]:
        """The data with ids in place of names; a name that several things bear stays, with a fault that lists them."""
        resolved = copy.deepcopy(dict(data))
        faults = []
        for reference in references:
            for place, text in list(values_at(resolved, reference.pattern)):
                meant = self._meant(reference, text)
                if len(meant) == 1:
                    put(resolved, place, meant[0])
                elif meant and not reference.names:
                    told = [f"{self.choices(reference).names[id_]} ({id_})" for id_ in meant[:_MOST_TOLD]]
                    label = labels.get(reference.field, "")
                    faults.append(FieldFault(".".join(map(str, place)), *french.ambiguous(label, text, told)))
        return resolved, faults

    def _meant(self, reference: Reference, text: str) -> list[str]:
        meant = self.choices(reference).meant(text)
        if meant or reference.kinds != ("commune",):
            return meant
        communes = self._site.geography.communes.values()
        return [commune.insee for commune in communes if text in commune.postal_codes]


_MOST_TOLD = 6
