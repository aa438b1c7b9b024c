"""The form of a type: every field once, under its public name, with what was filled in and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import html5lib
import pytest

from plugins.forms.faults import FieldFault
from plugins.forms.open_fields import open_fields
from plugins.forms.proposal import Proposer
from plugins.model.source_text import clean
from plugins.press import Printer
from plugins.publication.context import Context
from plugins.publication.theme import THEME
from plugins.views.forms.completion import completion_documents
from plugins.views.forms.contribute import contribute_pages, form_page
from plugins.views.forms.form_view import Form, form_view
from plugins.views.page.frame import frame
from plugins.views.page.shell import shell
from tests.markup.hostile import CORPUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from plugins.forms.pairs import Pair
    from plugins.model.schema.schemas import Field

INTAKE = "https://formulaires.example.org/service"
TYPES = {
    "article": "article",
    "event": "evenement",
    "initiative": "initiative",
    "resource": "ressource",
    "offer": "offre",
    "call": "appel",
    "research": "labo",
    "member": "membre",
}


def form_of(
    ctx: Context, type_name: str, pairs: Sequence[Pair] = (), faults: Sequence[FieldFault] = (), **more: Any
) -> Form:
    address = f"/contribuer/{TYPES[type_name]}/"
    return form_view(ctx, ctx.site.schemas.flattened(type_name), address, INTAKE, pairs=pairs, faults=faults, **more)


def printed(ctx: Context, type_name: str, form: Form) -> Element:
    page = frame(ctx, "/contribuer/x/", "Titre", "Description")
    view = form_page(ctx, type_name, "Proposer", form, page)
    html = Printer(str(THEME), "", shell(ctx)).environment().get_template("form.html").render(view)
    return html5lib.parse(html, namespaceHTMLElements=False)  # type: ignore[no-any-return]


def inputs(root: Element) -> list[Element]:
    form = root.find(".//form[@data-form]")
    assert form is not None
    return [one for one in form.iter() if one.tag in {"input", "select", "textarea"} and one.get("type") != "hidden"]


def names_of(fields: Sequence[Field], prefix: str = "") -> Iterator[str]:
    for field in fields:
        name = prefix + field.name
        if field.kind == "object":
            yield from names_of(field.fields, f"{name}.")
        elif field.kind == "objects":
            yield from names_of(field.fields, f"{name}.0.")
        elif field.widget != "file" or "." in name:
            yield name


@pytest.mark.parametrize("type_name", TYPES)
def test_every_open_field_has_an_input_under_its_public_name(small: Context, type_name: str) -> None:
    root = printed(small, type_name, form_of(small, type_name))
    asked = {str(one.get("name")) for one in inputs(root)}
    wanted = set(names_of(open_fields(small.site.schemas.flattened(type_name), editing=False)))
    assert wanted - asked == set()
    assert asked & {"demo", "date", "since", "updated", "author", "source.url"} == set()
    assert {"contact.email", "message", "website"} <= asked
    assert ("contact.name" in asked) == (type_name != "member")


@pytest.mark.parametrize("type_name", TYPES)
def test_every_input_has_a_label_and_every_id_is_there_once(small: Context, type_name: str) -> None:
    root = printed(small, type_name, form_of(small, type_name))
    ids = [str(one.get("id")) for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    labelled = {str(label.get("for")) for label in root.iter("label")}
    inside = {one for label in root.iter("label") for one in label.iter()}
    for one in inputs(root):
        assert one.get("id") in labelled or one in inside, one.attrib
        for described in str(one.get("aria-describedby") or "").split():
            assert described in ids


@pytest.mark.parametrize("type_name", TYPES)
def test_what_must_be_given_stands_open_and_is_marked(small: Context, type_name: str) -> None:
    root = printed(small, type_name, form_of(small, type_name))
    folded = {one for details in root.iter("details") for one in details.iter()}
    needed = [one for one in inputs(root) if one.get("required") is not None]
    assert needed
    assert [one.get("name") for one in needed if one in folded] == []
    for one in needed:
        if one.get("type") != "radio":
            label = next(label for label in root.iter("label") if label.get("for") == one.get("id"))
            assert "obligatoire" in "".join(label.itertext())


def test_where_it_is_sent_and_what_goes_with_it(small: Context) -> None:
    form = form_of(small, "event", hidden={"key": "abc", "target": "events/2026/x"})
    assert form["action"] == f"{INTAKE}/contribuer/evenement/"
    assert form["captcha"] == f"{INTAKE}/contribuer/epreuve/"
    hidden = {one["name"]: one["value"] for one in form["hidden"]}
    assert hidden == {"key": "abc", "captcha": "", "form-opened": "", "target": "events/2026/x"}
    assert form["editing"]
    assert not form_of(small, "event")["editing"]


def test_all_that_was_filled_in_is_kept_even_what_could_not_be_read(small: Context) -> None:
    pairs = [
        ("title", "Ate"),
        ("start", "demain soir"),
        ("end", "2026-12-14T20:00"),
        ("registration.price", "gratuit"),
        ("pillars", next(iter(small.site.pillars))),
        ("sources.4.title", "Un livre"),
        ("body", "\n\nUn texte"),
        ("all_day", "on"),
        ("contact.email", "zoe@example.org"),
    ]
    root = printed(small, "event", form_of(small, "event", pairs))
    found = {str(one.get("name")): one for one in inputs(root)}
    assert found["title"].get("value") == "Ate"
    assert (found["start"].get("value"), found["start"].get("type")) == ("demain soir", "text")
    assert (found["end"].get("value"), found["end"].get("type")) == ("2026-12-14T20:00", "datetime-local")
    assert found["registration.price"].get("value") == "gratuit"
    assert found["sources.0.title"].get("value") == "Un livre"
    assert found["body"].text == "\n\nUn texte"
    assert found["all_day"].get("checked") is not None
    assert found["contact.email"].get("value") == "zoe@example.org"
    chosen = [
        one.get("value") for one in inputs(root) if one.get("name") == "pillars" and one.get("checked") is not None
    ]
    assert chosen == [pairs[4][1]]
    opened = {details.get("id") for details in root.iter("details") if details.get("open") is not None}
    assert {"page-taking-part", "page-publication"} <= opened
    assert "page-picture" not in opened


def test_faults_stand_beside_their_inputs_and_above_in_the_order_of_the_page(small: Context) -> None:
    faults = [
        FieldFault("contact.email", "Adresse : manque."),
        FieldFault("title", "Titre : trop court.", "Dites-en plus."),
        FieldFault("tags", "Mots-clés : un de trop."),
        FieldFault("", "Indiquez un lieu."),
        FieldFault("registration", "Inscription : vide."),
    ]
    form = form_of(small, "event", faults=faults)
    assert [(line["href"], line["message"]) for line in form["wrong"]] == [
        ("#page-place-name", "Indiquez un lieu."),
        ("#page-title", "Titre\u00a0: trop court."),
        ("#page-contact-email", "Adresse\u00a0: manque."),
        ("#page-registration-url", "Inscription\u00a0: vide."),
        ("#page-tags", "Mots-clés\u00a0: un de trop."),
    ]
    root = printed(small, "event", form)
    ids = {str(one.get("id")): one for one in root.iter() if one.get("id")}
    assert all(line["href"].removeprefix("#") in ids for line in form["wrong"])
    title = ids["page-title"]
    assert title.get("aria-invalid") == "true"
    assert str(title.get("aria-describedby")).split()[0] == "page-title-erreur"
    assert "".join(ids["page-title-erreur"].itertext()) == "À corriger. Titre\u00a0: trop court. Dites-en plus."


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_texts_are_shown_as_texts(small: Context, text: str) -> None:
    pairs = [("title", text), ("body", text), ("place.commune", text), ("tags", text), ("contact.name", text)]
    form = form_of(small, "event", pairs, [FieldFault("title", text, text)], hidden={"target": text}, picture=text)
    root = printed(small, "event", form)
    found = {str(one.get("name")): one for one in inputs(root)}
    scripts = [one.attrib for one in root.iter("script") if one.get("type") != "application/ld+json"]
    assert all(set(one) <= {"type", "src", "defer"} for one in scripts)
    assert not [name for one in root.iter() for name in one.attrib if str(name).startswith("on")]
    assert found["contact.name"].get("value", "") == clean(text).strip()
    assert (found["body"].text or "") == clean(text)


def test_the_form_of_an_entry_shows_it(small: Context) -> None:
    entry = next(entry for entry in small.site.entries.values() if entry.type.name == "event")
    filled = Proposer(small.site).filled_for_edit("event", entry.id, lambda path: _file(small, path))
    assert filled is not None
    form = form_of(small, "event", filled.pairs, hidden=filled.hidden, picture=filled.picture)
    found = {str(one.get("name")): one for one in inputs(printed(small, "event", form))}
    assert found["title"].get("value") == entry.title
    assert "authors" in found
    assert "member.kind" not in found
    assert {one["name"] for one in form["hidden"]} >= {"target", "base", "seen", "action"}


def _file(ctx: Context, path: str) -> bytes | None:
    file = f"{ctx.root}/{path}"
    with open(file, "rb") as content:  # noqa: PTH123  # a path as text
        return content.read()


@pytest.mark.parametrize("type_name", TYPES)
def test_an_entry_like_another_is_a_new_one(small: Context, type_name: str) -> None:
    entry = next((entry for entry in small.site.entries.values() if entry.type.name == type_name), None)
    if entry is None:
        assert type_name == "member"
        return
    filled = Proposer(small.site).filled_alike(type_name, entry.id, lambda path: _file(small, path))
    assert filled is not None
    assert filled.hidden == {}
    assert {"start", "end", "date", "status", "image.alt"}.isdisjoint(name for name, _ in filled.pairs)


def test_without_a_service_no_form_is_shown(small: Context) -> None:
    site = replace(
        small.site, settings={name: value for name, value in small.site.settings.items() if name != "intake"}
    )
    ctx = Context(site, small.site_url, small.outputs, small.root)
    assert {page.template for page in contribute_pages(ctx)} == {"contribute.html", "asked.html"}
    assert list(completion_documents(ctx)) == []


@pytest.mark.parametrize(
    ("repository", "issue"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/issues/new?template=evenement.yml"),
        (
            "https://codeberg.org/a/b",
            "https://codeberg.org/a/b/issues/new?template=.github/ISSUE_TEMPLATE/evenement.yml",
        ),
        (
            "https://gitlab.com/a/b",
            "https://gitlab.com/a/b/-/issues/new?issuable_template=Proposer%20un%20%C3%A9v%C3%A8nement",
        ),
    ],
)
def test_without_a_service_the_forge_is_the_way(small: Context, repository: str, issue: str) -> None:
    settings = {**small.site.settings, "repository": repository}
    settings.pop("intake", None)
    ctx = Context(replace(small.site, settings=settings), small.site_url, small.outputs, small.root)
    page = next(page for page in contribute_pages(ctx) if page.address == "/contribuer/evenement/")
    assert page.view["issue"] == issue
    assert page.view["editor"].startswith(repository.removesuffix(".git"))


def test_gitlab_has_the_file_of_questions_that_the_address_names(small: Context) -> None:
    settings = {**small.site.settings, "repository": "https://gitlab.com/a/b"}
    settings.pop("intake", None)
    ctx = Context(replace(small.site, settings=settings), small.site_url, small.outputs, small.root)
    asked = [page.view["issue"] for page in contribute_pages(ctx) if page.template == "asked.html"]
    named = {unquote(address.partition("issuable_template=")[2]) for address in asked}
    assert named == {path.stem for path in (Path(__file__).parents[2] / ".gitlab/issue_templates").glob("*.md")}
