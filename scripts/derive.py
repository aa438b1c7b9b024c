"""``derive``: writes the documents that follow from schemas and code; ``--check`` finds those that no longer do."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from plugins.model.problems import catalogue
from plugins.model.schema.schemas import load_schemas
from scripts.arguments import PROJECT, Parser
from scripts.bot.web import openapi
from scripts.command_tree import command_paths, module_of
from scripts.derived import codes, commands, fields, forms, owners, settings
from scripts.french import commands as french

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

SUMMARY = french.DERIVE_SUMMARY
# Those of contributors first; the preparation of geographical files is for developers.
_COMMANDS = (
    ("build",),
    ("check",),
    ("comment",),
    ("publish",),
    ("redirects",),
    ("newsletter",),
    ("links",),
    ("desk",),
    ("serve",),
    ("new",),
    ("derive",),
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--check``."""
    parser.add_argument("--check", action="store_true", help=french.DERIVE_CHECK)


def run(args: argparse.Namespace) -> int:
    """Write what has changed; with ``--check`` write nothing, and 1 if something has."""
    stale = [path for path, make in DOCUMENTS.items() if _read(path) != make()]
    for path in stale:
        if args.check:
            sys.stderr.write(french.derive_stale(path) + "\n")
        else:
            (PROJECT / path).parent.mkdir(parents=True, exist_ok=True)
            (PROJECT / path).write_text(DOCUMENTS[path](), encoding="utf-8", newline="\n")
            sys.stdout.write(french.derive_written(path) + "\n")
    return int(args.check and bool(stale))


def _read(path: str) -> str | None:
    file = PROJECT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _fields() -> str:
    return fields.render(load_schemas([PROJECT / "data" / "schemas"]))


def _commands() -> str:
    parsers = {}
    for path in (*_COMMANDS, *(path for path in command_paths() if path[0] == "bot")):
        name, module = " ".join(path), import_module(module_of(path))
        parsers[name] = Parser(f"python -m scripts {name}", module.SUMMARY)
        module.add_arguments(parsers[name])
    return commands.render(parsers)


# A derived file is a line here: its path in the project, and the function that makes its text.
DOCUMENTS: Mapping[str, Callable[[], str]] = {
    owners.PATH: lambda: owners.render(PROJECT),
    "docs/champs.md": _fields,
    "docs/codes.md": lambda: codes.render(catalogue()),
    "docs/commandes.md": _commands,
    "docs/reglages.md": settings.render,
    "docs/openapi-intake.yaml": lambda: openapi.written(load_schemas([PROJECT / "data" / "schemas"])),
    **forms.documents(),
}
