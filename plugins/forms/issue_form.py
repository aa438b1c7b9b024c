"""The form of a type as an issue form of a forge (GitHub, Forgejo), and the way back from the issue's text to a post.

An issue form is a file of the repository, so it follows from schemas and data. A forge writes what was answered as Markdown:
« ### », the label of a question, and the answer; :func:`read_issue` reads it as the pairs that the web form would have posted.
Issues are public: the form asks for no address, and pictures are added to the pull request.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from plugins.forms.open_fields import alternatives, is_open, open_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.forms.pairs import Pair
    from plugins.model.schema.schemas import Field, FlatSchema

Kind = Literal["line", "text", "choice", "choices", "yes", "rows"]
MOST_BOXES: Final = 12
_HINT_START: Final = "<!-- ‣"
_HINT_END: Final = "‣ -->"
_HINT: Final = re.compile(r"^<!-- ‣ [^\n]* ‣ -->$", re.MULTILINE)
_COMMAND: Final = re.compile(r"^/label [^\n]*\Z", re.MULTILINE)
_NOTHING: Final = "_No response_"
_CHECKED: Final = re.compile(r"- \[[xX]\] (.+)")
_MARKDOWN: Final = re.compile(r"[\\`*_\[\]<>#|]")
NAME_LABEL: Final = "Votre nom"
NAME_HELP: Final = "Il signera cette page. Si vous êtes déjà membre, écrivez-le tel qu’il figure dans l’annuaire."
YES: Final = "Oui"
INTRODUCTION: Final = (
    "Une équipe relit votre proposition avant de la publier. Seul ce qui porte un astérisque est nécessaire. "
    "Ce que vous écrivez ici est public."
)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of an issue form. ``name`` is the input of the web form; ``columns`` are those of a repeated group."""

    name: str
    kind: Kind
    label: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    columns: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Its name as forges allow it."""
        return self.name.replace(".", "-")


def issue_questions(flat: FlatSchema, words: Mapping[str, Sequence[str]]) -> tuple[Question, ...]:
    """The questions of a type, what is required first. ``words`` are the names to choose from, by what a field names
    (``pillar``, ``flows``…).
    """
    wanted = set(alternatives(flat))
    asked = [question for field in open_fields(flat, editing=False) for question in _questions(field, words)]
    own = [one for one in asked if one.required or one.name.partition(".")[0] in wanted]
    rest = [one for one in asked if one not in own]
    body = [Question("body", "text", flat.body_label, flat.body_help)] if flat.body_label else []
    sender = [] if flat.name == "member" else [Question("contact.name", "line", NAME_LABEL, NAME_HELP, required=True)]
    return (*own, *body, *sender, *rest)


def issue_form(title: str, description: str, labels: Sequence[str], questions: Sequence[Question]) -> dict[str, Any]:
    """The file of an issue form (docs.github.com, « Syntax for GitHub's form schema »)."""
    return {
        "name": title,
        "description": description,
        "title": f"{title} : ",
        "labels": list(labels),
        "body": [{"type": "markdown", "attributes": {"value": INTRODUCTION}}, *map(_element, questions)],
    }


def read_issue(text: str, questions: Sequence[Question]) -> list[Pair]:
    """The pairs that the web form would post for what an issue says; questions without an answer are left out."""
    pairs: list[Pair] = []
    for question, answer in _answers(_COMMAND.sub("", text.rstrip()), questions):
        said = _HINT.sub("", answer).strip() if _HINT_START in answer else answer
        if said and said != _NOTHING:
            pairs += _pairs(question, said)
    return pairs


def hint_of(text: str) -> str:
    """A text as a comment of Markdown that forges do not show, on one line; nothing in it ends it early."""
    return f"{_HINT_START} {' '.join(text.split()).replace('-->', '→')} {_HINT_END}"


def headings_in(text: str, questions: Sequence[Question]) -> int:
    """How many questions of a form stand in an issue, in their order."""
    return sum(1 for _ in _answers(text, questions))


def _questions(
    field: Field, words: Mapping[str, Sequence[str]], prefix: str = "", group: str = ""
) -> Iterator[Question]:
    name, label = prefix + field.name, f"{group} : {field.label}" if group else field.label
    if field.widget == "file" or not is_open(field) or field.kind in {"map", "any"}:
        return
    if field.kind == "object":
        for inner in field.fields:
            yield from _questions(inner, words, f"{name}.", field.label)
        return
    needed = field.required and not prefix and field.reference != "member"
    if field.kind == "objects":
        inner_fields = [inner for inner in field.fields if is_open(inner)]
        shown = " | ".join(inner.label for inner in inner_fields)
        told = f"{field.help} Une ligne pour chacun, sous cette forme : {shown}"
        yield Question(name, "rows", label, told, columns=tuple(inner.name for inner in inner_fields))
        return
    options = _options(field, words)
    yield Question(name, _kind(field, options), label, field.help, _example(field), options, needed)


def _options(field: Field, words: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    if field.kind == "boolean":
        return (YES,)
    if field.labels:
        return tuple(field.labels.values())
    if field.widget in {"checkboxes", "select", "radio"}:
        return tuple(words.get(field.vocabulary or field.reference, ()))
    return ()


def _kind(field: Field, options: tuple[str, ...]) -> Kind:
    if field.kind == "boolean":
        return "yes"
    if options:
        return "choices" if field.kind == "list" else "choice"
    return "text" if field.widget == "textarea" else "line"


def _example(field: Field) -> str:
    if field.example is None or field.labels:
        return ""
    return ", ".join(map(str, field.example)) if isinstance(field.example, list) else str(field.example)


def _element(question: Question) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.help:
        attributes["description"] = _MARKDOWN.sub(lambda sign: f"\\{sign[0]}", question.help)
    if question.example and question.kind in {"line", "text"}:
        attributes["placeholder"] = question.example
    kind = {"line": "input", "choice": "dropdown", "yes": "checkboxes"}.get(question.kind, "textarea")
    if question.kind == "choices":
        kind = "checkboxes" if len(question.options) <= MOST_BOXES else "dropdown"
    if kind == "checkboxes":
        attributes["options"] = [{"label": option} for option in question.options]
    elif kind == "dropdown":
        attributes["options"] = list(question.options)
        if question.kind == "choices":
            attributes["multiple"] = True
    element: dict[str, Any] = {"type": kind, "id": question.id, "attributes": attributes}
    if question.required and kind != "checkboxes":  # which would ask for every box
        element["validations"] = {"required": True}
    return element


def _answers(text: str, questions: Sequence[Question]) -> Iterator[tuple[Question, str]]:
    """Each question with what stands below its heading. Headings come in the order of the form: what an answer holds that
    looks like one of them, but comes too early or a second time, is part of the answer.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    places = []
    start = 0
    for question in questions:
        at = next(
            (place for place in range(start, len(lines)) if lines[place].rstrip() == f"### {question.label}"), None
        )
        if at is not None:
            places.append((question, at))
            start = at + 1
    ends = [*(at for _, at in places[1:]), len(lines)]
    for (question, at), end in zip(places, ends, strict=False):  # without a heading there is one end too many
        yield question, "\n".join(lines[at + 1 : end]).strip()


def _pairs(question: Question, answer: str) -> Iterator[Pair]:
    if question.kind == "rows":
        for number, line in enumerate(line for line in answer.split("\n") if line.strip()):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            yield from (
                (f"{question.name}.{number}.{name}", cell) for name, cell in zip(question.columns, cells, strict=False)
            )
    elif question.kind == "choices":
        yield from ((question.name, option) for option in _chosen(answer, question.options))
    elif question.kind == "choice" and answer.startswith("- ["):  # boxes, of which one should be ticked
        yield from ((question.name, option) for option in _chosen(answer, question.options)[:1])
    elif question.kind == "yes":
        if _CHECKED.search(answer):
            yield question.name, "oui"
    else:
        yield question.name, answer


def _chosen(answer: str, options: Sequence[str]) -> list[str]:
    """What was chosen: boxes that are ticked, or names with commas between, which may stand in a name, too."""
    if answer.startswith("- ["):
        return [found[1].strip() for line in answer.split("\n") if (found := _CHECKED.fullmatch(line.strip()))]
    chosen, rest = [], answer
    for option in sorted(options, key=len, reverse=True):
        if f", {option}, " in f", {rest}, ":
            chosen.append(option)
            rest = f", {rest}, ".replace(f", {option}, ", ", ", 1).strip(", ")
    return sorted(chosen, key=list(options).index)
