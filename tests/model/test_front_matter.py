"""An entry's file, from its bytes on: nothing crashes, places are those of the file, one fault hides no other."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.front_matter import SourceEntry, read_entry, split
from plugins.model.source_text import MAX_BYTES, clean, clean_body, decode

PROPERTY = settings(max_examples=150, deadline=None, derandomize=True)


def codes(entry: SourceEntry) -> list[tuple[str, int, int]]:
    return [(fault.code, fault.line, fault.column) for fault in entry.faults]


def test_fields_and_body_with_their_lines() -> None:
    entry = read_entry(b"\n---  \ntitle: a\n\ndate: 2026-03-04\n---\t\n\n\nUn\n\n---\ndeux\n\n \n")
    assert entry.data == {"title": "a", "date": "2026-03-04"}
    assert (entry.body, entry.body_line) == ("Un\n\n---\ndeux", 9)
    assert entry.positions.of(("date",)) == (5, 1)
    assert not entry.faults


def test_body_keeps_the_indentation_of_its_first_line() -> None:
    assert read_entry(b"---\na: b\n---\n \n    code\n").body == "    code"


def test_windows_files_are_read_as_any_other() -> None:
    data = "\ufeff---\ntitle: e\u0301te\u0301\n---\nL\u2019e\u0301te\u0301\n".replace("\n", "\r\n").encode()
    entry = read_entry(data)
    assert (entry.data, entry.body, entry.body_line) == ({"title": "été"}, "L’été", 4)
    assert not entry.faults


@pytest.mark.parametrize("data", [b"---\na: b\n---", b"---\na: b\n...\n", b"---\na: b\n---\n\n"])
def test_an_entry_may_have_no_body(data: bytes) -> None:
    entry = read_entry(data)
    assert (entry.data, entry.body, entry.faults) == ({"a": "b"}, "", [])


def test_empty_front_matter_has_no_fields_and_is_not_damaged() -> None:
    entry = read_entry(b"---\n---\ntexte\n")
    assert (entry.data, entry.body, entry.faults) == ({}, "texte", [])
    assert not entry.positions.is_damaged(())


def test_missing_front_matter() -> None:
    entry = read_entry(b"\n# Titre\n\ntitle: x\n")
    assert codes(entry) == [("front-matter-missing", 2, 1)]
    assert (entry.data, entry.body, entry.body_line) == ({}, "# Titre\n\ntitle: x", 2)
    assert entry.positions.is_damaged(("title",))


def test_unclosed_front_matter_still_gives_its_fields() -> None:
    entry = read_entry(b"---\ntitle: a\ntitle: b\n\nUn texte : avec deux-points\n")
    assert codes(entry) == [("front-matter-unclosed", 1, 1), ("yaml-duplicate-key", 3, 1)]
    assert (entry.data, entry.body, entry.body_line) == ({"title": "a"}, "Un texte : avec deux-points", 5)


def test_a_list_is_no_set_of_fields() -> None:
    entry = read_entry(b"---\n- a\n---\n")
    assert codes(entry) == [("yaml-not-mapping", 2, 1)]
    assert entry.positions.is_damaged(("title",))


def test_all_faults_of_a_file_at_once() -> None:
    entry = read_entry(b"---\ntitle: R\xe9parer: ici\nb: &x 1\n\tc: d\n---\nTexte\x00 et\x07\nfin\x1b\n")
    assert codes(entry) == [
        ("not-utf8", 2, 9),
        ("yaml-syntax", 2, 15),
        ("yaml-anchor", 3, 4),
        ("yaml-tab", 4, 1),
        ("control-character", 6, 6),
        ("control-character", 7, 4),
    ]
    assert entry.body == "Texte\ufffd et\ufffd\nfin\ufffd"


@pytest.mark.parametrize(
    ("data", "looks_like", "text"),
    [
        ("Été à la mer".encode("cp1252"), "windows-1252", "Été à la mer"),
        ("l’été".encode("cp1252"), "windows-1252", "l’été"),
        ("été".encode("utf-16"), "utf-16", "été"),
        ("été et œuvre".encode() + b"\xff", "", "été et œuvre\ufffd"),
    ],
)
def test_other_encodings_are_named_and_read(data: bytes, looks_like: str, text: str) -> None:
    decoded, faults = decode(data)
    assert decoded == text
    assert [(fault.code, fault.params["looks_like"]) for fault in faults] == [("not-utf8", looks_like)]


@pytest.mark.parametrize(
    ("data", "place"), [(b"ab\xe9", (1, 3)), ("é\r\nàé".encode() + b"\xff", (2, 3)), (b"\xef\xbb\xbfa\xe9", (1, 2))]
)
def test_the_first_byte_that_is_not_utf8_has_its_place(data: bytes, place: tuple[int, int]) -> None:
    fault = decode(data)[1][0]
    assert (fault.line, fault.column) == place


def test_a_large_file_is_refused_and_one_at_the_limit_read() -> None:
    entry = read_entry(b"---\n" + b"x" * MAX_BYTES)
    assert codes(entry) == [("file-too-large", 1, 1)]
    assert dict(entry.faults[0].params) == {"bytes": MAX_BYTES + 4, "limit": 1_000_000}
    assert entry.positions.is_damaged(())
    assert not decode(b"x" * MAX_BYTES)[1]


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x85", "\x92", "\ufffe"])
def test_control_characters_are_refused(character: str) -> None:
    text, faults = decode(f"a\nbc{character}{character}d\te".encode())
    assert text == "a\nbc\ufffd\ufffdd\te"
    assert [(f.code, f.line, f.column, dict(f.params)) for f in faults] == [
        ("control-character", 2, 3, {"character": f"U+{ord(character):04X}"})
    ]


ENTRY_LIKE = st.lists(
    st.sampled_from(
        ["---", "...", "\n", " ", "\t", "a: b", "a", ":", "- c", "\r\n", "é", "\u2028", "\x00", "# d", '"']
    ),
    max_size=20,
).map("".join)


@PROPERTY
@given(
    st.binary(max_size=80)
    | ENTRY_LIKE.map(str.encode)
    | ENTRY_LIKE.map(lambda text: f"---\n{text}\n---\n{text}".encode())
)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    entry = read_entry(data)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(1 <= fault.line <= lines + 1 and fault.column >= 1 for fault in entry.faults)
    assert [f.line for f in entry.faults] == sorted(f.line for f in entry.faults)
    assert entry.faults or not entry.positions.is_damaged(())
    assert unicodedata.is_normalized("NFC", entry.body)


@PROPERTY
@given(ENTRY_LIKE)
def test_the_body_is_what_stands_in_the_file_at_its_line(text: str) -> None:
    parts = split(text.replace("\r\n", "\n"))
    lines = text.replace("\r\n", "\n").split("\n")
    height = parts.body.count("\n") + 1
    if parts.body:
        assert "\n".join(lines[parts.body_line - 1 :][:height]) == parts.body
        assert all(not line.strip(" \t") for line in lines[parts.body_line - 1 + height :])
        assert parts.body.split("\n")[0].strip(" \t")


@PROPERTY
@given(st.text())
def test_clean_texts_stay_as_they_are(text: str) -> None:
    once, body = clean(text), clean_body(text)
    assert clean(once) == once
    assert clean_body(body) == body
    assert decode(body.encode()) == (body, [])


@pytest.mark.parametrize(
    ("line", "lost"),
    [
        ("title: Atelier #1", "#1"),
        ("title: Atelier #1 du printemps ", "#1 du printemps"),
        ('title: "Atelier #1"', None),
        ("title: Atelier # à revoir", None),
        ("title: C#", None),
        ("title: | #\n  Atelier #1", None),
        ("date: 2026-01-01  # à confirmer", None),
    ],
)
def test_the_end_of_a_text_that_yaml_takes_for_a_comment_is_told(line: str, lost: str | None) -> None:
    faults = read_entry(f"---\nkind: dossier\n{line}\n---\n".encode()).faults
    assert [(fault.code, fault.line, fault.params["lost"]) for fault in faults] == (
        [("yaml-cut-off", 3, lost)] if lost else []
    )
