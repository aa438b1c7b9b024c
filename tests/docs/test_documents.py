"""The documents say what is so: links resolve, examples pass the check, commands exist, figures are those of the schemas."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import shutil
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest
from PIL import Image

from plugins.model.load import load_site
from plugins.model.problems import Problem, catalogue
from plugins.model.schema.schemas import load_schemas
from scripts.__main__ import PROG
from scripts.arguments import Parser
from scripts.command_tree import add_commands
from scripts.report import text as report
from tests.docs.blocks import DOCS, PROJECT, Block, blocks, write
from tests.docs.markdown import anchors, code, links, prose

EXAMPLES = Path(__file__).with_name("root")
TODAY = dt.date(2026, 11, 24)
GUIDES = [DOCS / "contribuer.md", DOCS / "editeurs.md"]
OURS = ("contribuer", "editeurs", "lettre", "exploitation", "menaces", "autre-region", "galerie", "README")
FRENCH = [*(DOCS / f"{name}.md" for name in OURS), PROJECT / "CONTRIBUTING.md", PROJECT / "SECURITY.md"]
DOCUMENTS = sorted([*PROJECT.glob("*.md"), *DOCS.rglob("*.md")])
SCHEMAS = load_schemas([PROJECT / "data" / "schemas"])


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


# ---- links --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_link_to_a_file_or_a_heading_leads_somewhere(document: Path) -> None:
    assert [target for target in links(document) if not leads_somewhere(document, target)] == []


def leads_somewhere(document: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return True  # another site; its life is not ours
    path, _, anchor = target.partition("#")
    file = (document.parent / unquote(path)) if path else document
    return file.exists() and (not anchor or unquote(anchor) in anchors(file))


# ---- examples -----------------------------------------------------------------------------------------------------------


def examples(*, wrong: bool) -> list[Block]:
    found = [block for guide in GUIDES for block in blocks(guide) if block.language in {"markdown", "yaml", "diff"}]
    return [block for block in found if block.file.endswith(" (faux)") == wrong]


def label(block: Block) -> str:
    return f"{block.file}:{block.line}"


def root_with(directory: Path, *written: Block) -> Path:
    root = Path(shutil.copytree(EXAMPLES, directory / "racine"))
    for block in written:
        write(root, block)
        if "atelier-velo.jpg" in block.text:
            Image.new("RGB", (16, 9), "white").save(root / Path(block.file).parent / "atelier-velo.jpg")
    return root


def problems(root: Path) -> list[Problem]:
    return load_site(root, today=TODAY).problems


def test_the_root_of_the_examples_has_no_problem(tmp_path: Path) -> None:
    assert problems(root_with(tmp_path)) == []


@pytest.mark.parametrize("block", examples(wrong=False), ids=label)
def test_an_example_can_be_copied_and_passes_the_check(block: Block, tmp_path: Path) -> None:
    assert block.file, f"line {block.line}: say after ```{block.language} which file it is"
    assert problems(root_with(tmp_path, *basis(block), block)) == []


def basis(block: Block) -> list[Block]:
    """What an example changes: the whole file that the guide shows before it."""
    if block.language != "yaml" or not block.file.endswith(".md"):
        return []
    return [other for other in examples(wrong=False) if (other.language, other.file) == ("markdown", block.file)]


def test_there_are_examples_of_each_kind() -> None:
    kinds = [block.language for block in examples(wrong=False)]
    assert all(kinds.count(kind) >= least for kind, least in (("markdown", 2), ("yaml", 8), ("diff", 1)))


def test_the_guide_shows_what_the_check_really_answers(tmp_path: Path) -> None:
    (wrong,) = examples(wrong=True)
    path = wrong.file.removesuffix(" (faux)")
    found = problems(root_with(tmp_path, Block("markdown", path, wrong.text, wrong.line, "")))
    assert len(found) == 4
    (shown,) = [
        block.text for block in blocks(DOCS / "contribuer.md") if (block.language, block.file) == ("text", "check")
    ]
    assert shown == report.render(found)


@pytest.mark.parametrize("document", [*GUIDES, DOCS / "autre-region.md", DOCS / "changing-the-schema.md"], ids=named)
def test_readers_are_told_which_file_a_block_is(document: Path) -> None:
    """The name after the fence is seen by the test only, so the text names the file too."""
    text = document.read_text(encoding="utf-8").splitlines()
    for block in blocks(document):
        name = block.file.removesuffix(" (faux)")
        if "/" in name:
            before = "\n".join(text[: block.line])
            section = before[max(before.rfind("\n## "), 0) :] if block.language == "yaml" else block.introduction
            assert f"`{name}`" in section, f"line {block.line}"


# ---- commands -----------------------------------------------------------------------------------------------------------


@cache
def targets() -> frozenset[str]:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return frozenset(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))


@cache
def options(name: str) -> frozenset[str]:
    """The options of a command of the project, by its own help."""
    arguments, told = [*name.split(), "--help"], io.StringIO()
    parser = Parser(PROG, "")
    add_commands(parser, arguments)
    with contextlib.redirect_stdout(told), pytest.raises(SystemExit, match=r"^0$"):
        parser.parse_args(arguments)
    return frozenset(re.findall(r"--[a-z-]+", told.getvalue()))


def commands(document: Path) -> list[tuple[str, list[str]]]:
    found = re.findall(r"python -m scripts (bot [a-z]+|[a-z]+)([^\n|`]*)", code(document))
    return [(name, re.findall(r"(?<!\S)--[a-z-]+", rest)) for name, rest in found]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_target_of_make_exists(document: Path) -> None:
    assert set(re.findall(r"(?:^|[^\w-])make ([a-z]+)", code(document), re.MULTILINE)) <= targets()


def test_every_command_and_option_exists() -> None:
    wrong = []
    for document in DOCUMENTS:
        for name, used in commands(document):
            known = options(name)  # the failure of an unknown command names it
            wrong += [f"{named(document)}: {name} {option}" for option in used if option not in known]
    assert wrong == []


def test_the_documents_name_commands_at_all() -> None:
    assert {name for document in DOCUMENTS for name, _ in commands(document)} >= {"build", "check", "serve", "new"}


# ---- the schemas and the catalogue --------------------------------------------------------------------------------------


def test_every_code_has_a_message_a_suggestion_and_a_paragraph() -> None:
    bare = [
        kind.code for kind in catalogue().values() if not (kind.message and kind.suggestion and kind.help.endswith("."))
    ]
    assert bare == []


def test_the_guide_knows_every_folder_and_the_bounds_of_title_and_summary() -> None:
    guide = (DOCS / "contribuer.md").read_text(encoding="utf-8")
    assert [kind.folder for kind in SCHEMAS.content_types if f"`content/{kind.folder}/" not in guide] == []
    assert [kind.address for kind in SCHEMAS.content_types if kind.list and f"`/{kind.address}/`" not in guide] == []
    for name in ("title", "summary"):
        field = SCHEMAS.flattened("event").by_dotted[name].schema
        assert f"de {field['minLength']} à {field['maxLength']}" in guide, name


def test_the_guide_of_another_region_explains_every_setting() -> None:
    rows = [
        line for line in (DOCS / "autre-region.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    told = {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    assert {field.name for field in SCHEMAS.flattened("site").fields} - told == set()


# ---- French -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", FRENCH, ids=named)
def test_french_signs_have_their_spaces(document: Path) -> None:
    lines = prose(document).splitlines()
    wrong = re.compile(r" [;:!?»](?!\w)|« |\w'\w|\w[;!?](?:\s|$)|\.\.\.")
    assert [line for line in lines if wrong.search(line)] == []
