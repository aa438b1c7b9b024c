"""Which fields name something else, whether it exists, and what is near if it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plugins.model.nearest import Nearest
from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    from plugins.model.geography import Geography
    from plugins.model.schema.schemas import Reference
    from plugins.model.yaml.positions import Path

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_KINDS = {
    "member": "le membre",
    "club": "le club",
    "pillar": "le pilier",
    "territory": "le territoire",
    "entry": "la contribution",
    "commune": "la commune",
}


@dataclass(frozen=True)
class KnownIds:
    """Everything that can be named, by kind: also what has other faults, so that one bad file blames no other."""

    by_kind: Mapping[str, frozenset[str]]
    geography: Geography
    vocabularies: Mapping[str, list[Mapping[str, Any]]]

    @cached_property
    def nearest(self) -> dict[str, Nearest]:
        """Near misses, by kind; made when first asked."""
        return {kind: Nearest(ids) for kind, ids in self.by_kind.items()}

    @cached_property
    def terms(self) -> dict[str, frozenset[str]]:
        """The ids of each vocabulary."""
        return {name: frozenset(str(term["id"]) for term in terms) for name, terms in self.vocabularies.items()}

    @cached_property
    def postal_codes(self) -> dict[str, list[str]]:
        """« INSEE (name) » of the communes with each postal code: people confuse the two."""
        found: dict[str, list[str]] = {}
        for commune in self.geography.communes.values():
            for code in commune.postal_codes:
                found.setdefault(code, []).append(f"{commune.insee} ({commune.name})")
        return found

    def has(self, kind: str, value: str) -> bool:
        """Whether ``value`` names something of ``kind`` (``member``, ``entry:consultations``, ``commune``…)."""
        base, _, folder = kind.partition(":")
        if base == "commune":
            return not self.geography.communes or value in self.geography.communes
        return value in self.by_kind[base] and (not folder or value.startswith(f"{folder}/"))


def values_at(data: Any, pattern: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts at a field pattern in which ``*`` stands for every item of a list, each with its real path."""
    if not pattern:
        if isinstance(data, str):
            yield path, data
        return
    step, rest = pattern[0], pattern[1:]
    if step == "*":
        for number, item in enumerate(data if isinstance(data, list) else ()):
            yield from values_at(item, rest, (*path, number))
    elif isinstance(data, dict) and step in data:
        yield from values_at(data[step], rest, (*path, step))


class ReferenceCheck:
    """Checks what one file names. ``locate`` gives line and column of a field of a file.

    ``new`` are ids, by kind, that are about to be known: those of files which are proposed together.
    """

    def __init__(
        self,
        known: KnownIds,
        locate: Callable[[str, Path], tuple[int, int]],
        new: Mapping[str, Container[str]] | None = None,
    ) -> None:
        self.known = known
        self.locate = locate
        self.new = new or {}

    def check(
        self,
        path: str,
        data: Any,
        references: Iterable[Reference],
        labels: Mapping[str, str],
        prefix: Path = (),
    ) -> Iterator[Problem]:
        """Problems of all references in ``data``."""
        for reference in references:
            for where, value in values_at(data, reference.pattern):
                found = self._one(reference, value)
                if found:
                    code, hint, values = found
                    full = (*prefix, *where)
                    name = ".".join(step for step in where if isinstance(step, str))
                    label = labels.get(name, f"Champ « {name} »")
                    place = self.locate(path, full)
                    field_name = ".".join(map(str, full))
                    yield problem(code, path, place=place, field=field_name, suggestion=hint, label=label, **values)

    def _one(self, reference: Reference, value: str) -> tuple[str, str | None, dict[str, str]] | None:
        if reference.vocabulary:
            return self._term(reference.vocabulary, value)
        kinds = reference.kinds
        if self.is_known(reference, value):
            return None
        if kinds == ("commune",):
            return self._commune(value)
        names = " ou ".join(_KINDS[kind.partition(":")[0]] for kind in kinds)
        return "unknown-reference", self._hint(kinds, value), {"kind": names, "value": value}

    def is_known(self, reference: Reference, value: str) -> bool:
        """Whether a value names something that is there, or is words where words may stand (vocabularies are not asked here)."""
        if reference.names and not _ID.fullmatch(value):
            return True
        return any(self.known.has(kind, value) or self._is_new(kind, value) for kind in reference.kinds)

    def _is_new(self, kind: str, value: str) -> bool:
        base, _, folder = kind.partition(":")
        return value in self.new.get(base, ()) and (not folder or value.startswith(f"{folder}/"))

    def _hint(self, kinds: Sequence[str], value: str) -> str | None:
        cleaned = value.strip("/").removeprefix("content/").removesuffix(".md")
        for kind in kinds:
            if kind != "commune" and cleaned != value and self.known.has(kind, cleaned):
                return f"Écrivez « {cleaned} »."
        for kind in kinds:
            base = kind.partition(":")[0]
            near = self.known.nearest[base].to(cleaned) if base != "commune" else None
            if near:
                return f"Vouliez-vous dire « {near} » ?"
        return None

    def _commune(self, value: str) -> tuple[str, str | None, dict[str, str]]:
        communes = self.known.postal_codes.get(value, [])
        hint = f"{value} est un code postal ; le code INSEE est {' ou '.join(communes[:6])}." if communes else None
        return "unknown-commune", hint, {"value": value}

    def _term(self, vocabulary: str, value: str) -> tuple[str, str | None, dict[str, str]] | None:
        terms = self.known.terms.get(vocabulary, frozenset())
        if value in terms:
            return None
        near = Nearest(terms).to(value)
        by_label = [str(t["id"]) for t in self.known.vocabularies.get(vocabulary, []) if t.get("label") == value]
        near = by_label[0] if by_label else near
        hint = f"Vouliez-vous dire « {near} » ?" if near else None
        return "unknown-term", hint, {"value": value, "vocabulary": vocabulary}
