"""Addresses in fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft
    from plugins.model.yaml.positions import Path

_NAMES = frozenset({"url", "online"})
_CITATIONS = frozenset({"source", "sources"})  # an old page is cited where it was read


def insecure(draft: Draft) -> Iterator[Problem]:
    """An address of the web in a field begins with https:// where it can."""
    for path, value in _addresses(draft.data, ()):
        if value.startswith("http://"):
            yield draft.say("insecure-link", path, value=value)


def _addresses(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key in _NAMES and isinstance(item, str):
                yield (*path, key), item
            elif key not in _CITATIONS:
                yield from _addresses(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _addresses(item, (*path, number))
