"""Makes a page that can be looked at of a form that is not finished: examples where something is missing, what is wrong left out.

It works on the names and values of the form, before they are read, so that what is shown went the same way as what is sent. The
outcome is for the eyes of whoever fills in the form, and for nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from plugins.forms.answering import CONSULTATION, CONTRIBUTION
from plugins.forms.open_fields import follows_author, open_fields
from plugins.forms.pairs import BODY
from plugins.forms.posted import MEMBER, read_post
from plugins.forms.values import values_of
from scripts.bot.french import preview as french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from plugins.forms.proposal import Proposal
    from plugins.model.objects import Site
    from plugins.model.problems import Problem
    from plugins.model.schema.schemas import Field, FlatSchema
    from scripts.bot.web.edition import Edition

SHOWN_ANYHOW: Final = frozenset(
    {
        "too-short",
        "too-long",
        "missing-choice",
        "dead-anchor",
        "heading-skip",
        "heading-top-level",
        "email-in-text",
        "phone-in-text",
    }
)  # what a page can be made of all the same
ROUNDS: Final = 5
SOON: Final = dt.timedelta(days=30)  # what has no date yet takes place then
ANSWERS: Final = "answers"
NAME: Final = "contact.name"
_MARKS: Final = re.compile(r"([\[\]!])")
Pairs: TypeAlias = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form as it stands. ``pictures`` are input name → file name and content; ``present`` what the page that it changes says."""

    flat: FlatSchema
    pairs: tuple[tuple[str, str], ...]
    names: Mapping[str, str]
    contents: Mapping[str, bytes]
    present: tuple[tuple[str, str], ...] = ()


def presentable(edition: Edition, form: Unfinished, source: Callable[[str], bytes | None]) -> Proposal | None:
    """The files of which a page can be shown; None where there is no page to show (it is to go, or nothing could be made of it).

    ``source`` gives the files of the site as far as everybody may know them.
    """
    gaps = _Gaps(edition, form)
    for _ in range(ROUNDS):
        posted, _faults = read_post(
            form.flat,
            gaps.pairs,
            gaps.names,
            today=edition.site.today,
            member=edition.site.schemas.flattened(MEMBER),
        )
        made = edition.proposer.propose(posted, form.contents, today=edition.site.today, source=source)
        if posted.action == "remove" or not made.files:
            return None
        found = edition.desk.checker.files(made.files, source)
        wrong = [
            problem
            for file in found.values()
            for problem in file.problems
            if problem.severity == "error" and problem.code not in SHOWN_ANYHOW
        ]
        if not wrong:
            return made
        gaps.mend(wrong)
    return None


class _Gaps:
    """The pairs of a form, and what takes the place of those that cannot be shown."""

    def __init__(self, edition: Edition, form: Unfinished) -> None:
        self._edition, self._form = edition, form
        self._escaped = False
        self.names = dict(form.names)
        self.pairs: Pairs = list(form.pairs)
        given = {name for name, text in form.pairs if text.strip()}
        if NAME not in given:
            self._replace(NAME, [(NAME, french.YOUR_NAME)])
        if form.present:
            return
        for field in open_fields(form.flat, editing=False):
            if field.required and not any(_is_of(name, field.name) for name in given):
                self._replace(field.name, self._example(field))

    def mend(self, wrong: Iterable[Problem]) -> None:
        """Leave out what is wrong; what has to be there becomes an example, or what the page says today."""
        is_body_wrong = False
        for problem in wrong:
            name = problem.field.split(".")[0]
            if problem.path.startswith("data/") and self._form.flat.name != MEMBER:
                self._mend_profile(name)
            elif name in self._fields:
                self._mend_field(self._fields[name])
            else:
                is_body_wrong = True
        if is_body_wrong:
            self._mend_body()

    @property
    def _fields(self) -> dict[str, Field]:
        return {field.name: field for field in self._form.flat.fields}

    def _mend_profile(self, name: str) -> None:
        if name == "name":
            self._replace(NAME, [(NAME, french.YOUR_NAME)])
        else:
            self._replace(f"{MEMBER}.{name}", [])

    def _mend_field(self, field: Field) -> None:
        self.names = {name: file for name, file in self.names.items() if not _is_of(name, field.name)}
        self._replace(field.name, self._example(field))

    def _mend_body(self) -> None:
        """First as it was typed, with no links and pictures made of it; then a sentence in its place."""
        if self._escaped:
            self._replace(BODY, [(BODY, french.BODY)])
            return
        self._escaped = True
        self.pairs = [(name, _MARKS.sub(r"\\\1", text) if name == BODY else text) for name, text in self.pairs]

    def _replace(self, name: str, pairs: Pairs) -> None:
        kept = [pair for pair in self.pairs if not _is_of(pair[0], name)]
        self.pairs = [*kept, *pairs]

    def _example(self, field: Field) -> Pairs:
        """What stands in the place of an answer, as the form would send it; nothing where none is needed."""
        if self._form.present:
            return [pair for pair in self._form.present if _is_of(pair[0], field.name)]
        if not field.required or field.name == "authors" or follows_author(field):
            return []
        if self._form.flat.name == CONTRIBUTION:
            return self._answers() if field.name == ANSWERS else []  # the rest follows
        value = _example_value(self._edition.site, self._form.flat, field)
        return list(values_of({field.name: value}, self._form.flat))

    def _answers(self) -> Pairs:
        """An answer to the first question of a consultation."""
        asked = self._edition.site.entries.get(dict(self.pairs).get(CONSULTATION, ""))
        question = next(iter(asked.fields.get("questions") or ()), None) if asked else None
        if question is None:
            return []
        name, kind, choices = f"{ANSWERS}.{question['id']}", question.get("kind"), question.get("choices") or [""]
        return [(f"{name}.0", str(choices[0])) if kind == "ordre" else (name, str(choices[0]) or french.YOUR_ANSWER)]


def _example_value(site: Site, flat: FlatSchema, field: Field) -> Any:
    """A value that the site can show; texts say of themselves that they are none."""
    if flat.name == MEMBER and field.name == "name":
        return french.YOUR_NAME
    known: Mapping[str, Iterable[str]] = {
        "pillar": site.pillars,
        "club": site.clubs,
        "commune": site.geography.communes,
    }
    if field.reference in known or field.vocabulary or field.labels:
        choices = known.get(field.reference) or site.vocabularies.get(field.vocabulary) or field.labels
        first = next(iter(choices), field.example)
        return [first] if field.kind == "list" else first
    if field.widget in {"date", "datetime"}:
        dates = [each.name for each in flat.fields if each.required and each.widget in {"date", "datetime"}]
        day = site.today + SOON * (1 + dates.index(field.name))
        return day.isoformat() + ("T18:30" if field.widget == "datetime" else "")
    if field.widget in {"text", "textarea"}:
        return french.example(field.label, flat.title[:1].lower() + flat.title[1:])
    return field.example


def _is_of(name: str, field: str) -> bool:
    """Whether an input belongs to a field: ``place.commune`` to ``place``."""
    return name == field or name.startswith(f"{field}.")
