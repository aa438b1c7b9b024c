"""The site's files as the service reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bot.doctor.finding import Finding, fine, untold, wrong
from scripts.bot.french import doctor as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.load import Loaded
    from scripts.bot.settings import Settings


def check_root(settings: Settings, loaded: Loaded) -> Iterator[Finding]:
    """It can be read without errors, and its forms are sent to this service."""
    errors = sum(problem.severity == "error" for problem in loaded.problems)
    if errors or loaded.site is None:
        yield wrong(french.ROOT, french.root_errors(settings.root, errors), french.run_check(settings.root))
    else:
        yield fine(french.ROOT, french.root_fine(settings.root, len(loaded.site.entries), len(loaded.site.members)))
    if loaded.site is not None:
        yield _intake(str(loaded.site.settings.get("intake", "")).rstrip("/"), settings.public_url)


def _intake(intake: str, public_url: str) -> Finding:
    if intake == public_url:
        return fine(french.INTAKE, french.intake_fine(intake))
    if not intake:
        return untold(french.INTAKE, french.NO_INTAKE, french.set_intake(public_url))
    return wrong(french.INTAKE, french.other_intake(intake), french.set_intake(public_url))
