from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from plugins.model.problems import catalogue
from plugins.model.schema.schemas import load_schemas
from scripts.derive import DOCUMENTS
from tests.scripts.commands import PROJECT, run

if TYPE_CHECKING:
    from pathlib import Path


def test_the_committed_documents_are_those_that_the_code_would_write() -> None:
    done = run("derive", "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_stale_document_is_named_and_a_run_mends_it(tmp_path: Path) -> None:
    for name in ("plugins", "scripts", "data/schemas", "docs", ".github", ".gitlab", "cms"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "CODEOWNERS", tmp_path)
    for path in (PROJECT / "data").glob("*.yaml"):
        shutil.copy(path, tmp_path / "data")
    schema = tmp_path / "data/schemas/article.yaml"
    schema.write_text(schema.read_text(encoding="utf-8").replace("x-label: Genre", "x-label: Sorte"), encoding="utf-8")

    def derive(*more: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "scripts", "derive", *more]
        return subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)

    stale = derive("--check")
    assert stale.returncode == 1
    told = [path for path, make in DOCUMENTS.items() if re.search(r"\bGenre\b", make())]
    assert {"docs/champs.md", ".github/ISSUE_TEMPLATE/article.yml", "cms/config.yml"} <= set(told)
    assert stale.stderr.splitlines() == [f"{path} n’est plus à jour\u202f: lancez make derive." for path in told]
    assert derive().returncode == 0
    assert "Sorte." in (tmp_path / "docs/champs.md").read_text(encoding="utf-8")
    assert derive("--check").returncode == 0


def test_every_field_of_every_type_has_its_row() -> None:
    document = DOCUMENTS["docs/champs.md"]()
    schemas = load_schemas([PROJECT / "data/schemas"])
    for kind in schemas.content_types:
        flat = schemas.flattened(kind.name)
        section = document.partition(f"\n## {flat.title}\n")[2].partition("\n## ")[0]
        for field in flat.every_field():
            row = f"| `{'.'.join(field.path)}`"
            assert row in section, f"{kind.name}: {row}"


def test_every_code_has_its_heading() -> None:
    headings = re.findall(r"^## (.+)$", DOCUMENTS["docs/codes.md"](), re.MULTILINE)
    assert headings == list(catalogue())


def test_tables_stay_tables() -> None:
    for make in DOCUMENTS.values():
        width = 0
        for line in make().splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert cells in {0, width} or not width
            width = cells
