"""Whatever goes wrong while a site is built, the one that stood there before stands there still, byte for byte."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.site.building import PROJECT, SMALL, TODAY, build, command, files_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow
PARTS = ("plugins", "scripts", "theme", "data/schemas", "data/vocabularies.yaml", "pelicanconf.py")
ENTRY = "content/articles/2025/une-echelle-pour-dix.md"


class Place:
    """A root, its built site in a directory of their own, and a copy of the project whose parts may be broken."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.root, self.site = directory, directory / "root", directory / "public" / "site"
        self.project = directory / "project"
        shutil.copytree(SMALL, self.root)
        for part in PARTS:
            source = PROJECT / part
            self.project.joinpath(part).parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, self.project / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(source, self.project / part)

    def break_(self, name: str, change: Callable[[str], str]) -> None:
        path = self.directory / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    def arguments(self, how: str) -> list[str]:
        if how == "build":
            return ["scripts", "build", "--root", str(self.root), "--output", str(self.site), "--today", TODAY]
        settings = str(self.project / "pelicanconf.py")
        return ["pelican", str(self.root / "content"), "-s", settings, "-o", str(self.site)]

    def run(self, how: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *self.arguments(how)],
            cwd=self.project,
            env={
                **os.environ,
                "CIRCULAR_TODAY": TODAY,
                "PYTHONPATH": str(self.project),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            text=True,
            capture_output=True,
            check=False,
        )

    def beside(self) -> list[str]:
        return sorted(path.name for path in self.site.parent.iterdir())


@pytest.fixture
def place(tmp_path: Path, small_site: Path) -> Place:
    made = Place(tmp_path)
    shutil.copytree(small_site, made.site)
    return made


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def appended(more: str) -> Callable[[str], str]:
    return lambda text: text + more


FAULTS = {
    "a template that does not parse": ("project/theme/templates/entry.html", appended("{% if %}"), "entry.html"),
    "a name that the view does not give": (
        "project/theme/templates/entry.html",
        replaced("<article", "{{ nobody_gives_this }}<article"),
        "nobody_gives_this",
    ),
    "a template of all pages that divides by zero": (
        "project/theme/templates/base.html",
        replaced("<body", "{{ 1 // 0 }}<body"),
        "base.html, ligne ",
    ),
    "a template that is not there": (
        "project/theme/templates/not_found.html",
        replaced("base.html", "absent.html"),
        "absent.html",
    ),
    "a plugin that raises": (
        "project/plugins/views/listing/tags.py",
        appended("\n\ndef tag_pages(ctx):\n    raise RuntimeError('panne')\n"),
        "panne",
    ),
    "a plugin that does not load": (
        "project/plugins/observatory.py",
        appended("\nimport nothing_of_that_name\n"),
        "observatory",
    ),
    "a content file with an error": (f"root/{ENTRY}", replaced("kind: actualite", "kind: rumeur"), ENTRY),
    "a data file with an error": ("root/data/pillars.yaml", appended("- id: a\n"), "data/pillars.yaml"),
    "a data file that is no YAML": ("root/data/site.yaml", appended("{[\n"), "data/site.yaml"),
    "a schema with an error": ("project/data/schemas/article.yaml", appended("x-nonsense: true\n"), "article.yaml"),
}


# Pelican's own command takes another way to the same plugins: a fault of each stage is enough.
BY_PELICAN = (
    "a name that the view does not give",
    "a plugin that raises",
    "a plugin that does not load",
    "a data file with an error",
)


@pytest.mark.parametrize(
    ("how", "fault"), [*(("build", fault) for fault in FAULTS), *(("pelican", fault) for fault in BY_PELICAN)]
)
def test_a_failed_build_leaves_the_old_site_and_names_the_file(place: Place, how: str, fault: str) -> None:
    file, change, named = FAULTS[fault]
    place.break_(file, change)
    before = files_of(place.site)
    done = place.run(how)
    assert done.returncode == 1, done.stdout + done.stderr
    assert named in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert files_of(place.site) == before
    assert place.beside() == ["site"]


def test_two_outputs_at_one_path_are_refused(place: Place) -> None:
    """Pelican lets the second overwrite the first in silence."""
    place.break_(
        "project/plugins/views/page/not_found.py",
        appended(
            "\n\ndef not_found_pages(ctx):\n"
            "    from plugins.publication.page import Document\n"
            "    yield Document('index.html', b'')\n"
        ),
    )
    before = files_of(place.site)
    done = place.run("build")
    assert done.returncode == 1
    assert "index.html" in done.stderr
    assert files_of(place.site) == before


# ---- killed -------------------------------------------------------------------------------------------------------------


def written(place: Place) -> int:
    """How many files stand in what is being built, -1 before it exists."""
    building = [path for path in place.site.parent.iterdir() if path.name.startswith(".site-")]
    return sum(1 for path in building[0].rglob("*") if path.is_file()) if building else -1


@pytest.mark.parametrize("least", [0, 1, 60])
def test_a_killed_build_leaves_the_old_site_and_the_next_one_clears_up(place: Place, least: int) -> None:
    before = files_of(place.site)
    process = subprocess.Popen(
        [sys.executable, "-m", *place.arguments("build")],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and written(place) < least:
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    assert files_of(place.site) == before
    assert len(place.beside()) == 2  # the site, and what the killed build left
    build(place.root, place.site)
    assert files_of(place.site) == before
    assert place.beside() == ["site"]


KILLED_BETWEEN = """
import os, pathlib, runpy, signal, sys
rename = pathlib.Path.rename
def rename_and_die(self, target):
    rename(self, target)
    if self.name == "site":
        os.kill(os.getpid(), signal.SIGKILL)
pathlib.Path.rename = rename_and_die
import plugins.swap
plugins.swap.exchange = lambda *_: False  # as on a file system that cannot exchange
sys.argv[0] = "scripts"
runpy.run_module("scripts", run_name="__main__")
"""


def test_killed_between_its_two_renames_the_next_build_finds_the_old_site(place: Place) -> None:
    before = files_of(place.site)
    code = [sys.executable, "-c", KILLED_BETWEEN, *place.arguments("build")[1:]]
    done = subprocess.run(code, cwd=PROJECT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    whole = [path for path in place.site.parent.iterdir() if files_of(path) == before]
    assert whole, "the old site is nowhere"
    place.break_("project/theme/templates/entry.html", appended("{% if %}"))
    assert place.run("build").returncode == 1
    assert files_of(place.site) == before
    assert place.beside() == ["site"]


def test_the_processes_of_a_killed_build_end_too(tmp_path: Path) -> None:
    """Rendering goes on in other processes once there are many pages."""
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts", "build", "--output", str(tmp_path / "site"), "--today", TODAY, "--jobs", "2"],
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    children: set[int] = set()
    while process.poll() is None and (len(children) < 2 or not list(tmp_path.glob(".site-*/*"))):
        children |= children_of(process.pid)
        time.sleep(0.01)
    process.kill()
    process.wait()
    assert children, "nothing was done in another process"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(map(is_running, children)):
        time.sleep(0.1)
    assert not [child for child in children if is_running(child)]


def children_of(process: int) -> set[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return {int(pid) for pid in listed.stdout.split()}


def is_running(process: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def test_two_builds_at_once_leave_a_whole_site(place: Place) -> None:
    before = files_of(place.site)
    both = [
        subprocess.Popen(
            [sys.executable, "-m", *place.arguments("build")],
            cwd=PROJECT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for _ in range(2)
    ]
    ends = [process.communicate()[1] for process in both]
    assert [process.returncode for process in both].count(0) >= 1, ends
    assert all(b"Traceback" not in end for end in ends)
    assert files_of(place.site) == before
    assert place.beside() == ["site"]


# ---- what is no site ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "name"),
    [
        ("build", "content/a.md"),
        ("build", ".git/HEAD"),
        ("build", "photos/a.jpg"),
        ("build", ".bashrc"),
        ("pelican", "notes.txt"),
    ],
)
def test_a_directory_that_holds_something_else_is_refused(how: str, name: str, place: Place) -> None:
    shutil.rmtree(place.site)
    precious = place.site / name
    precious.parent.mkdir(parents=True)
    precious.write_text("précieux", encoding="utf-8")
    done = place.run(how)
    assert done.returncode == (2 if how == "build" else 1)
    assert "site" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(place.site) == {name: "précieux".encode()}
    assert place.beside() == ["site"]


def test_a_file_or_the_root_itself_is_refused(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "fichier"
    file.write_text("précieux", encoding="utf-8")
    for output in (file, place.root, place.root.parent, place.root / "content"):
        done = command("build", "--root", str(place.root), "--output", str(output), "--today", TODAY)
        assert done.returncode == 2, (output, done.stderr)
    assert file.read_text(encoding="utf-8") == "précieux"
    assert files_of(place.root) == files_of(SMALL)


def test_a_link_to_the_site_stays_a_link(place: Place, tmp_path: Path) -> None:
    link = tmp_path / "lien"
    link.symlink_to(place.site)
    build(place.root, link)
    assert link.is_symlink()
    assert files_of(place.site) == files_of(link)
    assert (place.site / "index.html").is_file()
