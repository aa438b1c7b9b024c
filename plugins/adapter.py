"""How an output becomes a Pelican plugin: a function from the context to pages and documents, registered by a signal."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from pelican import signals
from pelican.generators import Generator

from plugins.press import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from plugins.press import Press
    from plugins.publication.context import Context
    from plugins.publication.page import Output

logger = logging.getLogger(__name__)


class Plugin:
    """One kind of output. ``register`` is what Pelican calls; the work is in ``make``, which knows nothing of Pelican."""

    def __init__(self, make: Callable[[Context], Iterable[Output]]) -> None:
        self.make = make

    def register(self) -> None:
        """Offer a generator to Pelican; not weakly, for nobody else keeps the bound method alive."""
        signals.get_generators.connect(self.generator, weak=False)

    def unregister(self) -> None:
        """Take the offer back: the region has switched this output off."""
        signals.get_generators.disconnect(self.generator)

    def generator(self, _pelican: object) -> type[Generator]:
        """The Pelican generator that writes this output."""
        make = self.make

        class OutputGenerator(Generator):  # type: ignore[misc]  # pelican ships no types
            def generate_output(self, _writer: Any) -> None:
                publish(make, self.context["press"])

        return OutputGenerator


def publish(make: Callable[[Context], Iterable[Output]], press: Press) -> None:
    """Write what ``make`` gives. A failure ends the program with one sentence; its trace is in the debug log (``pelican --debug``).

    Raises:
        SystemExit: something could not be made or written; the output directory stays as it was.
    """
    try:
        press.write(make(press.context), make.__name__)
    except OutputError as error:
        logger.debug("output failed", exc_info=True)
        raise SystemExit(f"Le site n’a pas pu être fabriqué. {error}") from error
    except Exception as error:
        logger.debug("output failed", exc_info=True)
        where = f"{make.__module__}.{make.__name__}"
        raise SystemExit(f"Le site n’a pas pu être fabriqué. {where} : {type(error).__name__} : {error}") from error
