"""Runs Pelican in this process, and stops at the first error it would only have logged."""

from __future__ import annotations

import contextlib
import io
import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import Pelican
from pelican.settings import read_settings

from scripts import french
from scripts.arguments import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping


class BuildError(Exception):
    """The site could not be made although its content is in order; the message, in French, names where."""


class _StopAtErrors(logging.Handler):
    """Pelican logs what goes wrong in a plugin or a file and carries on; we do not (its ``--fatal
    errors``).
    """

    def emit(self, record: logging.LogRecord) -> None:
        raise BuildError(french.pelican_said(record.getMessage()))


def run_pelican(settings: Mapping[str, Any]) -> None:
    """Build with ``pelicanconf.py``, some of whose settings are replaced.

    Raises:
        BuildError: anything went wrong; the output directory is then as it was.
    """
    handler = _StopAtErrors(logging.ERROR)
    logging.getLogger().addHandler(handler)
    try:
        # What Pelican prints counts its own articles, of which there are none.
        with contextlib.redirect_stdout(io.StringIO()):
            Pelican(read_settings(str(PROJECT / "pelicanconf.py"), override=dict(settings))).run()
    except BuildError:
        raise
    except SystemExit as error:
        raise BuildError(str(error)) from error
    except Exception as error:
        raise BuildError(_explain(error)) from error
    finally:
        logging.getLogger().removeHandler(handler)


def _explain(error: BaseException) -> str:
    """What went wrong and in which of our files: of a chain of causes, the place where it began."""
    first = error
    while first.__cause__ is not None:
        first = first.__cause__
    ours = [frame for frame in traceback.extract_tb(first.__traceback__) if _is_ours(frame.filename)]
    said = str(error) or type(error).__name__
    if not ours:
        return french.failed_somewhere(type(error).__name__, said)
    place = f"{Path(ours[-1].filename).relative_to(PROJECT)}:{ours[-1].lineno}"
    return french.failed_at(place, type(error).__name__, said)


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(PROJECT) and path.relative_to(PROJECT).parts[0] in {"plugins", "theme", "pelicanconf.py"}
