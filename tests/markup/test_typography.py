"""French typography: what is set, what is left alone, and that it is safe to set anything twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markup import parse, typography, typography_html

FINE, NBSP = "\u202f", "\u00a0"

SET = (
    ("Bonjour !", "Bonjour⍽!"),
    ("Bonjour!", "Bonjour⍽!"),
    ("Qui ? Quoi ?! Non !!", "Qui⍽? Quoi⍽?! Non⍽!!"),
    ("un ; deux; trois", "un⍽; deux⍽; trois"),
    ("Lieu : Caen", "Lieu␣: Caen"),
    ("Lieu: Caen", "Lieu␣: Caen"),
    ("« oui »", "«⍽oui⍽»"),
    ("«oui»", "«⍽oui⍽»"),
    ("«  oui  » !", "«⍽oui⍽»⍽!"),
    ("« Viens ! »", "«⍽Viens⍽!⍽»"),
    ("»!", "⍽»⍽!"),
    ('Elle dit "oui".', "Elle dit «⍽oui⍽»."),
    ('"Un" et "deux"', "«⍽Un⍽» et «⍽deux⍽»"),
    ('("Un")', "(«⍽Un⍽»)"),
    ("l'eau, aujourd'hui, L'Oréal", "l’eau, aujourd’hui, L’Oréal"),
    ("l'« eau »", "l’«⍽eau⍽»"),
    ('d\'"eau"', "d’«⍽eau⍽»"),
    ("etc...", "etc…"),
    ("mot... suite", "mot… suite"),
    ("un -- deux", "un – deux"),
    ("2020--2025", "2020–2025"),
    ("12 t", "12␣t"),
    ("5 %, 5%", "5␣%, 5␣%"),
    ("12 M€ et 3€", "12␣M€ et 3␣€"),
    ("1 200 kg", "1␣200␣kg"),
    ("12 345 678 habitants", "12␣345␣678 habitants"),
    ("en 2026 300 personnes", "en 2026 300 personnes"),
    ("3 mars 2026", "3␣mars 2026"),
    ("1er avril", "1er␣avril"),
    ("18 h 30", "18␣h␣30"),
    ("n° 5, N°5", "n°␣5, N°␣5"),
    ("art. 5 et p. 12", "art.␣5 et p.␣12"),
    ("M. Dupont, Mme Durand", "M.␣Dupont, Mme␣Durand"),
    ("90 m² à 20 °C", "90␣m² à 20␣°C"),
)
ALONE = (
    "18:30",
    "un rapport de 3:1",
    "à l’échelle 1:25000",
    "https://exemple.fr/?q=a&b=c;d!e:f",
    "https://exemple.fr/l'eau",
    "voir www.exemple.fr/a'b...",
    "ecrire@exemple.fr",
    "o'brien@exemple.fr",
    'un écran de 24" et un de 27"',
    'un " seul',
    '"a "b" c"',
    "a!=b",
    "!important",
    " ;-)",
    "C:/dossier",
    "--option",
    "a---b",
    "2 voisins",
    "12 tables",
    "x...y",
    "../../dossier",
    "'mot'",
    "rue 3 marsouins",
    "",
    " ",
    "“déjà”",
)


def seen(text: str) -> str:
    return text.replace(FINE, "⍽").replace(NBSP, "␣")


@pytest.mark.parametrize(("given_text", "expected"), SET)
def test_is_set(given_text: str, expected: str) -> None:
    assert seen(typography(given_text)) == expected


@pytest.mark.parametrize("text", ALONE)
def test_is_left_alone(text: str) -> None:
    assert seen(typography(text)) == text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><em>Quoi</em> ?</p>", "<p><em>Quoi</em>⍽?</p>"),
        ("<p><strong>Lieu:</strong> Caen</p>", "<p><strong>Lieu␣:</strong> Caen</p>"),
        ("<p><em>Quoi</em>!</p>", "<p><em>Quoi</em>⍽!</p>"),
        ('<p>"<em>mot</em>"</p>', "<p>«⍽<em>mot</em>⍽»</p>"),
        ('<p>un "mot</p><p>et" un</p>', '<p>un "mot</p><p>et" un</p>'),
        ("<p>l'<em>eau</em></p>", "<p>l’<em>eau</em></p>"),
        ("<p><strong>12</strong> t</p>", "<p><strong>12</strong>␣t</p>"),
        ('<p>« <a href="/a?b=c">x</a> »</p>', '<p>«⍽<a href="/a?b=c">x</a>⍽»</p>'),
        ("<p>a &amp; b ; c&lt;d !</p>", "<p>a &amp; b⍽; c&lt;d⍽!</p>"),
        ('<pre><code>a ? b : "c" ;</code></pre><p>d ?</p>', '<pre><code>a ? b : "c" ;</code></pre><p>d⍽?</p>'),
        (
            "<p><kbd>Ctrl ?</kbd> <samp>12 t</samp> <code>l'eau</code> !</p>",
            "<p><kbd>Ctrl ?</kbd> <samp>12 t</samp> <code>l'eau</code>⍽!</p>",
        ),
    ],
)
def test_html_is_set_across_tags_and_never_inside_code(html: str, expected: str) -> None:
    assert seen(typography_html(html)) == expected


def test_a_text_in_another_language_keeps_its_own_typography() -> None:
    assert parse('It\'s "fine"! Really: yes', lang="en-GB").html == '<p>It\'s "fine"! Really: yes</p>'
    assert parse('![It\'s "x"](a.png)', lang="en").html == '<p><img src="a.png" alt="It\'s &quot;x&quot;"></p>'
    assert "⍽!" in seen(parse("Bien!", lang="fr-FR").html)


ALPHABET = st.sampled_from(
    [
        *" \n\t\u00a0\u202f\u2009«»\"'’!?;:.…,-–()[]/%€°@&<>\x00\x01\x02\x03",
        *"aàmMnNptlhDr",
        *"0123",
        "mars",
        "1er",
        "https://",
        "www.",
        "n°",
        "...",
        "--",
    ]
)
SOUP = st.lists(ALPHABET, max_size=40).map("".join)
CHANGED = re.compile(r"[\s\u202f\u00a0\x00-\x03«»\"'’.…–-]")


@settings(max_examples=100, derandomize=True)
@given(SOUP)
def test_setting_twice_is_setting_once(text: str) -> None:
    once = typography(text)
    assert typography(once) == once


@settings(max_examples=100, derandomize=True)
@given(st.one_of(SOUP, st.text(max_size=80)))
def test_only_spaces_quotation_marks_points_and_dashes_change(text: str) -> None:
    assert CHANGED.sub("", typography(text)) == CHANGED.sub("", text)


@settings(max_examples=100, derandomize=True)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<em>",
                "</em>",
                "<br>",
                "<code>",
                "</code>",
                " ",
                "!",
                ":",
                '"',
                "'",
                "a",
                "é",
                "12",
                " t",
                "&amp;",
                "&lt;",
                "«",
                "»",
                "\n",
            ]
        ),
        max_size=30,
    ).map("".join)
)
def test_html_keeps_its_tags_and_setting_twice_is_setting_once(html: str) -> None:
    once = typography_html(html)
    assert re.findall("<[^>]*>|&[a-z]+;", once) == re.findall("<[^>]*>|&[a-z]+;", html)
    assert typography_html(once) == once
