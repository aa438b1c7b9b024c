"""The scripts of deploy/ do what they say, on a small site with the local forge's repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from scripts.bot.store import Store
from scripts.bot.store.backup import unpacked
from tests.bot.samples import new

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
SMALL_ROOT = PROJECT / "tests" / "roots" / "outre-brume"
GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org")


def run(*command: str, **environment: str) -> str:
    given = {**os.environ, "PYTHON": sys.executable, "SOURCE_DATE_EPOCH": "1795000000", **environment}
    done = subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A clone of a repository, as with a forge."""
    origin = tmp_path / "origin"
    shutil.copytree(SMALL_ROOT, origin)
    run("git", "init", "-q", "-b", "main", str(origin))
    run("git", "-C", str(origin), "add", "-A")
    run(*GIT, "-C", str(origin), "commit", "-q", "-m", "x")
    run("git", "clone", "-q", str(origin), str(tmp_path / "root"))
    return tmp_path / "root"


def test_the_site_is_made_again_only_when_something_has_changed(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "web" / "site"
    refresh = ("sh", "deploy/refresh-site", str(root), str(output))
    run(*refresh)
    made = output.stat().st_ino
    run(*refresh)
    assert output.stat().st_ino == made
    page = tmp_path / "origin" / "content" / "pages" / "a-propos.md"
    page.write_text(page.read_text("utf-8").replace("title: ", "title: Encore "), "utf-8")
    run(*GIT, "-C", str(tmp_path / "origin"), "commit", "-q", "-a", "-m", "y")
    run(*refresh)
    assert output.stat().st_ino != made
    assert "Encore" in (output / "a-propos" / "index.html").read_text("utf-8")


def test_an_error_leaves_the_site_that_was_and_is_tried_again(root: Path, tmp_path: Path) -> None:
    output = tmp_path / "web" / "site"
    run("sh", "deploy/refresh-site", str(root), str(output))
    member = tmp_path / "origin" / "data" / "members" / "ines-falaise.yaml"
    good = member.read_text("utf-8")
    for text, code in (("nom: Inès\n", 1), ("nom: Inès\n", 1), (good, 0)):
        member.write_text(text, "utf-8")
        run(*GIT, "-C", str(tmp_path / "origin"), "commit", "-q", "--allow-empty", "-a", "-m", "z")
        done = subprocess.run(
            ["sh", "deploy/refresh-site", str(root), str(output)],
            cwd=PROJECT,
            env={**os.environ, "PYTHON": sys.executable},
            capture_output=True,
            check=False,
        )
        assert done.returncode == code
        assert (output / "index.html").is_file()


def test_a_broken_entry_is_published_around_once_and_told(root: Path, tmp_path: Path) -> None:
    """It ends with 1, rests until something changes, and what cannot be told is not forgotten."""
    output, state = tmp_path / "web" / "site", tmp_path / "state"
    settings = tmp_path / "service.env"
    settings.write_text(
        f"CIRCULAR_ROOT={root}\nCIRCULAR_STATE={state}\nCIRCULAR_PUBLIC_URL=https://f.example.org\nCIRCULAR_SMTP=smtp://localhost\n"
        "CIRCULAR_MAIL_FROM=robot@example.org\nCIRCULAR_MAIL_EDITORS=redaction@example.org\n",
        "utf-8",
    )

    def refresh(secret: str = "s" * 40) -> int:
        given = {**os.environ, "PYTHON": sys.executable, "SOURCE_DATE_EPOCH": "1795000000"}
        told = {"CIRCULAR_SETTINGS": str(settings), "CIRCULAR_SECRET": secret}
        command = ["sh", "deploy/refresh-site", str(root), str(output)]
        return subprocess.run(command, cwd=PROJECT, env=given | told, capture_output=True, check=False).returncode

    def broken() -> list[str]:
        store = Store.open(f"sqlite:///{state}/propositions.sqlite", key=None)
        found = [file.path for file in store.broken.listed()]
        mails = store.mails_waiting()
        store.close()
        assert mails == 1
        return found

    article = tmp_path / "origin" / "content" / "articles" / "2025" / "une-echelle-pour-dix.md"
    good = article.read_text("utf-8")
    article.write_text(good.replace("date: ", "date: hier # ", 1), "utf-8")
    run(*GIT, "-C", str(tmp_path / "origin"), "commit", "-q", "-a", "-m", "faux")
    assert refresh(secret="") == 2  # the site is there; nobody could be told
    made = output.resolve()
    assert (made / "actualites/2025/une-echelle-pour-dix/index.html").is_file()
    assert refresh() == 1
    report = output.with_name("site.rapport.json").stat().st_mtime_ns
    assert broken() == ["content/articles/2025/une-echelle-pour-dix.md"]
    assert refresh() == 0
    assert output.with_name("site.rapport.json").stat().st_mtime_ns == report, "nothing was made again"
    article.write_text(good, "utf-8")
    run(*GIT, "-C", str(tmp_path / "origin"), "commit", "-q", "-a", "-m", "bon")
    assert refresh() == 0
    assert broken() == []


def test_a_site_that_could_not_be_sent_is_tried_again(root: Path, tmp_path: Path) -> None:
    """1 as well, and no reason to rest."""
    output = tmp_path / "web" / "site"
    output.mkdir(parents=True)
    (output / "photo.jpg").write_text("no site of ours", "utf-8")
    command = ["sh", "deploy/refresh-site", str(root), str(output)]
    for _ in range(2):
        given = {**os.environ, "PYTHON": sys.executable, "SOURCE_DATE_EPOCH": "1795000000"}
        assert subprocess.run(command, cwd=PROJECT, env=given, capture_output=True, check=False).returncode == 1
    assert not output.with_name("site.fait").exists()


def test_a_backup_of_database_and_local_repository(root: Path, tmp_path: Path) -> None:
    run("git", "clone", "-q", "--bare", str(root), str(root / ".forge" / "site.git"))
    state, folder = tmp_path / "state", tmp_path / "backups"
    folder.mkdir()
    url = f"sqlite:///{state}/propositions.sqlite"
    store = Store.open(url, key=None)
    store.add(new())
    store.close()
    settings = tmp_path / "service.env"
    settings.write_text(
        f"CIRCULAR_ROOT={root}\nCIRCULAR_STATE={state}\nCIRCULAR_PUBLIC_URL=https://f.example.org\n", "utf-8"
    )
    old, others = folder / "propositions-2020-01-01-0000.zip", folder / "liste.txt"
    for file in (old, others):
        file.write_text("x", "utf-8")
        os.utime(file, (time.time() - 31 * 86_400,) * 2)
    run("sh", "deploy/backup", str(folder), CIRCULAR_SETTINGS=str(settings), CIRCULAR_SECRET="s" * 40)
    assert not old.exists()
    assert others.exists()
    (database,), (bundle,) = folder.glob("*.zip"), folder.glob("*.bundle")
    with unpacked(database, url) as (manifest, _):
        assert manifest.submissions == 1
    assert zipfile.is_zipfile(database)
    run("git", "clone", "-q", str(bundle), str(tmp_path / "again"))
    assert (tmp_path / "again" / "data" / "site.yaml").read_bytes() == (root / "data" / "site.yaml").read_bytes()
