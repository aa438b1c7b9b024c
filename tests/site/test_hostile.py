"""What strangers write is refused in a sentence, or comes out as the words that it is: never alive, never a stack trace."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.site.building import PROJECT, SMALL, TODAY, built_once, command, files_of
from tests.site.hostile.attacks import ONE_LINE, PRODUCT, TRACE
from tests.site.hostile.mistakes import TWENTY, write_twenty
from tests.site.hostile.outputs import READERS, dangers
from tests.site.hostile.refused import DATA, LINKED, LINKED_DATA, REFUSED, write_refused, write_refused_data
from tests.site.hostile.root import ROUNDS, write_hostile_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow
FORMATS = ("text", "json", "github", "gitlab", "sarif")
UNREAD = "ce-que-personne-ne-doit-lire"


def hashes(root: Path) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files_of(root).items()}


def pelican(root: Path, output: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pelican",
            str(root / "content"),
            "-s",
            str(PROJECT / "pelicanconf.py"),
            "-o",
            str(output),
        ],
        cwd=root.parent,
        env={**os.environ, "CIRCULAR_TODAY": TODAY, "PYTHONPATH": str(PROJECT)},
        text=True,
        capture_output=True,
        check=False,
    )


def problems(root: Path) -> list[dict[str, Any]]:
    done = command("check", "--root", str(root), "--format", "json", "--today", TODAY)
    assert done.stderr == ""
    assert done.returncode == 1
    found: list[dict[str, Any]] = json.loads(done.stdout)["problems"]
    return found


# ---- accepted by the schemas, and inert everywhere --------------------------------------------------------------------


class Hostile(NamedTuple):
    """The hostile root, alone in its directory, and the site that was built from it."""

    root: Path
    site: Path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Hostile:
    base = tmp_path_factory.getbasetemp()
    root = tmp_path_factory.mktemp("hostile") / "root"
    write_hostile_root(root)
    before = hashes(root)
    site = built_once("site-hostile", root, base if worker_id == "master" else base.parent)
    assert hashes(root) == before
    return Hostile(root, site)


def test_nothing_that_a_stranger_wrote_is_alive(hostile: Hostile) -> None:
    assert list(dangers(hostile.site)) == []


def test_the_words_are_there_as_they_were_written(hostile: Hostile) -> None:
    """Inert means shown, not dropped: titles leave as they came, and pages, feeds and calendars hold them."""
    articles = json.loads((hostile.site / "donnees/articles.json").read_bytes())
    titles = {item["title"] for item in articles["items"]}
    assert {f"{attack} {TRACE}"[:120] for attack in ONE_LINE} <= titles
    for name in (
        "index.html",
        "flux.xml",
        "agenda.ics",
        "donnees/members.csv",
        "search-index.json",
        "carte/index.html",
    ):
        assert TRACE in (hostile.site / name).read_text(encoding="utf-8"), name
    page = (hostile.site / "actualites/2026/hostile-7/index.html").read_text(encoding="utf-8")
    assert "7191*7193" in page


def test_no_page_of_a_stranger_takes_the_place_of_another(hostile: Hostile) -> None:
    for folder in ("actualites", "agenda", "initiatives", "offres", "labo"):
        assert sum(1 for _ in (hostile.site / folder / "2026").glob("hostile-*/index.html")) == ROUNDS


def test_the_usual_pelican_command_is_as_careful_and_nothing_stands_outside_the_output(
    hostile: Hostile, tmp_path: Path
) -> None:
    output = tmp_path / "public" / "site"
    done = pelican(hostile.root, output)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert files_of(output) == files_of(hostile.site)
    assert [path.name for path in tmp_path.iterdir()] == ["public"]
    assert [path.name for path in output.parent.iterdir()] == ["site"]
    assert [path.name for path in hostile.root.parent.iterdir()] == ["root"]


ALIVE = {
    "page.html": (
        b"<!doctype html><p onclick=x()>a",
        b"<!doctype html><script>alert(1)</script>",
        b"<!doctype html><script src=/theme/a.js>alert(1)</script>",
        b"<!doctype html><script src=https://evil.example/a.js></script>",
        b"<!doctype html><script type='application/ld+json'>{</script>",
        b"<!doctype html><a href=' java\nscript:alert(1)'>a</a>",
        b"<!doctype html><p style='color:red'>a",
        b"<!doctype html><x-evil>",
        b"<!doctype html><form action='https://evil.example/'></form>",
        b"<!doctype html><svg><a xlink:href='javascript:alert(1)'></a></svg>",
        b"<!doctype html><p>" + PRODUCT.encode(),
    ),
    "flux.xml": (b"<feed", b"<feed><x-evil/></feed>", b"<feed><id>evil</id></feed>"),
    "agenda.ics": (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:evil\r\nSUMMARY:a\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VEVENT\n",
    ),
    "table.csv": (b"a,b\r\n1,=1+1\r\n", b"a,b\r\n1\r\n", b'a,b\r\n1,"b\r\n', "a\r\n＝1\r\n".encode()),
    "table.json": (b'{"a": ',),
    "_headers": (b"/*\n  Content-Security-Policy: script-src 'unsafe-inline'\n", b"evil\n"),
    "photo.png": (b"\x89PNG<script>",),
    "inconnu.exe": (b"",),
}


@pytest.mark.parametrize("name", ALIVE)
def test_the_readers_would_see_it(name: str, tmp_path: Path) -> None:
    """What the other tests look for, in its plainest form."""
    for content in ALIVE[name]:
        (tmp_path / name).write_bytes(content)
        assert list(dangers(tmp_path)), content


def test_every_kind_of_output_has_a_reader(site: Path) -> None:
    endings = {path.suffix or path.name for path in site.rglob("*") if path.is_file()}
    assert endings <= READERS.keys() | {".pdf", ".jpeg"}


# ---- refused, all at once ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("refused")
    secret = place / "secret" / "secret.md"
    secret.parent.mkdir()
    secret.write_text(f"---\ntitle: {UNREAD}\n---\n", encoding="utf-8")
    shutil.copytree(SMALL, place / "root")
    write_refused(place / "root", secret)
    return place / "root"


@pytest.fixture(scope="module")
def refused_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("refused-data")
    secret = place / "secret.yaml"
    secret.write_text(f"{UNREAD}: x\n", encoding="utf-8")
    shutil.copytree(SMALL, place / "root")
    write_refused_data(place / "root", secret)
    return place / "root"


def test_each_hostile_file_is_refused_for_its_reason(refused: Path) -> None:
    errors = {(found["path"], found["code"]) for found in problems(refused) if found["severity"] == "error"}
    assert {(one.path, one.code) for one in REFUSED} - errors == set()
    links = {path for path, code in errors if code == "symbolic-link"}
    assert links == {*LINKED, "content/events/2026/dehors"}


def test_each_hostile_data_file_is_refused_for_its_reasons(refused_data: Path) -> None:
    errors = {(found["path"], found["field"], found["code"]) for found in problems(refused_data)}
    wanted = {(path, field, code) for path, _, faults in DATA for field, code in faults}
    assert wanted - errors == set()
    assert {path for path, _, code in errors if code == "symbolic-link"} == set(LINKED_DATA)


@pytest.mark.parametrize("which", ["refused", "refused_data"])
def test_every_command_says_so_without_a_trace_a_secret_or_an_output(
    which: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(which)
    before = hashes(root)
    output = tmp_path / "site"
    runs: list[Callable[[], subprocess.CompletedProcess[str]]] = [
        lambda: command("build", "--root", str(root), "--output", str(output), "--today", TODAY),
        lambda: pelican(root, output),
    ]
    done = [run() for run in runs]
    done += [command("check", "--root", str(root), "--format", form, "--today", TODAY) for form in FORMATS]
    for one in done:
        said = one.stdout + one.stderr
        assert one.returncode == 1, said[-2000:]
        assert "Traceback" not in said
        assert "défaut du programme" not in said
        assert UNREAD not in said
        assert "\x1b" not in said
        assert "\x07" not in said
        assert "\u202e" not in said
    assert list(tmp_path.iterdir()) == []
    assert hashes(root) == before


@pytest.mark.parametrize("form", FORMATS)
def test_a_hostile_file_name_does_not_write_lines_of_a_report(form: str, tmp_path: Path) -> None:
    """A name with a line break, as in a forge's annotations: ``::set-output``."""
    root = shutil.copytree(SMALL, tmp_path / "root")
    (root / "content/articles/2026").mkdir()
    (root / "content/articles/2026/a\n::error file=x::evil\n##vso[x]\x1b[2J.md").write_text("x", encoding="utf-8")
    done = command("check", "--root", str(root), "--format", form, "--today", TODAY)
    assert done.returncode == 1
    assert not [line for line in done.stdout.splitlines() if line.startswith(("::error file=x", "##vso"))]
    assert "\x1b" not in done.stdout


# ---- twenty mistakes, one run -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = shutil.copytree(SMALL, tmp_path_factory.mktemp("twenty") / "root")
    write_twenty(root)
    return root


def test_twenty_mistakes_are_twenty_problems_in_one_run(twenty: Path) -> None:
    found = problems(twenty)
    assert Counter(one["path"] for one in found) == Counter(told.path for told in TWENTY)
    by_path = {one["path"]: one for one in found}
    for told in TWENTY:
        one = by_path[told.path]
        assert (one["code"], one["line"]) == (told.code, told.line), told.path
        assert told.words in one["message"], told.path
        assert one["message"].endswith((".", "…")), told.path
        assert one["suggestion"], told.path
        assert told.advice in one["suggestion"], told.path


def test_the_text_shows_each_with_its_place_sentence_and_advice(twenty: Path) -> None:
    done = command("check", "--root", str(twenty), "--today", TODAY)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    for told in TWENTY:
        at = [n for n, line in enumerate(lines) if line.startswith(f"{told.path}:{told.line}:")]
        assert len(at) == 1, told.path
        assert told.words in lines[at[0]]
        assert f"[{told.code}]" in lines[at[0]]
        assert lines[at[0] + 1].strip().startswith("→")
        assert told.advice in lines[at[0] + 1]
    assert "20 erreurs dans 20 fichiers" in done.stdout
