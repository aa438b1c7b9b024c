"""All the checks, one after the other; what one finds wrong does not keep the others from being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.load import load_site
from scripts.bot.doctor.clocks import check_clock
from scripts.bot.doctor.databases import check_database
from scripts.bot.doctor.disks import check_disks
from scripts.bot.doctor.finding import Finding, fine, wrong
from scripts.bot.doctor.forge_access import check_forge
from scripts.bot.doctor.local_forge import check_local_forge
from scripts.bot.doctor.mails import check_mail
from scripts.bot.doctor.pages import check_pages
from scripts.bot.doctor.roots import check_root
from scripts.bot.french import doctor as french
from scripts.bot.settings import SettingsError, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.load import Loaded
    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.settings import Settings


def examine(environment: Mapping[str, str], instruments: Instruments, *, send_to: str = "") -> Iterator[Finding]:
    """Look at everything. ``send_to``: an address to send one mail to.

    Without readable settings there is nothing else to look at.
    """
    try:
        settings = load_settings(environment, credentials=True)
    except SettingsError as error:
        yield from (wrong(french.SETTINGS, problem, french.SEE_SETTINGS) for problem in error.problems)
        return
    yield fine(french.SETTINGS, french.SETTINGS_FINE)
    loaded = load_site(settings.root, today=instruments.clock().date())
    yield from check_disks(settings, instruments)
    yield from check_database(settings, instruments)
    yield from check_root(settings, loaded)
    if settings.forge == "local":
        yield from check_clock("", settings.root, instruments)
        yield from check_local_forge(settings)
    else:
        yield from check_forge(settings, instruments)
    yield from check_mail(settings, instruments, send_to=send_to)
    yield from check_pages(settings, _site_url(settings, loaded), instruments)


def _site_url(settings: Settings, loaded: Loaded) -> str:
    said = str(loaded.site.settings["url"]) if loaded.site else ""
    return (settings.site_url or said).rstrip("/")
