"""The letter as a mail: what mailboxes accept, what stays inert, who gets which."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.letter_mail import Mail, Scope, mail, scope_of
from plugins.model.months import Month
from plugins.publication.context import Context
from plugins.views.drawing.colour import TEXT, contrast, parse
from plugins.views.letters.letter_mail import JOINER, inert, mail_view
from tests.documents.small_root import OUTPUTS
from tests.newsletter.region import CONTENT, URL, region
from tests.site.test_html_validity import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from xml.etree.ElementTree import Element

NOVEMBER: Final = Month(2026, 11)
# What the mail programs that people use show as it is meant, says https://www.caniemail.com: no position, float, flex or grid,
# no background pictures. Outlook for Windows knows no max-width, so the table says its width as an attribute, too.
ELEMENTS: Final = frozenset(
    {
        "html", "head", "meta", "title", "body", "div", "table", "tbody", "tr", "td", "h1", "h2", "h3", "h4", "p", "a", "br",
    }
)  # fmt: skip
PROPERTIES: Final = frozenset(
    {
        "margin", "padding", "color", "background-color", "font-family", "font-size", "font-weight", "line-height", "border-top",
        "text-decoration", "text-align", "width", "max-width", "table-layout", "word-wrap", "word-break",
    }
)  # fmt: skip
ATTRIBUTES: Final = frozenset(
    [
        "lang",
        "charset",
        "name",
        "content",
        "style",
        "role",
        "width",
        "cellpadding",
        "cellspacing",
        "border",
        "align",
        "href",
    ]
)
HIDDEN: Final = "display:none;max-height:0;overflow:hidden;"  # the preheader, and nothing else
CLIPPED: Final = 102_000  # bytes of HTML after which Gmail cuts a message


def made(ctx: Context, scope: Scope | None = None, **options: Any) -> Mail:
    found = mail(ctx, NOVEMBER, scope or Scope(), **options)
    assert found is not None
    return found


def tree(html: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root: Element = parser.parse(html)
    return root


def declarations(style: str) -> dict[str, str]:
    return dict(one.split(":", 1) for one in style.strip(";").split(";"))


def styles(root: Element) -> Iterator[dict[str, str]]:
    return (declarations(one.attrib["style"]) for one in root.iter() if "style" in one.attrib and one.tag != "div")


@pytest.fixture(scope="module")
def html(ctx: Context) -> str:
    return made(
        ctx, demo=True, intro="Bonjour à toutes et à tous.\n\nÀ bientôt !", unsubscribe="{{ unsubscribe }}"
    ).html


# ── What mailboxes accept ──


def test_the_html_is_html_and_has_only_what_mailboxes_show(html: str) -> None:
    root = tree(html)
    assert {one.tag for one in root.iter()} <= ELEMENTS
    assert {name for one in root.iter() for name in one.attrib} <= ATTRIBUTES
    assert {name for style in styles(root) for name in style} <= PROPERTIES
    assert [one.attrib["style"] for one in root.iter("div")] == [HIDDEN]
    assert not re.search(r"url\(|@media|@import|var\(|calc\(|!important|<!--", html)


@pytest.mark.slow
def test_a_validator_finds_only_what_old_mail_programs_need(html: str, tmp_path: Path) -> None:
    page = tmp_path / "lettre.html"
    page.write_text(html, encoding="utf-8")
    found = validate([page])
    # « presentation » is what screen readers of mail programs have known longest; « none » means the same.
    assert {one.rule for one in found} <= {"no-inline-style", "no-deprecated-attr", "presentation-role-style"}, found
    deprecated = {one.message for one in found if one.rule == "no-deprecated-attr"}
    assert {re.sub(r'.*Attribute "(\w+)".*', r"\1", one) for one in deprecated} <= {
        "width", "cellpadding", "cellspacing", "border", "align",
    }  # fmt: skip


def test_nothing_is_loaded_and_every_link_is_a_full_address(html: str) -> None:
    hrefs = [one.attrib["href"] for one in tree(html).iter("a")]
    assert all(href.startswith((f"{URL}/", "{{ unsubscribe }}")) for href in hrefs), hrefs
    assert f"{URL}/lettres/2026/11/" in hrefs
    assert f"{URL}/agenda/2026/fete/" in hrefs


def test_headings_skip_no_level(html: str) -> None:
    levels = [int(one.tag[1]) for one in tree(html).iter() if re.fullmatch(r"h\d", str(one.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_text_says_its_colour_and_every_colour_is_read_on_both_grounds(html: str) -> None:
    """So a mailbox that turns a mail dark turns ground and ink together."""
    root = tree(html)
    texts = [declarations(one.attrib["style"]) for one in root.iter() if one.tag in {"h1", "h2", "h3", "h4", "p", "a"}]
    grounds = {style["background-color"] for style in styles(root) if "background-color" in style}
    assert len(grounds) == 2
    for style in texts:
        assert all(contrast(parse(style["color"]), parse(ground)) >= TEXT for ground in grounds), style


def test_the_letter_is_six_hundred_pixels_wide_at_most(html: str) -> None:
    outer, inner = tree(html).iter("table")
    assert (outer.attrib["width"], inner.attrib["width"]) == ("100%", "600")
    assert declarations(inner.attrib["style"])["max-width"] == "600px"


def test_however_much_was_published_no_mailbox_cuts_the_letter(tmp_path: Path) -> None:
    title, summary = "Un titre de cent vingt signes, " * 4, "Un résumé qui prend toute la place qu’on lui laisse. " * 6
    wide = {"title": title[:119] + "x", "summary": summary[:299] + "x"}
    many = {f"{name}-{number}": {**fields, **wide} for name, fields in CONTENT.items() for number in range(20)}
    found = made(region(tmp_path, content=many), demo=True)
    assert len(found.html.encode()) < CLIPPED


# ── What it says ──


def test_it_says_what_is_new_then_what_comes(ctx: Context) -> None:
    root = tree(made(ctx).html)
    said = ["".join(one.itertext()) for one in root.iter() if one.tag in {"h1", "h2", "h3", "h4"}]
    assert said == [
        "Lettre de novembre 2026",
        "Nouveau",
        "Articles", "Le second article", "Le premier article",
        "Évènements", "Un colloque lointain",
        "Initiatives", "Des palettes qui reviennent",
        "Offres et besoins", "Expiré\u00a0: Une annonce vite expirée",
        "Appels", "Un appel de longue haleine",
        "À venir",
        "Rendez-vous", "Coudre le mercredi", "La fête du réemploi", "Annulé\u00a0: Une visite annulée",
        "Appels qui se terminent", "Un appel qui se termine",
        "Consultations ouvertes", "Quelle charte pour nos fêtes\u202f?",
        "Annonces qui expirent", "Un lot de palettes",
    ]  # fmt: skip


def test_an_event_that_comes_again_says_how(ctx: Context) -> None:
    html = made(ctx).html.replace("\u00a0", " ")
    assert (
        "mercredi 2 décembre 2026, de 18 h à 20 h · chaque semaine, le mercredi, jusqu’au 31 mars 2027 · en ligne"
        in html
    )


def test_made_up_content_is_left_out_unless_it_is_asked_for_and_then_says_so(ctx: Context) -> None:
    assert "inventé" not in made(ctx).html + made(ctx).text
    assert "Démonstration&nbsp;: <a" in made(ctx, demo=True).html
    assert "* Démonstration\u00a0: Un article inventé" in made(ctx, demo=True).text


def test_the_letter_of_a_club_has_its_name_its_entries_and_its_page(ctx: Context) -> None:
    found = made(ctx, scope_of("clubs", ctx.site.clubs["repar"]))
    assert found.subject == "Club Repar\u00a0– lettre de novembre 2026"
    hrefs = [one.attrib["href"].removeprefix(URL) for one in tree(found.html).iter("a")]
    assert hrefs == ["/clubs/repar/", "/", "/actualites/2026/premier/", "/agenda/2026/fete/", "/"]


def test_without_the_pages_of_letters_the_mail_leads_to_the_site(ctx: Context) -> None:
    found = made(Context(ctx.site, URL, OUTPUTS - {"newsletter"}, ctx.root))
    assert "/lettres/" not in found.html + found.text
    assert f"Voir le site\u00a0:\n{URL}/\n" in found.text


def test_there_is_no_letter_where_there_is_nothing_to_tell_but_the_editors_may_say_something(ctx: Context) -> None:
    nobody = scope_of("pillars", ctx.site.pillars["partager"])
    assert mail(ctx, NOVEMBER, nobody) is None
    assert mail(ctx, NOVEMBER, nobody, intro=" \n\n") is None
    assert "Bonne année" in made(ctx, nobody, intro="Bonne année !").text


def test_the_editors_words_are_text_and_the_tools_words_in_them_stay(ctx: Context) -> None:
    found = made(ctx, intro="Bonjour {{ prenom }}, <b>voici</b>\nla suite.\n\nÀ bientôt.", unsubscribe="*|UNSUB|*")
    assert ">Bonjour {{ prenom }}, &lt;b&gt;voici&lt;/b&gt; la suite.</p>" in found.html
    assert 'href="*|UNSUB|*"' in found.html
    assert found.text.endswith("Ne plus recevoir cette lettre\u00a0:\n*|UNSUB|*\n")


# ── What strangers write ──

TAGS: Final = (
    "{{ contact.EMAIL }}",
    "{% for x in y %}",
    "*|EMAIL|*",
    "%EMAIL%",
    "[EMAIL]",
    "[[x]]",
    "${x}",
    "#{x}",
    "<%= x %>",
    "{x}",
)


@pytest.mark.parametrize("tag", TAGS)
def test_what_a_tool_would_replace_is_inert(tag: str, tmp_path: Path) -> None:
    hostile = {
        "title": f"Un titre {tag} ici",
        "summary": f"Un résumé avec {tag} dedans, qui a quarante signes.",
        "date": "2026-11-03",
    }
    ctx = region(tmp_path, content={"articles/2026/hostile": {**hostile, "kind": "actualite"}})
    found = made(ctx)
    everything = found.html.replace("&lt;", "<") + found.text + found.subject
    assert JOINER in everything
    assert tag not in everything
    assert tag in everything.replace(JOINER, "")


@given(st.text())
@example("Démonstration 50 % et 3 # ; a|b * c < d")
def test_making_inert_adds_joiners_and_nothing_else(text: str) -> None:
    plain = text.replace(JOINER, "")
    assert inert(plain).replace(JOINER, "") == plain
    if not set(plain) & set("{[%#*<"):
        assert inert(plain) == plain


def test_markup_of_strangers_is_text(tmp_path: Path) -> None:
    hostile = {"title": "Un <img src=x onerror=alert(1)> titre", "date": "2026-11-03", "kind": "actualite"}
    found = made(region(tmp_path, content={"articles/2026/hostile": hostile}))
    assert not list(tree(found.html).iter("img"))
    assert "<img" not in found.html
    assert "onerror=alert(1)" in found.text


def test_the_same_letter_has_the_same_bytes_whatever_the_day_after_it_appeared(ctx: Context, tmp_path: Path) -> None:
    later = made(region(tmp_path, dt.date(2026, 12, 11)))
    assert (later.html, later.text, later.day) == (made(ctx).html, made(ctx).text, made(ctx).day)


def test_the_preheader_says_how_much_there_is_and_names_the_first(ctx: Context) -> None:
    view = mail_view(ctx, NOVEMBER, Scope())
    assert view is not None
    assert view["preheader"].replace("\u00a0", " ") == (
        "6 nouveautés, 3 rendez-vous, 1 appel qui se termine, 1 consultation ouverte et 1 annonce qui expire. "
        "Le second article · Le premier article · Un colloque lointain"
    )
