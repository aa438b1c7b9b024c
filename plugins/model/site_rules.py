"""What is wrong with a site although each file is right by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.model import addresses
from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plugins.model.data_files import DataFiles
    from plugins.model.discovery import Discovery
    from plugins.model.links import LinkResolver
    from plugins.model.objects import Site, Territory
    from plugins.model.reading import Raw, Reader

GONE = "gone"


@dataclass(frozen=True)
class SiteUnderCheck:
    """All that a rule about the whole site may look at; ``entries`` are all raw ones, also those with faults."""

    site: Site
    reader: Reader
    found: Discovery
    files: DataFiles
    entries: Sequence[Raw]
    resolver: LinkResolver


def taken_addresses(check: SiteUnderCheck) -> Iterator[Problem]:
    """No two pages have one address: the second would overwrite the first."""
    first: dict[str, str] = {}
    for address, place in addresses.listed_addresses(check.site):
        if address not in first:
            first[address] = place.source
            continue
        owners = [source for source in (place.source, first[address]) if source]
        if owners:
            other = owners[1] if len(owners) > 1 else "d’une page que le site fait lui-même"
            yield problem("address-taken", owners[0], value=address, other=other)


def redirects(check: SiteUnderCheck) -> Iterator[Problem]:
    """A redirect starts where no page is, and leads to one that is."""
    path = "data/redirects.yaml"
    for old, new in check.site.redirects.items():
        if addresses.is_working_file(old) or check.resolver.leads_somewhere(old):
            place = check.reader.place(path, (old,))
            yield problem("redirect-from-page", path, place=place, field=old, value=old)
        target = new.partition("#")[0].partition("?")[0]
        if new != GONE and new.startswith("/") and not check.resolver.leads_somewhere(target):
            place = check.reader.place(path, (old,))
            near = check.resolver.nearest(target)
            hint = f"Vouliez-vous dire « {near} » ?" if near else None
            yield problem("redirect-to-nowhere", path, place=place, field=old, value=new, suggestion=hint)


def territory_loops(check: SiteUnderCheck) -> Iterator[Problem]:
    """No territory lies in itself."""
    path = "data/territories.yaml"
    state: dict[str, bool] = {}  # True while on the way down, False when done
    for territory in check.site.territories.values():
        for found in _loops(territory, state):
            number = check.files.numbers["territories"][found]
            where = (number, "members")
            place = check.reader.place(path, where)
            yield problem("territory-loop", path, place=place, field=f"{number}.members", value=found)


def _loops(start: Territory, state: dict[str, bool]) -> Iterator[str]:
    stack: list[tuple[Territory, Iterator[Territory]]] = []
    if start.id not in state:
        state[start.id] = True
        stack.append((start, iter(start.parts)))
    while stack:
        territory, parts = stack[-1]
        part = next(parts, None)
        if part is None:
            state[territory.id] = False
            stack.pop()
        elif state.get(part.id) is True:
            yield part.id
        elif part.id not in state:
            state[part.id] = True
            stack.append((part, iter(part.parts)))


def series(check: SiteUnderCheck) -> Iterator[Problem]:
    """A series speaks of territories that exist."""
    for one in check.files.series:
        path = one.path.replace(".datapackage.json", ".csv")
        for line, _, territory, _ in one.rows:
            if territory not in check.files.items["territories"]:
                yield problem("unknown-territory-in-series", path, place=(line, 1), field="territory", value=territory)


def answers(check: SiteUnderCheck) -> Iterator[Problem]:
    """A contribution answers questions that its consultation asks, in the way it asks them."""
    consultations = {raw.id: raw.data for raw in check.entries if raw.type_name == "consultation"}
    for raw in check.entries:
        asked = consultations.get(str(raw.data.get("consultation", "")))
        if asked is not None:
            yield from answer_problems(raw, asked, check.reader)


def answer_problems(raw: Raw, asked: Mapping[str, Any], reader: Reader) -> Iterator[Problem]:
    """What is wrong with the answers of a contribution to a consultation whose fields are ``asked``."""
    given = raw.data.get("answers")
    questions = {q["id"]: q for q in asked.get("questions") or [] if isinstance(q, dict) and "id" in q}
    for name, value in given.items() if isinstance(given, dict) else ():
        yield from _answer(reader, raw, name, value, questions)


def _answer(reader: Reader, raw: Raw, name: str, value: Any, questions: dict[str, Any]) -> Iterator[Problem]:
    where = ("answers", name)
    place, field_name = reader.place(raw.path, where), f"answers.{name}"
    question = questions.get(name)
    if question is None:
        hint = f"Les questions sont : {', '.join(questions)}." if questions else None
        yield problem("unknown-question", raw.path, place=place, field=field_name, value=name, suggestion=hint)
        return
    reason = _wrong_answer(value, str(question.get("kind", "libre")), [str(c) for c in question.get("choices") or []])
    if reason:
        yield problem("bad-answer", raw.path, place=place, field=field_name, question=name, reason=reason)


def _wrong_answer(value: Any, kind: str, choices: list[str]) -> str | None:
    given = [str(item) for item in value] if isinstance(value, list) else [str(value)]
    strange = [item for item in given if item not in choices]
    if kind == "libre":
        return "la question attend un texte" if isinstance(value, list) else None
    if strange:
        return f"« {strange[0]} » n’est pas un des choix ({', '.join(choices)})"
    if kind == "ordre" and (not isinstance(value, list) or len(set(given)) != len(given)):
        return "la question attend une liste où chaque choix figure une fois"
    return None


def orphans(check: SiteUnderCheck) -> Iterator[Problem]:
    """A picture or document that no text of its folder uses is not published, and its author may wonder why."""
    used = {file for raw in check.entries for file in raw.files}
    for path in check.found.assets:
        if path not in used:
            yield problem("orphan-file", path, name=path.rpartition("/")[2])


SITE_RULES: tuple[Callable[[SiteUnderCheck], Iterator[Problem]], ...] = (
    taken_addresses,
    redirects,
    territory_loops,
    series,
    answers,
    orphans,
)
