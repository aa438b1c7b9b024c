"""Finds the command in ``scripts/<command>.py``, lets it read its arguments, runs it, returns its exit code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from plugins.model.schema.faults import SchemaError
from scripts.arguments import Parser, UsageError, speak_utf8
from scripts.command_tree import add_commands
from scripts.failure import report
from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Sequence

PROG, WRONG_USAGE, INTERRUPTED = "python -m scripts", 2, 130


def main(arguments: Sequence[str]) -> int:
    """Run one command: 0 fine, 1 problems in the content, 2 wrong usage. Only that command's module is imported."""
    speak_utf8()
    parser = Parser(PROG, french.DESCRIPTION)
    try:
        add_commands(parser, arguments)
        parsed = parser.parse_args(arguments)
        return int(parsed.run(parsed))
    except UsageError as error:
        sys.stderr.write(french.wrong_usage(PROG, str(error)))
        return WRONG_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except SchemaError as error:  # of the root's own schemas, which no contributor writes
        sys.stderr.write(french.wrong_schemas(str(error)))
        return 1
    except Exception as error:  # noqa: BLE001  # the last line: a fault of ours, told to people
        return report(french.FAILED, error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
