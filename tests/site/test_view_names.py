"""A template uses exactly the names that its view's type lists, and a view gives exactly those."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import meta, nodes

from plugins.model.load import load_site
from plugins.press import Printer
from plugins.publication.context import Context
from plugins.publication.theme import TEMPLATES, THEME
from plugins.views.entry.entries import entry_pages
from plugins.views.finding.map_page import map_pages
from plugins.views.finding.search_page import search_pages
from plugins.views.forms.contribute import contribute_pages
from plugins.views.groups.clubs import club_pages
from plugins.views.groups.members import member_pages
from plugins.views.groups.pillars import pillar_pages
from plugins.views.groups.territories import territory_pages
from plugins.views.home import home_pages
from plugins.views.letters.newsletter import newsletter_pages
from plugins.views.listing.lists import list_pages
from plugins.views.listing.months import month_pages
from plugins.views.listing.tags import tag_pages
from plugins.views.observatory import observatory_pages
from plugins.views.page.not_found import not_found_pages
from plugins.views.page.shell import Shell, shell
from plugins.views.reference import KINDS, PageKind, fields, nested, with_reference
from plugins.views.styleguide import styleguide_pages
from tests.site.building import PROJECT, SMALL, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plugins.publication.page import Page


GLOBALS = {"shell"}
DOCUMENT = PROJECT / "docs" / "theme.md"
MAKERS = (
    home_pages, entry_pages, list_pages, month_pages, club_pages, member_pages, pillar_pages, territory_pages, tag_pages,
    observatory_pages, contribute_pages, search_pages, map_pages, newsletter_pages, not_found_pages, styleguide_pages,
)  # fmt: skip
OUTPUTS = frozenset(
    {
        *("home", "entries", "lists", "clubs", "pillars", "territories", "members", "tags", "map_page", "observatory"),
        *("agenda_months", "list_data", "event_files", "theme_files", "newsletter"),
        *("search_page", "contribute", "not_found", "attachments", "feeds", "calendars", "open_data", "styleguide"),
    }
)
environment = Printer(str(THEME), "", {}).environment()


@cache
def parsed(template: str) -> nodes.Template:
    return environment.parse((TEMPLATES / template).read_text(encoding="utf-8"))


def names_in(template: str) -> set[str]:
    """The names a template takes from its view: its own, and those of what it extends and includes."""
    return used_by(template) - own_names(template) - GLOBALS


def used_by(template: str) -> set[str]:
    found = meta.find_undeclared_variables(parsed(template))
    return found.union(*(used_by(other) for other in around(template)))


def own_names(template: str) -> set[str]:
    """What a template imports or sets at its top level, which its blocks see."""
    tree = parsed(template)
    imported = {
        name if isinstance(name, str) else name[1] for node in tree.find_all(nodes.FromImport) for name in node.names
    }
    assigned = {
        node.target.name for node in tree.body if isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name)
    }
    return (imported | assigned).union(*(own_names(other) for other in around(template)))


def around(template: str) -> list[str]:
    """What a template extends and includes under a fixed name."""
    tree = parsed(template)
    found = [node.template for node in tree.find_all(nodes.Extends)]
    found += [node.template for node in tree.find_all(nodes.Include)]
    return [str(one.value) for one in found if isinstance(one, nodes.Const)]


def attributes_in_theme() -> set[str]:
    """Every attribute and key that some template reads of something."""
    found: set[str] = set()
    for path in sorted(TEMPLATES.rglob("*.html")):
        tree = parsed(path.relative_to(TEMPLATES).as_posix())
        found |= {node.attr for node in tree.find_all(nodes.Getattr)}
        found |= {str(node.arg.value) for node in tree.find_all(nodes.Getitem) if isinstance(node.arg, nodes.Const)}
    return found


def attributes_of(name: str) -> set[str]:
    """What templates read of the variable ``name``."""
    trees = [parsed(path.relative_to(TEMPLATES).as_posix()) for path in sorted(TEMPLATES.rglob("*.html"))]
    reads = [node for tree in trees for node in tree.find_all(nodes.Getattr)]
    return {node.attr for node in reads if isinstance(node.node, nodes.Name) and node.node.name == name}


@cache
def pages_of(root: Path) -> tuple[Page, ...]:
    site = load_site(root, today=dt.date.fromisoformat(TODAY)).site
    assert site is not None
    context = Context(site, "https://example.org/ici", OUTPUTS, str(root))
    made = [page for make in MAKERS for page in make(context)]
    settings = {**site.settings, "intake": "https://formulaires.example.org"}
    served = Context(replace(site, settings=settings), "https://example.org/ici", OUTPUTS, str(root))
    made += [page for make in (contribute_pages, entry_pages) for page in make(served)]
    return tuple(made)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.template)
def test_a_template_uses_exactly_the_names_of_its_view(kind: PageKind) -> None:
    assert names_in(kind.template) == kind.names()


@pytest.mark.parametrize("root", [PROJECT, SMALL], ids=["neci", "small"])
def test_a_view_gives_exactly_the_names_of_its_type(root: Path) -> None:
    by_template = {kind.template: kind.names() for kind in KINDS}
    for page in pages_of(root):
        assert page.view.keys() == by_template[page.template], page.address


def test_every_kind_of_page_is_made_by_one_of_the_roots_and_every_template_has_its_kind() -> None:
    made = {page.template for root in (PROJECT, SMALL) for page in pages_of(root)}
    templates = {
        path.relative_to(TEMPLATES).as_posix() for path in (*TEMPLATES.glob("*.html"), *TEMPLATES.glob("entry/*.html"))
    }
    assert made == templates - {"base.html"} == {kind.template for kind in KINDS}


def test_components_take_nothing_from_the_page_around_them() -> None:
    for path in sorted((TEMPLATES / "components").glob("*.html")):
        assert names_in(f"components/{path.name}") == set(), path.name


@pytest.mark.parametrize(
    "view", [Shell, *(one for kind in KINDS for one in kind.types)], ids=lambda view: view.__name__
)
def test_every_name_has_its_sentence(view: Any) -> None:
    assert [name for name, (_, sentence) in fields(view).items() if not sentence] == []


def test_the_shell_and_the_frame_hold_nothing_that_no_template_uses_and_the_other_way_round() -> None:
    frame = next(hint for name, (hint, _) in fields(KINDS[0].types[0]).items() if name == "page")
    assert attributes_of("shell") == set(fields(Shell))
    assert attributes_of("page") == set(fields(frame))


def test_no_piece_of_a_view_holds_what_no_template_reads() -> None:
    read = attributes_in_theme()
    for piece in pieces():
        unread = set(fields(piece)) - read
        assert unread == set(), f"{piece.__name__}: {unread}"


def pieces() -> Iterator[Any]:
    pending, seen = [one for kind in KINDS for one in kind.types], set()
    while pending:
        for hint, _ in fields(pending.pop()).values():
            for piece in nested(hint):
                if piece.__name__ not in seen:
                    seen.add(piece.__name__)
                    pending.append(piece)
                    yield piece


@pytest.mark.parametrize("root", [PROJECT, SMALL], ids=["neci", "small"])
def test_views_hold_json_types_only_and_templates_render_them(root: Path) -> None:
    site = load_site(root, today=dt.date.fromisoformat(TODAY)).site
    assert site is not None
    context = Context(site, "https://example.org/ici", OUTPUTS, str(root))
    printing = Printer(str(THEME), "", shell(context)).environment()
    for page in pages_of(root):
        assert_json(page.view, page.address)
        assert "<h1" in printing.get_template(page.template).render(page.view), page.address


def assert_json(value: Any, where: str) -> None:
    if isinstance(value, dict):
        for key, below in value.items():
            assert type(key) is str, where
            assert_json(below, f"{where}.{key}")
    elif isinstance(value, list):
        for below in value:
            assert_json(below, where)
    else:
        assert value is None or type(value) in {str, int, float, bool}, f"{where}: {type(value)}"


def test_the_reference_of_the_theme_is_that_of_the_code() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    assert written == with_reference(written), "docs/theme.md: run python -m plugins.views.reference"
