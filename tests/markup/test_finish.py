"""Final addresses, once the site is known."""

from __future__ import annotations

import pytest

from plugins.markup import Picture, finish, parse

EXTERNAL = ' class="external" rel="noopener external"'


def finished(text: str, *, picture: Picture | None = None, host: str = "site.example") -> str:
    return finish(parse(text).html, lambda target: f"/base{target}", lambda _: picture, site_host=host)


@pytest.mark.parametrize(
    ("markdown", "tag"),
    [
        ("[x](/a/?b=c&d#e)", '<a href="/base/a/?b=c&amp;d#e">'),
        ("[x]({filename}a.md)", '<a href="/base{filename}a.md">'),
        ("[x](a.pdf)", '<a href="/basea.pdf">'),
        ("[x](#a)", '<a href="#a">'),
        ("[x](mailto:a@b.example)", '<a href="mailto:a@b.example">'),
        ("[x](tel:+332)", '<a href="tel:+332">'),
        ("[x](https://site.example/a)", '<a href="https://site.example/a">'),
        ("[x](https://SITE.example)", '<a href="https://SITE.example">'),
        (
            "[x](https://a.example/?b&c)",
            f'<a href="https://a.example/?b&amp;c"{EXTERNAL}>',
        ),
        ("[x](//a.example/)", f'<a href="https://a.example/"{EXTERNAL}>'),
        (
            "[x](https://site.example.evil.example/)",
            f'<a href="https://site.example.evil.example/"{EXTERNAL}>',
        ),
        (
            "[x](https://site.example@evil.example/)",
            f'<a href="https://site.example@evil.example/"{EXTERNAL}>',
        ),
        ('[x](/a/ "L\'un")', '<a href="/base/a/" title="L\'un">'),
    ],
)
def test_links(markdown: str, tag: str) -> None:
    assert tag in finished(markdown)


def test_resolvers_get_what_the_author_wrote_and_may_answer_anything() -> None:
    asked: list[str] = []

    def answer(target: str) -> str:
        asked.append(target)
        return '"><script>'

    html = finish(parse("[x](/a/?b&amp;c=d) [y](é.pdf)").html, answer, lambda _: None, site_host="")
    assert asked == ["/a/?b&c=d", "é.pdf"]
    assert '<a href="&quot;&gt;&lt;script&gt;">' in html


def test_what_a_resolver_raises_comes_through() -> None:
    def unknown(_target: str) -> str:
        raise LookupError

    with pytest.raises(LookupError):
        finish(parse("[x](/a/)").html, unknown, lambda _: None, site_host="")


def test_pictures_have_sizes_and_variants() -> None:
    picture = Picture("/p/a.jpg", 1600, 900, (("/p/a.480.jpg", 480), ("/p/a.jpg", 1600)), "100vw")
    assert finished("![l'été](a.jpg)", picture=picture) == (
        '<p><img src="/p/a.jpg" srcset="/p/a.480.jpg 480w, /p/a.jpg 1600w" sizes="100vw" width="1600" height="900"'
        ' alt="l’été" loading="lazy" decoding="async"></p>'
    )
    assert "srcset" not in finished("![a](a.jpg)", picture=Picture("/p/a.jpg", 4, 3))


def test_an_unknown_picture_leaves_its_words() -> None:
    assert finished('![un "b" & <c>](a.jpg)') == "<p>un « b » &amp; &lt;c&gt;</p>".replace("« ", "«\u202f").replace(
        " »", "\u202f»"
    )


def test_a_picture_of_another_site_is_a_link_to_it() -> None:
    assert finished("![vue](https://a.example/b.png)") == f'<p><a href="https://a.example/b.png"{EXTERNAL}>vue</a></p>'
    assert finished("[![vue](https://a.example/b.png)](/c/)") == '<p><a href="/base/c/">vue</a></p>'


def test_text_that_looks_like_html_is_not_touched() -> None:
    html = finished('`<a href="/x/">` \\<img src="y" alt="z">')
    assert "/base" not in html
    assert "<a" not in html
