"""Publication by the very commands of GitHub's and GitLab's files: an entry with an error stops nobody, and is not passed over."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from tests.changes.repository import Work
from tests.workflows.runner import PROJECT, Run, jobs_of, prepare, run_job

if TYPE_CHECKING:
    from collections.abc import Iterator

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
FILE, PAGE = ".github/workflows/publication.yml", "actualites/2025/une-echelle-pour-dix/index.html"
pytestmark = pytest.mark.slow


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""


@pytest.fixture
def main(tmp_path: Path) -> Work:
    """The main branch's checkout, in which all is well."""
    work = Work(Path(shutil.copytree(SMALL, tmp_path / "main")))
    work.git("init", "--quiet")
    work.write(".gitignore", ".venv\n.ci\nMakefile\noutput*/\n")
    work.commit()
    prepare(work.folder)
    return work


@pytest.fixture
def online(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is shown."""
    folder = tmp_path / "online"
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield folder, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def spoil(main: Work) -> None:
    """A mistake in a page that was good, and one in a page that is new."""
    text = (main.folder / ARTICLE).read_text("utf-8")
    main.write(ARTICLE, text.replace("date: ", "date: hier # ", 1).replace("title: ", "title: Encore ", 1))
    main.write("content/articles/2026/faux.md", "---\ntitle: x\n---\n")
    main.commit()


def unusable(main: Work) -> None:
    """A site that cannot be made, and never could be."""
    shutil.rmtree(main.folder / ".git")
    main.write("data/pillars.yaml", "- [")


def deploy(artefacts: Path, folder: Path) -> None:
    """What GitHub does with the artefact of pages."""
    shutil.unpack_archive(artefacts / "github-pages" / "artifact.tar", folder)


def github(main: Work, artefacts: Path) -> Run:
    return run_job(jobs_of(FILE)["fabrication"], main.folder, {}, artefacts)


def control(main: Work, artefacts: Path, url: str, code: str) -> Run:
    values = {"needs.mise-en-ligne.outputs.url": f"{url}/", "needs.fabrication.outputs.code": code}
    return run_job(jobs_of(FILE)["controle"], main.folder, values, artefacts)


def test_a_site_without_errors_goes_online_and_all_is_green(
    main: Work, online: tuple[Path, str], tmp_path: Path
) -> None:
    artefacts, (folder, url) = tmp_path / "artefacts", online
    made = github(main, artefacts)
    assert made.is_fine, made.said
    deploy(artefacts, folder)
    looked = control(main, artefacts, url, made.outputs["code"])
    assert looked.is_fine, looked.said
    assert "Le site en ligne est bien cette version." in looked.said
    assert "reste à corriger" not in made.summary


def test_with_a_broken_entry_the_site_goes_online_and_the_run_ends_red(
    main: Work, online: tuple[Path, str], tmp_path: Path
) -> None:
    spoil(main)
    artefacts, (folder, url) = tmp_path / "artefacts", online
    made = github(main, artefacts)
    assert made.is_fine, made.said
    deploy(artefacts, folder)
    good = (folder / PAGE).read_text("utf-8")
    assert "Une échelle" in good  # whole history: the last good version is there
    assert "Encore" not in good
    assert not (folder / "actualites/2026/faux").exists()
    assert "    " + "content/articles/2026/faux.md" in made.summary
    looked = control(main, artefacts, url, made.outputs["code"])
    assert looked.code_of("--look") == 0
    assert looked.code_of("exit 1") == 1
    assert "fautifs" in looked.said


def test_where_no_site_is_made_nothing_is_handed_on(main: Work, tmp_path: Path) -> None:
    unusable(main)
    made = github(main, tmp_path / "artefacts")
    assert not made.is_fine
    assert made.outputs["code"] == "1"
    assert not (tmp_path / "artefacts").exists()


def test_a_wrong_usage_hands_nothing_on(main: Work, tmp_path: Path) -> None:
    """Even beside a site of an earlier time, as on a machine that keeps its folders."""
    assert github(main, tmp_path / "first").is_fine
    job = jobs_of(FILE)["fabrication"]
    for step in job["steps"]:
        if step.get("id") == "site":
            step["run"] = step["run"].replace("--unchecked", "--unknown")
    made = run_job(job, main.folder, {}, tmp_path / "second")
    assert made.outputs["code"] == "2"
    assert not made.is_fine
    assert not (tmp_path / "second").exists()


def test_publication_knows_the_whole_history() -> None:
    for path, job in ((FILE, "fabrication"), (".forgejo/workflows/publication.yml", "publication")):
        (checkout,) = [step for step in jobs_of(path)[job]["steps"] if "checkout" in step.get("uses", "")]
        assert checkout["with"]["fetch-depth"] == 0
    assert gitlab_file()["variables"]["GIT_DEPTH"] == "0"


def test_only_the_job_that_runs_nothing_of_ours_may_write_pages() -> None:
    rights = {name: job.get("permissions") for name, job in jobs_of(FILE).items()}
    assert rights == {"fabrication": None, "mise-en-ligne": {"pages": "write", "id-token": "write"}, "controle": None}
    assert all("run" not in step for step in jobs_of(FILE)["mise-en-ligne"]["steps"])


# --- GitLab -------------------------------------------------------------------------------------------------------------------


def gitlab_file() -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    return found


def gitlab(main: Work, job: str, **variables: str) -> Run:
    """A job's script, in one shell as GitLab runs it."""
    script = gitlab_file()[job]["script"]
    assert isinstance(script, list)
    return run_job({"steps": [{"run": "\n".join(script), "env": variables}]}, main.folder, {}, main.folder)


def handed_on(main: Work) -> dict[str, str]:
    """What the first job's dotenv file gives the second."""
    return dict(line.split("=", 1) for line in (main.folder / "publication.env").read_text("utf-8").splitlines())


def test_gitlab_shows_what_a_green_job_made_and_tells_of_errors_in_the_next(
    main: Work, online: tuple[Path, str]
) -> None:
    spoil(main)
    folder, url = online
    made = gitlab(main, "pages")
    assert made.is_fine, made.said
    assert not (main.folder / "public").is_symlink()  # an archive would keep the link alone
    shutil.copytree(main.folder / "public", folder)
    assert "Une échelle" in (folder / PAGE).read_text("utf-8")
    looked = gitlab(main, "controle", CI_PAGES_URL=url, PAGES_PRIVEES="", **handed_on(main))
    assert "Le site en ligne est bien cette version." in looked.said
    assert "fautifs" in looked.said
    assert not looked.is_fine


def test_gitlab_is_green_where_all_is_well(main: Work) -> None:
    assert gitlab(main, "pages").is_fine
    looked = gitlab(main, "controle", CI_PAGES_URL="", PAGES_PRIVEES="1", **handed_on(main))
    assert looked.is_fine, looked.said


def test_gitlab_shows_nothing_where_no_site_is_made(main: Work) -> None:
    unusable(main)
    assert not gitlab(main, "pages").is_fine
    assert not (main.folder / "public").exists()
