"""Runs a workflow file as a forge does, as far as ours go: steps in order, artefacts handed on, expressions filled in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).resolve().parents[2]
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
# Of the project as a whole, not of the proposal's files; its own tests run it.
NOT_HERE = re.compile(r"scripts derive --check|bash \.ci/run")
MAKEFILE = """.venv/.runtime:
\t@true
site:
\t@.venv/bin/python -m scripts build --root . --output output --brief --jobs 1
.PHONY: site .venv/.runtime
"""


@dataclass
class Run:
    """What became of a job: each command with its exit code, all that was said, its summary, and what its steps hand on."""

    commands: list[tuple[str, int]] = field(default_factory=list)
    said: str = ""
    summary: str = ""
    outputs: dict[str, str] = field(default_factory=dict)

    @property
    def is_fine(self) -> bool:
        return all(code == 0 for _, code in self.commands)

    def code_of(self, part: str) -> int:
        """The exit code of the one command that holds ``part``."""
        (code,) = [code for command, code in self.commands if part in command]
        return code


def jobs_of(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((PROJECT / path).read_text(encoding="utf-8"))["jobs"]
    return found


def run_job(job: Mapping[str, Any], folder: Path, values: Mapping[str, str], artefacts: Path) -> Run:
    """Run the steps of ``job`` in ``folder``; ``values`` says what expressions mean, by their text, or a whole value."""
    done = Run()
    for step in job["steps"]:
        if not _is_due(step.get("if", ""), values, is_fine=done.is_fine):
            continue
        if "run" in step:
            if not NOT_HERE.search(step["run"]):
                _command(step, folder, values, done)
        else:
            _action(step, folder, artefacts)
    return done


def prepare(folder: Path) -> None:
    """What every checkout has beside the site's own files; git ignores it."""
    if not (folder / ".venv").exists():
        (folder / ".venv").symlink_to(PROJECT / ".venv")
        (folder / "Makefile").write_text(MAKEFILE, encoding="utf-8")
        (folder / ".ci").symlink_to(PROJECT / ".ci")


def _is_due(condition: str, values: Mapping[str, str], *, is_fine: bool) -> bool:
    """``a && b``, where each is ``!cancelled()`` or compares a value; a step without a status function wants all to be fine."""
    parts = [part.strip() for part in condition.removeprefix("${{").removesuffix("}}").split("&&") if part.strip()]
    if not is_fine and "!cancelled()" not in parts:
        return False
    return all(_holds(part, values) for part in parts if part != "!cancelled()")


def _holds(part: str, values: Mapping[str, str]) -> bool:
    name, word, wanted = part.split()
    assert word in {"==", "!="}, part
    return (values[name] == wanted.strip("'")) == (word == "==")


def _command(step: Mapping[str, Any], folder: Path, values: Mapping[str, str], done: Run) -> None:
    own = {name: _filled(str(value), values) for name, value in step.get("env", {}).items()}
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}}
    with tempfile.TemporaryDirectory() as beside:
        files = {name: str(Path(beside) / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        ended = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={**kept, **own, **files, "PYTHONPATH": str(PROJECT), "SOURCE_DATE_EPOCH": "1795564800"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        outputs, summary = (Path(file).read_text("utf-8") if Path(file).exists() else "" for file in files.values())
    done.commands.append((step["run"], ended.returncode))
    done.said += ended.stdout + ended.stderr
    done.summary += summary
    done.outputs |= dict(line.split("=", 1) for line in outputs.splitlines())


def _action(step: Mapping[str, Any], folder: Path, artefacts: Path) -> None:
    given = step.get("with", {})
    if "upload-pages-artifact" in step["uses"]:
        (artefacts / "github-pages").mkdir(parents=True)
        archive = artefacts / "github-pages" / "artifact.tar"
        subprocess.run(["tar", "-chf", str(archive), "-C", str(folder / given["path"]), "."], check=True)
    elif "upload-artifact" in step["uses"]:
        source = folder / given["path"]
        if source.is_dir():
            shutil.copytree(source, artefacts / given["name"], dirs_exist_ok=True)
        elif source.exists():
            (artefacts / given["name"]).mkdir(parents=True, exist_ok=True)
            shutil.copy(source, artefacts / given["name"])
    elif "download-artifact" in step["uses"]:
        kept = artefacts / given["name"]
        if kept.exists() or not step.get("continue-on-error"):
            shutil.copytree(kept, folder / given["path"], dirs_exist_ok=True)
    else:
        assert "actions/checkout@" in step["uses"], step["uses"]


def _filled(text: str, values: Mapping[str, str]) -> str:
    return values.get(text) or _EXPRESSION.sub(lambda found: values[found[1]], text)
