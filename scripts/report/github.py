"""Problems as workflow commands, which GitHub and Forgejo show beside the line of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.problems import Problem

_CONTROLS = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]"
)  # of file names: they would steer the terminal of who reads the log


def render(problems: Sequence[Problem]) -> str:
    """One command a line; nothing at all when there is nothing to say."""
    return "".join(_command(found) + "\n" for found in problems)


def _command(found: Problem) -> str:
    properties = {"file": found.path, "line": found.line, "col": found.column, "title": found.code}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    lines = [found.message, found.suggestion] if found.suggestion else [found.message]
    return f"::{found.severity} {listed}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    """Escaped as the runner's own toolkit does (``escapeData``), so that content can never start a command
    of its own.
    """
    return _CONTROLS.sub("\ufffd", text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
