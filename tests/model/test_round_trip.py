"""What the tool writes it reads back the same, of every type: entries drawn from the schemas, written, and loaded in a root."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from PIL import Image

from plugins.forms.entry_text import write_entry
from plugins.model.addresses import slug
from plugins.model.front_matter import read_entry
from plugins.model.load import PROJECT_SCHEMAS, load_site
from plugins.model.schema.formats import FORMATS, LICENCES
from plugins.model.schema.schemas import SchemaSet, load_schemas
from plugins.model.source_text import clean, clean_body

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.schema.schemas import ContentType, Field

TODAY: Final = dt.date(2026, 3, 4)
SMALL: Final = Path(__file__).parents[1] / "roots" / "outre-brume"
PROPERTY = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # a root is loaded for each example: shrinking one takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
PICTURE, PAPER, QUESTION = "photo.png", "piece.txt", "toit"
CONSULTATION = f"""---
title: Un lavoir pour tous
summary: Que faire du vieux lavoir, qui sert encore mais dont le toit menace de tomber cet hiver.
date: 2026-03-01
authors: [ines-falaise]
pillars: [partager]
level: concertation
opens: 2026-03-01
closes: 2026-05-01
questions:
  - {{id: {QUESTION}, text: Quel toit voulez-vous ?, kind: libre}}
---
Le lavoir a deux cents ans.
"""
IDS: Final[Mapping[str, tuple[str, ...]]] = {
    "member": ("ines-falaise",),
    "member-or-club": ("ines-falaise", "outilleurs"),
    "club": ("outilleurs",),
    "pillar": ("reparer", "partager", "rendre-a-la-terre"),
    "territory": ("baie",),
    "commune": ("98001", "98002"),
    "entry": ("articles/2025/une-echelle-pour-dix", "initiatives/2026/compost-du-port"),
    "entry:initiatives": ("initiatives/2026/compost-du-port",),
    "entry:consultations": ("consultations/2026/un-lavoir",),
}
FORMAT_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "uri-http": ("https://exemple.example/", "https://exemple.example/a?b=c&d='e'#f", "https://été.example/œuvre:1"),
    "spdx": tuple(sorted(LICENCES)),
    "language": ("fr", "en-GB", "br", "no"),
    "timezone": ("Europe/Paris", "America/Martinique", "Indian/Reunion"),
    "rrule": ("FREQ=WEEKLY;COUNT=3", "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20271231"),
    "file-name": (PAPER,),
    "slug": ("no", "true", "1e3", "2024-01-01", "a"),
}
# What YAML, or a reader in a hurry, takes for something else.
NASTY: Final = (
    "no", "Yes", "null", "~", "18:30", "01000", "1e3", "0x1F", "1_000", ".5", "+1", "-0", "2026-03-04", "2026-03-04T10:00", "<<",
    "- x", "# y", "a: b", "a #b", "'", '"', "''", "[x", "{x", "&a", "*a", "!x", "|", ">", "%x", "@x", "`x", "? x", "---", "...",
    "\\", "« Un »", "l’œuvre", "e\u0301", "\u00a0a", "\u202fa", "\U0001f4a9", "a\u2028b", "\ufeff", "=1+1", "{{ x }}", "</script>",
)  # fmt: skip


@cache
def schemas() -> SchemaSet:
    return load_schemas([PROJECT_SCHEMAS])


# ---- values of fields -----------------------------------------------------------------------------------------------------


def texts(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Texts that the schema takes, once cleaned as forms clean them; many look like something else."""
    least, most = schema.get("minLength", 1), min(schema.get("maxLength", 300), 60 + schema.get("minLength", 1))
    valid = Draft202012Validator(schema, format_checker=FORMATS).is_valid
    drawn = st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\n:#-'\" "), max_size=20
    )
    pieces = st.lists(st.sampled_from(NASTY) | drawn, min_size=1, max_size=6).map(" ".join)
    return pieces.map(lambda text: clean(text).ljust(least, "é")[:most]).filter(
        lambda text: valid(text) and clean(text) == text
    )


def plain(field: Field) -> st.SearchStrategy[Any]:
    """One value of a field, or of the items of a list."""
    schema = field.value_schema
    known = schema.get("enum") or IDS.get(field.reference) or FORMAT_VALUES.get(schema.get("format", ""))
    if field.vocabulary or known:
        return st.sampled_from(known or ["terme"])
    if field.reference:  # texts that have the form of an id would be ids
        return texts(schema).filter(lambda text: any(character.isupper() or character == " " for character in text))
    if field.dotted == "tags":  # each has a page, whose address is made from its letters and digits
        return texts(schema).filter(slug)
    return texts(schema)


def number(field: Field) -> st.SearchStrategy[Any]:
    least = field.schema.get("minimum", field.schema.get("exclusiveMinimum", -1000))
    most = field.schema.get("maximum", 10**9)
    whole = st.integers(int(least) + ("exclusiveMinimum" in field.schema), int(most))
    parts = st.floats(float(least), float(most), exclude_min="exclusiveMinimum" in field.schema, allow_subnormal=False)
    return whole if field.kind == "integer" else whole | parts


@st.composite
def group(draw: st.DrawFn, fields: tuple[Field, ...], fixed: Mapping[str, Any]) -> dict[str, Any]:
    """An object: its required fields, and some of the others."""
    found = {}
    for field in fields:
        if field.dotted in fixed:
            if fixed[field.dotted] is not None:
                found[field.name] = fixed[field.dotted]
        elif field.required or draw(st.booleans()):
            found[field.name] = draw(value(field, fixed))
    return found


def value(field: Field, fixed: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if field.kind in {"object", "objects"}:
        one = group(field.fields, fixed).filter(
            Draft202012Validator(field.value_schema, format_checker=FORMATS).is_valid
        )
        return one if field.kind == "object" else st.lists(one, max_size=min(3, field.schema.get("maxItems", 3)))
    if field.kind == "list":
        return st.lists(plain(field), min_size=field.schema.get("minItems", 0), max_size=3, unique_by=str.casefold)
    if field.kind == "boolean":
        return st.booleans()
    return number(field) if field.kind in {"number", "integer"} else plain(field)


# ---- what several fields must agree on ------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2027, 12, 31))


@st.composite
def agreed(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Dates in their order, places within the region, names of files that are there; None leaves a field out."""
    first, second, third = (day.isoformat() for day in sorted(draw(st.tuples(DAYS, DAYS, DAYS))))
    hours = sorted(draw(st.tuples(st.integers(8, 20), st.integers(8, 20))))
    whole_day = draw(st.booleans())
    start, end = (
        f"{day}" if whole_day else f"{day}T{hour:02}:30" for day, hour in zip((second, third), hours, strict=True)
    )
    point = {"lat": draw(st.floats(10.05, 10.2)), "lon": draw(st.floats(20.05, 20.2))} if draw(st.booleans()) else {}
    common = {"date": first, "updated": draw(st.sampled_from([None, second])), "image.file": PICTURE, "demo": None}
    question = schemas().flattened("consultation").by_dotted["questions.text"].schema
    of_type: dict[str, dict[str, Any]] = {
        "event": {
            "start": start,
            "end": end,
            "all_day": whole_day or None,
            "place": {"commune": "98001", **point},
            "registration.deadline": first,
            "recurrence": None,
        },
        "call": {"opens": second, "closes": third},
        "consultation": {
            "opens": second,
            "closes": third,
            "phases.start": second,
            "phases.end": third,
            "questions": [{"id": QUESTION, "text": draw(texts(question)), "kind": "libre"}],
        },
        "contribution": {"answers": {QUESTION: draw(texts({"type": "string"}))}},
        "initiative": {"commune": "98001", "lat": point.get("lat"), "lon": point.get("lon")},
        "offer": {"expires": third},
        "resource": {"file": PAPER},
    }
    return {**common, **of_type.get(name, {})}


@st.composite
def entries(draw: st.DrawFn, name: str) -> tuple[dict[str, Any], str]:
    """Fields that the schema of a type takes, and a text."""
    fields = draw(agreed(name).flatmap(lambda fixed: group(schemas().flattened(name).fields, fixed)))
    # Links, tags and pictures have their own tests: here a text is words, in lines.
    words = st.text(
        st.characters(codec="utf-8", exclude_characters="[](){}<>!&\\`", exclude_categories=["Cs", "Cn"]), max_size=40
    )
    return fields, draw(st.lists(words, max_size=5).map("\n\n".join))


# ---- the round trip -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Path(shutil.copytree(SMALL, tmp_path_factory.mktemp("round-trip") / "root"))
    (made / "data/territories.yaml").write_text("- {id: baie, name: La Baie, kind: epci}\n", encoding="utf-8")
    terms = "".join(f"{name}: [{{id: terme, label: Terme}}]\n" for name in ("sectors", "flows", "audiences"))
    (made / "data/vocabularies.yaml").write_text(terms, encoding="utf-8")
    (made / "content/consultations/2026").mkdir(parents=True)
    (made / "content/consultations/2026/un-lavoir.md").write_text(CONSULTATION, encoding="utf-8")
    return made


def folder(root: Path, content_type: ContentType) -> Path:
    """The folder of a type's entries, with the files that they may name."""
    found = root / "content" / content_type.folder / ("2026" if content_type.address else "")
    found.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (8, 6)).save(found / PICTURE)
    (found / PAPER).write_text("Papier", encoding="utf-8")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", [content_type.name for content_type in schemas().content_types])
def test_an_entry_that_was_written_is_loaded_the_same(name: str, root: Path) -> None:
    content_type = schemas().content_type(name)
    where = folder(root, content_type)
    order = [field.name for field in schemas().flattened(name).fields]

    @PROPERTY
    @given(st.lists(entries(name), min_size=4, max_size=4))
    def round_trip(drawn: list[tuple[dict[str, Any], str]]) -> None:
        paths = [where / f"tiree-{number}.md" for number in range(len(drawn))]
        for path, (fields, body) in zip(paths, drawn, strict=True):
            assert list(schemas().validator(name).iter_errors(fields)) == [], fields
            path.write_text(write_entry(fields, body, order), encoding="utf-8")
        loaded = load_site(root, today=TODAY)
        assert [found for found in loaded.problems if found.severity == "error"] == []
        assert loaded.site is not None
        for path, (fields, body) in zip(paths, drawn, strict=True):
            entry = loaded.site.entries[path.relative_to(root / "content").with_suffix("").as_posix()]
            assert entry.fields == fields
            assert [type(entry.fields[key]) for key in fields] == [type(fields[key]) for key in fields]
            assert read_entry(path.read_bytes()).body.strip("\n") == clean_body(body).strip("\n")
            # And once more: what was read is written as the same bytes.
            assert write_entry(entry.fields, body, order) == path.read_text(encoding="utf-8")
            path.unlink()

    round_trip()
