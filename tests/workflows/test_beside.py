"""Forgejo's and GitLab's trusted jobs: main's code over the proposal's files, laid beside it as data."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from tests.bot.forges.doubles import DOUBLES
from tests.bot.forges.doubles.state import BOT, LineComment
from tests.changes.repository import Work
from tests.workflows.proposals import NEW, PROPOSALS
from tests.workflows.runner import PROJECT, jobs_of, prepare, run_job

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
REFS = {"forgejo": "refs/pull", "gitlab": "refs/merge-requests"}
PREVIEWS_URL = "https://apercus.exemple.org/{}"
pytestmark = pytest.mark.slow


def gitlab_job(variables: dict[str, str]) -> dict[str, list[dict[str, object]]]:
    """The job as one step, as GitLab runs a script: one shell for all its lines."""
    job = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["commentaire"]
    return {"steps": [{"run": "\n".join(job["script"]), "env": variables}]}


def line_at(work: Work, remark: LineComment) -> str:
    """What stands where a remark stands."""
    return (work.folder / remark.path).read_text(encoding="utf-8").split("\n")[remark.line - 1]


@pytest.mark.parametrize("kind", REFS)
@pytest.mark.parametrize("name", ["with mistakes", "hostile"])
def test_the_comment_is_written_without_running_the_proposal(tmp_path: Path, kind: str, name: str) -> None:
    source = Work(Path(shutil.copytree(SMALL, tmp_path / "source")))
    source.git("init", "--quiet")
    source.write(".gitignore", ".venv\n.ci\nMakefile\noutput/\nresultat.json\nproposition/\napercu/\napercu.json\n")
    base = source.commit()
    bare, main = tmp_path / "site.git", Work(tmp_path / "main")
    source.git("clone", "--quiet", "--bare", ".", str(bare))
    source.git("clone", "--quiet", str(bare), str(main.folder))
    source.git("switch", "--quiet", "-c", "ma-proposition")
    PROPOSALS[name].change(source)
    source.write("pelicanconf.py", "raise SystemExit('le code de la proposition')\n")
    (source.folder / "content/lien").symlink_to("/etc")
    head = source.commit()
    source.git("push", "--quiet", str(bare), "HEAD:refs/heads/ma-proposition")
    with DOUBLES[kind](bare) as forge:
        pull = forge.add_pull("ma-proposition", author="visiteuse", fork=True)
        source.git("push", "--quiet", str(bare), f"HEAD:{REFS[kind]}/{pull.number}/head")
        prepare(main.folder)
        settings = forge.settings
        values = {
            "github.event.pull_request.number": str(pull.number),
            "github.event.pull_request.base.sha": base,
            "github.event.pull_request.head.sha": head,
            "github.token": settings.token,
            "forgejo-actions": BOT,  # as whom the double's token writes
            "github.server_url": settings.address,
            "github.repository": settings.repository,
            "github.run_number": "77",
            "vars.PREVIEWS_URL": PREVIEWS_URL,
            "vars.PREVIEWS_TO": f"{tmp_path}/hebergement/{{}}",
            **{f"secrets.PREVIEWS_{name}": "" for name in ("SSH_KEY", "SSH_KNOWN_HOSTS", "GIT_TOKEN")},
        }
        payload = tmp_path / "payload.json"
        payload.write_text(json.dumps({"object_attributes": {"iid": pull.number, "action": "open"}}), encoding="utf-8")
        variables = {
            "TRIGGER_PAYLOAD": str(payload),
            "CI_COMMIT_SHA": base,
            "PREVIEWS_URL": PREVIEWS_URL,
            "PREVIEWS_TO": f"{tmp_path}/hebergement/{{}}",
            "CIRCULAR_FORGE_TOKEN": settings.token,
            "CI_SERVER_URL": settings.address,
            "CI_PROJECT_PATH": settings.repository,
            "CI_JOB_URL": f"{settings.address}/{settings.repository}/-/jobs/77",
        }
        job = (
            jobs_of(".forgejo/workflows/commentaire.yml")["commentaire"] if kind == "forgejo" else gitlab_job(variables)
        )
        for _ in range(2 if name == "hostile" else 1):
            done = run_job(job, main.folder, values, tmp_path / "artefacts")
            assert done.is_fine, done.said
            beside = (main.folder / "proposition").rename(tmp_path / f"beside-{len(list(tmp_path.iterdir()))}")
            main.git("worktree", "prune")
        (comment,) = pull.comments
        placed = {(one.path, line_at(source, one)): one.body for one in pull.lines}
        assert len(placed) == len(pull.lines) > 0, done.said
        if name == "with mistakes":
            assert placed.keys() == {
                (NEW, "date: 01/03/2026"),
                (NEW, "authors: [ines-falaize]"),
                (NEW, "![](toit.png)"),
            }
            fence = "suggestion:-0+0" if kind == "gitlab" else "text"
            assert f"```{fence}\ndate: 2026-03-01\n```" in placed[NEW, "date: 01/03/2026"]
        assert all(words not in body for body in placed.values() for words in PROPOSALS[name].never)
        assert "à corriger" in comment.body
        assert "le code de la proposition" not in done.said
        assert (tmp_path / "hebergement" / str(pull.number) / "index.html").is_file()
        assert not (beside / "content/lien").is_symlink()
        assert "cette page ne peut pas encore être montrée" in (main.folder / "apercu/index.html").read_text("utf-8")
