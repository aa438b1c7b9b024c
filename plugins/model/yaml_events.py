"""The two parsers of PyYAML as sources of events: libyaml, which is fast, and its own in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

try:
    from yaml._yaml import CParser
except ImportError:  # PyYAML was built without libyaml
    HAS_LIBYAML = False
else:
    HAS_LIBYAML = True

NextEvent = Callable[[], Any]
"""Gives the next event of a parser, or raises a `yaml.YAMLError`. The two kinds of parser share their
classes of events, but not those of marks: `line`, `column` and `index` count from 0.
"""


class _PythonParser(Reader, Scanner, Parser):
    """PyYAML's own parser, without the composer and constructor that usually sit on it."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def python_events(text: str) -> NextEvent:
    """Parse in Python: slower, with messages that say what was found. Gives the function that gives the
    next event.
    """
    next_event: NextEvent = _PythonParser(text).get_event
    return next_event


def fast_events(text: str) -> NextEvent:
    """Parse with libyaml where there is one."""
    if not HAS_LIBYAML:
        return python_events(text)
    next_event: NextEvent = CParser(text).get_event
    return next_event
