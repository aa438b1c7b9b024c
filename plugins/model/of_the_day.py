"""What may be shown on the day of a build: an entry whose ``date`` is to come does not exist before that day.

It has no page, and stands in no list, feed, index, map or open data; where another entry names it or links to it, only the words
stay. The check sees it as it sees all others: on its day nothing can be wrong with it that was not said before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from plugins.markup.relinked import relinked
from plugins.model.links import LinkResolver
from plugins.model.objects import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from plugins.model.objects import Mention, Site


def hold_back(site: Site, *, but: Collection[str] = ()) -> list[Entry]:
    """Take out of ``site`` what is to come, and give it, the nearest first. Entries whose files ``but`` names stay all the same.

    What cannot be without one that is to come (an answer without its consultation) waits with it.
    """
    held = [entry for entry in _held(site) if entry.path not in but]
    if not held:
        return []
    ids = {entry.id for entry in held}
    resolver = LinkResolver(site)
    lost = _links_to(held, resolver)
    site.entries = {key: entry for key, entry in site.entries.items() if key not in ids}
    site.by_folder = {key: [entry for entry in found if entry.id not in ids] for key, found in site.by_folder.items()}
    for entry in site.entries.values():
        _let_go(entry, ids, lost)
    for things in (site.members, site.clubs, site.pillars, site.territories, site.tags, site.entries):
        for thing in things.values():
            thing.mentions = _of_others(thing.mentions, ids)
    site.tags = {key: tag for key, tag in site.tags.items() if tag.mentions}
    site.redirects = {old: new for old, new in site.redirects.items() if not lost("", new)}
    return sorted(held, key=lambda entry: (entry.date, entry.id))


def _held(site: Site) -> list[Entry]:
    """Those that are to come, then those that need one of them."""
    held = {entry.id for entry in site.entries.values() if entry.date > site.today}
    waiting = True
    while held and waiting:
        waiting = False
        for entry in site.entries.values():
            if entry.id not in held and any(
                _names(entry.fields.get(name), held) for name in entry.type.schema["required"]
            ):
                held.add(entry.id)
                waiting = True
    return [site.entries[key] for key in sorted(held)]


def _names(value: Any, held: Iterable[str]) -> bool:
    return isinstance(value, str) and value in held


def _links_to(held: list[Entry], resolver: LinkResolver) -> Callable[[str, str], bool]:
    """Whether a link, in the file of this path, leads to a page that is held back, or to a file beside it."""
    addresses = {entry.address for entry in held}

    def leads(path: str, target: str) -> bool:
        address = unquote(resolver.address(path, target).partition("#")[0].partition("?")[0])
        return address in addresses or f"{address.rpartition('/')[0]}/" in addresses

    return leads


def _let_go(entry: Entry, ids: set[str], lost: Callable[[str, str], bool]) -> None:
    """Take away what names or links to those that are held back."""
    gone = {link.target: "" for link in entry.body.links if lost(entry.path, link.target)}
    if gone:
        entry.body = relinked(entry.body, gone)
    named = {name: [one for one in found if not _is_one_of(one, ids)] for name, found in entry.references.items()}
    if named != entry.references:
        entry.references = {name: found for name, found in named.items() if found}
        entry.related = entry.references.get("related", [])
        entry.fields = _without(entry.fields, ids)


def _is_one_of(one: Any, ids: set[str]) -> bool:
    return isinstance(one, Entry) and one.id in ids


def _without(value: Any, ids: set[str]) -> Any:
    """JSON without the texts that are ids of those held back, and without the lists that held nothing else."""
    if isinstance(value, dict):
        left = {key: _without(inner, ids) for key, inner in value.items() if not _names(inner, ids)}
        return {key: inner for key, inner in left.items() if inner != [] or value[key] == []}
    if isinstance(value, list):
        return [_without(inner, ids) for inner in value if not _names(inner, ids)]
    return value


def _of_others(mentions: list[Mention], ids: set[str]) -> list[Mention]:
    return [mention for mention in mentions if mention.entry.id not in ids]
