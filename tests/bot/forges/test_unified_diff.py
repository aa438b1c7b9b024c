"""Which lines a change adds: as git says, whatever stands in the files."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.bot.forges.unified_diff import Added, added_by_file, added_lines

if TYPE_CHECKING:
    from pathlib import Path

# Lines that look like those of a diff.
LINES = st.lists(
    st.sampled_from(
        ["", "a", "b", "+a", "-b", " c", "++ b/autre.md", "-- a/autre.md", "@@ -1 +1 @@", "diff --git a/x b/x", "\\ No"]
    ),
    max_size=8,
)


def test_added_lines_are_numbered_as_in_the_new_file() -> None:
    patch = "@@ -1,3 +1,4 @@ titre\n a\n-b\n+B\n+C\n c\n@@ -9,0 +11,1 @@\n+z\n\\ No newline at end of file"
    assert added_lines(patch) == {2: "B", 3: "C", 11: "z"}


def test_files_are_told_apart_by_heads_and_not_by_what_they_hold() -> None:
    diff = (
        "diff --git a/a b.md b/a b.md\n--- a/a b.md\t\n+++ b/a b.md\t\n@@ -0,0 +1,2 @@\n+++ b/autre.md\n+x\n"
        'diff --git "a/\\303\\251" "b/\\303\\251"\n--- /dev/null\n+++ "b/\\303\\251"\n@@ -0,0 +1 @@\n+y\n'
        "diff --git a/c.md b/c.md\n--- a/c.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-z\n"
    )
    assert added_by_file(diff) == {"a b.md": Added("a b.md", {1: "++ b/autre.md", 2: "x"})}


@pytest.mark.parametrize("patch", ["", "@@", "@@ -1 +1 @@", "+a", "@@ -x +y @@\n+a", "@@ -1,2 +1,9 @@\n+a"])
def test_half_a_patch_is_read_as_far_as_it_goes(patch: str) -> None:
    assert set(added_lines(patch)) <= {1}


@pytest.mark.slow
@given(before=LINES, after=LINES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_git_writes_is_read(tmp_path: Path, before: list[str], after: list[str]) -> None:
    for name, lines in (("avant", before), ("apres", after)):
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = subprocess.run(
        ["git", "diff", "--no-index", "--no-color", "avant", "apres"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    added = added_by_file(done.stdout).get("apres", Added("apres")).lines
    assert all(after[number - 1] == text for number, text in added.items())
    kept = [line for number, line in enumerate(after, 1) if number not in added]
    removed = [line for line in done.stdout.split("\n")[4:] if line.startswith("-")]
    assert len(kept) == len(before) - len(removed)
