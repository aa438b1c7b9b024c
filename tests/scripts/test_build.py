"""Real builds, from outside: what stands where afterwards, whatever went wrong on the way."""

from __future__ import annotations

import html
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.scripts.commands import PROJECT, TODAY, command, run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def _tree(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def _build(root: Path, output: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return run("build", "--root", root, "--output", output, "--today", TODAY, *more)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's code, to be broken."""
    copy = tmp_path / "project"
    for name in ("plugins", "scripts", "theme", "data/schemas"):
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pelicanconf.py", copy)
    return copy


def _build_with(project: Path, root: Path, output: Path) -> subprocess.CompletedProcess[str]:
    arguments = ["build", "--root", str(root), "--output", str(output), "--today", TODAY]
    return subprocess.run(
        [sys.executable, "-m", "scripts", *arguments],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_build_ends_with_a_summary_by_kind(root: Path, tmp_path: Path) -> None:
    done = _build(root, tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    first, *kinds, last = done.stdout.splitlines()
    pages = int(re.fullmatch(r"Site fabriqué en [\d,]+ s\u202f: ([\d\u202f]+) pages\.", first)[1].replace("\u202f", ""))  # type: ignore[index]
    assert sum(int(kind.split()[-1]) for kind in kinds) == pages
    assert pages == sum(1 for path in (tmp_path / "site").rglob("index.html"))
    assert any(re.match(r"  Évènements +\d", kind) for kind in kinds)
    assert str(tmp_path / "site") in last


def test_brief_is_one_line(root: Path, tmp_path: Path) -> None:
    assert len(_build(root, tmp_path / "site", "--brief").stdout.splitlines()) == 1


def test_the_site_url_is_that_of_the_command(root: Path, tmp_path: Path) -> None:
    assert _build(root, tmp_path / "site", "--site-url", "https://essai.example/sous/").returncode == 0
    assert "https://essai.example/sous/" in (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "deux-estuaires.example" not in (tmp_path / "site/sitemap.xml").read_text(encoding="utf-8")


def test_the_form_service_is_that_of_the_command(root: Path, tmp_path: Path) -> None:
    assert _build(root, tmp_path / "site", "--intake", "https://formulaires.example/sous/").returncode == 0
    assert "form-action 'self' https://formulaires.example;" in (tmp_path / "site/_headers").read_text(encoding="utf-8")
    page = html.unescape((tmp_path / "site/index.html").read_text(encoding="utf-8"))
    assert "form-action 'self' https://formulaires.example;" in page


def test_content_errors_are_printed_as_check_prints_them_and_leave_the_old_site(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert _build(root, output).returncode == 0
    before = _tree(output)
    file = next((root / "content/articles").rglob("*.md"))
    file.write_text("---\ntitle: Cassé\n---\n", encoding="utf-8")
    done = _build(root, output)
    assert done.returncode == 1
    checked = run("check", "--root", root, "--today", TODAY)
    assert checked.stdout in done.stdout
    assert "L’ancien site, s’il existe, reste en place." in done.stdout
    assert _tree(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root", "site"]


def test_a_first_build_that_fails_leaves_no_site(root: Path, tmp_path: Path) -> None:
    (root / "data/pillars.yaml").unlink()
    assert _build(root, tmp_path / "site").returncode == 1
    assert not (tmp_path / "site").exists()


def test_warnings_are_shown_and_the_site_is_made(root: Path, tmp_path: Path) -> None:
    file = next((root / "content/articles").rglob("*.md"))
    file.write_text(file.read_text(encoding="utf-8") + "\nUn [lien](http://example.org/).\n", encoding="utf-8")
    done = _build(root, tmp_path / "site")
    assert done.returncode == 0
    assert done.stdout.count("insecure-link") == 1
    assert done.stderr == ""


def test_a_broken_template_is_named_without_a_stack_trace(root: Path, project: Path, tmp_path: Path) -> None:
    (project / "theme/templates/home.html").write_text("{{ absent.nom }}", encoding="utf-8")
    done = _build_with(project, root, tmp_path / "site")
    assert done.returncode == 1
    assert "home.html" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def test_a_template_that_does_not_parse_is_named_with_its_line(root: Path, project: Path, tmp_path: Path) -> None:
    (project / "theme/templates/home.html").write_text("\n\n{% if %}", encoding="utf-8")
    done = _build_with(project, root, tmp_path / "site")
    assert done.returncode == 1
    assert re.search(r"home\.html.*\b3\b", done.stderr)
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize("code", ["raise KeyError('oubli')", "import absent_module", "def register(:"])
def test_a_broken_plugin_is_named_without_a_stack_trace(root: Path, project: Path, tmp_path: Path, code: str) -> None:
    (project / "plugins/tags.py").write_text(code, encoding="utf-8")
    done = _build_with(project, root, tmp_path / "site")
    assert done.returncode == 1
    assert "plugins.tags" in done.stderr or "plugins/tags.py" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def test_a_plugin_that_fails_while_writing_is_named(root: Path, project: Path, tmp_path: Path) -> None:
    text = (project / "plugins/tags.py").read_text(encoding="utf-8")
    made = 'def _broken(context):\n    raise KeyError("oubli")\n    yield\n\n\nregister = Plugin(_broken).register\n'
    (project / "plugins/tags.py").write_text(text + "\n\n" + made, encoding="utf-8")
    done = _build_with(project, root, tmp_path / "site")
    assert done.returncode == 1
    assert "plugins.tags" in done.stderr
    assert "oubli" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not (tmp_path / "site").exists()


def test_a_build_that_is_killed_leaves_the_old_site(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    assert _build(root, output).returncode == 0
    before = _tree(output)
    build = subprocess.Popen(
        command("build", "--root", root, "--output", output, "--today", "2026-03-05"),
        cwd=PROJECT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for_files(tmp_path)
    finally:
        build.send_signal(signal.SIGKILL)
        build.wait(timeout=30)
    assert _tree(output) == before
    assert _build(root, output).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["root", "site"]


def _wait_for_files(parent: Path) -> None:
    """Until the new site has begun to be written beside the old one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(path.name not in {"root", "site"} and any(path.iterdir()) for path in parent.iterdir()):
            return
        time.sleep(0.01)
    pytest.fail("the build never began to write")


def test_the_usual_pelican_command_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    assert _build(root, tmp_path / "site").returncode == 0
    pelican = subprocess.run(
        [
            sys.executable,
            "-m",
            "pelican",
            str(root / "content"),
            "-s",
            "pelicanconf.py",
            "-o",
            str(tmp_path / "pelican"),
        ],
        cwd=PROJECT,
        env={"CIRCULAR_TODAY": TODAY, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert pelican.returncode == 0, pelican.stdout + pelican.stderr
    assert _tree(tmp_path / "pelican") == _tree(tmp_path / "site")


def test_a_root_without_content_builds(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / "content")
    (root / "data/redirects.yaml").unlink()
    done = _build(root, tmp_path / "site")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (root / "content").exists()


def test_progress_is_shown_on_a_terminal_only(root: Path, tmp_path: Path) -> None:
    script = shutil.which("script")
    if script is None:
        pytest.skip("util-linux « script » gives a command a terminal; it is not on this machine")
    line = " ".join(command("build", "--root", root, "--output", tmp_path / "site", "--today", TODAY))
    done = subprocess.run(
        [script, "-qec", line, "/dev/null"], cwd=PROJECT, capture_output=True, timeout=300, check=False
    )
    assert b"\r\x1b[KLecture" in done.stdout
    assert "Site fabriqué".encode() in done.stdout
    assert "\r\x1b[K" not in _build(root, tmp_path / "site").stderr


def test_open_data_of_a_build_is_json(root: Path, tmp_path: Path) -> None:
    assert _build(root, tmp_path / "site", "--jobs", "1").returncode == 0
    for path in (tmp_path / "site").rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
