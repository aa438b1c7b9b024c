"""A forge and its double at one table, for tests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from scripts.bot.forges.registry import connect
from scripts.bot.forges.transport import Transport
from tests.bot.forges.doubles import DOUBLES, Double, MemoryRepository, Ticking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.forges.forge import Exchange, Forge, Remote

T = TypeVar("T")
BRANCH = "proposition/abcdefghijkl2345"


@dataclass
class Table:
    double: Double
    forge: Forge
    transport: Transport
    clock: Ticking

    def ask(self, exchange: Exchange[T]) -> T:
        """Carry a question out against the double."""
        return self.transport.run(exchange)

    def open(self, branch: str = BRANCH, title: str = "Un atelier", body: str = "Bonjour") -> Remote:
        """Open a pull request as the worker would."""
        return self.ask(self.forge.open(branch, "main", title, body))

    @property
    def memory(self) -> MemoryRepository:
        """The branches, where they are of memory."""
        assert isinstance(self.double.repository, MemoryRepository)
        return self.double.repository


@contextmanager
def laid(kind: str, **options: Any) -> Iterator[Table]:
    """A table with a branch to propose; the double is held to its contract at the end."""
    clock = Ticking()
    repository = options.pop("repository", None) or MemoryRepository("main", BRANCH, "proposition/other")
    with DOUBLES[kind](repository, clock=clock, **options) as double:
        forge = connect(double.settings, clock)
        transport = Transport(forge.api, clock=clock)
        try:
            yield Table(double, forge, transport, clock)
        finally:
            transport.close()
