"""Names that stay: a copy of the site at another address (a preview, a test) names things in the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from plugins.model.objects import Site


def permanent(site: Site, address: str) -> str:
    """The name of what stands at an address: ``url`` of site.yaml, whatever address the site is built for."""
    return str(site.settings["url"]).rstrip("/") + address


def host(site: Site) -> str:
    """The host of the ``url`` of site.yaml, in ASCII."""
    name = urlsplit(str(site.settings["url"])).hostname or "localhost"
    return name.encode("idna").decode("ascii")
