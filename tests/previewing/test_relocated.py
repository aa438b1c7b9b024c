"""A page of the site as a file of the preview: only what must change does."""

from __future__ import annotations

import pytest

from scripts.previewing.relocated import Place, relocated

HERE = frozenset(
    {"actualites/2026/ici/index.html", "actualites/2026/ici/photo é.480.png", "theme/style.css", "index.html"}
)


def place(url: str = "https://site.example/bas", file: str = "apres/actualites/2026/la/index.html") -> Place:
    return Place(file, "apres/", url, lambda path, _shown: path in HERE)


@pytest.mark.parametrize(
    ("value", "leads"),
    [
        ("/bas/actualites/2026/ici/", "../ici/index.html"),
        ("/bas/actualites/2026/ici/?a=1#titre", "../ici/index.html#titre"),
        ("/bas/actualites/2026/ici/photo%20%C3%A9.480.png", "../ici/photo%20%C3%A9.480.png"),
        ("/bas/theme/style.css", "../../../theme/style.css"),
        ("/bas/", "../../../index.html"),
        ("https://site.example/bas", "../../../index.html"),
        ("https://site.example/bas/actualites/2026/ici/", "../ici/index.html"),
        ("/bas/clubs/?q=x#y", "https://site.example/bas/clubs/?q=x#y"),
        ("/bas/../secret", "https://site.example/bas/../secret"),
        ("/autre/", "https://site.example/autre/"),
        ("//ailleurs.example/a", "//ailleurs.example/a"),
        ("https://site.example/basse/", "https://site.example/basse/"),
        ("https://ailleurs.example/", "https://ailleurs.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("#ici", "#ici"),
        ("../plus-haut/", "../plus-haut/"),
        ("", ""),
    ],
)
def test_where_a_link_leads(value: str, leads: str) -> None:
    assert place().link(value) == leads


def test_a_site_at_the_top_of_its_host() -> None:
    top = place("https://site.example", "apres/index.html")
    assert top.link("/actualites/2026/ici/") == "actualites/2026/ici/index.html"
    assert top.link("/clubs/") == "https://site.example/clubs/"


def test_everything_else_stays_as_it_is_written() -> None:
    html = (
        "<!doctype html>\n<html lang=fr>\n<p class='a'  data-x=\"1\">L&eacute;gende &amp; &#233; &lt;b&gt; &nbsp;!</p>\n"
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><input disabled value="&quot;"><br>\n</html>\n'
    )
    assert relocated(html, place()) == html


def test_scripts_and_what_speaks_for_the_page_elsewhere_are_left_out() -> None:
    html = (
        '<link rel="canonical" href="/bas/"><link rel="alternate" href="/bas/flux.xml">'
        '<link rel="stylesheet" href="/bas/theme/style.css">'
        '<meta property="og:url" content="x"><meta name="description" property="og:description" content="d">'
        '<script type="application/ld+json">{"a": "</p>"}</script><script src="/bas/a.js"></script><p>Texte</p>'
    )
    assert relocated(html, place()) == (
        '<link rel="stylesheet" href="../../../theme/style.css"><meta name="description" property="og:description" content="d">'
        "<p>Texte</p>"
    )


def test_what_is_written_anew_is_escaped() -> None:
    html = '<a title="&quot;&gt;&lt;script&gt;" href="/bas/actualites/2026/ici/">x</a>'
    assert relocated(html, place()) == '<a title="&quot;&gt;&lt;script&gt;" href="../ici/index.html">x</a>'


def test_every_size_of_a_picture() -> None:
    html = '<img srcset="/bas/actualites/2026/ici/photo%20%C3%A9.480.png 480w, /bas/x.png 2x" src="/bas/x.png">'
    assert relocated(html, place()) == (
        '<img srcset="../ici/photo%20%C3%A9.480.png 480w, https://site.example/bas/x.png 2x" src="https://site.example/bas/x.png">'
    )
