"""What a form shows when it opens: an entry to be changed, one to start from, or a proposal to be put right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from plugins.forms.editing import path_of, present
from plugins.forms.pairs import BODY
from plugins.forms.posted import MEMBER
from plugins.forms.values import alike, as_read, digests, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.forms.posted import Posted
    from scripts.bot.web.edition import Edition

EDIT: Final = "edit"


@dataclass(frozen=True, slots=True)
class Filled:
    """``pairs`` as the form would send them; ``hidden`` is to be sent back untouched; ``picture`` names one that is there,
    which ``thumbnail`` shows.
    """

    title: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    picture: str = ""
    thumbnail: str = ""


def to_change(edition: Edition, source: Callable[[str], bytes | None], type_name: str, target: str) -> Filled | None:
    """The entry or member of that type and id; None where there is none that may be changed.

    Of a member only what he shows to everybody: whoever opens the form is not known.
    """
    path = path_of(edition.desk, type_name, target)
    now = present(path, source(path)) if path else None
    if now is None:
        return None
    flat = edition.site.schemas.flattened(type_name)
    data = _shown(edition, type_name, target, now.data)
    seen = digests(edition.desk.resolved(as_read(data, flat), flat)[0], now.body, flat)
    return Filled(
        title=str(data.get("title") or data.get("name") or ""),
        pairs=(*values_of(data, flat, edition.desk.resolver), (BODY, now.body)),
        hidden={
            "action": EDIT,
            "target": target,
            "base": blob_id(now.content),
            "seen": " ".join(f"{name}={digest}" for name, digest in seen.items()),
        },
        picture=_picture(data),
    )


def to_resemble(edition: Edition, source: Callable[[str], bytes | None], type_name: str, target: str) -> Filled | None:
    """A new entry that begins as one that is there, without its dates, its state and its picture."""
    path = path_of(edition.desk, type_name, target) if type_name != MEMBER else None
    now = present(path, source(path)) if path else None
    if now is None:
        return None
    flat = edition.site.schemas.flattened(type_name)
    return Filled(pairs=(*values_of(alike(now.data), flat, edition.desk.resolver), (BODY, now.body)))


def to_correct(edition: Edition, posted: Posted, picture: str, thumbnail: str = "") -> Filled:
    """What somebody sent, as it was sent."""
    flat = edition.site.schemas.flattened(posted.type_name)
    profile = edition.site.schemas.flattened(MEMBER)
    own = values_of(posted.profile or {}, profile, edition.desk.resolver)
    aim = {"action": posted.action, "target": posted.target, "base": posted.base}
    seen = " ".join(f"{name}={digest}" for name, digest in posted.seen.items())
    return Filled(
        title=str(posted.data.get("title") or posted.data.get("name") or ""),
        pairs=(
            *values_of(posted.data, flat, edition.desk.resolver),
            *((f"{MEMBER}.{name}", text) for name, text in own),
            (BODY, posted.body),
            ("contact.name", posted.contact_name),
            ("contact.email", posted.contact_email),
            ("message", posted.message),
        ),
        hidden={**aim, "seen": seen} if posted.action != "create" else {},
        picture=picture,
        thumbnail=thumbnail,
    )


def blob_id(content: bytes) -> str:
    """What git calls a file of this content (gitformat-pack(5), SHA-1 object names)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _shown(edition: Edition, type_name: str, target: str, data: Mapping[str, Any]) -> dict[str, Any]:
    if type_name != MEMBER:
        return dict(data)
    public = {*edition.site.members[target].public, "public"}
    return {name: value for name, value in data.items() if name in public}


def _picture(data: Mapping[str, Any]) -> str:
    image = data.get("image")
    return str(image.get("file") or "") if isinstance(image, dict) else ""
