"""Lists and tables as people write them in editors that show CommonMark or GitHub's Markdown."""

from __future__ import annotations

import re

import pytest

from plugins.markup import parse

AS_WRITTEN = (
    ("Voici :\n- a\n- b\n\nFin", "<p>Voici :</p><ul><li>a</li><li>b</li></ul><p>Fin</p>"),
    ("Voici :\n1. a\n2. b", "<p>Voici :</p><ol><li>a</li><li>b</li></ol>"),
    (
        "- a\n  - b\n    - c\n  - d\n- e",
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li><li>d</li></ul></li><li>e</li></ul>",
    ),
    ("- a\n    - b\n    - c\n- d", "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"),
    ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
    ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
    ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
    ("- a\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
    ("- a\n\n  suite\n- b", "<ul><li><p>a</p><p>suite</p></li><li><p>b</p></li></ul>"),
    ("- a\n  suite\n- b", "<ul><li>a suite</li><li>b</li></ul>"),
    ("- a\nsuite\n- b", "<ul><li>a suite</li><li>b</li></ul>"),
    ("- a\n\n      code\n- b", "<ul><li><p>a</p><pre><code>code </code></pre></li><li><p>b</p></li></ul>"),
    ("- a\n\n        code\n", "<ul><li>a<pre><code>code </code></pre></li></ul>"),
    ("- a\n\n  ```\n    x\n  ```\n\n- b", "<ul><li><p>a</p><pre><code>  x </code></pre></li><li><p>b</p></li></ul>"),
    ("- a\n  - b\n\n    c\n- d", "<ul><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ul>"),
    ("- a\n## T\n- b", '<ul><li>a</li></ul><h2 id="t">T</h2><ul><li>b</li></ul>'),
    ("- a\n---\nb", "<ul><li>a</li></ul><hr><p>b</p>"),
    (
        "> Voici :\n> - a\n>   - b\n> fin",
        "<blockquote><p>Voici :</p><ul><li>a<ul><li>b fin</li></ul></li></ul></blockquote>",
    ),
    ("- a\n  > b\n- c", "<ul><li>a<blockquote><p>b</p></blockquote></li><li>c</li></ul>"),
    ("en mai\n2026. Rien", "<p>en mai 2026. Rien</p>"),
    ("a - b\n-c", "<p>a - b -c</p>"),
    ("    - a", "<pre><code>- a </code></pre>"),
    ("* * *", "<hr>"),
    ("* a\n\n* b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
    ("• a\n• b", "<ul><li>a</li><li>b</li></ul>"),
    ("-\u00a0a\n-\u00a0b", "<ul><li>a</li><li>b</li></ul>"),
)


def flat(html: str) -> str:
    """Without the white space that no reader sees."""
    html = re.sub(r"\s*\n\s*", " ", html.replace("\u00a0:", " :").replace(' tabindex="0"', ""))
    return re.sub(r" ?(</?(?:ul|ol|li|p|blockquote|pre|hr|h2|div)[^>]*>) ?", r"\1", html)


@pytest.mark.parametrize(("markdown", "html"), AS_WRITTEN)
def test_lists(markdown: str, html: str) -> None:
    assert flat(parse(markdown).html) == html


def test_lists_inside_boxes_and_notes() -> None:
    box = flat(parse("!!! note\n    Voici :\n    - a\n      - b\n\n    fin\n\nAprès").html)
    assert box.endswith("<p>Voici :</p><ul><li>a<ul><li>b</li></ul></li></ul><p>fin</p></div><p>Après</p>")
    note = flat(parse("x[^1]\n\n[^1]: Voici :\n    - a\n    - b").html)
    assert "<p>Voici :</p><ul><li>a</li><li>b</li></ul>" in note


def test_a_table_may_follow_its_introduction() -> None:
    assert parse("Voici :\n| a | b |\n|---|---|\n| 1 | 2 |").html.count("<td>") == 2
    assert "<table>" not in parse("a | b\nc | d").html
