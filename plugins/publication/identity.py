"""Names that stay (a preview names things as the site itself does), and addresses only of what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from plugins.publication.context import Context


def page_url(ctx: Context, address: str) -> str:
    """The full address of a page, or nothing where the output that makes it is switched off."""
    return ctx.absolute(address) if ctx.href(address) else ""


def permanent(site: Site, address: str) -> str:
    """The name of what stands at an address: ``url`` of site.yaml, whatever address the site is built for."""
    return str(site.settings["url"]).rstrip("/") + address


def host(site: Site) -> str:
    """The host of the ``url`` of site.yaml, in ASCII."""
    name = urlsplit(str(site.settings["url"])).hostname or "localhost"
    return name.encode("idna").decode("ascii")
