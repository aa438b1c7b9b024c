"""From what people call things to their ids: a commune by its name, a member by his."""

from __future__ import annotations

import copy
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.faults import FieldFault
from plugins.forms.growing import put
from plugins.forms.known import Choices, choices_of
from plugins.model.references import values_at
from plugins.model.schema.formats import is_insee

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.schema.schemas import Reference
    from plugins.model.yaml.positions import Path


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
        faults: list[FieldFault] = []
        for reference in references:
            for place, text in list(values_at(resolved, reference.pattern)):
                meant = self._meant(reference, text)
                if len(meant) == 1:
                    put(resolved, place, meant[0])
                elif not reference.names:
                    advise = len(faults) < _MOST_ADVICE
                    said = self._unclear(reference, text, meant, labels.get(reference.field, ""), advise=advise)
                    faults.append(FieldFault(".".join(map(str, _input(place))), *said))
        return resolved, faults

    def shown(self, reference: Reference, value: str) -> str:
        """How a form shows an id: by its name, with the id where the name alone would not be understood."""
        name = self.choices(reference).names.get(value)
        if name is None:
            return value
        plain = not _SEPARATOR.search(name) and self._meant(reference, name) == [value]
        return name if plain else f"{_SEPARATOR.sub(' ', name)} ({value})"

    def _unclear(
        self, reference: Reference, text: str, meant: Sequence[str], label: str, *, advise: bool
    ) -> tuple[str, str]:
        choices = self.choices(reference)
        if not choices.names or not advise:  # a region without communes of its own takes every code
            return french.not_known(label, text, [])
        if meant:
            return french.ambiguous(label, text, choices.told(meant[:_MOST_TOLD]))
        return french.not_known(label, text, choices.told(choices.similar(text)[:_MOST_TOLD]))

    def _meant(self, reference: Reference, text: str) -> list[str]:
        if reference.kind.startswith("entry"):
            text = self._entry_at(text)
        meant = self.choices(reference).meant(text)
        if meant or reference.kinds != ("commune",):
            return meant
        if not self._site.geography.communes and is_insee(text):
            return [text]
        communes = self._site.geography.communes.values()
        return [commune.insee for commune in communes if text in commune.postal_codes]

    def _entry_at(self, text: str) -> str:
        """The id of the entry at an address of the site, in full or from its root; other texts stay."""
        path = text.removeprefix(str(self._site.settings.get("url", "")).rstrip("/"))
        return self._by_address.get(path.rstrip("/") + "/", text)

    @cached_property
    def _by_address(self) -> dict[str, str]:
        return {entry.address: entry.id for entry in self._site.entries.values()}


def _input(place: Path) -> Path:
    """The input of a text: that of the whole list where it stands in one."""
    return place[:-1] if isinstance(place[-1], int) else place


_MOST_TOLD = 6
_MOST_ADVICE = 5  # faults of a post for which what is near is looked for: it means going through all names
_SEPARATOR = re.compile(r"[,;\n]")  # a list of names is split there
