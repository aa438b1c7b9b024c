"""Logs as one JSON object a line, on standard error. What is logged names no person, no address and no secret.

Of an exception the log says what kind it is and where it arose; its message, which may quote what somebody wrote, only where
CIRCULAR_TRACE is set.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
import traceback
from pathlib import Path
from typing import Any, Final

# What every record has; the rest was given as ``extra``.
_PLAIN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}
_PROJECT: Final = Path(__file__).resolve().parents[2]


class JsonFormatter(logging.Formatter):
    """Time (UTC), level, logger, message, what was given beside it; of an exception its kinds and places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line of JSON."""
        line: dict[str, Any] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in vars(record).items() if name not in _PLAIN},
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": _kinds(error), "trace": _places(error)}
            if os.environ.get("CIRCULAR_TRACE"):
                line["said"] = str(error)
        return json.dumps(line, ensure_ascii=False, default=str)


def _kinds(error: BaseException) -> list[str]:
    """The class of an exception, then those of what it came from."""
    before = error.__cause__ or error.__context__
    return [type(error).__name__, *(_kinds(before) if before else [])]


def _places(error: BaseException) -> list[str]:
    """Where it passed, innermost last: files of the project by their path, others by their name."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{_shown(Path(frame.filename))}:{frame.lineno} {frame.name}" for frame in frames]


def _shown(path: Path) -> str:
    return str(path.relative_to(_PROJECT)) if path.is_relative_to(_PROJECT) else path.name


LOGGING: Final[dict[str, Any]] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "scripts.bot.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "stream": "ext://sys.stderr", "formatter": "json"}},
    "root": {"level": "INFO", "handlers": ["stderr"]},
    "loggers": {
        "httpx": {"level": "WARNING"},  # its own lines hold whole addresses
        "python_multipart": {"level": "ERROR"},
        "PIL": {"level": "WARNING"},
    },
}
"""For :func:`logging.config.dictConfig`."""
