"""Runs Pelican in this process, and stops at the first error it would only have logged."""

from __future__ import annotations

import contextlib
import io
import logging
import sys
from typing import TYPE_CHECKING, Any

from pelican import Pelican
from pelican.settings import read_settings

from scripts.arguments import PROJECT
from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Mapping


class BuildError(Exception):
    """Pelican, or a plugin, said in words why the site cannot be made."""


class _StopAtErrors(logging.Handler):
    """Pelican logs what goes wrong in a plugin or a file and carries on; we do not (its ``--fatal errors``)."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno < logging.ERROR:
            sys.stderr.write(french.pelican_warned(record.getMessage()) + "\n")
            return
        raise BuildError(french.pelican_said(record.getMessage())) from (record.exc_info or (None, None))[1]


def run_pelican(settings: Mapping[str, Any]) -> None:
    """Build with ``pelicanconf.py``, some of whose settings are replaced. If it raises, the output is as it was.

    Raises:
        BuildError: an error was logged, or a plugin ended the build with a message.
        Exception: anything else that went wrong in a plugin or template.
    """
    handler = _StopAtErrors(logging.WARNING)
    logging.getLogger().addHandler(handler)
    try:
        # What Pelican prints counts its own articles, of which there are none.
        with contextlib.redirect_stdout(io.StringIO()):
            Pelican(read_settings(str(PROJECT / "pelicanconf.py"), override=dict(settings))).run()
    except SystemExit as error:
        raise BuildError(str(error)) from error
    finally:
        logging.getLogger().removeHandler(handler)
