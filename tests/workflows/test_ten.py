"""Ten proposals go through the very commands of GitHub's workflow files, against a forge double."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.comments.remarks import MOST_REMARKS
from tests.bot.forges.doubles import DOUBLES, Double, Fault
from tests.bot.forges.doubles.state import BOT
from tests.changes.repository import Work
from tests.previewing.proposing import dead_links
from tests.workflows.proposals import NEW, NEW_ADDRESS, PROPOSALS, Proposed
from tests.workflows.runner import Run, jobs_of, prepare, run_job

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.forges.doubles.state import Pull

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
BRANCH = "ma-proposition"
pytestmark = pytest.mark.slow


@dataclass
class Place:
    """A published repository, a contributor's clone of it, and main's checkout that the trusted job works in."""

    forge: Double
    clone: Work
    main: Work
    artefacts: Path

    def propose(self, proposed: Proposed) -> Pull:
        """Commit, push, open."""
        self.clone.git("switch", "--quiet", "-c", BRANCH)
        self.clone.git("config", "user.email", proposed.author)
        proposed.change(self.clone)
        self.push(proposed.author)
        return self.forge.add_pull(BRANCH, author="visiteuse", fork=True)

    def push(self, author: str) -> None:
        self.clone.git("add", "--all")
        self.clone.git("-c", f"user.email={author}", "commit", "--quiet", "-m", "Ma proposition")
        self.clone.git("push", "--quiet", "origin", BRANCH)

    def check(self, pull: Pull) -> Run:
        """The job without rights, in the proposal's checkout."""
        prepare(self.clone.folder)
        shutil.rmtree(self.artefacts, ignore_errors=True)
        self.artefacts.mkdir()
        values = {
            "github.event.pull_request.base.sha": self.clone.git("rev-parse", "origin/main"),
            "github.event.pull_request.number": str(pull.number),
        }
        job = jobs_of(".github/workflows/proposition.yml")["contenu"]
        return run_job(job, self.clone.folder, values, self.artefacts)

    def comment(self, head: str) -> Run:
        """The job with rights, in main's checkout."""
        prepare(self.main.folder)
        settings = self.forge.settings
        values = {
            "github-actions[bot]": BOT,  # as whom the double's token writes
            "github.token": settings.token,
            "github.server_url": settings.address,
            "github.repository": settings.repository,
            "github.event.workflow_run.head_sha": head,
            "github.event.workflow_run.id": "77",
            "vars.PREVIEWS_URL": "",
        }
        job = jobs_of(".github/workflows/commentaire.yml")["commentaire"]
        return run_job(job, self.main.folder, values, self.artefacts)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    source = Work(Path(shutil.copytree(SMALL, tmp_path / "source")))
    source.git("init", "--quiet")
    source.write(".gitignore", ".venv\n.ci\nMakefile\noutput/\nresultat.json\nrecu/\napercu/\napercu.json\npages/\n")
    clubs = source.folder / "data/clubs.yaml"
    clubs.write_text(clubs.read_text(encoding="utf-8").rstrip("\n") + "\n  editors: [camille]\n", encoding="utf-8")
    source.git("add", "--all")
    source.git("-c", "user.email=habituee@exemple.org", "commit", "--quiet", "-m", "Le site")
    bare = tmp_path / "site.git"
    source.git("clone", "--quiet", "--bare", ".", str(bare))
    for name in ("clone", "main"):
        source.git("clone", "--quiet", str(bare), str(tmp_path / name))
    with DOUBLES["github"](bare) as forge:
        yield Place(forge, Work(tmp_path / "clone"), Work(tmp_path / "main"), tmp_path / "artefacts")


@pytest.mark.parametrize("name", PROPOSALS)
def test_a_proposal_gets_the_comment_that_it_needs(place: Place, name: str) -> None:
    proposed = PROPOSALS[name]
    pull = place.propose(proposed)
    if name == "conflicting":
        _change_on_main(place)
    checked = place.check(pull)
    assert checked.is_fine == proposed.passes, checked.said
    told = place.comment(pull.head)
    assert told.is_fine, told.said
    (comment,) = pull.comments
    assert set(re.findall(r"docs/codes\.md#([a-z0-9-]+)", comment.body)) == proposed.codes, comment.body
    assert "Merci" in comment.body
    for words in proposed.says:
        assert words in comment.body
    for words in proposed.never:
        assert words not in comment.body
    assert proposed.labels <= set(pull.labels)
    assert proposed.reviewers == tuple(pull.reviewers) or not proposed.reviewers
    assert len(comment.body) < 60_000
    assert len(pull.lines) <= MOST_REMARKS
    assert bool(pull.lines) == proposed.remarked, told.said
    assert all(words not in one.body for one in pull.lines for words in proposed.never)
    _looked_at(place, proposed, comment.body)


def test_the_comment_is_changed_and_never_repeated(place: Place) -> None:
    pull = place.propose(PROPOSALS["with mistakes"])
    place.check(pull)
    place.comment(pull.head)
    place.comment(pull.head)
    assert len(pull.comments) == 1
    assert "à corriger" in pull.comments[0].body
    PROPOSALS["good"].change(place.clone)
    place.push("habituee@exemple.org")
    pull.head = place.clone.git("rev-parse", "HEAD")  # a forge sees the push to a fork at once
    place.check(pull)
    assert place.comment(pull.head).is_fine
    (comment,) = pull.comments
    assert "Tout est en ordre" in comment.body


def test_remarks_stand_on_the_very_lines_once_and_go_when_mended(place: Place) -> None:
    pull = place.propose(PROPOSALS["with mistakes"])
    place.check(pull)
    for _ in range(2):
        told = place.comment(pull.head)
        assert told.is_fine, told.said
    lines = (place.clone.folder / NEW).read_text(encoding="utf-8").split("\n")
    placed = {lines[one.line - 1]: one.body for one in pull.lines}
    assert len(placed) == len(pull.lines) == 3
    assert "```suggestion\nauthors: [ines-falaise]\n```" in placed["authors: [ines-falaize]"]
    assert "```suggestion\ndate: 2026-03-01\n```" in placed["date: 01/03/2026"]
    assert "toit.png" in placed["![](toit.png)"]
    assert "docs/codes.md#bad-date" in placed["date: 01/03/2026"]
    file = place.clone.folder / NEW
    file.write_text(file.read_text(encoding="utf-8").replace("01/03/2026", "2026-03-01"), encoding="utf-8")
    place.push("habituee@exemple.org")
    pull.head = place.clone.git("rev-parse", "HEAD")
    place.check(pull)
    assert "1 retirée" in place.comment(pull.head).said
    lines = file.read_text(encoding="utf-8").split("\n")
    assert {lines[one.line - 1] for one in pull.lines} == {"authors: [ines-falaize]", "![](toit.png)"}


@pytest.mark.parametrize(
    "fault",
    [
        Fault.answer(403, {"message": "Resource not accessible by integration"}, method="POST", path="/reviews"),
        Fault.answer(422, {"message": "Validation Failed"}, method="POST", path="/reviews", times=9),
        Fault("lose", "POST", "/reviews"),
        Fault.answer(502, method="GET", path="/files"),
    ],
    ids=["no right", "refused", "answer lost", "no diff"],
)
def test_remarks_that_cannot_be_put_never_lose_the_comment(place: Place, fault: Fault) -> None:
    pull = place.propose(PROPOSALS["with mistakes"])
    place.check(pull)
    place.forge.faults.push(fault)
    told = place.comment(pull.head)
    assert place.forge.faults.struck
    assert "à corriger" in pull.comments[0].body
    assert pull.labels
    refused = fault.status == 422
    assert told.is_fine == refused, told.said
    assert ("3 refusées" if refused else "Remarques sur les lignes") in told.said
    place.forge.faults.clear()
    assert place.comment(pull.head).is_fine
    assert (len(pull.comments), len(pull.lines)) == (1, 3)


def test_a_forged_result_puts_no_words_of_its_own_into_a_suggestion(place: Place) -> None:
    pull = place.propose(PROPOSALS["with mistakes"])
    place.check(pull)
    file = place.artefacts / "resultat/resultat.json"
    forged = json.loads(file.read_text(encoding="utf-8"))
    for problem in forged["problems"]:
        problem |= {"instead": "``` rm -rf", "message": "@tous ```\n/merge « 01/03/2026 »", "suggestion": "<img src=x>"}
    file.write_text(json.dumps(forged), encoding="utf-8")
    assert place.comment(pull.head).is_fine
    bodies = "\n".join(one.body for one in pull.lines)
    assert "rm -rf" not in bodies
    assert "@tous" not in bodies
    assert "<img" not in bodies
    assert "```suggestion\ndate: 2026-03-01\n```" in bodies


def test_a_result_speaks_for_no_other_proposal_and_no_other_commit(place: Place) -> None:
    """The number stands in a file that the proposal's own code wrote: it is believed only with its commit."""
    pull = place.propose(PROPOSALS["good"])
    other = place.forge.add_pull("main")
    place.check(pull)
    file = place.artefacts / "resultat/resultat.json"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(f'"number": {pull.number}', f'"number": {other.number}'), encoding="utf-8")
    main_head = place.clone.git("rev-parse", "origin/main")
    assert main_head != pull.head
    assert not place.comment(pull.head).is_fine
    file.write_text(text, encoding="utf-8")
    assert not place.comment("0" * 40).is_fine
    assert (pull.comments, other.comments) == ([], [])


def test_a_preview_that_nobody_could_make_is_said(place: Place) -> None:
    pull = place.propose(PROPOSALS["good"])
    place.check(pull)
    shutil.rmtree(place.artefacts / "pages")
    assert place.comment(pull.head).is_fine
    assert "n’a pas pu être fait" in pull.comments[0].body


def test_a_preview_goes_online_and_away_with_main_s_code(place: Place, tmp_path: Path) -> None:
    pull = place.propose(PROPOSALS["good"])
    base = place.clone.git("rev-parse", "origin/main")
    place.clone.write("pelicanconf.py", "raise SystemExit('le code de la proposition')\n")
    place.push("visiteuse@exemple.org")
    place.clone.git("push", "--quiet", "origin", f"HEAD:refs/pull/{pull.number}/head")
    prepare(place.main.folder)
    hosted = tmp_path / "hebergement"
    hosted.mkdir()
    values = {
        "github.event.pull_request.number": str(pull.number),
        "github.event.pull_request.base.sha": base,
        "vars.PREVIEWS_TO": f"{hosted}/{{}}",
        **{f"secrets.PREVIEWS_{name}": "" for name in ("SSH_KEY", "SSH_KNOWN_HOSTS", "GIT_TOKEN")},
    }
    jobs = jobs_of(".github/workflows/apercu.yml")
    done = run_job(jobs["apercu"], place.main.folder, values, place.artefacts)
    assert done.is_fine, done.said
    page = hosted / str(pull.number) / f"apres{NEW_ADDRESS}index.html"
    assert "Venez dimanche" in page.read_text(encoding="utf-8")
    ended = run_job(jobs["fin-de-l-apercu"], place.main.folder, values, place.artefacts)
    assert ended.is_fine, ended.said
    assert "a été retiré" in (hosted / str(pull.number) / "index.html").read_text(encoding="utf-8")
    kept = [file for file in hosted.rglob("*.html") if "Venez dimanche" in file.read_text(encoding="utf-8")]
    assert kept == []


def test_a_forged_list_of_pages_is_not_read(place: Place) -> None:
    pull = place.propose(PROPOSALS["good"])
    place.check(pull)
    file = place.artefacts / "pages/apercu.json"
    text = file.read_text(encoding="utf-8")
    assert "apres/actualites" in text
    file.write_text(text.replace("apres/actualites", "https://mal.invalid"), encoding="utf-8")
    told = place.comment(pull.head)
    assert (told.is_fine, pull.comments) == (False, [])


def test_a_forged_result_is_not_read(place: Place) -> None:
    pull = place.propose(PROPOSALS["good"])
    place.check(pull)
    (place.artefacts / "resultat/resultat.json").write_text('{"version": 1, "comment": "<b>"}', encoding="utf-8")
    told = place.comment(pull.head)
    assert (told.is_fine, pull.comments) == (False, [])
    assert "forme attendue" in told.said


def _looked_at(place: Place, proposed: Proposed, comment: str) -> None:
    """The preview shows what can be shown of the proposal, and the comment leads to it."""
    listed = json.loads((place.artefacts / "pages/apercu.json").read_text(encoding="utf-8"))
    assert {page["address"]: page["kind"] for page in listed} == proposed.pages
    folder = place.artefacts / "apercu"
    assert all((folder / page["page"]).is_file() for page in listed)
    assert list(dead_links(folder)) == []
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert ("cette page ne peut pas encore être montrée" in index) == proposed.hides
    assert f"{place.forge.settings.repository}/actions/runs/77)" in comment or not listed
    kinds = {"new": "Nouvelle page", "changed": "Page modifiée", "removed": "Page supprimée"}
    assert all(kinds[kind] in comment for kind in proposed.pages.values())


def _change_on_main(place: Place) -> None:
    """Somebody else changes the same line."""
    file = place.main.folder / "content/articles/2025/une-echelle-pour-dix.md"
    file.write_text(file.read_text(encoding="utf-8").replace("dix maisons", "neuf maisons"), encoding="utf-8")
    place.main.git("commit", "--quiet", "--all", "-m", "Ailleurs")
    place.main.git("push", "--quiet", "origin", "main")
    place.clone.git("fetch", "--quiet", "origin")
