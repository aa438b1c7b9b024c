"""The form of a type as a description template of GitLab, which has no issue forms: a text to be filled in below its headings.

It has the headings of the issue form, so that :func:`plugins.forms.issue_form.read_issue` reads what becomes of it; what explains a
question is a comment, which GitLab does not show and the reader leaves out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.forms.issue_form import MOST_BOXES, hint_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.forms.issue_form import Question

REQUIRED: Final = "Nécessaire."
INTRODUCTION: Final = (
    "Une équipe relit votre proposition avant de la publier. Écrivez sous chaque titre, sans toucher aux titres ; ce qui n’est pas "
    "dit nécessaire peut rester vide. Ce que vous écrivez ici est public."
)


def issue_template(labels: Sequence[str], questions: Sequence[Question]) -> str:
    """The text of ``.gitlab/issue_templates/<name>.md`` (docs.gitlab.com, « Description templates »).

    It ends with a quick action that gives the labels, as far as whoever writes the issue may; editors give them otherwise.
    """
    parts = [hint_of(INTRODUCTION), *map(_question, questions)]
    given = " ".join(f"~{label}" for label in labels)
    return "\n\n".join([*parts, f"/label {given}"]) + "\n"


def _question(question: Question) -> str:
    boxes = bool(question.options) and (question.kind == "yes" or len(question.options) <= MOST_BOXES)
    said = [REQUIRED] if question.required else []
    said += [question.help] if question.help else []
    if question.kind == "choice" and boxes:
        said.append("Cochez une seule case, avec un x entre les crochets.")
    elif boxes:
        said.append("Cochez avec un x entre les crochets.")
    elif question.options:
        joined = " ; ".join(question.options)
        said.append(f"À choisir, avec des virgules entre plusieurs : {joined}.")
    if question.example and question.kind in {"line", "text"}:
        said.append(f"Par exemple : {question.example}")
    lines = [f"### {question.label}", *([hint_of(" ".join(said))] if said else [])]
    lines += ["\n".join(f"- [ ] {option}" for option in question.options)] if boxes else []
    return "\n\n".join(lines)
