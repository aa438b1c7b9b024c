"""Lets go of what leads nowhere: fields that name what is not there, links of texts, answers, old addresses, rows of tables.

What is taken away is only what points; the page that pointed stays whole. Nothing is checked again afterwards but that: a page may
lose its only author, or the consultation that it answers, and be published.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from plugins.markup.relinked import relinked
from plugins.model.data_files import LISTS
from plugins.model.joined import Joined
from plugins.model.links import link_problems
from plugins.model.references import ReferenceCheck, values_at
from scripts.broken.mended import Degraded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.problems import Problem
    from plugins.model.reading import Raw
    from plugins.model.schema.schemas import Reference
    from plugins.model.yaml.positions import Path as FieldPath

_REDIRECTS = "data/redirects.yaml"
_SIGNING = ("authors", "author")


@dataclass(slots=True)
class Released:
    """A root in which nothing leads nowhere, what was let go of, and the names with which entries stay signed."""

    joined: Joined
    degraded: list[Degraded] = field(default_factory=list)
    _signed: dict[str, dict[str, list[str]]] = field(default_factory=dict)  # path → field → ids or names, in order

    def sign(self, site: Site, names: Mapping[str, str]) -> None:
        """Put the names of people whose pages are left out where they have signed."""
        for entry in site.entries.values():
            for name, ids in self._signed.get(entry.path, {}).items():
                who: list[Any] = [site.members.get(one, names.get(one)) for one in ids]
                entry.references[name] = [one for one in who if one is not None]
            if "authors" in self._signed.get(entry.path, {}):
                entry.authors = entry.references["authors"]


def let_go(joined: Joined, today: dt.date, names: Mapping[str, str]) -> Released:
    """The same root without what leads nowhere. ``names`` are those of members who have no page, by id: they stay as words."""
    result = Released(joined)
    result.joined = _without_references(joined, names, result)
    result.joined.assemble(today, result.joined.own_problems())
    if result.joined.site is not None:
        result.joined = _without_targets(result.joined, result.degraded)
    return result


def lost_references(
    check: ReferenceCheck, data: Any, references: Sequence[Reference]
) -> Iterator[tuple[Reference, FieldPath, str]]:
    """The fields of one thing that name another which is not there, with what they say. Communes and terms are the thing's own."""
    for reference in references:
        if reference.vocabulary or reference.kinds == ("commune",):
            continue
        for where, value in values_at(data, reference.pattern):
            if not check.is_known(reference, value):
                yield reference, where, value


def _without_references(joined: Joined, names: Mapping[str, str], result: Released) -> Joined:
    check = ReferenceCheck(joined.known_ids(), lambda *_: (1, 1))
    releasing = _Fields(check, names, result)
    schemas = joined.reader.schemas

    def released(raw: Raw) -> Raw:
        data = releasing.of(raw.path, raw.data, schemas.references(raw.type_name))
        return raw if data is raw.data else replace(raw, data=data)

    items = {
        name: {
            key: releasing.of(f"data/{name}.yaml", item, schemas.references(LISTS[name])) for key, item in found.items()
        }
        for name, found in joined.files.items.items()
    }
    return Joined(
        joined.reader,
        joined.found,
        replace(joined.files, items=items),
        [released(raw) for raw in joined.entries],
        [released(raw) for raw in joined.members],
    )


@dataclass(frozen=True, slots=True)
class _Fields:
    check: ReferenceCheck
    names: Mapping[str, str]
    result: Released

    def of(self, path: str, data: Mapping[str, Any], references: Sequence[Reference]) -> Mapping[str, Any]:
        """The data without what is lost; the very same where nothing is."""
        lost = list(lost_references(self.check, data, references))
        if not lost:
            return data
        kept = copy.deepcopy(dict(data))
        for reference, where, value in sorted(
            lost, key=lambda one: [str(step).zfill(6) for step in one[1]], reverse=True
        ):
            name = self.names.get(value, "") if "member" in reference.kinds else ""
            if name and reference.field in _SIGNING:
                ids = [one for _, one in values_at(data, reference.pattern)]
                self.result._signed.setdefault(path, {})[reference.field] = ids  # noqa: SLF001  # its own module's
            _put(kept, where, name if reference.names else "")
            self.result.degraded.append(Degraded(path, reference.field, value, name))
        return kept


def _put(data: Any, where: FieldPath, new: str) -> None:
    """Replace the value at ``where``; take it out where there is nothing to say instead, and a list with its last item."""
    holder: Any = None
    for step in where[:-1]:
        holder, data = data, data[step]
    if new:
        data[where[-1]] = new
        return
    del data[where[-1]]
    if data == [] and isinstance(holder, dict):
        del holder[where[-2]]


def _without_targets(joined: Joined, degraded: list[Degraded]) -> Joined:
    """Without links that lead nowhere, answers to what nobody asks, old addresses without a new one, rows of unknown places."""
    by_path: dict[str, list[Problem]] = defaultdict(list)
    for problem in joined.site_problems():
        if problem.severity == "error":
            by_path[problem.path].append(problem)
    with_errors = {problem.path for problem in joined.link_problems(joined.entries) if problem.severity == "error"}
    entries = [
        _without_answers(
            _unlinked(raw, joined, degraded) if raw.path in with_errors else raw, by_path.get(raw.path, []), degraded
        )
        for raw in joined.entries
    ]
    files = joined.files
    gone = {problem.field for problem in by_path[_REDIRECTS]}
    degraded += [Degraded(_REDIRECTS, old, files.redirects[old]) for old in files.redirects if old in gone]
    redirects = {old: new for old, new in files.redirects.items() if old not in gone}
    tables = []
    for one in files.series:
        table = one.path.replace(".datapackage.json", ".csv")
        lines = {problem.line for problem in by_path[table] if problem.code == "unknown-territory-in-series"}
        degraded += [Degraded(table, "territory", row[2]) for row in one.rows if row[0] in lines]
        tables.append(replace(one, rows=[row for row in one.rows if row[0] not in lines]))
    changed = replace(files, redirects=redirects, series=tables)
    return Joined(joined.reader, joined.found, changed, entries, joined.members)


def _unlinked(raw: Raw, joined: Joined, degraded: list[Degraded]) -> Raw:
    """The text without links that lead nowhere; where only the place in a page is not there, the link leads to the page."""
    if raw.body is None:
        return raw
    changed: dict[str, str] = {}
    for link in dict.fromkeys(raw.body.links):
        alone = replace(raw, body=replace(raw.body, links=(link,)))
        codes = {fault.code for fault in link_problems([alone], joined.resolver, joined.pages)}
        if "dead-link" in codes:
            changed[link.target] = ""
        elif "dead-anchor" in codes:
            changed[link.target] = link.target.partition("#")[0]
    degraded += [Degraded(raw.path, "body", target, new) for target, new in sorted(changed.items())]
    return replace(raw, body=relinked(raw.body, changed))


def _without_answers(raw: Raw, problems: Sequence[Problem], degraded: list[Degraded]) -> Raw:
    wrong = {
        problem.field.removeprefix("answers.")
        for problem in problems
        if problem.code in {"unknown-question", "bad-answer"}
    }
    if not wrong:
        return raw
    degraded += [Degraded(raw.path, "answers", name) for name in sorted(wrong)]
    answers = {name: value for name, value in raw.data["answers"].items() if name not in wrong}
    return replace(raw, data={**raw.data, "answers": answers})
