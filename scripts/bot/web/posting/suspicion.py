"""What makes a post look like one of a machine. It then waits in quarantine for an editor; it is never thrown away."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.forms.posted import Posted
    from plugins.model.yaml.reader import Json

QUICKEST: Final = dt.timedelta(minutes=1)  # that settings may ask of whoever fills in a form
MOST_LINKS: Final = 12
MOST_LINKS_UNPROVEN: Final = 4
_LINK: Final = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_FOREIGN_MARKUP: Final = re.compile(r"\[/?(?:url|link|img)\b|<a\s[^>]*href", re.IGNORECASE)
_LETTER: Final = re.compile(r"[^\W\d_]")
_LATIN: Final = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")
_FEWEST_LETTERS: Final = 40
_LATIN_SHARE: Final = 0.5
Reason = Literal["trap", "quick", "links", "markup", "script"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a post came. ``trap``: what stood in the input that people do not see; ``taken``: since the form was opened, if known."""

    trap: str
    taken: dt.timedelta | None
    proven: bool  # the browser has worked for it


def reasons(posted: Posted, how: Circumstances, quickest: dt.timedelta) -> list[Reason]:
    """Why a post is suspected; empty where it is not. Nobody fills in even the shortest form in less than ``quickest``."""
    found: list[Reason] = []
    if how.trap:
        found.append("trap")
    if how.taken is not None and how.taken < quickest:
        found.append("quick")
    texts = list(_prose(posted))
    prose = "\n".join(texts)
    if len(_LINK.findall(prose)) > (MOST_LINKS if how.proven else MOST_LINKS_UNPROVEN):
        found.append("links")
    if _FOREIGN_MARKUP.search(prose):
        found.append("markup")
    if any(_is_foreign(text) for text in texts):
        found.append("script")
    return found


def _is_foreign(text: str) -> bool:
    """Whether a text of some length is mostly written in other letters than ours."""
    letters = len(_LETTER.findall(text))
    return letters >= _FEWEST_LETTERS and len(_LATIN.findall(text)) < _LATIN_SHARE * letters


def _prose(posted: Posted) -> Iterable[str]:
    """Texts that people write; addresses have fields of their own (``url``), where links are meant."""
    yield from (posted.body, posted.message, posted.contact_name)
    for name, value in posted.data.items():
        if name not in {"url", "online", "sources", "registration", "image", "documents"}:
            yield from _texts(value)


def _texts(value: Json) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from _texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from _texts(below)
