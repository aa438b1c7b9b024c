"""The strict reader: what authors type stays what they meant, and every fault is said, with its place."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.yaml.events import HAS_LIBYAML
from plugins.model.yaml.reader import YamlDocument, read_yaml

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)


def both(text: str, first_line: int = 1) -> YamlDocument:
    """Read with both parsers, which have to agree in everything."""
    fast, slow = (read_yaml(text, first_line, fast=fast) for fast in (True, False))
    assert (fast.data, fast.faults) == (slow.data, slow.faults)
    assert json.dumps(fast.data) == json.dumps(slow.data)  # 1, 1.0 and true are equal in Python
    assert fast.positions._root == slow.positions._root
    return fast


def faults(text: str, first_line: int = 1) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in both(text, first_line).faults]


def test_libyaml_is_there_so_that_both_parsers_are_tested() -> None:
    assert HAS_LIBYAML


@pytest.mark.parametrize(
    "typed",
    [
        *("18:30", "1:20:30", "01000", "08", "no", "yes", "on", "off", "y", "N", "0x1F", "0o17", "0b1", "1_000", "1,5"),
        *("2026-03-04", "2026-03-04T18:30", "2026-03-04 18:30:00", "02.31.00.00.00", "02.31", "1.2.3", "1e", "e3"),
        *(
            ".inf",
            "-.inf",
            ".nan",
            "nan",
            "inf",
            "1e999",
            "tRUE",
            "nULL",
            "None",
            "--1",
            "+",
            "-x",
            ".",
            "12 rue du Port",
        ),
        *("1234567890123456789", "l’été", "a#b", "http://example.org/#x", "x:y", "=", "?x", "C:\\x", "٣"),
    ],
)
def test_text_stays_as_typed(typed: str) -> None:
    document = both(f"key: {typed}\n")
    assert document.data == {"key": typed}
    assert not document.faults
    assert document.positions.source_of(("key",)) is None


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("true", True), ("True", True), ("TRUE", True), ("false", False), ("FALSE", False)),
        *(("null", None), ("Null", None), ("~", None), ("", None)),
        *(("0", 0), ("-7", -7), ("+5", 5), ("14118", 14118), ("999999999999999999", 999999999999999999)),
        *(("1.5", 1.5), (".5", 0.5), ("-0.37", -0.37), ("1e3", 1000.0), ("1E-3", 0.001), ("5.", 5.0), ("-.5e+1", -5.0)),
    ],
)
def test_json_values_keep_what_was_typed_beside_them(typed: str, value: object) -> None:
    document = both(f"a:\n  - {typed}\n")
    assert json.dumps(document.data) == json.dumps({"a": [value]})
    assert document.positions.source_of(("a", 0)) == typed


def test_quotes_and_blocks_make_text_of_anything() -> None:
    document = both("a: \"5\"\nb: 'true'\nc: |-\n  1e3\nd: >\n  null\n")
    assert document.data == {"a": "5", "b": "true", "c": "1e3", "d": "null\n"}
    assert document.positions.source_of(("c",)) is None


def test_keys_are_what_was_typed() -> None:
    assert both("2024: a\ntrue: b\n1e3: c\nno: d\n").data == {"2024": "a", "true": "b", "1e3": "c", "no": "d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", [("yaml-duplicate-key", 4, 3), ("yaml-duplicate-key", 5, 1)]),
        ("a: &x 1\nb: *x\n", [("yaml-anchor", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: {b: 1}\n<<: {c: 1}\n", [("yaml-merge-key", 2, 1)]),
        ("a: !!python/object/apply:os.system [x]\nb: !x y\n", [("yaml-tag", 1, 4), ("yaml-tag", 2, 4)]),
        ("a: !e!x y\nb: c\n", [("yaml-tag", 1, 4)]),
        ("a: 1\n---\nb: 2\n", [("yaml-many-documents", 2, 1)]),
        ("? [a]\n: b\n? {c: d}\n: e\n~: f\n", [("yaml-not-string-key", n, c) for n, c in ((1, 3), (3, 3), (5, 1))]),
        ("a:\n\t- b\n  \t- c\nd: e\n", [("yaml-tab", 2, 1), ("yaml-tab", 3, 3)]),
        ("a: x\x01y\n\x00b: z\n", [("control-character", 1, 5), ("control-character", 2, 1)]),
        ('a: "\\0"\nb: "\\ud800"\nc: "\\x07"\n', [("control-character", n, 4) for n in (1, 2, 3)]),
        ("%TAG ! tag:x,2000:\n---\na: !b c\n", [("yaml-tag", 3, 4)]),
    ],
)
def test_each_is_refused_where_it_stands(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert faults(text) == expected
    assert faults(text, 10) == [(code, line + 9, column) for code, line, column in expected]


def test_of_two_equal_keys_the_first_counts_and_is_named() -> None:
    document = both("title: a\ntitle: b\n", 5)
    assert document.data == {"title": "a"}
    assert dict(document.faults[0].params) == {"key": "title", "first_line": 5}


def test_an_alias_is_never_followed() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    document = both(bomb)
    assert document.data == {"a": ["x", "x"], **{key: [None, None] for key in "bcdefghi"}}
    assert sum(fault.code == "yaml-alias" for fault in document.faults) == 16
    assert document.positions.is_damaged(("i", 0))


SYNTAX = [
    ("title: Réparer: un atelier\n", "colon-in-value", 1, 15),
    ("a: b\ntitle:Bonjour\nc: d\n", "missing-colon-space", 2, 6),
    ("title:Bonjour\n", "missing-colon-space", 1, 6),
    ("a: b\nUn texte\nc: d\n", "missing-colon", 2, 1),
    ("Un texte\n", "missing-colon", 1, 1),
    ('a: b\ntitle: "Bonjour\nc: d\n', "unclosed-quote", 2, 8),
    ("title: 'L'atelier'\n", "text-after-quote", 1, 10),
    ('title: "Bonjour" dit-il\n', "text-after-quote", 1, 16),
    ('title: "a": b\n', "text-after-quote", 1, 10),
    ("tags: [a, b\nc: d\n", "unclosed-bracket", 1, 7),
    ("tags: [a, [b]\n", "unclosed-bracket", 1, 7),
    ("place: {a: b\n", "unclosed-bracket", 1, 8),
    ("title: [Appel] à projets\n", "text-after-bracket", 1, 14),
    ("title: @neci\n", "unexpected-character", 1, 8),
    ("title: `code`\n", "unexpected-character", 1, 8),
    ("title: % de déchets\n", "unexpected-character", 1, 8),
    ("title: *gras*\n", "unexpected-character", 1, 8),
    ("title: & co\n", "unexpected-character", 1, 8),
    ("title: | texte\n", "unexpected-character", 1, 8),
    ("title: - texte\n", "unexpected-character", 1, 8),
    ("title: ] x\n", "unexpected-character", 1, 8),
    ('file: "C:\\dossier"\n', "bad-escape", 1, 11),
    ("place:\n  a: b\n   c: d\n", "bad-indentation", 3, 4),
    ("place:\n   a: b\n  c: d\n", "bad-indentation", 3, 3),
    ("tags:\n  - a\n - b\n", "bad-indentation", 3, 2),
    (" a: b\nc: d\n", "bad-indentation", 1, 2),
    ("- a: b\nc: d\n- e: f\n", "bad-indentation", 2, 1),
]


@pytest.mark.parametrize(("text", "reason", "line", "column"), SYNTAX)
def test_syntax_errors_have_a_reason_and_their_true_place(text: str, reason: str, line: int, column: int) -> None:
    found = both(text).faults
    assert [(f.code, f.params["reason"], f.line, f.column) for f in found] == [("yaml-syntax", reason, line, column)]


def test_an_error_in_one_key_hides_nothing_of_the_others() -> None:
    document = both('title: a: b\ndate: "2026\ntags: [a\nplace:\n  x: 1\n  x: 2\nok: yes\nok: no\ntitre:x\n', 2)
    assert [(f.code, f.params.get("reason"), f.line) for f in document.faults] == [
        ("yaml-syntax", "colon-in-value", 2),
        ("yaml-syntax", "unclosed-quote", 3),
        ("yaml-syntax", "unclosed-bracket", 4),
        ("yaml-duplicate-key", None, 7),
        ("yaml-duplicate-key", None, 9),
        ("yaml-syntax", "missing-colon-space", 10),
    ]
    assert document.data == {"title": None, "date": None, "tags": None, "place": {"x": 1}, "ok": "yes", "titre": None}
    assert [document.positions.is_damaged((key,)) for key in ("title", "tags", "place", "ok")] == [
        True,
        True,
        False,
        False,
    ]


def test_an_error_in_one_item_of_a_list_keeps_the_numbers_of_the_others() -> None:
    document = both("- id: a\n- id: b: c\n  name: x\n- id: @d\n- id: e\n")
    assert document.data == [{"id": "a"}, None, None, {"id": "e"}]
    assert [(f.params["reason"], f.line, f.column) for f in document.faults] == [
        ("colon-in-value", 2, 8),
        ("unexpected-character", 4, 7),
    ]
    assert document.positions.of((3, "id")) == (5, 3)
    assert document.positions.is_damaged((1, "id"))


def test_tabs_within_texts_are_texts() -> None:
    document = both('a: "x\ty"\nb: |\n  x\ty\n  \tz\nc: x # \t\nd:\ty\n')
    assert document.data == {"a": "x\ty", "b": "x\ty\n\tz\n", "c": "x", "d": "y"}
    assert not document.faults


def test_question_marks_within_brackets_are_read_by_both_parsers() -> None:
    assert both("tags: [Pour qui ?, Où ? Ici, a?b]\n").data == {"tags": ["Pour qui ?", "Où ? Ici", "a?b"]}


def test_depth_and_size_have_limits() -> None:
    assert faults("a: " + "[" * 19 + "]" * 19) == []
    assert faults("a: " + "[" * 20 + "]" * 20 + "\nb: c\nb: d\n") == [
        ("yaml-too-deep", 1, 23),
        ("yaml-duplicate-key", 3, 1),
    ]
    assert faults("".join(f"k{n}: {n}\n" for n in range(9_999))) == []
    assert faults("".join(f"k{n}: {n}\n" for n in range(10_001))) == [("yaml-too-many", 10_000, 8)]
    assert not read_yaml("".join(f"k{n}: {n}\n" for n in range(10_001)), max_nodes=30_000).faults


@pytest.mark.parametrize("unit", ["[", "{", "[a,", "a: b: c\n", "\x00", "? ", "- ", "&a ", '"\\', "a\n", "\ta: b\n"])
def test_hostile_files_are_given_up(unit: str) -> None:
    """Where one were read to its end, this would take hours."""
    assert read_yaml(unit * (200_000 // len(unit))).faults


def test_positions_are_those_of_keys_and_items() -> None:
    positions = both("\na: 1\nb:\n  - c: x\n    d: [y, z]\n", 3).positions
    assert positions.of(("a",)) == (4, 1)
    assert positions.of(("b", 0)) == (6, 5)
    assert positions.of(("b", 0, "d", 1)) == (7, 12)
    assert positions.of(("b", 0, "missing", 4)) == (6, 5)
    assert positions.of(("b", 7)) == (5, 1)
    assert positions.of(()) == (3, 1)


@pytest.mark.parametrize("text", ["", "\n\n", "# rien\n", "---\n"])
def test_nothing_is_null_and_no_fault(text: str) -> None:
    document = both(text)
    assert (document.data, document.faults, document.positions.is_damaged(())) == (None, [], False)


def test_accents_line_breaks_and_marks_are_normalised() -> None:
    document = both('\ufeffe\u0301te\u0301: cafe\u0301\r\nb: "e\\u0301"\rc: x\u2028y\n')
    assert document.data == {"été": "café", "b": "é", "c": "x y"}


PIECES = st.sampled_from(
    [
        *"abAé01:-# \n'\"[]{},&*!|>%@`?.~\t\\<=\u2028\x85\x00\ufeff😀",
        *(
            "\n  ",
            "\n- ",
            "\n---\n",
            "\n...\n",
            "title: ",
            "key: |\n  x\n",
            "a: ",
            "<<: ",
            "!!str ",
            "&x ",
            "*x ",
            "\r\n",
        ),
        *("%YAML 1.2\n", "? ", ": ", "- ", " #"),
    ]
)
YAML_LIKE = st.lists(PIECES, max_size=20).map("".join)


@PROPERTY
@given(YAML_LIKE)
def test_no_text_breaks_the_reader_and_both_parsers_agree(text: str) -> None:
    document = both(text, 4)
    lines = text.replace("\r\n", "\n").split("\n")
    for fault in document.faults:
        assert 4 <= fault.line < 4 + len(lines) + 1
        assert fault.column >= 1
    assert document.faults or not document.positions.is_damaged(())
    json.dumps(document.data, allow_nan=False)


TEXTS = st.text(alphabet="aZé09'\":,[]{}#&*!|>%@`?- ~.\\/😀\n\t", max_size=20)
NUMBERS = st.integers(-(10**18) + 1, 10**18 - 1) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@PROPERTY
@given(st.dictionaries(TEXTS, JSON, max_size=4) | st.lists(JSON, max_size=4))
def test_json_is_read_as_json(value: object) -> None:
    written = json.dumps(value, ensure_ascii=False)
    document = both(written)
    assert not document.faults
    assert json.dumps(document.data, ensure_ascii=False) == written
