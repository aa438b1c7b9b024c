"""Takes links out of a text that is parsed already: their words stay."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plugins.markup.tags import escape_value, unescape_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.markup import Parsed

_TAG = re.compile(r'<a href="([^"]*)"([^>]*)>|</a>')


def with_links(body: Parsed, changed: Mapping[str, str]) -> Parsed:
    """The text with the targets that ``changed`` names replaced; where the new target is empty, the words are no link any more."""
    ends: list[str] = []

    def changed_tag(match: re.Match[str]) -> str:
        if match[1] is None:
            return ends.pop() if ends else match[0]
        target = unescape_value(match[1])
        new = changed.get(target, target)
        ends.append("</a>" if new else "")
        return f'<a href="{escape_value(new)}"{match[2]}>' if new else ""

    links = (replace(link, target=changed.get(link.target, link.target)) for link in body.links)
    return replace(body, html=_TAG.sub(changed_tag, body.html), links=tuple(link for link in links if link.target))
