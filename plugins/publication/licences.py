"""The licences that texts and data carry, with the address where each can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from plugins.publication.context import Context

DEFAULT: Final = "etalab-2.0"

# Those whose own page says more than the page of SPDX does.
PAGES: Final = {
    "etalab-2.0": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC-BY-NC-SA-4.0": "https://creativecommons.org/licenses/by-nc-sa/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}


def licence_url(identifier: str) -> str:
    """The address of a licence's text, from its SPDX identifier."""
    return PAGES.get(identifier, f"https://spdx.org/licenses/{identifier}.html")


def site_licence(ctx: Context) -> str:
    """The SPDX identifier of the licence of what says no other."""
    return str(ctx.site.settings.get("licence") or DEFAULT)
