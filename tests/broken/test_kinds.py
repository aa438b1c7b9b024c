"""Each way in which a file can be broken, in real repositories: what goes back, what goes, what is let go of."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from plugins.model.objects import Member
from plugins.model.problems import has_errors
from scripts.broken.mended import CannotMendError, Mended
from scripts.broken.skipping import skip_broken
from tests.broken.small import article, files, member, picture
from tests.history.repository import Repository, new_repository

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 11, 24)
A0, A1, A2 = (f"content/articles/2026/article-{n}.md" for n in range(3))
P0 = "data/members/personne-0.yaml"


@pytest.fixture
def good(tmp_path: Path) -> Repository:
    """A repository whose first commit is without errors."""
    repository = new_repository(tmp_path / "depot")
    repository.commit("2026-05-01", files())
    return repository


def mend(root: Path, stage: Path) -> Mended:
    stage.mkdir()
    mended = skip_broken(root, stage, today=TODAY)
    assert mended.loaded.is_publishable
    return mended


def paths(found: list) -> list[str]:  # type: ignore[type-arg]  # any of the three kinds
    return [one.path for one in found]


def test_a_root_without_errors_is_left_alone(good: Repository, tmp_path: Path) -> None:
    mended = mend(good.root, tmp_path / "stage")
    assert mended.is_whole
    assert mended.root == good.root
    assert not list((tmp_path / "stage").iterdir())


@pytest.mark.parametrize(
    "broken",
    [
        "---\ntitle: [non fermé\n---\nTexte\n",
        article(0).replace("title: Article numéro 0\n", ""),
        article(0).replace("kind: actualite", "kind: actualite\ncouleur: bleu"),
        article(0).replace("2026-03-01", "2026-02-30"),
        article(0).replace("[partager]", "[pilier-inconnu]"),
        article(0).replace("ines-falaise", "personne-inconnue"),
        article(0).replace("/membres/personne-0/", "/membres/jamais-vue/"),
        article(0).replace("kind: actualite", "kind: actualite\nimage: {file: absente.png, alt: Une image}"),
        "texte sans en-tête",
        "",
        b"---\ntitle: \xff\xfe\x00\n---\n",
        b"\x00" * 2_000_000,
        article(0) + "\n![](absente.png)\n" + "> " * 500 + "trop profond\n",
        "---\ntitle: &a [*a, *a]\n<<: {x: !!python/object/apply:os.system ['id']}\n---\n",
    ],
)
def test_a_broken_page_stays_at_its_last_good_version(good: Repository, tmp_path: Path, broken: str | bytes) -> None:
    edited = good.commit("2026-06-01", {A0: article(0, word="deuxième")})
    good.commit("2026-07-01", {A0: broken})
    good.commit("2026-08-01", {A1: article(1, word="autre")})
    mended = mend(good.root, tmp_path / "stage")
    assert [(one.path, one.commit, one.date) for one in mended.taken_back] == [(A0, edited, dt.date(2026, 6, 1))]
    assert (mended.left_out, mended.degraded) == ([], [])
    assert has_errors(mended.problems)
    site = mended.loaded.site
    assert site is not None
    assert "deuxième" in site.entries["articles/2026/article-0"].body.text
    assert "autre" in site.entries["articles/2026/article-1"].body.text


def test_versions_with_errors_of_their_own_are_passed_over_and_renames_are_followed(
    good: Repository, tmp_path: Path
) -> None:
    first = good.commit("2026-06-01", {A0: article(0, word="bon")})
    good.commit("2026-06-02", {A0: article(0, word="mauvais").replace("2026-03-01", "hier")})
    new = "content/articles/2026/autre-nom.md"
    good.move("2026-06-03", A0, new)
    mended = mend(good.root, tmp_path / "stage")
    assert [(one.path, one.commit) for one in mended.taken_back] == [(new, first)]
    assert {one.value for one in mended.degraded} == {
        "articles/2026/article-0", "/actualites/2026/article-0/", "{filename}/articles/2026/article-0.md",
    }  # fmt: skip


def test_a_new_page_without_a_good_version_is_left_out_and_what_points_to_it_becomes_text(
    good: Repository, tmp_path: Path
) -> None:
    new = "content/articles/2026/nouveau.md"
    pointing = article(0).replace("Le premier", "Voici [le *nouveau*](/actualites/2026/nouveau/). Le premier")
    pointing = pointing.replace("related: [", "related: [articles/2026/nouveau, ")
    good.commit("2026-06-01", {new: "---\ntitle: Sans rien\n---\n", A0: pointing})
    mended = mend(good.root, tmp_path / "stage")
    assert (paths(mended.taken_back), paths(mended.left_out)) == ([], [new])
    assert [(one.path, one.field, one.value) for one in mended.degraded] == [
        (A0, "body", "/actualites/2026/nouveau/"),
        (A0, "related", "articles/2026/nouveau"),
    ]
    site = mended.loaded.site
    assert site is not None
    entry = site.entries["articles/2026/article-0"]
    assert "Voici le <em>nouveau</em>." in entry.body.html
    assert [other.id for other in entry.related] == ["articles/2026/article-2"]
    assert not (mended.root / new).exists()
    assert (good.root / new).exists()


def test_a_member_who_is_removed_is_let_go_of_and_not_named_again(good: Repository, tmp_path: Path) -> None:
    good.commit("2026-06-01", {P0: None})
    mended = mend(good.root, tmp_path / "stage")
    assert (mended.taken_back, mended.left_out) == ([], [])
    assert {(one.path, one.kept) for one in mended.degraded} == {(A0, ""), ("content/articles/2026/article-3.md", "")}
    site = mended.loaded.site
    assert site is not None
    assert [who.name for who in site.entries["articles/2026/article-0"].authors if isinstance(who, Member)] == [
        "Inès Falaise"
    ]
    assert "Personne 0" not in repr([entry.fields for entry in site.entries.values()])


def test_a_new_member_with_a_fault_is_a_name_without_a_page(good: Repository, tmp_path: Path) -> None:
    broken = "data/members/nora-neuve.yaml"
    signed = article(0).replace("[ines-falaise", "[nora-neuve, ines-falaise")
    good.commit("2026-06-01", {broken: "name: Nora Neuve\nkind: inconnu\n", A0: signed})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.left_out) == [broken]
    site = mended.loaded.site
    assert site is not None
    authors = site.entries["articles/2026/article-0"].authors
    assert authors[0] == "Nora Neuve"
    assert [one.kept for one in mended.degraded] == ["Nora Neuve"]


def test_a_member_who_goes_back_shows_no_more_than_was_left_public(good: Repository, tmp_path: Path) -> None:
    shown = f"{member(0)}role: Secrétaire\nskills: [couture]\npublic: [name, role, skills]\n"
    good.commit("2026-06-01", {P0: shown})
    good.commit("2026-06-02", {P0: f"{member(0)}skills: [couture]\npublic: [name, skills]\nfaute: 1\n"})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.taken_back) == [P0]
    site = mended.loaded.site
    assert site is not None
    assert (site.members["personne-0"].role, site.members["personne-0"].skills) == ("", ("couture",))


def test_a_picture_that_is_gone_comes_back_with_the_page(good: Repository, tmp_path: Path) -> None:
    image = "content/articles/2026/vue.png"
    shown = article(0).replace("kind: actualite", "kind: actualite\nimage: {file: vue.png, alt: Une vue}")
    before = good.commit("2026-06-01", {A0: shown, image: picture()})
    good.commit("2026-06-02", {image: None})
    mended = mend(good.root, tmp_path / "stage")
    assert [(one.path, one.commit) for one in mended.taken_back] == [(A0, before)]
    assert (mended.root / image).read_bytes() == picture()
    assert not (good.root / image).exists()


def test_a_spoiled_picture_of_two_pages_takes_both_back(good: Repository, tmp_path: Path) -> None:
    image = "content/articles/2026/vue.png"
    shown = "kind: actualite\nimage: {file: vue.png, alt: Une vue}"
    pages = {path: article(n).replace("kind: actualite", shown) for n, path in enumerate((A0, A1))}
    good.commit("2026-06-01", {**pages, image: picture()})
    good.commit("2026-06-02", {image: b"<svg onload='alert(1)'/>"})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.taken_back) == [A0]  # the second finds the picture good again
    assert (mended.root / image).read_bytes() == picture()
    assert mended.left_out == []


def test_of_two_pages_with_one_address_the_newer_goes(good: Repository, tmp_path: Path) -> None:
    page = "content/pages/agenda.md"
    text = article(0).replace("kind: actualite\n", "").replace("Article numéro 0", "Un autre agenda")
    good.commit("2026-06-01", {page: text})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.left_out) == [page]


def test_what_is_no_page_at_all_is_left_out(good: Repository, tmp_path: Path) -> None:
    (good.root / "content/articles/2026/lien.md").symlink_to("/etc/passwd")
    (good.root / "content/dossier").symlink_to("/etc")
    good.commit("2026-06-01", {"content/perdu.md": "x", "content/articles/2026/Mauvais Nom.md": article(0)})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.left_out) == [
        "content/articles/2026/Mauvais Nom.md", "content/articles/2026/lien.md", "content/dossier", "content/perdu.md",
    ]  # fmt: skip
    assert not (mended.root / "content/articles/2026/lien.md").exists()


def test_a_page_replaced_by_a_symbolic_link_comes_back(good: Repository, tmp_path: Path) -> None:
    (good.root / A0).unlink()
    (good.root / A0).symlink_to("/etc/passwd")
    good.commit("2026-06-01", {})
    mended = mend(good.root, tmp_path / "stage")
    assert paths(mended.taken_back) == [A0]
    assert not (mended.root / A0).is_symlink()
    assert (mended.root / A0).read_text("utf-8") == article(0)


def test_a_broken_list_goes_back_and_blames_nobody_else(good: Repository, tmp_path: Path) -> None:
    in_club = article(0).replace("kind: actualite", "kind: actualite\nclubs: [outilleurs]")
    good.commit("2026-06-01", {A0: in_club})
    good.commit("2026-06-02", {"data/clubs.yaml": "- id: [\n"})
    mended = mend(good.root, tmp_path / "stage")
    assert (paths(mended.taken_back), mended.left_out, mended.degraded) == (["data/clubs.yaml"], [], [])
    site = mended.loaded.site
    assert site is not None
    assert [club.id for club in site.entries["articles/2026/article-0"].clubs] == ["outilleurs"]


def test_the_settings_go_back_and_without_a_good_version_the_build_stops(good: Repository, tmp_path: Path) -> None:
    good.commit("2026-06-01", {"data/site.yaml": "name: 3\nrien: va\n"})
    assert paths(mend(good.root, tmp_path / "one").taken_back) == ["data/site.yaml"]
    shutil.rmtree(good.folder / ".git")
    (tmp_path / "two").mkdir()
    with pytest.raises(CannotMendError, match=r"data/site\.yaml"):
        skip_broken(good.root, tmp_path / "two", today=TODAY)


def test_without_git_lists_are_done_without_and_pages_left_out(good: Repository, tmp_path: Path) -> None:
    in_club = article(0).replace("kind: actualite", "kind: actualite\nclubs: [outilleurs]")
    good.commit("2026-06-01", {A0: in_club, A2: "rien", "data/clubs.yaml": "- id: [\n"})
    shutil.rmtree(good.folder / ".git")
    mended = mend(good.root, tmp_path / "stage")
    assert mended.reach == "none"
    assert paths(mended.left_out) == [A2, "data/clubs.yaml"]
    assert (A0, "clubs", "outilleurs") in {(one.path, one.field, one.value) for one in mended.degraded}


def test_a_short_clone_says_that_older_versions_are_out_of_reach(good: Repository, tmp_path: Path) -> None:
    good.commit("2026-06-01", {A0: "rien"})
    short = good.shallow(tmp_path / "short", 1)
    mended = mend(short.root, tmp_path / "stage")
    assert (mended.reach, paths(mended.left_out)) == ("shallow", [A0])
    deep = good.shallow(tmp_path / "deep", 2)
    mended = mend(deep.root, tmp_path / "other")
    assert (mended.reach, paths(mended.taken_back)) == ("shallow", [A0])


def test_a_root_below_the_top_of_its_repository(tmp_path: Path) -> None:
    below = new_repository(tmp_path / "depot", "site/é région")
    below.commit("2026-05-01", files())
    below.commit("2026-06-01", {A0: "rien"})
    assert paths(mend(below.root, tmp_path / "stage").taken_back) == [A0]


def test_what_a_merge_brought_in_goes_back_to_what_the_branch_had(good: Repository, tmp_path: Path) -> None:
    good.git("checkout", "--quiet", "-b", "proposition")
    good.commit("2026-06-01", {A0: article(0, word="jamais publié")})
    good.commit("2026-06-02", {A0: "rien"})
    good.git("checkout", "--quiet", "main")
    good.git("merge", "--quiet", "--no-ff", "--no-edit", "proposition", day="2026-06-03")
    mended = mend(good.root, tmp_path / "stage")
    assert [one.date for one in mended.taken_back] == [dt.date(2026, 5, 1)]


def test_old_addresses_and_answers_that_lead_nowhere_are_let_go_of(good: Repository, tmp_path: Path) -> None:
    redirects = "/vieux: /actualites/2026/article-0/\n/autre: /actualites/2026/article-1/\n"
    good.commit("2026-06-01", {"data/redirects.yaml": redirects})
    good.commit("2026-06-02", {A0: None})
    mended = mend(good.root, tmp_path / "stage")
    site = mended.loaded.site
    assert site is not None
    assert dict(site.redirects) == {"/autre": "/actualites/2026/article-1/"}
    assert ("data/redirects.yaml", "/vieux") in {(one.path, one.field) for one in mended.degraded} | {
        (one.path, one.value) for one in mended.degraded
    }
