"""What no schema can say of an entry. A rule is a function from a :class:`Draft` to problems, and a line in ``RULES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.rules import dates, files, places, recurrence, tags, texts, web_addresses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft

RULES: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    dates.order,
    dates.deadline,
    dates.times_exist,
    recurrence.recurrence,
    places.coordinates,
    tags.tags,
    files.picture,
    files.named_files,
    files.pictures_in_text,
    web_addresses.insecure,
    texts.headings,
    texts.untidy,
    texts.contacts,
    texts.faults,
    texts.links,
)
