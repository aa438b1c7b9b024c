"""The command as people type it: the static page, what it is told in files, and what it refuses."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from plugins.views.reference import fields
from scripts.__main__ import main
from scripts.editing_desk.view import DeskView
from tests.desk.rooting import initiative, write
from tests.site.test_view_names import names_in

if TYPE_CHECKING:
    from pathlib import Path

STALE = {"content/initiatives/2020/vieille.md": initiative(date="2020-01-01", title="Une vieille <b>initiative</b>")}


class Page(HTMLParser):
    """Addresses that a page loads by itself, and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"link", "img", "script", "iframe"}:
            self.loaded += [str(given[name]) for name in ("href", "src") if given.get(name)]
        if given.get("id"):
            self.ids.append(str(given["id"]))


def run(*words: str) -> int:
    return main(["desk", *words])


def test_the_page_loads_nothing_from_elsewhere_and_says_what_it_does_not_know(tmp_path: Path) -> None:
    root, out = write(tmp_path / "root", STALE), tmp_path / "out"
    assert run("--root", str(root), "--output", str(out), "--today", "2026-06-01") == 0
    text = (out / "index.html").read_text(encoding="utf-8")
    page = Page(text)
    files = [address for address in page.loaded if not address.startswith("https://boucles.example.org/")]
    assert files
    assert all((out / address).is_file() for address in files)
    assert all("flux.xml" in address or "agenda" in address for address in page.loaded if address not in files)
    assert len(page.ids) == len(set(page.ids))
    assert "Une vieille &lt;b&gt;initiative" in text
    assert "https://boucles.example.org/initiatives/2020/vieille/" in text
    assert "n’a pas reçu la liste" in text
    assert "il manque ici" in text
    assert "noindex" in text
    assert (out / "chiffres.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_same_day_gives_the_same_bytes(tmp_path: Path) -> None:
    root = write(tmp_path / "root", STALE)
    for name in ("one", "two"):
        assert run("--root", str(root), "--output", str(tmp_path / name), "--today", "2026-06-01") == 0
    assert (tmp_path / "one/index.html").read_bytes() == (tmp_path / "two/index.html").read_bytes()


def test_it_shows_what_it_is_told(tmp_path: Path) -> None:
    root = write(tmp_path / "root", STALE)
    waiting = {
        "waiting": [
            {"title": "Une proposition", "kind": "article", "since": "2026-05-01", "late": True, "href": "https://s.example/relecture/a/"},
            {"title": "Une ruse", "kind": "article", "since": "2026-05-02", "late": False, "href": "javascript:alert(1)"},
        ],
        "delays": [{"published": "2026-05-01", "days": 3}],
    }  # fmt: skip
    (tmp_path / "waiting.json").write_text(json.dumps(waiting), encoding="utf-8")
    (tmp_path / "said.json").write_text('{"initiatives/2020/vieille": "2026-01-01"}', encoding="utf-8")
    out = tmp_path / "out"
    told = ("--waiting", str(tmp_path / "waiting.json"), "--confirmations", str(tmp_path / "said.json"))
    assert run("--root", str(root), "--output", str(out), "--today", "2026-06-01", *told) == 0
    text = (out / "index.html").read_text(encoding="utf-8")
    assert "article, en retard" in text
    assert "il manque ici" not in text
    assert 'href="https://s.example/relecture/a/"' in text
    assert "javascript:" not in text
    assert "Une ruse" in text
    assert not re.search(r"<h3><a [^>]*>Une vieille", text), "confirmed within two years"


@pytest.mark.parametrize("content", ["{", "[]", '{"waiting": [{}], "delays": []}', '{"waiting": 1}'])
def test_a_file_that_is_none_of_ours_is_named(tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "root", {})
    file = tmp_path / "waiting.json"
    file.write_text(content, encoding="utf-8")
    assert run("--root", str(root), "--output", str(tmp_path / "out"), "--waiting", str(file)) == 2
    assert str(file) in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_it_is_never_put_into_a_public_site(tmp_path: Path) -> None:
    root, site = write(tmp_path / "root", {}), tmp_path / "site"
    site.mkdir()
    (site / "sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    assert run("--root", str(root), "--output", str(site)) == 2
    assert not (site / "index.html").exists()


@pytest.mark.parametrize(
    ("output", "said"),
    [("site/bureau", "public"), ("root/content/bureau", "sources"), ("file", "dossier"), ("file/x", "écrit")],
)
def test_where_it_cannot_be(output: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(tmp_path / "root", STALE)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitemap.xml").touch()
    (tmp_path / "file").touch()
    assert run("--root", str(root), "--output", str(tmp_path / output), "--today", "2026-06-01") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / output / "index.html").exists()


def test_links_that_nobody_has_looked_at_are_not_called_alive(tmp_path: Path) -> None:
    root = write(tmp_path / "root", STALE)
    assert run("--root", str(root), "--output", str(tmp_path / "out"), "--links", str(tmp_path / "none.json")) == 2


def test_the_template_uses_exactly_what_its_view_lists() -> None:
    assert names_in("service/desk.html") == set(fields(DeskView))
