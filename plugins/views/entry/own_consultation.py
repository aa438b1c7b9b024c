"""What a consultation's page shows of its own, its questions and the answers to them; and what a contribution's page does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from plugins.forms.answering import CONSULTATION, CONTRIBUTION, is_open
from plugins.markup import typography
from plugins.model.objects import Entry, entries_in
from plugins.views.forms.form_view import Form, form_view
from plugins.views.page.frame import Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.parts.people import Person, people, person
from plugins.views.parts.sections import link
from plugins.views.words.french import Stamp, number, stamp
from plugins.views.words.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.publication.context import Context

LATEST = 24


class Question(TypedDict):
    """A question of a consultation."""

    text: str
    kind: Annotated[str, "libre, choix or ordre."]
    choices: list[str]


class Contribution(TypedDict):
    """An answer to a consultation, in short."""

    title: str
    href: str
    author: Person | None
    date: Stamp
    summary: str
    demo: bool


class ConsultationOwn(TypedDict):
    """What ``entry/consultation.html`` sees beside the names of every entry."""

    level: Annotated[str, "information, consultation, concertation or co-construction."]
    questions: list[Question]
    outcome: Annotated[list[str], "What became of it, in paragraphs; empty while that is not known."]
    form: Annotated[Form | None, "Where to answer; None where it is not open or nobody answers a form."]
    contributions: Annotated[list[Contribution], "The answers published, latest first, at most 24."]
    more: Annotated[int, "How many are not shown."]


class Answer(TypedDict):
    """The answer to one question."""

    question: str
    values: list[str]
    ordered: Annotated[bool, "Whether their order is part of the answer."]


class ContributionOwn(TypedDict):
    """What ``entry/contribution.html`` sees beside the names of every entry."""

    consultation: Annotated[Link | None, "What it answers."]
    author: Person | None
    answers: list[Answer]


def consultation_view(ctx: Context, entry: Entry) -> ConsultationOwn:
    """The own names of a consultation."""
    fields = entry.fields
    answers = sorted(entries_in(entry.mentions, "consultation"), key=lambda one: (one.date, one.id), reverse=True)
    return {
        "level": str(fields["level"]),
        "questions": [_question(one) for one in fields.get("questions") or []],
        "outcome": paragraphs(fields.get("outcome")),
        "form": _form(ctx, entry),
        "contributions": [_contribution(ctx, one) for one in answers[:LATEST]],
        "more": max(0, len(answers) - LATEST),
    }


def _form(ctx: Context, entry: Entry) -> Form | None:
    intake = str(ctx.site.settings.get("intake") or "")
    if not intake or not entry.fields.get("questions") or not is_open(entry, ctx.today):
        return None
    flat = ctx.site.schemas.flattened(CONTRIBUTION)
    hidden = {CONSULTATION: entry.id}
    return form_view(ctx, flat, entry.address, intake, hidden=hidden, consultation=entry)


def _question(one: Mapping[str, Any]) -> Question:
    return {
        "text": typography(one["text"]),
        "kind": one.get("kind", "libre"),
        "choices": [typography(choice) for choice in one.get("choices") or []],
    }


def _contribution(ctx: Context, entry: Entry) -> Contribution:
    return {
        "title": typography(entry.title),
        "href": ctx.href(entry.address),
        "author": _author(ctx, entry),
        "date": stamp(entry.date),
        "summary": typography(entry.summary),
        "demo": entry.demo,
    }


def _author(ctx: Context, entry: Entry) -> Person | None:
    named = entry.references.get("author") or entry.authors
    return person(ctx, named[0]) if named else None


def contribution_view(ctx: Context, entry: Entry) -> ContributionOwn:
    """The own names of a contribution."""
    asked = [one for one in entry.references.get("consultation", []) if isinstance(one, Entry)]
    questions = {one["id"]: one for about in asked for one in about.fields.get("questions") or []}
    return {
        "consultation": link(ctx, asked[0].title, asked[0].address) if asked else None,
        "author": next(iter(people(ctx, entry.references.get("author", []))), None),
        "answers": [_answer(questions.get(key), key, value) for key, value in entry.fields["answers"].items()],
    }


def _answer(question: Mapping[str, Any] | None, key: str, value: Any) -> Answer:
    values = value if isinstance(value, list) else [value]
    return {
        "question": typography(question["text"]) if question else key,
        "values": [number(one) if isinstance(one, int | float) else typography(str(one)) for one in values],
        "ordered": question is not None and question.get("kind") == "ordre",
    }
