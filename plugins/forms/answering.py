"""What the form of a consultation does not ask because it follows: a contribution's title, summary, pillars, author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.faults import FieldFault
from plugins.model.rules.dates import moment

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.model.objects import Entry, Site

CONTRIBUTION, CONSULTATION = "contribution", "consultation"
_CHOSEN = frozenset({"choix", "ordre"})
_SUMMARY = range(40, 301)
_LONGEST_TITLE = 120


def is_open(consultation: Entry, today: dt.date) -> bool:
    """Whether answers are taken on that day: from its opening to its closing, both included."""
    opens, closes = (moment(str(consultation.fields[name])) for name in ("opens", "closes"))
    return opens is not None and closes is not None and opens.date() <= today <= closes.date()


def complete(site: Site, data: Mapping[str, Any], name: str, today: dt.date) -> tuple[dict[str, Any], list[FieldFault]]:
    """A contribution by somebody called ``name`` with all that follows from what was answered."""
    asked = site.entries.get(str(data.get(CONSULTATION, "")))
    if asked is None or asked.type.name != CONSULTATION or not is_open(asked, today):
        return dict(data), [FieldFault("", french.CONSULTATION_CLOSED)]
    answers = _in_the_form_asked(data.get("answers", {}), asked)
    following = {
        "title": french.answer_title(name)[:_LONGEST_TITLE],
        "summary": _summary(answers, asked, name),
        "pillars": [pillar.id for pillar in asked.pillars],
    }
    own = {"answers": answers} if answers else {}
    author = {"author": data["authors"][0]} if data.get("authors") else {}
    return {**following, **data, **own, **author}, []


def _in_the_form_asked(answers: Mapping[str, Any], asked: Entry) -> dict[str, Any]:
    """One choice of several is a list of one, as the question wants it."""
    kinds = {one["id"]: one.get("kind", "libre") for one in asked.fields.get("questions") or []}
    return {
        key: [value] if kinds.get(key) in _CHOSEN and isinstance(value, str) else value
        for key, value in answers.items()
    }


def _summary(answers: Mapping[str, Any], asked: Entry, name: str) -> str:
    """The first free answer that says enough, or a sentence that says what this is."""
    for value in answers.values():
        said = " ".join(value.split()) if isinstance(value, str) else ""
        if len(said) >= _SUMMARY.start:
            return said if len(said) in _SUMMARY else said[: _SUMMARY.stop - 2].rpartition(" ")[0] + "…"
    return french.answer_summary(name, asked.title)[: _SUMMARY.stop - 1]
