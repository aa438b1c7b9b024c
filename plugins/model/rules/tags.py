"""Free words become addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.addresses import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft


def tags(draft: Draft) -> Iterator[Problem]:
    """A tag holds something that an address can be made of."""
    words = draft.get("tags")
    for number, word in enumerate(words if isinstance(words, list) else ()):
        if isinstance(word, str) and not slug(word):
            yield draft.say("empty-tag", ("tags", number), value=word)
