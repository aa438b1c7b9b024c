"""A form that shows an entry or member: to change it, or to make another one like it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.forms.editing import path_of, present
from plugins.forms.values import alike, as_read, digests, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.forms.desk import Desk
    from plugins.forms.pairs import Pair


@dataclass(frozen=True, slots=True)
class Filled:
    """``pairs`` are what the inputs show; ``hidden`` goes back untouched; ``picture`` is the name of the file that is there,
    empty if there is none.
    """

    title: str
    pairs: list[Pair]
    hidden: Mapping[str, str]
    picture: str = ""


def filled_for_edit(desk: Desk, type_name: str, target: str, source: Callable[[str], bytes | None]) -> Filled | None:
    """The form that changes an entry or member; None where there is none of that id, or none that a form changes."""
    path = path_of(desk, type_name, target)
    now = present(path, source(path)) if path else None
    if now is None:
        return None
    flat = desk.flat(type_name)
    shown, _ = desk.resolved(as_read(now.data, flat), flat)
    seen = " ".join(f"{name}={value}" for name, value in digests(shown, now.body, flat).items())
    image = now.data.get("image")
    return Filled(
        str(now.data.get("title") or now.data.get("name") or ""),
        [*values_of(now.data, flat, desk.resolver), ("body", now.body)],
        {"action": "edit", "target": target, "base": blob_id(now.content), "seen": seen},
        str(image.get("file", "")) if isinstance(image, dict) else "",
    )


def filled_alike(desk: Desk, type_name: str, target: str, source: Callable[[str], bytes | None]) -> Filled | None:
    """The form of a new entry that takes over what an old one shares with it."""
    path = path_of(desk, type_name, target)
    now = present(path, source(path)) if path else None
    if now is None:
        return None
    flat = desk.flat(type_name)
    pairs = values_of(alike(now.data), flat, desk.resolver)
    return Filled(str(now.data.get("title") or ""), [*pairs, ("body", now.body)], {})


def blob_id(content: bytes) -> str:
    """What git calls a file of that content: the SHA-1 of the word « blob », its size, a zero byte, and the content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
