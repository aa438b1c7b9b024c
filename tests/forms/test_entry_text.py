"""What the tool writes it reads back the same; and a person likes to read it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.entry_text import write_entry
from plugins.forms.yaml_text import write_yaml
from plugins.model.front_matter import read_entry
from plugins.model.source_text import clean, clean_body
from plugins.model.yaml.reader import Json, read_yaml

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)
ORDER = ["title", "summary", "date", "start", "tags"]


def test_an_entry_as_people_would_write_it() -> None:
    fields: dict[str, Json] = {
        "tags": ["réemploi", "no", "2024"],
        "place": {"name": "L’Établi", "commune": "14118", "lat": 49.18, "lon": -0.36},
        "title": "Réparer ensemble : un atelier à Caen",
        "start": "2026-03-14T14:00",
        "date": "2026-03-04",
        "demo": True,
        "results": [{"measure": "objets réparés", "value": 120}],
        "registration": {"url": "https://example.org/a#b", "price": 0},
        "clubs": [],
        "levers": "Un lieu.\nDes outils.\n\n- et du temps\n",
        "summary": "C'est quoi, l'économie circulaire ?",
    }
    assert write_entry(fields, "Un texte.\r\n\r\nLa suite.\r\n\r\n", ORDER) == (
        "---\n"
        'title: "Réparer ensemble : un atelier à Caen"\n'
        "summary: C'est quoi, l'économie circulaire ?\n"
        "date: 2026-03-04\n"
        "start: 2026-03-14T14:00\n"
        'tags:\n  - réemploi\n  - "no"\n  - "2024"\n'
        "clubs: []\n"
        "demo: true\n"
        "levers: |\n  Un lieu.\n  Des outils.\n\n  - et du temps\n"
        'place:\n  name: L’Établi\n  commune: "14118"\n  lat: 49.18\n  lon: -0.36\n'
        "registration:\n  url: https://example.org/a#b\n  price: 0\n"
        "results:\n  - measure: objets réparés\n    value: 120\n"
        "---\n\nUn texte.\n\nLa suite.\n"
    )


NASTY = [
    *(
        "no",
        "18:30",
        "01000",
        "1e3",
        "- x",
        "# y",
        "a: b",
        "a #b",
        "x:",
        ":",
        "-",
        "?",
        "~",
        "null",
        "true",
        "2026",
        "0x1F",
    ),
    *(
        '"',
        "'",
        "it's",
        'say "x": it\'s',
        "\\",
        "C:\\x",
        '"a" b',
        "'a' b",
        "[a]",
        "{a}",
        "a, b",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
    ),
    *(
        "`a",
        "|",
        ">",
        "|-",
        "<<",
        "=",
        "---",
        "...",
        "--- a",
        "%YAML",
        "a\x85b",
        "a\u2028b",
        "a\tb",
        "\ta",
        " a",
        "a ",
        "",
        " ",
    ),
    *(
        "été",
        "😀",
        "😀: x",
        "a\nb",
        "a\n",
        "\na",
        "a\n\n",
        "a \nb",
        " a\nb",
        "a\n  b\n c\n",
        "# a\n# b",
        "---\n---",
        "\n",
        "a\n\tb",
    ),
    *(
        "\x7f",
        "\x92",
        "\xa0a\xa0",
        "\u200b",
        "\ue000",
        "1_000",
        "+5",
        ".5",
        "1.",
        ".inf",
        "12345678901234567890",
        "x" * 300,
    ),
    *("[Pour qui ?", "? a", "a ?", "a\n---\nb", "a\n...\nb", "{{ x }}", "{% x %}", "<script>", "$(x)"),
]


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_text_is_read_back_wherever_it_stands(text: str) -> None:
    fields: dict[str, Json] = {"title": text, "tags": [text, [text]], "place": {"name": text, "more": [{"x": text}]}}
    entry = read_entry(write_entry(fields, "Texte", ORDER).encode())
    assert (entry.data, entry.body, entry.faults) == (fields, "Texte", [])


PARTS = st.sampled_from(
    [*NASTY, "\n", " ", ": ", " #", "- ", "\r\n", "e\u0301", "\x00", "\ufeff", "\x0b", "\ud800", "\ufffe"]
)
TEXTS = st.lists(PARTS, max_size=6).map("".join) | st.text(max_size=30)
KEYS = TEXTS.map(clean)
NUMBERS = st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False)
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def cleaned(value: Json) -> Json:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    return {key: cleaned(item) for key, item in value.items()} if isinstance(value, dict) else value


@PROPERTY
@given(st.dictionaries(KEYS, VALUES, max_size=5), TEXTS)
def test_what_is_written_is_read_back(fields: dict[str, Json], body: str) -> None:
    written = write_entry(fields, body, ORDER)
    entry = read_entry(written.encode())
    assert not entry.faults
    assert json.dumps(entry.data, sort_keys=True) == json.dumps(cleaned(fields), sort_keys=True)
    assert entry.body == clean_body(body)
    assert written.endswith("\n")
    assert not written.endswith("\n\n")
    assert write_entry(entry.data, entry.body, ORDER) == written
    assert json.dumps(read_yaml(write_yaml(fields, ORDER), fast=False).data or {}) == json.dumps(entry.data)


@PROPERTY
@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_the_order_in_which_fields_come_does_not_matter(fields: dict[str, Json]) -> None:
    assert write_entry(fields, "", ORDER) == write_entry(dict(reversed(fields.items())), "", ORDER)


def test_one_object_in_two_places_is_written_twice() -> None:
    shared: list[Json] = ["a"]
    assert write_yaml({"a": shared, "b": shared}, []) == "a:\n  - a\nb:\n  - a\n"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf"), 10**18, -(10**30)])
def test_numbers_that_would_not_come_back_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not a number that can be written"):
        write_yaml({"cost": number}, [])


def test_an_entry_without_fields_or_text() -> None:
    assert write_entry({}, "\n \n", ORDER) == "---\n---\n"
