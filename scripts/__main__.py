"""Finds the command in ``scripts/<command>.py``, lets it read its arguments, runs it and returns its exit
code.
"""

from __future__ import annotations

import io
import os
import pkgutil
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import scripts
from scripts import french
from scripts.arguments import Parser, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

PROG = "python -m scripts"
WRONG_USAGE, INTERRUPTED = 2, 130


def commands() -> dict[str, ModuleType]:
    """Every module beside this one that says what it is for, by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(scripts.__path__) if not found.name.startswith("_"))
    modules = {name: import_module(f"scripts.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "SUMMARY")}


def make_parser() -> Parser:
    """The parser of the whole command line, one subparser a command."""
    parser = Parser(PROG, french.DESCRIPTION)
    chosen = parser.add_subparsers(
        title=french.COMMANDS, dest="command", metavar="COMMANDE", required=True, parser_class=Parser
    )
    for name, module in commands().items():
        child = chosen.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.add_arguments(child)
        child.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command: 0 fine, 1 problems in the content, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        parsed = make_parser().parse_args(arguments)
        return int(parsed.run(parsed))
    except UsageError as error:
        sys.stderr.write(french.wrong_usage(PROG, str(error)))
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
