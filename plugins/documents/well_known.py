"""Whom to write to: ``/.well-known/security.txt`` (RFC 9116) for researchers, ``/humans.txt`` for all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from plugins.documents.texts import one_line
from plugins.model.addresses import HOME, last_change
from plugins.publication.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context

SECURITY: Final = ".well-known/security.txt"
VALID_FOR: Final = dt.timedelta(days=364)  # RFC 9116 recommends less than a year


def well_known(ctx: Context) -> Iterator[Document]:
    """``security.txt`` and ``humans.txt``."""
    yield Document(SECURITY, "\n".join(_security(ctx)).encode())
    yield Document("humans.txt", "\n".join(_humans(ctx)).encode())


def _security(ctx: Context) -> Iterator[str]:
    settings = ctx.site.settings
    contact = settings.get("security_contact") or (settings.get("contact") or {}).get("url") or ctx.absolute(HOME)
    expires = dt.datetime.combine(ctx.today + VALID_FOR, dt.time(), tzinfo=dt.UTC)
    yield f"Contact: {one_line(str(contact))}"
    yield f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}"
    yield f"Preferred-Languages: {', '.join(settings.get('languages') or ['fr'])}"
    yield f"Canonical: {ctx.absolute('/' + SECURITY)}"
    yield ""


def _humans(ctx: Context) -> Iterator[str]:
    settings = ctx.site.settings
    contact = settings.get("contact") or {}
    facts = {
        "Site": settings["name"],
        "Région": settings["region"],
        "Contact": contact.get("name"),
        "Adresse": contact.get("address"),
        "Page": contact.get("url"),
        "Dépôt": settings.get("repository"),
    }
    yield "/* ÉQUIPE */"
    yield from (f"{label} : {one_line(str(fact))}" for label, fact in facts.items() if fact)
    yield f"Auteurs : {sum(1 for member in ctx.site.members.values() if member.mentions)} membres du réseau"
    yield ""
    yield "/* SITE */"
    yield f"Dernière mise à jour : {last_change(ctx.site.entries.values()) or ctx.today}"
    yield f"Langue : {', '.join(settings.get('languages') or ['fr'])}"
    yield "Normes : HTML5, Atom, iCalendar, GeoJSON, DCAT, JSON-LD"
    yield "Logiciels : Pelican, Python, Git"
    yield ""
