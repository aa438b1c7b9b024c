"""A workplace at a forge: its interface over HTTP, its repository over git."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bot.forges.transport import Transport
from scripts.bot.git.repository import Repository
from scripts.bot.git.upstream import There
from scripts.bot.worker.drafting import Drafter
from scripts.bot.worker.place import Pauses, Workplace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.bot.clock import Clock
    from scripts.bot.forges.forge import Forge
    from scripts.bot.store import Store
    from scripts.bot.worker.place import Look, Platform


def remote_workplace(
    store: Store,
    platform: Platform,
    forge: Forge,
    *,
    branch: str,
    state: Path,
    clock: Clock,
    look: Look,
    chance: Callable[[], float],
    pauses: Pauses | None = None,
    checkpoint: Callable[[str], None] | None = None,
) -> Workplace:
    """A workplace at ``forge``, whose main branch is ``branch``. ``state`` is a folder of this worker's own."""
    transport = Transport(forge.api, clock=clock)
    repository = Repository.open(state / "site.git")
    upstream = There(repository, forge.git_url, branch, header=lambda: transport.run(forge.git_header()))
    return Workplace(
        store=store,
        forge=forge,
        ask=transport.run,
        upstream=upstream,
        repository=repository,
        drafter=Drafter(repository, state / "main"),
        platform=platform,
        look=look,
        chance=chance,
        pauses=pauses or Pauses(),
        checkpoint=checkpoint or (lambda _: None),
        close=transport.close,
    )
