"""What the script of a form completes names from: two small files that it loads when somebody begins to type a name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plugins.publication.page import Document
from plugins.views.forms.form_view import COMMUNES, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context


def completion_documents(ctx: Context) -> Iterator[Document]:
    """Nothing where nobody answers forms; otherwise two files.

    ``noms.json``: the names of members (they are always public), clubs and territories, each a list of [id, name].

    ``communes.json``: [INSEE code, name, postal codes, latitude, longitude] of each commune, degrees in WGS 84.
    """
    site = ctx.site
    if not site.settings.get("intake"):
        return
    names = {
        "members": [[member.id, member.name] for member in site.members.values()],
        "clubs": [[club.id, club.name] for club in site.clubs.values()],
        "territories": [[territory.id, territory.name] for territory in site.territories.values()],
    }
    communes = [
        [commune.insee, commune.name, " ".join(commune.postal_codes), commune.lat, commune.lon]
        for commune in site.geography.communes.values()
    ]
    yield _document(NAMES, names)
    yield _document(COMMUNES, communes)


def _document(address: str, data: Any) -> Document:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Document(address.lstrip("/"), text.encode())
