"""What an issue says, read as the post of the web form would be, and everything that is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plugins.forms.issue_form import headings_in, issue_questions, read_issue
from plugins.forms.posted import MEMBER, read_post
from scripts.bot.french import issues as french
from scripts.bot.worker.drafting import PARIS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.forms.faults import FieldFault
    from plugins.forms.issue_form import Question
    from plugins.forms.posted import Posted
    from plugins.model.objects import Site
    from plugins.model.schema.types import ContentType, DataType
    from scripts.bot.forges.issues import Issue
    from scripts.bot.worker.place import Workplace

LONGEST: Final = 65_536
"""Characters, as many as GitHub takes in an issue."""
_PICTURE: Final = re.compile(
    r"!\[[^\]\n]{0,1000}\]\([^)\n]{0,2000}\)|<img\b[^>]{0,2000}>|"
    r"^https://github\.com/user-attachments/assets/[0-9a-f-]{1,64}[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Judged:
    """``posted`` is there only where nothing is wrong; ``answer`` is what to say otherwise, in lines of Markdown."""

    posted: Posted | None
    faults: tuple[str, ...] = ()
    unread: str = ""


def has_pictures(issue: Issue) -> bool:
    """Whether somebody put pictures into it."""
    return _PICTURE.search(issue.text[:LONGEST]) is not None


def judge(place: Workplace, issue: Issue, now: dt.datetime) -> Judged:
    """Read an issue against the main branch as it is now. Raises GitError, MainBrokenError."""
    if len(issue.text) > LONGEST:
        return Judged(None, unread=french.TOO_LONG)
    main, today = place.upstream.main(), now.astimezone(PARIS).date()
    site = place.drafter.site_at(main, today)
    form = _form_of(site, issue)
    if form is None:
        return Judged(None, unread=french.NOT_THE_FORM)
    kind, questions = form
    flat, member = site.schemas.flattened(kind.name), site.schemas.flattened(MEMBER)
    pairs = read_issue(_PICTURE.sub("", issue.text), questions)
    posted, faults = read_post(flat, pairs, {}, today=today, member=member)
    proposal = place.drafter.judge(posted, main, today=today, taken=place.store.is_claimed)
    faults = [fault for fault in faults if fault.field != "contact.email"]  # whoever wrote it is reached at the forge
    told = {fault.field for fault in faults}
    more = [fault for fault in proposal.faults if not fault.field or _same_input(fault.field) not in told]
    lines = tuple(dict.fromkeys(_line(fault, questions) for fault in (*faults, *more)))
    return Judged(None if lines else posted, lines)


def _form_of(site: Site, issue: Issue) -> tuple[ContentType | DataType, tuple[Question, ...]] | None:
    """The form that it was written with: by its labels, else by its title, else by its headings, which must be there anyway."""
    every: list[ContentType | DataType] = [*site.schemas.content_types, *site.schemas.data_types]
    kinds = [kind for kind in every if kind.form]
    labelled = [kind for kind in kinds if issue.carries(kind.form)]
    titled = [kind for kind in kinds if issue.title.startswith(kind.new)]
    words = _words(site)
    found = []
    for kind in labelled or titled or kinds:
        questions = issue_questions(site.schemas.flattened(kind.name), words)
        found.append((headings_in(issue.text, questions), kind, questions))
    best = max(found, key=lambda one: one[0], default=None)
    return None if best is None or not best[0] else best[1:]


def _words(site: Site) -> Mapping[str, Sequence[str]]:
    """Names to choose from, by what a field names."""
    things: Iterable[tuple[str, Sequence[str]]] = (
        ("pillar", [one.name for one in site.pillars.values()]),
        ("club", [one.name for one in site.clubs.values()]),
        ("territory", [one.name for one in site.territories.values()]),
    )
    terms = {name: [term.label for term in found.values()] for name, found in site.vocabularies.items()}
    return {**dict(things), **terms}


def _same_input(field: str) -> str:
    """A newcomer's profile bears the name of who sends the form."""
    return "contact.name" if field == "member.name" else field


def _line(fault: FieldFault, questions: Sequence[Question]) -> str:
    names = {question.name: question.label for question in questions}
    field = _same_input(fault.field)
    label = names.get(field) or names.get(field.partition(".")[0], "")
    return french.fault(label, fault.message, fault.suggestion)
