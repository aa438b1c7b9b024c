"""One line out, one line in: a terminal, or a file of answers."""

from __future__ import annotations

import contextlib
import sys

from scripts.french import commands as french

with contextlib.suppress(ImportError):
    import readline  # noqa: F401  # input() then has arrow keys and a history


class EndOfAnswersError(Exception):
    """There is no further answer: Ctrl+D, or the end of a file."""


class Dialogue:
    """Speaks on standard output, listens on standard input."""

    def say(self, text: str = "") -> None:
        """One or several lines."""
        sys.stdout.write(text + "\n")

    def ask(self, prompt: str) -> str:
        """One answer, without the spaces around it.

        Raises:
            EndOfAnswersError: nobody answers any more.
        """
        try:
            return input(prompt).strip()
        except EOFError as error:
            sys.stdout.write("\n")
            raise EndOfAnswersError from error

    def agree(self, question: str, *, default: bool) -> bool:
        """Yes or no; an empty answer means ``default``."""
        hint = french.YES_BY_DEFAULT if default else french.NO_BY_DEFAULT
        while True:
            said = french.yes_or_no(self.ask(f"{question} {hint} "), default=default)
            if said is not None:
                return said
            self.say(french.ANSWER_YES_OR_NO)
