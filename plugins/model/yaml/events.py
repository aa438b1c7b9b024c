"""The two parsers of PyYAML as sources of events: libyaml, which is fast, and its own in Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml.events import ScalarEvent
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

# PyYAML ends a text within brackets at a question mark, wherever that stands (`[Pour qui ?, Pourquoi]`); the standard
# and libyaml see a key only where a text could begin. So the others are hidden from it.
_LATER_QUESTION_MARK = re.compile(r"(?<=[^\s\[{,:?-])( *|[ \n]*(?=\?\S))\?")
_PRIVATE_USE = range(0xE000, 0xF8FF)


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
    if not _LATER_QUESTION_MARK.search(text):
        next_event: NextEvent = _PythonParser(text).get_event
        return next_event
    unused = next(chr(code) for code in _PRIVATE_USE if chr(code) not in text)
    next_hidden: NextEvent = _PythonParser(_LATER_QUESTION_MARK.sub(rf"\1{unused}", text)).get_event
    return lambda: _shown(next_hidden(), unused)


def _shown(event: Any, hidden: str) -> Any:
    if type(event) is ScalarEvent:
        event.value = event.value.replace(hidden, "?")
    return event


def fast_events(text: str) -> NextEvent:
    """Parse with libyaml where there is one."""
    if not HAS_LIBYAML:
        return python_events(text)
    next_event: NextEvent = CParser(text).get_event
    return next_event
