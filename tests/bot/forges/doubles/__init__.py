"""Forges on loopback for tests: real HTTP servers that remember, held to each forge's published description.

    with GitHubDouble(bare_repository_path) as double:
        forge = connect(double.settings, clock)
        double.faults.push(Fault("lose", "POST", "/pulls$"))
        …
        double.ask_changes(12, "Il manque la date.")
        headers, body = double.webhook_for("reviewed", 12)

Leaving the block stops the server, and fails if the bot or the double left the description.
"""

from collections.abc import Callable

from tests.bot.forges.doubles.double import Double
from tests.bot.forges.doubles.faults import Fault, Faults
from tests.bot.forges.doubles.forgejo import ForgejoDouble
from tests.bot.forges.doubles.github import GitHubDouble
from tests.bot.forges.doubles.gitlab import GitLabDouble
from tests.bot.forges.doubles.repository import GitRepository, MemoryRepository
from tests.bot.forges.doubles.state import Ticking

DOUBLES: dict[str, Callable[..., Double]] = {"github": GitHubDouble, "gitlab": GitLabDouble, "forgejo": ForgejoDouble}

__all__ = [
    "DOUBLES",
    "Double",
    "Fault",
    "Faults",
    "ForgejoDouble",
    "GitHubDouble",
    "GitLabDouble",
    "GitRepository",
    "MemoryRepository",
    "Ticking",
]
