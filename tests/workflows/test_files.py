"""The workflow files are what their forges publish as correct, and keep the promises that their first lines make."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import validators

from tests.workflows.runner import PROJECT

SCHEMAS = Path(__file__).parent / "schemas"
WORKFLOWS = sorted(
    str(path.relative_to(PROJECT))
    for folder in (".github", ".forgejo")
    for path in (PROJECT / folder / "workflows").glob("*.yml")
)
UNTRUSTED = [path for path in WORKFLOWS if path.endswith(("proposition.yml", "tests.yml"))]
TRUSTED = [path for path in WORKFLOWS if path.endswith(("commentaire.yml", "apercu.yml"))]


class Loader(yaml.SafeLoader):
    """Reads « on » as a word, as forges do, and GitLab's own tags as what they tag."""


Loader.yaml_implicit_resolvers = {
    key: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool"]
    for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


def load(path: str) -> Any:
    return yaml.load((PROJECT / path).read_text(encoding="utf-8"), Loader)  # noqa: S506  # a SafeLoader of ours


def faults(schema_name: str, value: Any) -> list[str]:
    schema = json.loads((SCHEMAS / schema_name).read_text(encoding="utf-8"))
    kind = validators.validator_for(schema)
    return [f"{fault.json_path}: {fault.message}" for fault in kind(schema).iter_errors(value)]


def steps(path: str) -> list[Any]:
    return [step for job in load(path)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS)
def test_a_workflow_fits_the_published_schema(path: str) -> None:
    assert faults("github-workflow.json", load(path)) == []


def test_gitlabs_file_fits_the_published_schema() -> None:
    assert faults("gitlab-ci.json", load(".gitlab-ci.yml")) == []


def test_the_schemas_find_mistakes() -> None:
    assert faults("github-workflow.json", {"on": "push", "jobs": {"a": {"runs_on": "x"}}})
    assert faults("gitlab-ci.json", {"a": {"script": 1}})


@pytest.mark.parametrize("path", WORKFLOWS)
def test_actions_of_others_are_pinned_to_a_commit(path: str) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"(?:https://code\.forgejo\.org/)?actions/[a-z-]+@[0-9a-f]{40}", name) for name in used)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_nothing_of_an_event_is_pasted_into_a_command(path: str) -> None:
    """An expression inside a command is a way to run a branch's name."""
    assert not [step["run"] for step in steps(path) if "run" in step and "${{" in step["run"]]


@pytest.mark.parametrize("path", UNTRUSTED)
def test_where_a_proposals_code_runs_there_is_no_secret(path: str) -> None:
    text = (PROJECT / path).read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "github.token" not in text
    found = load(path)
    assert list(found["on"]) == ["pull_request"]
    assert found.get("permissions", {"contents": "read"}) == {"contents": "read"}
    kept = [step["with"]["persist-credentials"] for step in steps(path) if "checkout" in step.get("uses", "")]
    assert kept
    assert not any(kept)


@pytest.mark.parametrize("path", TRUSTED)
def test_where_there_are_rights_only_the_main_branchs_code_is_checked_out(path: str) -> None:
    refs = [step["with"]["ref"] for step in steps(path) if "checkout" in step.get("uses", "")]
    assert set(refs) == {"${{ github.event.repository.default_branch }}"}
    commands = " ".join(step.get("run", "") for step in steps(path))
    assert "make site" not in commands
    assert "scripts build" not in commands


def test_the_comment_waits_for_no_tests() -> None:
    """« Commentaire » begins when the whole of « Proposition » has ended; the tests take twenty minutes."""
    assert load(".github/workflows/commentaire.yml")["on"]["workflow_run"]["workflows"] == ["Proposition"]
    found = load(".github/workflows/proposition.yml")
    assert found["name"] == "Proposition"
    assert not [step for step in steps(".github/workflows/proposition.yml") if ".ci/run" in step.get("run", "")]
    assert [step["run"] for step in steps(".github/workflows/tests.yml") if "run" in step] == ["bash .ci/run"]


def test_no_comment_is_tried_without_a_result() -> None:
    """A run that was cancelled, or that waits for an approval, ends too."""
    condition = load(".github/workflows/commentaire.yml")["jobs"]["commentaire"]["if"]
    assert """contains(fromJSON('["success", "failure"]'), github.event.workflow_run.conclusion)""" in condition


@pytest.mark.parametrize(
    ("path", "job", "variable"),
    [
        (".github/workflows/apercu.yml", "apercu", "PREVIEWS_TO"),
        (".github/workflows/apercu.yml", "fin-de-l-apercu", "PREVIEWS_TO"),
        (".forgejo/workflows/commentaire.yml", "fin-de-l-apercu", "PREVIEWS_TO"),
        (".forgejo/workflows/publication.yml", "publication", "PUBLISH_TO"),
    ],
)
def test_what_needs_a_place_does_not_run_without_one(path: str, job: str, variable: str) -> None:
    assert f"vars.{variable} != ''" in load(path)["jobs"][job]["if"]


def test_keys_are_only_where_something_is_sent() -> None:
    """No step that reads a proposal's files sees a key, on the forges that can give it to one step alone."""
    for path in WORKFLOWS:
        for step in steps(path):
            if "secrets." in json.dumps(step):
                assert re.search(r"^bash \.ci/host |scripts publish$", step["run"]), step["name"]


def test_gitlabs_proposals_see_no_token() -> None:
    found = load(".gitlab-ci.yml")
    assert "CIRCULAR_FORGE_TOKEN" not in json.dumps(found["proposition"])
    assert [rule["if"] for rule in found["proposition"]["rules"]] == ['$CI_PIPELINE_SOURCE == "merge_request_event"']


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if path.endswith("publication.yml")])
def test_publication_is_on_main_by_night_and_by_hand_one_at_a_time(path: str) -> None:
    found = load(path)
    assert found["on"]["push"]["branches"] == ["main"]
    assert set(found["on"]) == {"push", "schedule", "workflow_dispatch"}
    assert found["concurrency"]["group"] == "publication"


def test_a_preview_is_taken_away_with_one_right_and_no_code() -> None:
    """The event is of the trusted sort, so the job runs nothing that a proposal wrote, and may only delete artefacts."""
    found = load(".github/workflows/commentaire.yml")
    assert found["on"]["pull_request_target"] == {"types": ["closed"]}
    assert "workflow_run.event == 'pull_request'" in found["jobs"]["commentaire"]["if"], "not on this event"
    job = found["jobs"]["fin-de-l-apercu"]
    assert job["permissions"] == {"actions": "write"}
    (step,) = job["steps"]
    assert "uses" not in step
    assert "scripts" not in step["run"]


@pytest.mark.parametrize("path", [path for path in WORKFLOWS if path.endswith(("proposition.yml", "commentaire.yml"))])
def test_what_is_kept_of_a_proposal_is_kept_for_a_week(path: str) -> None:
    kept = [step["with"]["retention-days"] for step in steps(path) if "upload-artifact" in step.get("uses", "")]
    assert set(kept) <= {7}
    jobs = load(".gitlab-ci.yml")
    assert {jobs[name]["artifacts"]["expire_in"] for name in ("proposition", "commentaire")} == {"7 days"}
    assert jobs["proposition"]["environment"]["on_stop"] == "fin-de-l-apercu"
    assert jobs["fin-de-l-apercu"]["environment"]["name"] == jobs["proposition"]["environment"]["name"]
