"""Whole sites: what ``build --skip-broken`` makes is, to the byte, what a strict build makes of the root that is mended by hand."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.arguments import UsageError
from scripts.broken.report import usable
from tests.broken.small import MEMBERS, NUMBERS, article, files, member
from tests.history.repository import Repository, new_repository
from tests.site.building import TODAY, build, command, files_of
from tests.site.test_built_site import address_of, file_of, pages, targets

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

ARTICLES = {f"article-{n}": f"content/articles/2026/article-{n}.md" for n in NUMBERS}
PEOPLE = {f"personne-{n}": f"data/members/personne-{n}.yaml" for n in MEMBERS}
PATHS = ARTICLES | PEOPLE
GARBAGE = [
    "",
    "---\n",
    "name: [\n",
    "---\ntitle: x\nname: 3\n---\n",
    "\0\0",
    "<script>alert(1)</script>",
    "---\na: &a\n b: *a\n---\n",
]


def write(root: Path, contents: Mapping[str, str]) -> Path:
    for path, content in contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(content, "utf-8")
    return root


def skipping(root: Path, output: Path, *options: str) -> dict[str, object]:
    """Build without what is broken; the report."""
    report = output.with_suffix(".json")
    done = command(
        "build", "--root", str(root), "--output", str(output), "--today", TODAY, "--skip-broken", "--report", str(report), *options
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Le site est publié sans ces erreurs." in done.stdout
    found: dict[str, object] = json.loads(report.read_text("utf-8"))
    return found


def dead_links(site: Path) -> list[str]:
    return [
        f"{page}: {target}"
        for page in pages(site)
        for target in targets(page)
        if (parts := urlsplit(urljoin(f"http://here{address_of(site, page)}", target))).netloc == "here"
        and not file_of(site, parts.path).is_file()
    ]


@given(
    broken=st.dictionaries(
        st.sampled_from(sorted(PATHS)), st.tuples(st.booleans(), st.sampled_from(GARBAGE)), min_size=1, max_size=6
    )
)
@settings(max_examples=7, deadline=None)
def test_any_set_of_broken_files_gives_the_site_of_the_root_mended_by_hand(
    broken: Mapping[str, tuple[bool, str]],
) -> None:
    """Each broken file had a good version (True), or is new."""
    with tempfile.TemporaryDirectory() as place:
        new = {name for name, (had_good_version, _) in broken.items() if not had_good_version}
        repository = new_repository(Path(place) / "depot")
        repository.commit(
            "2026-05-01", {path: text for path, text in files().items() if path not in {PATHS[n] for n in new}}
        )
        repository.commit(
            "2026-06-01", {PATHS[name]: text for name, (_, text) in broken.items()} | _pointing(new, broken)
        )
        report = skipping(repository.root, Path(place) / "site")
        by_hand = write(Path(place) / "mended", files(new))
        assert files_of(Path(place) / "site") == files_of(build(by_hand, Path(place) / "strict"))
        assert dead_links(Path(place) / "site") == []
        assert {one["path"] for one in report["taken_back"]} == {PATHS[n] for n in broken.keys() - new}  # type: ignore[attr-defined]  # a list
        assert {one["path"] for one in report["left_out"]} == {PATHS[n] for n in new}  # type: ignore[attr-defined]  # a list


def _pointing(new: set[str], broken: Mapping[str, object]) -> dict[str, str]:
    """The pages that are right, which point to everything, broken or not."""
    return {path: files()[path] for name, path in ARTICLES.items() if name not in broken and new}


def test_a_page_left_out_leaves_no_trace_anywhere(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "depot")
    repository.commit("2026-05-01", files())
    secret = article(0).replace("Article numéro 0", "Un titre invraisemblable").replace("mot-0", "mot-invraisemblable")
    path = "content/articles/2026/page-invraisemblable.md"
    (repository.root / path).write_text(f"{secret}\n[rien](javascript:alert(1))\n", "utf-8")
    repository.commit("2026-06-01", {})
    skipping(repository.root, tmp_path / "site")
    assert [
        name
        for name, content in files_of(tmp_path / "site").items()
        if b"invraisemblable" in content or "invraisemblable" in name
    ] == []


def test_the_build_alone_stays_strict_and_the_report_goes_with_the_option(tmp_path: Path) -> None:
    root = write(tmp_path / "root", files() | {ARTICLES["article-0"]: "rien"})
    strict = command("build", "--root", str(root), "--output", str(tmp_path / "site"), "--today", TODAY)
    assert strict.returncode == 1
    assert not (tmp_path / "site").exists()
    alone = command(
        "build", "--root", str(root), "--output", str(tmp_path / "site"), "--report", str(tmp_path / "x.json")
    )
    assert alone.returncode == 2
    assert "--skip-broken" in alone.stderr
    with pytest.raises(UsageError, match="aucun fichier ne peut être écrit"):
        usable(tmp_path / "nowhere" / "report.json")


def test_a_root_without_errors_gives_the_same_site_and_no_alarm(tmp_path: Path) -> None:
    root, report = write(tmp_path / "root", files()), tmp_path / "report.json"
    options = ("--root", str(root), "--today", TODAY, "--skip-broken", "--report", str(report))
    done = command("build", *options, "--output", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(tmp_path / "site") == files_of(build(root, tmp_path / "strict"))
    told = json.loads(report.read_text("utf-8"))
    assert (told["taken_back"], told["left_out"], told["degraded"]) == ([], [], [])


def test_without_settings_nothing_is_built_and_the_old_site_stays(tmp_path: Path) -> None:
    root = write(tmp_path / "root", files())
    before = files_of(build(root, tmp_path / "site"))
    (root / "data/site.yaml").write_text("rien: va\n", "utf-8")
    done = command("build", "--root", str(root), "--output", str(tmp_path / "site"), "--today", TODAY, "--skip-broken")
    assert done.returncode == 1
    assert "data/site.yaml" in done.stdout
    assert files_of(tmp_path / "site") == before


def test_a_page_taken_back_tells_the_history_of_its_version(tmp_path: Path) -> None:
    repository: Repository = new_repository(tmp_path / "depot")
    repository.commit("2026-05-01", files())
    path = ARTICLES["article-0"]
    repository.commit("2026-06-01", {path: article(0, word="deuxième")})
    repository.commit("2026-07-01", {path: "rien"})
    options = ("--root", str(repository.root), "--output", str(tmp_path / "site"), "--today", TODAY, "--skip-broken")
    done = command("build", *options, env={"CIRCULAR_HISTORY": "1"})
    assert done.returncode == 1
    html = (tmp_path / "site/actualites/2026/article-0/index.html").read_text("utf-8")
    assert 'mis à jour le <time datetime="2026-06-01">1er\u00a0juin 2026</time>, 2\u00a0contributions' in html


def test_people_left_out_sign_in_words_everywhere(tmp_path: Path) -> None:
    repository = new_repository(tmp_path / "depot")
    without = {path: text for path, text in files().items() if path != PEOPLE["personne-0"]}
    repository.commit("2026-05-01", without | {PEOPLE["personne-0"]: f"{member(0)}faute: 1\n"})
    skipping(repository.root, tmp_path / "site")
    html = (tmp_path / "site/actualites/2026/article-0/index.html").read_text("utf-8")
    assert "Personne\u00a00" in html or "Personne 0" in html
    assert "/membres/personne-0/" not in html
    assert "<name>Personne 0</name></author>" in (tmp_path / "site/actualites/flux.xml").read_text("utf-8")
    assert dead_links(tmp_path / "site") == []
