"""The command as people type it, in real repositories: what is shown of each sort of change, and what is not."""

from __future__ import annotations

import io
import os
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from plugins.views.reference import fields
from scripts.__main__ import main
from scripts.previewing.view import BeforeAfterView, ProposedView
from tests.broken.small import article, files, picture
from tests.previewing.proposing import DAY, FIRST, PICTURE, SITE, dead_links, links, propose, tags
from tests.site.building import files_of
from tests.site.test_view_names import names_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.previewing.proposing import Proposal

NEW = "content/articles/2026/tout-neuf.md"
NEW_TEXT = article(1, word="tout nouveau").replace("Article numéro 1", "Un article tout neuf")


@pytest.fixture
def proposal(tmp_path: Path) -> Proposal:
    return propose(tmp_path)


def test_new_changed_renamed_and_removed_pages_a_member_a_club_and_a_picture(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    proposal.write(PICTURE, picture(60, 40))
    proposal.work.git("mv", "content/articles/2026/article-5.md", "content/articles/2026/article-cinq.md")
    proposal.edit("content/articles/2026/article-4.md", "article-5", "article-cinq")
    proposal.edit("content/articles/2026/article-4.md", "article-5", "article-cinq")
    proposal.edit("content/articles/2026/article-3.md", "article-5", "article-cinq")
    proposal.write("data/redirects.yaml", "/actualites/2026/article-5/: /actualites/2026/article-cinq/\n")
    proposal.edit("data/members/personne-1.yaml", "Personne 1", "Camille Nouvelle")
    proposal.edit("data/clubs.yaml", "On y prête des outils", "On y répare tout")
    proposal.write("content/articles/2026/court.md", NEW_TEXT)
    proposal.work.commit("avec une page de trop")
    (proposal.root / "content/articles/2026/court.md").unlink()  # never published, so never shown
    assert proposal.preview("--title", "Proposition 12") == 0
    report = proposal.report()
    assert {address: page["kind"] for address, page in report.items()} == {
        "/actualites/2026/tout-neuf/": "new",
        "/actualites/2026/article-0/": "changed",
        "/actualites/2026/article-3/": "changed",
        "/actualites/2026/article-4/": "changed",
        "/actualites/2026/article-cinq/": "changed",
        "/membres/personne-1/": "changed",
        "/clubs/": "changed",
        "/clubs/outilleurs/": "changed",
    }
    assert all((proposal.out / page["page"]).is_file() for page in report.values())
    assert "Le tout dernier texte" in proposal.text("apres/actualites/2026/article-0/index.html")
    assert "Le premier texte" in proposal.text("avant/actualites/2026/article-0/index.html")
    assert "Article numéro 5" in proposal.text("avant/actualites/2026/article-5/index.html")
    assert "Camille Nouvelle" in proposal.text("apres/membres/personne-1/index.html")
    index = proposal.text()
    assert "Proposition 12" in index
    assert "c’était /actualites/2026/article-5/" in index
    assert re.search(r"<del>premier</del>", index)
    assert re.search(r"<ins>tout dernier</ins>", index)
    assert "data/redirects.yaml" in index
    assert [page["path"] for page in report.values() if page["address"] == "/clubs/"] == ["data/clubs.yaml"]


def test_a_removed_page_is_shown_as_it_was(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.work.commit()
    proposal.work.git("branch", "--force", "main")
    (proposal.root / NEW).unlink()
    assert proposal.preview() == 0
    (page,) = proposal.report().values()
    assert (page["kind"], page["page"]) == ("removed", "avant/actualites/2026/tout-neuf/index.html")
    assert "tout nouveau" in proposal.text(page["page"])
    assert not (proposal.out / "apres/actualites").exists()


def test_a_picture_alone_changes_the_page_that_shows_it(proposal: Proposal) -> None:
    proposal.write(PICTURE, _other_picture())
    assert proposal.preview() == 0
    assert list(proposal.report()) == ["/actualites/2026/article-0/"]
    sides = [
        (proposal.out / side / "actualites/2026/article-0/atelier.png").read_bytes() for side in ("avant", "apres")
    ]
    assert sides[0] != sides[1]


def test_nothing_visible_changes(proposal: Proposal) -> None:
    proposal.edit("data/clubs.yaml", "- id:", "# une remarque\n- id:")
    assert proposal.preview() == 0
    assert proposal.report() == {}
    assert "Aucune page n’est nouvelle" in proposal.text()
    assert "une remarque" in proposal.text()


def test_what_changes_beside_the_contents_is_said(proposal: Proposal) -> None:
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    proposal.write("notes.txt", "à moi")
    assert proposal.preview() == 0
    assert "change aussi la présentation" not in proposal.text()
    proposal.write("theme/static/site.css", "body { color: red }")
    assert proposal.preview() == 0
    assert "change aussi la présentation" in proposal.text()


def test_a_name_that_is_no_utf8_hides_no_other_page(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.write(os.fsdecode(b"content/articles/2026/\xe9t\xe9.md"), NEW_TEXT)
    assert proposal.preview() == 1
    assert list(proposal.report()) == ["/actualites/2026/tout-neuf/"]
    assert "<strong>content/articles/2026/?t?.md</strong>" in proposal.text()


def test_the_lists_in_which_a_change_is_seen_are_named(proposal: Proposal) -> None:
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    assert proposal.preview() == 0
    assert "page-listes" not in proposal.text(), "no list shows the text"
    proposal.write(NEW, NEW_TEXT)
    assert proposal.preview() == 0
    named = [value for _, value in links(proposal.text().partition('id="page-listes"')[2])]
    assert f"{SITE}/" in named
    assert f"{SITE}/actualites/" in named
    assert set(proposal.report()) == {"/actualites/2026/article-0/", "/actualites/2026/tout-neuf/"}


def test_what_is_broken_is_named_and_the_rest_is_shown(proposal: Proposal, capsys: pytest.CaptureFixture[str]) -> None:
    proposal.edit(FIRST, "date: 2026-03-01", "date: demain")
    proposal.write("content/articles/2026/casse.md", "---\ntitle: [\n---\n")
    proposal.write("data/members/personne-2.yaml", "name: Dominique\nkind: citoyen\n")
    assert proposal.preview() == 1
    assert set(proposal.report()) == {"/membres/personne-2/"}
    assert not list(proposal.out.rglob("article-0")), "no old page in the place of the one that is proposed"
    index = proposal.text()
    for path in (FIRST, "content/articles/2026/casse.md"):
        assert f"<strong>{path}</strong>&nbsp;: cette page ne peut pas encore être montrée." in index.replace(
            "\u00a0", "&nbsp;"
        )
    said = capsys.readouterr()
    assert "demain" in index
    assert "Ne peut pas encore être montré" in said.out
    assert "Traceback" not in said.out + said.err


def test_a_broken_picture_hides_the_page_that_shows_it(proposal: Proposal) -> None:
    proposal.write(PICTURE, b"no picture")
    assert proposal.preview() == 1
    assert proposal.report() == {}
    assert FIRST in proposal.text()


def test_a_broken_data_file_is_named_and_the_rest_is_shown(proposal: Proposal) -> None:
    proposal.write("data/site.yaml", "name: [")
    proposal.write(NEW, NEW_TEXT)
    assert proposal.preview() == 1
    assert set(proposal.report()) == {"/actualites/2026/tout-neuf/"}
    assert "<strong>data/site.yaml</strong>" in proposal.text()


def test_a_site_that_cannot_be_made_says_so(proposal: Proposal, capsys: pytest.CaptureFixture[str]) -> None:
    """There is no good version of a file without which there is no site, on neither side: nothing is written."""
    proposal.work.git("switch", "--quiet", "--orphan", "autre")
    for path, text in files().items():
        proposal.write(path, "name: [" if path == "data/site.yaml" else text)
    proposal.work.commit()
    proposal.work.git("branch", "--force", "main")
    proposal.write(NEW, NEW_TEXT)
    assert proposal.preview() == 1
    said = capsys.readouterr()
    assert "L’aperçu n’a pas été fait" in said.out
    assert "data/site.yaml est fautif ou manque" in said.out
    assert "Traceback" not in said.out + said.err
    assert not proposal.out.exists()
    assert proposal.report() == {}


def test_hostile_texts_are_words(proposal: Proposal) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    proposal.write(NEW, NEW_TEXT.replace("Un article tout neuf", f"'{hostile}'") + f"\n{hostile}\n")
    proposal.write("content/articles/2026/<img src=x>.md", hostile)
    proposal.preview("--title", hostile)
    for file in proposal.out.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert "script" not in tags(text)
        assert "onerror=alert(1)>" not in re.sub(r"&lt;.*?&gt;", "", text)
        assert not [value for _, value in links(text) if value == "x" or value.startswith("javascript:")]
    assert "&lt;script&gt;" in proposal.text()


def test_every_link_lives_every_page_says_what_it_is_and_none_is_indexed(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    proposal.edit("content/articles/2026/article-5.md", "Le premier texte", "Le dernier texte")
    proposal.write("content/articles/2026/meme-image.md", (proposal.root / FIRST).read_text(encoding="utf-8"))
    proposal.edit("data/site.yaml", "Une petite région imaginaire", "Une région imaginaire")
    assert proposal.preview() == 0
    assert list(dead_links(proposal.out)) == []
    assert (proposal.out / "apres/actualites/2026/meme-image/atelier.png").is_file()
    pages = sorted(proposal.out.rglob("*.html"))
    assert len(pages) > 4
    for file in pages:
        text = file.read_text(encoding="utf-8")
        assert text.count('<meta name="robots" content="noindex">') == 1
        assert "canonical" not in text
        assert "og:url" not in text
        assert "application/ld+json" not in text
        assert "application/atom+xml" not in text
        assert "default-src 'none'" in text.replace("&#x27;", "'").replace("&#39;", "'")
        if "apres" in file.parts:
            assert "cette page n’est pas publiée." in text
        if "avant" in file.parts:
            assert "telle que le site la montre aujourd’hui" in text
    names = {file.name for file in proposal.out.rglob("*") if file.is_file()}
    assert not {"sitemap.xml", "flux.xml", "robots.txt", "search-index.json"} & names
    assert "X-Robots-Tag: noindex" in proposal.text("_headers")
    page = proposal.text("apres/actualites/2026/tout-neuf/index.html")
    assert f"{SITE}/actualites/2026/article-2/" in page, "what is not here is on the site"
    changed = proposal.text("apres/actualites/2026/article-0/index.html")
    assert ("img", "atelier.png") in links(changed)
    assert ("a", "../../../../index.html") in links(changed)
    assert ("a", "../article-0/index.html") in links(proposal.text("apres/actualites/2026/article-5/index.html"))


def test_the_root_may_lie_below_the_top_of_the_repository(tmp_path: Path) -> None:
    proposal = propose(tmp_path, "sites/brume")
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    assert proposal.preview() == 0
    assert list(proposal.report()) == ["/actualites/2026/article-0/"]


def test_the_same_change_gives_the_same_bytes(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    proposal.preview()
    first = files_of(proposal.out)
    proposal.work.commit("le même, rangé")
    proposal.preview("--jobs", "2")
    assert files_of(proposal.out) == first


def test_what_is_to_come_is_shown_with_its_day(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT.replace("2026-03-02", "2026-12-24"))
    assert proposal.preview() == 0
    assert [page["day"] for page in proposal.report().values()] == ["2026-12-24"]
    assert "Ne paraîtra que le 24 décembre 2026." in proposal.text().replace("\u00a0", " ")
    assert (proposal.out / "apres/actualites/2026/tout-neuf/index.html").is_file()


def test_a_preview_is_taken_away(proposal: Proposal) -> None:
    proposal.write(NEW, NEW_TEXT)
    proposal.preview()
    words = ["previews", "--gone", "--root", str(proposal.root), "--output", str(proposal.out), "--today", DAY]
    assert main(words) == 0
    assert [file.relative_to(proposal.out).as_posix() for file in proposal.out.rglob("*.html")] == ["index.html"]
    assert "a été retiré" in proposal.text()
    assert "tout neuf" not in proposal.text()
    assert list(dead_links(proposal.out)) == []


def test_what_cannot_start_says_why(proposal: Proposal, capsys: pytest.CaptureFixture[str]) -> None:
    root = ["--root", str(proposal.root)]
    assert main(["previews", *root]) == 2
    assert "d’où part la proposition" in capsys.readouterr().err
    assert main(["previews", "nulle-part", *root, "--output", str(proposal.out)]) == 2
    assert "nulle-part" in capsys.readouterr().err
    assert main(["previews", "main", *root, "--output", str(proposal.root)]) == 2
    assert (proposal.root / FIRST).is_file()


def test_templates_see_what_their_views_list() -> None:
    assert names_in("service/before_after.html") == set(fields(BeforeAfterView))
    assert names_in("service/proposed.html") >= set(fields(ProposedView)) - {"within"}


def _other_picture() -> bytes:
    """As large as the first, of another colour."""
    out = io.BytesIO()
    Image.new("L", (40, 30), 10).save(out, "PNG")
    return out.getvalue()
