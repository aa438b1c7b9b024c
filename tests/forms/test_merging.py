"""A file is changed where its author changed it, and nowhere else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from plugins.forms.merging import merge_entry, merge_yaml
from plugins.forms.yaml_text import write_yaml
from plugins.model.front_matter import read_entry
from plugins.model.source_text import clean_body, decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

ORDER = ["title", "summary", "tags", "place", "levers", "cost"]
PROPERTY = settings(max_examples=250, deadline=None, derandomize=True)
FILE = """---
# Qui écrit ? Camille.
title:   'L''atelier'   # un titre court
summary: >
  Un résumé
  sur deux lignes.

# Les mots-clés
tags: [ réemploi,
        "vélo" ]   # deux
place:
    commune: 14118
    # au fond de la cour
    name: "L’Établi"

x-note: gardez-moi
cost: 12.50
...

Le texte.

La fin.

"""


def merged(text: str, body: str | None = None, **changes: Any) -> str:
    data = {**read_entry(text.encode()).data, **changes}
    wanted = {key: value for key, value in data.items() if value is not None}
    return merge_entry(text.encode(), wanted, body, ORDER).decode()


def test_nothing_changed() -> None:
    assert merged(FILE) == FILE
    assert merged(FILE, body="Le texte.\n\nLa fin.") == FILE


def test_one_field_changed() -> None:
    assert merged(FILE, title="Deux ateliers") == FILE.replace(
        "title:   'L''atelier'   # un titre court", "title: Deux ateliers"
    )
    assert merged(FILE, summary="Court.") == FILE.replace(
        "summary: >\n  Un résumé\n  sur deux lignes.", "summary: Court."
    )
    assert merged(FILE, tags=["vélo"]) == FILE.replace(
        'tags: [ réemploi,\n        "vélo" ]   # deux', "tags:\n  - vélo"
    )
    assert merged(FILE, cost=13) == FILE.replace("cost: 12.50", "cost: 13")


def test_a_field_taken_away_and_one_that_is_new() -> None:
    assert merged(FILE, cost=None) == FILE.replace("cost: 12.50\n", "")
    assert merged(FILE, levers="Du temps.") == FILE.replace(
        'name: "L’Établi"\n', 'name: "L’Établi"\nlevers: Du temps.\n'
    )
    assert merged(FILE, zoo=1) == FILE.replace("cost: 12.50\n", "cost: 12.50\nzoo: 1\n")
    assert merged(FILE.replace("title:   'L''atelier'   # un titre court\n", ""), title="A") == FILE.replace(
        "title:   'L''atelier'   # un titre court", "title: A"
    )


def test_the_text_changed() -> None:
    assert merged(FILE, body="Un autre.\n") == FILE.replace("Le texte.\n\nLa fin.\n\n", "Un autre.\n")
    assert merged(FILE, body="") == FILE.partition("...\n")[0] + "...\n"
    assert merged("---\ntitle: A\n---\n", body="Un texte") == "---\ntitle: A\n---\n\nUn texte\n"
    assert merged("---\ntitle: A\n---", body="Un texte") == "---\ntitle: A\n---\n\nUn texte\n"


def test_line_endings_and_marks_stay() -> None:
    windows = "\ufeff" + FILE.replace("\n", "\r\n")
    assert merged(windows) == windows
    assert merged(windows, tags=["a", "b"], body="x\ny") == (
        windows.replace('tags: [ réemploi,\r\n        "vélo" ]   # deux', "tags:\r\n  - a\r\n  - b").replace(
            "Le texte.\r\n\r\nLa fin.\r\n\r\n", "x\r\ny\r\n"
        )
    )


def test_fields_that_stand_on_no_lines_of_their_own_are_written_anew() -> None:
    assert merged("---\n{title: A, tags: [b]} # x\n---\nT\n", title="C") == "---\ntitle: C\ntags:\n  - b\n---\n\nT\n"
    assert merged("---\n? title\n: A\n---\nT\n", title="C") == "---\ntitle: C\n---\n\nT\n"


def test_a_member() -> None:
    text = "# moi\nname: Zoé\nkind: citoyen # eh oui\npublic: [name]"
    assert merge_yaml(text.encode(), {"name": "Zoé", "kind": "citoyen", "public": ["name"]}, []).decode() == text
    wanted = {"name": "Zoé", "kind": "citoyen", "public": ["name"], "url": "https://example.org"}
    assert merge_yaml(text.encode(), wanted, ["name", "kind"]).decode() == text + "\nurl: https://example.org\n"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12) | st.sampled_from(
    [
        "no",
        "a: b",
        "# c",
        "- d",
        "18:30",
        "'",
        '"',
        "x\ny\n",
        "a\n\n b",
        "{",
        "[x",
        "é",
        "  ",
        "---",
        "...",
        "a #b",
        "|",
        "?",
    ]
)
SCALARS = TEXTS | st.integers(-99, 99) | st.booleans() | st.floats(-9, 9).map(lambda number: round(number, 2))
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=3)
    | st.dictionaries(st.sampled_from(["a", "b"]), SCALARS, min_size=1, max_size=2)
)
KEYS = st.sampled_from([*ORDER, "x-note", "zoo", "demo"])
BETWEEN = st.sampled_from(["", "# une note\n", "\n", "\n\n# title: rien\n", "  # plus loin\n"])
WRITERS = st.sampled_from(["yaml", "flow"])


@st.composite
def sources(draw: st.DrawFn) -> str:
    """Front matter as people and programs write it."""
    data: dict[str, Any] = draw(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
    pieces = []
    for key, value in data.items():
        flow = draw(WRITERS) == "flow"
        written = f"{key}: {json.dumps(value, ensure_ascii=False)}\n" if flow else write_yaml({key: value}, [])
        pieces += [draw(BETWEEN), written]
    body = draw(st.sampled_from(["", "\n", "Texte\n", "\n\nTexte\n\n\n", "  code\n\nfin", "---\n"]))
    text = f"---\n{''.join(pieces)}{draw(BETWEEN)}---\n{body}"
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def in_a_file(data: dict[str, Any]) -> dict[str, Any]:
    """Data with its texts as files hold them."""
    found = read_yaml(write_yaml(data, [])).data
    return dict(found) if isinstance(found, dict) else {}


@PROPERTY
@given(sources(), st.dictionaries(KEYS, st.none() | VALUES, max_size=3), st.none() | TEXTS)
@example("---\r\ntags: |+\r\n  a\r\n\r\n---\r\n", {"zoo": 1}, None)
@example('---\nzoo: "a\n  # b"\n---\n', {"zoo": 1}, "x")
@example("---\nsummary:\n  - a\n# b\n  - c\n---\n", {"title": "A"}, None)
def test_what_is_wanted_is_read_back_and_the_rest_stays(
    text: str, changes: Mapping[str, Any], body: str | None
) -> None:
    before = read_entry(text.encode())
    assume(not before.faults and before.data)
    assert merge_entry(text.encode(), before.data, None, ORDER) == text.encode()
    merged_data: dict[str, Any] = dict(before.data) | dict(changes)
    wanted = in_a_file({key: value for key, value in merged_data.items() if value is not None})
    after = read_entry(merge_entry(text.encode(), wanted, body, ORDER))
    assert not after.faults
    assert json.dumps(after.data, sort_keys=True) == json.dumps(wanted, sort_keys=True)
    assert after.body == (before.body if body is None else clean_body(body))


@PROPERTY
@given(sources(), KEYS, TEXTS)
def test_lines_of_other_fields_and_notes_stay(text: str, key: str, value: str) -> None:
    before = read_entry(text.encode())
    assume(not before.faults and before.data)
    result = merge_entry(text.encode(), {**before.data, key: value}, None, ORDER).decode()
    others = {name: write_yaml({name: item}, []) for name, item in before.data.items() if name != key}
    for name, block in others.items():
        written = block.replace("\n", "\r\n" if "\r\n" in text else "\n")
        if written in text:
            assert written in result, name
    assert result.count("# une note") == text.count("# une note") or key in before.data


@PROPERTY
@given(sources())
def test_the_same_for_files_that_are_fields_alone(text: str) -> None:
    fields = text.replace("\r\n", "\n").partition("---\n")[2].partition("\n---\n")[0] + "\n"
    data = read_yaml(fields)
    assume(not data.faults and isinstance(data.data, dict) and data.data)
    assert isinstance(data.data, dict)
    assert merge_yaml(fields.encode(), data.data, ORDER) == fields.encode()
    changed = read_yaml(decode(merge_yaml(fields.encode(), {**data.data, "zoo": "z"}, ORDER))[0])
    assert changed.data == {**data.data, "zoo": "z"}


@pytest.mark.parametrize("indent", [1, 2, 4])
def test_fields_may_be_indented_together(indent: int) -> None:
    text = "---\n" + "".join(f"{' ' * indent}{line}\n" for line in ["title: A", "# b", "cost: 1"]) + "---\n"
    assert merged(text, title="C", cost=None) == text.replace("title: A", "title: C").replace(
        " " * indent + "cost: 1\n", ""
    )
