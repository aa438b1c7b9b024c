"""A long and ordinary French text, whole: its HTML, its plain text, and what the checker is told of it.

To accept a change that is meant: `python -m tests.markup.test_golden`.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from plugins.markup import Picture, finish, parse
from tests.markup.dom import misplaced, strict_errors, violations

GOLDEN = Path(__file__).with_name("golden")
ETABLI = Picture(
    "/initiatives/2025/atelier/etabli.jpg", 1600, 900, (("/initiatives/2025/atelier/etabli.480.jpg", 480),)
)


def rendered() -> dict[str, str]:
    """The golden files by name, as the library makes them now."""
    parsed = parse((GOLDEN / "recit.md").read_text(encoding="utf-8"))
    found = {name: value for name, value in asdict(parsed).items() if name not in {"html", "text", "anchors"}}
    html = finish(parsed.html, lambda target: f"/site{target}", lambda _: ETABLI, site_host="exemple.org")
    return {
        "recit.html": html + "\n",
        "recit.txt": parsed.text + "\n",
        "recit.json": json.dumps({**found, "anchors": sorted(parsed.anchors)}, ensure_ascii=False, indent=1) + "\n",
    }


def test_the_text_comes_out_as_it_did() -> None:
    for name, content in rendered().items():
        assert content == (GOLDEN / name).read_text(encoding="utf-8"), name


def test_the_text_is_valid_and_harmless() -> None:
    html = rendered()["recit.html"]
    assert violations(html) == []
    assert strict_errors(html) == []
    assert misplaced(html) == []


if __name__ == "__main__":
    for file_name, file_content in rendered().items():
        (GOLDEN / file_name).write_text(file_content, encoding="utf-8")
