"""What stands in .ci/ for previews: where they go, and what a webhook of GitLab asks for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from tests.workflows.runner import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


def host(to: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The script where no Python could be run."""
    return subprocess.run(
        ["bash", str(PROJECT / ".ci/host"), "12", str(folder)],
        cwd=folder.parent,
        env={"PATH": "/usr/bin:/bin", "PREVIEWS_TO": to},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_sent_where_there_is_no_place_or_no_preview(tmp_path: Path) -> None:
    (tmp_path / "apercu").mkdir()
    assert (host("", tmp_path / "apercu").returncode, host("/srv/{}", tmp_path / "absent").returncode) == (0, 0)


def test_all_previews_at_one_place_would_hide_one_another(tmp_path: Path) -> None:
    done = host("/srv/apercus", tmp_path)
    assert (done.returncode, "{}" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({"action": "open"}, "12 show"),
        ({"action": "reopen"}, "12 show"),
        ({"action": "update", "oldrev": "a" * 40}, "12 show"),
        ({"action": "update"}, "12 nothing"),
        ({"action": "approved"}, "12 nothing"),
        ({"action": "merge"}, "12 gone"),
        ({"action": "close"}, "12 gone"),
    ],
)
def test_a_webhook_of_gitlab(tmp_path: Path, attributes: dict[str, Any], told: str) -> None:
    payload = tmp_path / "payload.json"
    payload.write_text(json.dumps({"object_attributes": {"iid": 12, "title": "; id", **attributes}}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(PROJECT / ".ci/merge_request.py"), str(payload)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{told}\n"


def test_what_asks_for_nothing_ends_gitlabs_job_before_anything_is_fetched(tmp_path: Path) -> None:
    script = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["commentaire"]["script"]
    lines = [line.replace(".venv/bin/python", sys.executable) for line in script if not line.startswith("make ")]
    payload = tmp_path / "payload.json"
    payload.write_text(json.dumps({"object_attributes": {"iid": 12, "action": "update"}}), encoding="utf-8")
    (tmp_path / ".ci").symlink_to(PROJECT / ".ci")
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "TRIGGER_PAYLOAD": str(payload)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
