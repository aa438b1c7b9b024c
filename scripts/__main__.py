"""Finds the command in ``scripts/<command>.py``, lets it read its arguments, runs it, returns its exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from scripts import french
from scripts.arguments import Parser, UsageError, speak_utf8
from scripts.failure import report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PROG, WRONG_USAGE, INTERRUPTED = "python -m scripts", 2, 130


def command_names() -> list[str]:
    """The modules beside this one that say what they are for."""
    return sorted(p.stem for p in Path(__file__).parent.glob("*.py") if "\nSUMMARY = " in p.read_text("utf-8"))


def make_parser(names: Iterable[str]) -> Parser:
    """A parser with one subparser a command."""
    parser = Parser(PROG, french.DESCRIPTION)
    commands = parser.add_subparsers(
        title=french.COMMANDS, dest="command", metavar=french.COMMAND, required=True, parser_class=Parser
    )
    for name in names:
        module = import_module(f"scripts.{name}")
        child = commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        module.add_arguments(child)
        child.set_defaults(run=module.run)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Run one command: 0 fine, 1 problems in the content, 2 wrong usage. Only that command's module is imported."""
    speak_utf8()
    names = command_names()
    try:
        parsed = make_parser([name for name in names if name in arguments[:1]] or names).parse_args(arguments)
        return int(parsed.run(parsed))
    except UsageError as error:
        sys.stderr.write(french.wrong_usage(PROG, str(error)))
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001  # the last line: a fault of ours, told to people
        return report(french.FAILED, error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
