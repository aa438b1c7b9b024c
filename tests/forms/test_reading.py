"""From the pairs of a post to data."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.forms.pairs import settle
from plugins.forms.posted import Posted, read_post
from plugins.model.schema.schemas import load_schemas
from tests.markup.hostile import CORPUS

if TYPE_CHECKING:
    from plugins.forms.faults import FieldFault

SCHEMAS = load_schemas([Path(__file__).parents[2] / "data" / "schemas"])
TODAY = dt.date(2026, 12, 1)
SENDER = [("contact.name", "Camille Exemple"), ("contact.email", "camille@example.org")]


def read(
    type_name: str, *pairs: tuple[str, str], files: dict[str, str] | None = None
) -> tuple[Posted, list[FieldFault]]:
    flat, member = SCHEMAS.flattened(type_name), SCHEMAS.flattened("member")
    return read_post(flat, [*SENDER, *pairs], files or {}, today=TODAY, member=member)


def data(type_name: str, *pairs: tuple[str, str]) -> dict[str, Any]:
    posted, faults = read(type_name, *pairs)
    assert faults == []
    return {name: value for name, value in posted.data.items() if name not in {"date", "since", "consent"}}


def test_fields_become_json_types() -> None:
    assert data(
        "event",
        ("title", "  Un atelier  "),
        ("summary", "Deux\r\nlignes"),
        ("pillars", "recyclage-et-valorisation"),
        ("pillars", "ecoconception"),
        ("start", "2026-12-14T18:30"),
        ("end", "14/12/2026 à 20h"),
        ("place.name", "L’Établi"),
        ("place.lat", "49,18"),
        ("place.lon", "-0.36"),
        ("online", ""),
        ("registration.price", "1 200,50 €"),
        ("registration.capacity", "30"),
        ("status", "annulé"),
        ("tags", "réemploi, 2,5 tonnes ; vélo"),
    ) == {
        "title": "Un atelier",
        "summary": "Deux\nlignes",
        "pillars": ["recyclage-et-valorisation", "ecoconception"],
        "start": "2026-12-14T18:30",
        "end": "2026-12-14T20:00",
        "place": {"name": "L’Établi", "lat": 49.18, "lon": -0.36},
        "registration": {"price": 1200.5, "capacity": 30},
        "status": "cancelled",
        "tags": ["réemploi", "2,5 tonnes", "vélo"],
    }


def test_what_is_meant_anyway_is_not_written() -> None:
    assert data("event", ("status", "confirmed"), ("all_day", "false"), ("lang", "fr")) == {}


def test_whole_days_have_no_time() -> None:
    found = data("event", ("all_day", "on"), ("start", "2026-12-14T00:00"), ("end", "2026-12-15"))
    assert found == {"all_day": True, "start": "2026-12-14", "end": "2026-12-15"}


def test_a_group_left_empty_leaves_no_gap() -> None:
    found = data(
        "initiative",
        ("results.0.measure", ""),
        ("results.0.value", " "),
        ("results.2.measure", "Palettes"),
        ("results.2.value", "1 200"),
        ("results.7.measure", "Emplois"),
        ("partners", "Lycée Exemple, à Caen\nLa Lune"),
    )
    assert found["results"] == [{"measure": "Palettes", "value": 1200}, {"measure": "Emplois"}]
    assert found["partners"] == ["Lycée Exemple, à Caen", "La Lune"]


def test_to_show_nothing_is_another_answer_than_not_to_be_asked() -> None:
    assert data("member", ("name", "Camille")) == {"name": "Camille"}
    assert data("member", ("name", "Camille"), ("public", "")) == {"name": "Camille", "public": []}
    usual = [("public", name) for name in ("pillars", "name", "kind", "clubs", "organisation")]
    assert data("member", ("name", "Camille"), ("public", ""), *usual) == {"name": "Camille"}


def test_answers_to_a_consultation() -> None:
    assert data(
        "contribution",
        ("consultation", "consultations/2026/x"),
        ("answers.avis", "Oui\r\n\r\nmais"),
        ("answers.priorites.0", "Réparer"),
        ("answers.priorites.2", "Partager"),
        ("answers.lieu", "Le square"),
        ("answers.lieu", "La cour"),
        ("answers.__proto__", "x"),
        ("answers.vide", ""),
    ) == {
        "consultation": "consultations/2026/x",
        "answers": {"avis": "Oui\n\nmais", "lieu": ["Le square", "La cour"], "priorites": ["Réparer", "Partager"]},
    }


def test_what_cannot_be_read_is_told_beside_its_input() -> None:
    posted, faults = read(
        "event", ("registration.price", "gratuit"), ("status", "peut-être"), ("all_day", "jamais"), ("title", "Atelier")
    )
    assert posted.data == {"title": "Atelier", "date": "2026-12-01"}
    assert [fault.field for fault in faults] == ["all_day", "status", "registration.price"]
    assert faults[2].message == "Prix\u202f: «\u202fgratuit\u202f» n’est pas un nombre."
    _, (fault,) = read("event", ("registration.capacity", "12,5"), ("title", "Atelier"))
    assert fault.message == "Nombre de places\u202f: «\u202f12,5\u202f» n’est pas un nombre entier."


@pytest.mark.parametrize("name", ["demo", "date", "author", "save_as", "updated", "title.x", "place", "image.file"])
def test_what_a_stranger_must_not_set_is_passed_over(name: str) -> None:
    posted, faults = read("article", (name, "2020-01-01"), ("kind", "actualite"))
    assert (posted.data, faults) == ({"kind": "actualite", "date": "2026-12-01"}, [])


def test_a_picture_has_the_name_that_the_service_gave_it() -> None:
    posted, _ = read("article", ("image.alt", "Un atelier"), ("image.file", "../../x"), files={"image.file": "i.webp"})
    assert posted.data["image"] == {"file": "i.webp", "alt": "Un atelier"}


def test_who_is_no_member_yet_gives_the_lines_of_a_profile() -> None:
    posted, _ = read("article", ("member.kind", "Collectivité"), ("member.public", ""), ("member.demo", "on"))
    assert posted.profile == {"kind": "collectivite", "public": [], "since": "2026-12-01", "consent": "2026-12-01"}
    assert read("article")[0].profile == {"kind": "citoyen", "since": "2026-12-01", "consent": "2026-12-01"}
    assert read("article", ("authors", "Camille Exemple"))[0].profile is None
    assert read("member", ("name", "Camille"))[0].profile is None


def test_an_edit_says_what_it_edits() -> None:
    posted, _ = read(
        "event", ("target", "events/2026/x"), ("base", "a" * 40), ("seen", "title=0123abcd body=ffffffff x=1")
    )
    assert (posted.action, posted.target, posted.base) == ("edit", "events/2026/x", "a" * 40)
    assert posted.seen == {"title": "0123abcd", "body": "ffffffff"}
    assert "date" not in posted.data
    removal, _ = read("event", ("target", "events/2026/x"), ("action", "remove"), ("title", "x"))
    assert (removal.action, removal.data) == ("remove", {})
    assert read("event", ("target", "../../etc/passwd"))[0].target == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "camille",
        "a@b",
        "a b@example.org",
        "a@example.org\nBcc: x@example.org",
        "a@b@c.fr",
        "<a@b.fr>",
        "a@b.fr,c@d.fr",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    flat, member = SCHEMAS.flattened("article"), SCHEMAS.flattened("member")
    pairs = [("contact.name", "Camille"), ("contact.email", address)]
    _, faults = read_post(flat, pairs, {}, today=TODAY, member=member)
    assert [fault.field for fault in faults] == ["contact.email"]


TEXTS = st.text(max_size=40) | st.sampled_from(CORPUS)
NAMES = st.sampled_from(
    [name for kind in ("event", "initiative", "member", "contribution") for name in SCHEMAS.flattened(kind).by_dotted]
    + [
        "results.0.value",
        "results.12.measure",
        "answers.a.0",
        "answers..",
        "body",
        "contact.name",
        "member.clubs",
        "base",
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sampled_from(["event", "initiative", "member", "contribution"]),
    st.lists(st.tuples(NAMES | TEXTS, TEXTS), max_size=12),
)
def test_whatever_is_posted_is_read_stored_and_read_again(type_name: str, pairs: list[tuple[str, str]]) -> None:
    posted, _ = read(type_name, *pairs)
    assert Posted.from_json(posted.to_json()) == posted
    assert {"demo", "source", "author", "updated"}.isdisjoint(posted.data)
    assert settle(settle(pairs)) == settle(pairs)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"type_name": 1}', "null"])
def test_what_is_no_post_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # json's own or ours, both ValueError
        Posted.from_json(text)
