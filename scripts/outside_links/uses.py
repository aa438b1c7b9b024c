"""Where the site links to pages of others: fields of entries, members and groups, and the links of texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.objects import Club, Entry, Member, Site, Territory

_SCHEMES: Final = ("http://", "https://")
_OWN_SETTINGS: Final = frozenset({"url", "intake", "repository", "map"})  # the platform's own machines
_NO_LINKS: Final = frozenset({"demo", "licence"})


@dataclass(frozen=True, slots=True)
class Use:
    """A page that links somewhere: ``target`` is the id of the entry or member (empty for what a form does not change), ``path``
    its file relative to the root, ``field`` the dotted field without indexes, empty for a link of the text.
    """

    target: str
    title: str
    address: str
    path: str
    field: str


def outside_links(site: Site) -> dict[str, list[Use]]:
    """Every address of somebody else's that published pages link to, by alphabet, each with the pages that do.

    What is made up (``demo``) links nowhere that matters, and links to the site itself are the build's own affair.
    """
    own = urlsplit(str(site.settings["url"])).netloc
    found: dict[str, dict[Use, None]] = {}
    for url, use in _all(site):
        if urlsplit(url).netloc != own:
            found.setdefault(url, {})[use] = None
    return {url: list(found[url]) for url in sorted(found)}


def _all(site: Site) -> Iterator[tuple[str, Use]]:
    for entry in site.entries.values():
        if not entry.demo:
            yield from _of_entry(entry)
    for member in site.members.values():
        if not member.demo:
            yield from _of_member(member)
    for club in site.clubs.values():
        if not club.demo:
            yield from _of_group(club, "data/clubs.yaml", {"url": club.url})
    for territory in site.territories.values():
        yield from _of_group(territory, "data/territories.yaml", {})
    for platform in site.platforms:
        facts = {"url": platform.url, "feeds": dict(platform.feeds)}
        yield from _walk(facts, Use("", platform.name, "", "data/platforms.yaml", ""))
    settings = {name: value for name, value in site.settings.items() if name not in _OWN_SETTINGS}
    yield from _walk(settings, Use("", str(site.settings["name"]), "/", "data/site.yaml", ""))


def _of_entry(entry: Entry) -> Iterator[tuple[str, Use]]:
    use = Use(entry.id, entry.title, entry.address, entry.path, "")
    fields = {name: value for name, value in entry.fields.items() if name not in _NO_LINKS}
    yield from _walk(fields, use)
    for link in entry.body.links:
        if link.kind == "external":
            yield (f"https:{link.target}" if link.target.startswith("//") else link.target), use


def _of_member(member: Member) -> Iterator[tuple[str, Use]]:
    use = Use(member.id, member.name, member.address, f"data/members/{member.id}.yaml", "")
    yield from _walk({"url": member.url, "source": member.source.url if member.source else ""}, use)


def _of_group(group: Club | Territory, path: str, more: Mapping[str, str]) -> Iterator[tuple[str, Use]]:
    use = Use("", group.name, group.address, path, "")
    yield from _walk({**more, "source": group.source.url if group.source else ""}, use)


def _walk(value: Any, use: Use) -> Iterator[tuple[str, Use]]:
    """Whatever is an address and nothing else, at any depth."""
    if isinstance(value, dict):
        for name, inside in value.items():
            yield from _walk(
                inside, Use(use.target, use.title, use.address, use.path, f"{use.field}.{name}".strip("."))
            )
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from _walk(inside, use)
    elif isinstance(value, str) and value.startswith(_SCHEMES) and not any(sign.isspace() for sign in value):
        yield value, use
