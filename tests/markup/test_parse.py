"""What the checker and the renderer learn of a text."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError

import pytest

from plugins.markup import RESERVED_IDS, Contact, Heading, ImageUse, Link, Parsed, RemovedTag, TocItem, parse
from tests.markup.dom import elements, text_of


def places(text: str) -> list[tuple[str, int, int | None]]:
    return [(link.target, link.line, link.column) for link in parse(text).links]


def ids(html: str) -> list[str]:
    return [element.attrib["id"] for element in elements(html) if "id" in element.attrib]


def test_nothing_in_nothing_out() -> None:
    assert parse("") == parse(" \n\n\t\n") == Parsed("", "")


def test_the_result_is_frozen_and_crosses_processes() -> None:
    parsed = parse("## A\n\n[x](/y/) ![i](j.png) a@b.example")
    assert pickle.loads(pickle.dumps(parsed)) == parsed  # noqa: S301 - our own bytes
    with pytest.raises(FrozenInstanceError):
        parsed.html = ""  # type: ignore[misc]


@pytest.mark.parametrize(
    ("markdown", "target", "kind"),
    [
        ("[x](/agenda/2026/y/)", "/agenda/2026/y/", "site"),
        ("[x](/agenda/?q=é#z)", "/agenda/?q=é#z", "site"),
        ("[x]({filename}../a.md#b)", "{filename}../a.md#b", "filename"),
        ("[x]({filename}/pages/a.md)", "{filename}/pages/a.md", "filename"),
        ("[x]({static}a.pdf)", "{static}a.pdf", "other"),
        ("[x](affiche.pdf)", "affiche.pdf", "file"),
        ("[x](<mon affiche.pdf>)", "mon affiche.pdf", "file"),
        ("[x](../affiche.pdf)", "../affiche.pdf", "file"),
        ("[x](https://a.example/(b)?c=d&e=f)", "https://a.example/(b)?c=d&e=f", "external"),
        ("[x](https://a.example/?b&amp;copy=c)", "https://a.example/?b&copy=c", "external"),
        ("[x](HTTP://A.example)", "HTTP://A.example", "external"),
        ("[x](//a.example/b)", "//a.example/b", "external"),
        ("<https://a.example/_b_>", "https://a.example/_b_", "external"),
        ("https://a.example/b_c_d.", "https://a.example/b_c_d", "external"),
        ("[x][y]\n\n[y]: https://a.example/ 'Titre'", "https://a.example/", "external"),
        ("[x](#y)", "#y", "anchor"),
        ("[x](mailto:a@b.example)", "mailto:a@b.example", "mail"),
        ("<a@b.example>", "mailto:a@b.example", "mail"),
        ("[x](tel:+33200000000)", "tel:+33200000000", "phone"),
        ("[x](ftp://a.example)", "ftp://a.example", "other"),
        ("[x]()", "", "other"),
        ("[x](mailto:)", "mailto:", "other"),
        ("[x](https://)", "https://", "other"),
        ("![x](a.png)", "a.png", "file"),
    ],
)
def test_kinds_of_targets(markdown: str, target: str, kind: str) -> None:
    assert [(link.target, link.kind) for link in parse(markdown).links] == [(target, kind)]


def test_an_address_inside_a_link_or_code_is_no_second_link() -> None:
    assert [
        link.target for link in parse("[https://a.example](/b/) `https://c.example` [<d@e.example>](/f/)").links
    ] == ["/b/", "/f/"]


@pytest.mark.parametrize(
    ("sentence", "address"),
    [
        ("Voir https://a.example.", "https://a.example"),
        ("(https://a.example/b)", "https://a.example/b"),
        ("https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("« https://a.example/ »", "https://a.example/"),
        ("**https://a.example/b**", "https://a.example/b"),
        ("https://a.example/b, puis", "https://a.example/b"),
        ("https://a.example/?b=c&d=e !", "https://a.example/?b=c&d=e"),
        ("http://a.example:8080/b#c", "http://a.example:8080/b#c"),
    ],
)
def test_bare_addresses_become_links_without_the_sentence_around_them(sentence: str, address: str) -> None:
    assert [link.target for link in parse(sentence).links] == [address]


@pytest.mark.parametrize("text", ["http://", "https:// a", "ftp://a.example", "xhttps://a.example", "www.a.example"])
def test_other_words_do_not(text: str) -> None:
    assert parse(text).links == ()


def test_links_and_pictures_know_their_lines_and_columns() -> None:
    text = (
        "Un [a](/a/) et [b][ref].\n\n```\n[a](/a/)\n```\n\n`[a](/a/)` puis [a](/a/)\n"
        'et ![un](a.png "t").\n\n> - [c](</c d/>) https://d.example/.\n\n[ref]: /b/\n\n<a@b.example>'
    )
    assert places(text) == [
        ("/a/", 1, 8),
        ("/b/", 12, 8),
        ("/a/", 7, 21),
        ("a.png", 8, 10),
        ("/c d/", 10, 10),
        ("https://d.example/", 10, 18),
        ("mailto:a@b.example", 14, 2),
    ]
    assert parse(text).images == (ImageUse("a.png", "un", 8),)


def test_the_same_target_twice_has_two_places_and_a_reference_one() -> None:
    assert places("[x](/a/)\n\n[y](/a/)\n\n[z][r] [w][r]\n\n[r]: /b/") == [
        ("/a/", 1, 5),
        ("/a/", 3, 5),
        ("/b/", 7, 6),
        ("/b/", 7, 6),
    ]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    text = "# a\n\n[x](/y/)\n- b\n"
    assert parse("\ufeff" + text.replace("\n", "\r\n")) == parse(text)


def test_headings_levels_ids_and_lines() -> None:
    text = (
        "Intro\n\n## Évènements à venir !\n\n```\n## non\n```\n\nAutre\n-----\n\n### L'*œuvre* `x`\n\n"
        "> ## Cité\n\n#pas-un-titre\n\n## Évènements à venir ##\n"
    )
    parsed = parse(text)
    assert parsed.headings == (
        Heading(2, "Évènements à venir\u202f!", "evenements-a-venir", 3),
        Heading(2, "Autre", "autre", 9),
        Heading(3, "L’œuvre x", "l-oeuvre-x", 12),
        Heading(2, "Cité", "cite", 14),
        Heading(2, "Évènements à venir", "evenements-a-venir-2", 18),
    )
    assert parsed.skipped == parsed.demoted == ()
    assert parsed.toc[2] == TocItem(3, "l-oeuvre-x", "L’œuvre x")
    assert "#pas-un-titre" in parsed.text


def test_a_title_in_the_text_moves_all_headings_down_and_is_reported() -> None:
    parsed = parse("# A\n\n## B\n\n### C")
    assert [(item.level, item.text) for item in parsed.toc] == [(2, "A"), (3, "B")]
    assert [element.tag for element in elements(parsed.html)] == ["h2", "h3", "h4"]
    assert parsed.demoted == (Heading(1, "A", "a", 1),)
    assert parsed.skipped == ()


@pytest.mark.parametrize(
    ("text", "skipped"),
    [
        ("## A\n\n#### B\n\n### C", ["B"]),
        ("### A\n\n## B", ["A"]),
        ("# A\n\n### B", ["B"]),
        ("## A\n\n### B\n\n## C\n\n### D", []),
        ("###### A", ["A"]),
    ],
)
def test_skipped_levels(text: str, skipped: list[str]) -> None:
    assert [heading.text for heading in parse(text).skipped] == skipped


def test_the_base_level_is_the_callers() -> None:
    parsed = parse("## A\n\n### B\n\n###### C", base_level=4)
    assert [element.tag for element in elements(parsed.html)] == ["h4", "h5", "h6"]


def test_ids_are_unique_and_none_of_the_pages_own() -> None:
    text = "\n\n".join(
        [f"## {name}" for name in sorted(RESERVED_IDS)]
        + ["## A", "## A-2", "## A", "## A {#a-3}", "## ???", "## !!!", "## fn-1", "x[^1]", "[^1]: y"]
    )
    found = ids(parse(text).html)
    assert len(found) == len(set(found))
    assert not RESERVED_IDS & set(found)
    assert parse(text).anchors == set(found)
    assert [
        name for name in found if name in {"a", "a-2", "a-2-2", "a-3", "section", "section-2", "section-fn-1"}
    ] != []


@pytest.mark.parametrize("text", ["#", "## ", "## <br>", "## <script></script>", "##   ##"])
def test_a_heading_that_says_nothing_is_none(text: str) -> None:
    parsed = parse(text)
    assert "<h" not in parsed.html
    assert parsed.headings == ()
    assert parsed.toc == ()


def test_an_id_begins_with_a_letter() -> None:
    assert ids(parse("## 2026 : le bilan").html) == ["section-2026-le-bilan"]


def test_written_ids_win_and_bad_ones_are_dropped() -> None:
    assert ids(parse("## Deux\n\n## Un {#deux}").html) == ["deux-2", "deux"]
    assert ids(parse("## Un {#contenu}\n\n## Deux {#Pas_Un_Id}\n\n*x*{: #fn-1 }").html) == ["un", "deux"]
    assert ids(parse("## Un {#a}\n\nx\n{: #a }").html) == ["a"]


def test_attribute_lists_are_closed() -> None:
    html = parse("## Un {#un .chapo .inconnue data-x=1 style=x hidden}\n\ntexte\n{: .encadre }").html
    assert html == '<h2 class="chapo" id="un">Un</h2>\n<p class="encadre">texte</p>'


def test_plain_text_has_no_markup() -> None:
    parsed = parse("## Titre *fort*\n\nUn [lien](/x/)  \net `a<b` &amp; <kbd>c</kbd>[^1].\n\n- d\n- e\n\n[^1]: Note.")
    assert parsed.text == "Titre fort\nUn lien et a<b & c.\nd\ne\nNote."


def test_contacts_and_their_lines() -> None:
    text = (
        "x\nmarie@a.example, 02 31 00 00 00\n`b@c.example`\nhttps://d.example/e@f.example/0231000000\n"
        "[y](mailto:g@h.example)\n+33 (0)6.12.34.56.78\n"
    )
    assert parse(text).contacts == (
        Contact("email", "marie@a.example", 2),
        Contact("phone", "02 31 00 00 00", 2),
        Contact("email", "g@h.example", 5),
        Contact("phone", "+33 (0)6.12.34.56.78", 6),
    )


@pytest.mark.parametrize(
    "text",
    [
        "12345678901234",
        "0,231000000",
        "le 02 31 de 2026",
        "n° 0231000000123",
        "@pseudo",
        "a @ b",
        "2026-02-31 00 00",
        "code 06-12-34",
    ],
)
def test_no_contacts(text: str) -> None:
    assert parse(text).contacts == ()


def test_removed_tags_are_reported_and_their_content_stays() -> None:
    parsed = parse("a <div class=x>b</div>\n\n<span>c</span> <kbd>d</kbd>\n")
    assert parsed.removed == (RemovedTag("div", 1), RemovedTag("span", 3))
    assert text_of(parsed.html).split() == ["a", "b", "c", "d"]


def test_comments_are_not_shown() -> None:
    parsed = parse("<!-- Écrivez ici.\n\n## Non -->\nOui <!-- ni là --> aussi.\n\n    <!-- code -->\n")
    assert parsed.text == "Oui aussi.\n<!-- code -->"
    assert parsed.headings == ()


def test_tables_scroll_and_name_their_columns() -> None:
    html = parse("| Mesure | *Valeur* |  |\n|---|--:|---|\n| a | 1 | x |").html
    region = next(element for element in elements(html) if element.get("role") == "region")
    assert (region.get("tabindex"), region.get("aria-label")) == ("0", "Tableau\u00a0: Mesure, Valeur")
    assert [
        (cell.tag, cell.get("scope"), cell.get("class")) for cell in elements(html) if cell.tag in {"th", "td"}
    ] == [
        ("th", "col", None),
        ("th", "col", "align-right"),
        ("td", None, None),
        ("td", None, None),
        ("td", None, "align-right"),
        ("td", None, None),
    ]


def test_boxes_have_french_titles() -> None:
    for word, kind, title in (
        ("note", "note", "Note"),
        ("info", "info", "À noter"),
        ("warning", "attention", "Attention"),
        ("astuce", "conseil", "Conseil"),
        ("danger", "danger", "Danger"),
        ("retour-d-experience", "note", "Retour d experience"),
    ):
        html = parse(f"!!! {word}\n    x").html
        assert f'class="admonition {kind}"' in html
        assert f'<p class="admonition-title">{title}</p>' in html
    assert parse('!!! note "D\'abord"\n    x').text == "D’abord\nx"


def test_footnotes_are_numbered_as_they_are_called() -> None:
    parsed = parse("a[^z] b[^y] c[^z] d[^?]\n\n[^y]: Y\n[^z]: Z\n[^jamais]: J")
    anchors = [element.get("href", "") for element in elements(parsed.html) if element.tag == "a"]
    assert anchors == ["#fn-1", "#fn-2", "#fn-1", "#fnref-1", "#fnref-1-2", "#fnref-2"]
    assert {anchor[1:] for anchor in anchors} <= parsed.anchors
    assert parsed.text == "a b c d[^?]\nZ\nY\nJ"
    assert parsed.links == ()


def test_a_table_of_contents_where_the_author_asks_for_it() -> None:
    html = parse("[TOC]\n\n## A & b\n\n### C\n\n#### D").html
    links = [(element.get("href"), element.text) for element in elements(html) if element.tag == "a"]
    assert links == [("#a-b", "A & b"), ("#c", "C")]
    assert parse("[TOC]").html == ""


def test_a_titled_picture_alone_is_a_figure() -> None:
    assert (
        parse('![a](b.png "L\'atelier")').html
        == '<figure><img src="b.png" alt="a"><figcaption>L’atelier</figcaption></figure>'
    )
    assert "<figure>" not in parse('x ![a](b.png "c")').html


def test_fences_need_no_blank_lines_and_close_at_their_own_length() -> None:
    assert (
        parse("a\n````x\n```\nb\n````\nc").html
        == '<p>a</p>\n<pre tabindex="0"><code class="language-x">```\nb\n</code></pre>\n<p>c</p>'
    )
    assert parse("a\n```\nb").text == "a\nb"


def test_a_link_is_the_same_however_it_is_written() -> None:
    assert [type(link) for link in parse("[a](/b/)").links] == [Link]
    assert parse("[a](/b/)").html == parse("[a][c]\n\n[c]: /b/").html == '<p><a href="/b/">a</a></p>'
