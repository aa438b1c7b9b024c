"""Issue forms: what a forge makes of them comes back as the post of the web form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.issue_form import Question, issue_form, issue_questions, read_issue
from plugins.forms.issue_template import issue_template
from scripts.bot.forges.issues import FORM_LABEL as WORKER_LABEL
from scripts.derived.forms import FORM_LABEL, documents

if TYPE_CHECKING:
    from plugins.forms.pairs import Pair
    from tests.forms.small_root import Region

WORDS = {
    "pillar": ["Réparer d’abord", "Partager l’usage", "Rendre à la terre"],
    "audiences": [f"Public {number}" for number in range(20)] + ["Élus, agents", "Élus"],
    "sectors": ["Bâtiment", "Textile"],
    "flows": ["Bois", "Verre"],
}
QUESTIONS = {
    kind: kind for kind in ("article", "event", "initiative", "resource", "offer", "call", "research", "member")
}


def questions(region: Region, type_name: str) -> tuple[Question, ...]:
    return issue_questions(region.site.schemas.flattened(type_name), WORDS)


def written(question: Question, answer: str | list[str] | list[list[str]] | bool | None) -> str:
    """What GitHub writes into the issue for one question."""
    if question.kind in {"choices", "yes"} and isinstance(answer, list | bool):
        chosen = answer if isinstance(answer, list) else [*question.options] if answer else []
        if len(question.options) > 12:
            text = ", ".join(map(str, chosen)) or "_No response_"
        else:
            text = "\n".join(f"- [{'X' if option in chosen else ' '}] {option}" for option in question.options)
    elif isinstance(answer, list):
        text = "\n".join(" | ".join(row) for row in answer) or "_No response_"
    else:
        text = str(answer) if answer else "_No response_"
    return f"### {question.label}\n\n{text}\n\n"


def expected(question: Question, answer: str | list[str] | list[list[str]] | bool | None) -> list[Pair]:
    if isinstance(answer, bool):
        return [(question.name, "oui")] if answer else []
    if question.kind == "rows" and isinstance(answer, list):
        return [
            (f"{question.name}.{number}.{name}", cell)
            for number, row in enumerate(answer)
            for name, cell in zip(question.columns, row, strict=True)
        ]
    if isinstance(answer, list):
        return [(question.name, str(option)) for option in question.options if option in answer]
    return [(question.name, answer)] if answer else []


LINES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20)
TEXTS = st.lists(
    LINES | st.sampled_from(["", "### Titre", "- [X] Bois", "_No response_ ?", "## Partie"]), max_size=4
).map(lambda lines: "\n".join(lines).strip())


def answers(question: Question) -> st.SearchStrategy[str | list[str] | list[list[str]] | bool | None]:
    cell = LINES.filter(lambda text: "|" not in text)
    if question.kind == "yes":
        return st.booleans()
    if question.kind == "choices":
        return st.lists(st.sampled_from(question.options), unique=True)
    if question.kind == "choice":
        return st.none() | st.sampled_from(question.options)
    if question.kind == "rows":
        return st.lists(st.lists(cell, min_size=len(question.columns), max_size=len(question.columns)), max_size=3)
    return st.none() | (LINES if question.kind == "line" else TEXTS.filter(lambda text: text != "### Titre"))


@pytest.mark.parametrize("type_name", QUESTIONS)
def test_an_issue_is_read_as_the_form_would_have_been_posted(region: Region, type_name: str) -> None:
    asked = questions(region, type_name)

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.tuples(*map(answers, asked)), st.sampled_from(["\n", "\r\n"]))
    def run(given_answers: tuple[str | list[str] | list[list[str]] | bool | None, ...], line_end: str) -> None:
        pairs = list(zip(asked, given_answers, strict=True))
        text = "".join(written(question, answer) for question, answer in pairs).replace("\n", line_end)
        assert read_issue(text, asked) == [pair for question, answer in pairs for pair in expected(question, answer)]

    run()


def test_an_issue_becomes_a_proposal(region: Region) -> None:
    asked = questions(region, "event")
    said: dict[str, str | list[str] | list[list[str]] | bool | None] = {
        "title": "Un atelier au lavoir",
        "summary": "Venez réparer une lessiveuse avec nous, et repartez avec ce qu’il faut pour la garder.",
        "start": "14/12/2026 18h30",
        "place.commune": "Port-Brume",
        "pillars": ["Réparer d’abord"],
        "contact.name": "Zoé Nouvelle",
        "sources": [["Le port", "https://port.example/"]],
    }
    nothing: dict[str, list[str]] = {"choices": [], "rows": []}
    text = "".join(written(question, said.get(question.name, nothing.get(question.kind))) for question in asked)
    proposal = region.propose("event", *read_issue(text, asked))
    assert proposal.faults == []
    assert region.problems_with(proposal) == []
    assert proposal.data["sources"] == [{"title": "Le port", "url": "https://port.example/"}]


def test_what_was_not_written_by_the_form_gives_nothing(region: Region) -> None:
    asked = questions(region, "event")
    assert read_issue("Bonjour,\n\n### Autre chose\n\nVoilà.", asked) == []
    assert read_issue("", asked) == []
    assert read_issue("### Titre", asked) == []


@pytest.mark.parametrize("path", [path for path in documents() if path.startswith(".github")])
def test_the_files_keep_to_what_forges_accept(path: str) -> None:
    """GitHub refuses a whole form for one of these (docs.github.com, « Common validation errors when creating issue forms »)."""
    form = yaml.safe_load(documents()[path]())
    assert set(form) == {"name", "description", "title", "labels", "body"}
    elements = form["body"][1:]
    ids, labels = [one["id"] for one in elements], [one["attributes"]["label"] for one in elements]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", id_) for id_ in ids)
    for one in elements:
        assert one["type"] in {"input", "textarea", "dropdown", "checkboxes"}
        assert set(one) <= {"type", "id", "attributes", "validations"}
        options = one["attributes"].get("options")
        assert (options is not None) == (one["type"] in {"dropdown", "checkboxes"})
        named = [option["label"] if isinstance(option, dict) else option for option in options or []]
        assert all(named)
        assert len(set(named)) == len(named)
        assert "None" not in named
    assert all(value for value in (form["name"], form["description"]))


@pytest.mark.parametrize("type_name", QUESTIONS)
def test_a_template_that_nobody_filled_in_says_nothing(region: Region, type_name: str) -> None:
    asked = questions(region, type_name)
    assert read_issue(issue_template(["proposition"], asked), asked) == []


@pytest.mark.parametrize("type_name", QUESTIONS)
def test_a_template_that_was_filled_in_is_read_as_the_form_would_have_been_posted(
    region: Region, type_name: str
) -> None:
    """At GitLab people write below the hints, or over them, and tick boxes."""
    asked = questions(region, type_name)
    template = issue_template(["proposition", "evenement"], asked)
    text, wanted = template, []
    for question in asked:
        if question.options and len(question.options) <= 12:
            here, box = text.index(f"### {question.label}\n"), f"- [ ] {question.options[0]}"
            text = text[:here] + text[here:].replace(box, box.replace("[ ]", "[x]"), 1)
            wanted.append((question.name, "oui" if question.kind == "yes" else question.options[0]))
        elif question.kind in {"line", "text"}:
            text = text.replace(f"### {question.label}\n\n", f"### {question.label}\n\nRéponse\n\n", 1)
            wanted.append((question.name, "Réponse"))
    for line_end in ("\n", "\r\n"):
        assert read_issue(text.replace("\n", line_end), asked) == wanted


def test_the_worker_looks_for_the_label_that_the_forms_give() -> None:
    assert WORKER_LABEL == FORM_LABEL
    assert all(
        text().rstrip().splitlines()[-1].startswith(f"/label ~{FORM_LABEL} ")
        for path, text in documents().items()
        if path.startswith(".gitlab")
    )


def test_no_issue_asks_for_an_address(region: Region) -> None:
    for type_name in QUESTIONS:
        names = {question.name for question in questions(region, type_name)}
        assert "contact.email" not in names
        assert {"demo", "date", "image.file"}.isdisjoint(names)


def test_a_form_has_what_is_required_first(region: Region) -> None:
    asked = questions(region, "event")
    form = issue_form("Proposer", "Une rencontre.", ["proposition"], asked)
    names = [question.name for question in asked]
    assert names.index("pillars") < names.index("body") < names.index("contact.name") < names.index("tags")
    assert form["body"][1]["validations"] == {"required": True}
