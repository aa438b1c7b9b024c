"""Tells a site what git remembers of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.history.contributions import contributions
from plugins.history.log import read_log

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from plugins.model.objects import Site

FEATURE: Final = "history"


def attach_history(site: Site, root: Path, *, held: Mapping[str, int] | None = None) -> None:
    """Write into each entry and member of ``site`` what git remembers of it; ``held`` as for `contributions`.

    Nothing is written where git remembers nothing, and where the region's ``features`` say ``history: false``.
    """
    features = site.settings.get("features")
    if isinstance(features, dict) and features.get(FEATURE) is False:
        return
    log = read_log(root)
    if log is None:
        return
    members = {f"data/members/{member.id}.yaml": member for member in site.members.values()}
    entries = {entry.path: entry for entry in site.entries.values()}
    files = {**{path: entry.files for path, entry in entries.items()}, **dict.fromkeys(members, ())}
    for path, changes in contributions(log, files, today=site.today, held=held).items():
        (entries.get(path) or members[path]).changes = changes
