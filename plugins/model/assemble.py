"""From sound raw files to typed objects, and from ids to the objects they name, in one pass over each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plugins.model import addresses
from plugins.model.geography import Commune
from plugins.model.objects import (
    Club,
    Entry,
    Indicator,
    Member,
    Mention,
    Picture,
    Pillar,
    Platform,
    Site,
    Source,
    Tag,
    Term,
    Territory,
)
from plugins.model.ordering import in_order
from plugins.model.references import values_at
from plugins.model.territories import communes_of, link_parts, territories_by_commune

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.data_files import DataFiles
    from plugins.model.geography import Geography
    from plugins.model.reading import Raw
    from plugins.model.schema.schemas import SchemaSet

ALWAYS_PUBLIC = "name"


def assemble(
    files: DataFiles,
    *,
    entries: Iterable[Raw],
    members: Iterable[Raw],
    schemas: SchemaSet,
    geography: Geography,
    today: dt.date,
) -> Site:
    """Make the site's objects and resolve their relations both ways. What an id names must exist, or it is passed over."""
    pillars = {key: _pillar(item, position) for position, (key, item) in enumerate(files.items["pillars"].items())}
    territories = {key: _territory(item) for key, item in files.items["territories"].items()}
    link_parts(territories, files.items["territories"], geography)
    site = Site(
        settings=files.settings or {},
        schemas=schemas,
        geography=geography,
        pillars=pillars,
        territories=territories,
        clubs={key: _club(item) for key, item in files.items["clubs"].items()},
        members={},
        tags={},
        vocabularies={name: {term["id"]: _term(term) for term in terms} for name, terms in files.vocabularies.items()},
        platforms=[_platform(item) for item in files.items["platforms"].values()],
        indicators=[_indicator(series) for series in files.series],
        redirects=files.redirects,
        entries={},
        by_folder={},
        today=today,
    )
    for territory in territories.values():
        territory.communes = communes_of(territory, files.items["territories"].get(territory.id, {}), geography)
    _Relations(site).add(files, members, entries)
    return site


def entry_beside(site: Site, raw: Raw) -> tuple[Site, Entry]:
    """The entry that a sound file would make, and the site with it in place of any of its id.

    For a look at one page: the entry names others, who do not know of it; ``site`` itself stays as it is.
    """
    relations = _Relations(site)
    entry = relations.entry(raw)
    keys = {addresses.slug(word): word for word in raw.data.get("tags", [])}
    entry.tags = [site.tags.get(key) or Tag(key, word, f"{addresses.TAGS}{key}/") for key, word in keys.items()]
    relations.references(entry)
    before = site.entries.get(raw.id)
    entry.mentions = list(before.mentions) if before else []
    return replace(site, entries={**site.entries, raw.id: entry}), entry


def member_beside(site: Site, raw: Raw) -> tuple[Site, Member]:
    """The same for a member's file."""
    member = _Relations(site).member(raw)
    before = site.members.get(raw.id)
    if before is not None:
        member.animates, member.mentions = list(before.animates), list(before.mentions)
    return replace(site, members={**site.members, raw.id: member}), member


class _Relations:
    """Adds members and entries to a site, and writes each relation on both sides."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.by_commune = territories_by_commune(site.territories.values())
        self.licence = site.settings.get("licence", site.schemas.merged("site")["properties"]["licence"]["default"])
        self.public_by_default = site.schemas.merged("member")["properties"]["public"]["default"]

    def add(self, files: DataFiles, members: Iterable[Raw], entries: Iterable[Raw]) -> None:
        for raw in sorted(members, key=lambda raw: (addresses.slug(str(raw.data["name"])), raw.id)):
            self._member(raw)
        for identifier, item in files.items["clubs"].items():
            self._club(self.site.clubs[identifier], item)
        raws = {raw.id: raw for raw in entries}
        for raw in sorted(raws.values(), key=lambda raw: (str(raw.data["date"]), raw.id), reverse=True):
            self.site.entries[raw.id] = self.entry(raw)
        self._tags(raws)
        for entry in self.site.entries.values():
            self._mentions(entry)
        for content_type in self.site.schemas.content_types:
            own = [entry for entry in self.site.entries.values() if entry.type is content_type]
            self.site.by_folder[content_type.folder] = in_order(own, content_type)

    def member(self, raw: Raw) -> Member:
        member = _member(raw, self.site.geography, self.public_by_default)
        if "clubs" in member.public:
            member.clubs = _named(raw.data.get("clubs"), self.site.clubs)
        if "pillars" in member.public:
            member.pillars = _named(raw.data.get("pillars"), self.site.pillars)
        return member

    def _member(self, raw: Raw) -> None:
        member = self.member(raw)
        self.site.members[member.id] = member
        for club in member.clubs:
            club.members.append(member)
        for pillar in member.pillars:
            pillar.members.append(member)
        for territory in self.by_commune.get(member.commune.insee, []) if member.commune else ():
            territory.members.append(member)

    def _club(self, club: Club, item: Mapping[str, Any]) -> None:
        club.pillars = _named(item.get("pillars"), self.site.pillars)
        for pillar in club.pillars:
            pillar.clubs.append(club)
        club.animator = self.site.members.get(str(item.get("animator", "")))
        if club.animator:
            club.animator.animates.append(club)

    def entry(self, raw: Raw) -> Entry:
        data = raw.data
        content_type = self.site.schemas.content_type(raw.type_name)
        entry = Entry(
            id=raw.id,
            type=content_type,
            path=raw.path,
            address=addresses.entry_address(content_type, raw.id),
            title=data["title"],
            summary=data["summary"],
            date=dt.date.fromisoformat(data["date"]),
            updated=_date(data.get("updated")),
            tags=[],
            sources=tuple(_source(item) for item in data.get("sources", [])),
            licence=data.get("licence", self.licence),
            lang=data.get("lang", "fr"),
            demo=data.get("demo", False),
            fields=data,
            body=raw.body,  # type: ignore[arg-type]  # an entry file always has a body, a member file never
            picture=_picture(raw),
            files=tuple(raw.files),
        )
        self._place(entry)
        return entry

    def _place(self, entry: Entry) -> None:
        data = entry.fields
        place = data.get("place") if isinstance(data.get("place"), dict) else data
        codes = [value for _, value in values_at(data, ("commune",))] + [
            v for _, v in values_at(data, ("place", "commune"))
        ]
        known = self.site.geography.communes
        entry.communes = tuple(known[code] for code in dict.fromkeys(codes) if code in known)
        if place and "lat" in place and "lon" in place:
            entry.point = (float(place["lat"]), float(place["lon"]))
        elif entry.communes and entry.communes[0].lat is not None and entry.communes[0].lon is not None:
            entry.point = (entry.communes[0].lat, entry.communes[0].lon)

    def _tags(self, raws: Mapping[str, Raw]) -> None:
        spellings: dict[str, Counter[str]] = {}
        for raw in raws.values():
            for word in raw.data.get("tags", []):
                spellings.setdefault(addresses.slug(word), Counter())[word] += 1
        for key in sorted(spellings):
            label = min(spellings[key].items(), key=lambda item: (-item[1], item[0]))[0]
            self.site.tags[key] = Tag(key, label, f"{addresses.TAGS}{key}/")
        for entry in self.site.entries.values():
            keys = dict.fromkeys(addresses.slug(word) for word in raws[entry.id].data.get("tags", []))
            entry.tags = [self.site.tags[key] for key in keys]

    def _mentions(self, entry: Entry) -> None:
        """Whom the entry names, and that those are named by it."""
        for found, role in self.references(entry):
            found.mentions.append(Mention(entry, role))

    def references(self, entry: Entry) -> list[tuple[Any, str]]:
        """Write into the entry whom it names; gives those who should know of it, with the field that names them."""
        site = self.site
        named: list[tuple[Any, str]] = []
        targets: dict[str, Mapping[str, Any]] = {
            "member": site.members,
            "club": site.clubs,
            "pillar": site.pillars,
            "territory": site.territories,
            "entry": site.entries,
            "commune": site.geography.communes,
        }
        for reference in site.schemas.references(entry.type.name):
            if reference.vocabulary:
                continue
            kinds = [kind.partition(":")[0] for kind in reference.kinds]
            for _, value in values_at(entry.fields, reference.pattern):
                found = next((targets[kind][value] for kind in kinds if value in targets[kind]), None)
                if found is None and not reference.names:
                    continue
                entry.references.setdefault(reference.field, []).append(value if found is None else found)
                if found is not None and not isinstance(found, Commune):
                    named.append((found, reference.field))
        entry.authors = entry.references.get("authors", [])
        entry.pillars = entry.references.get("pillars", [])
        entry.clubs = entry.references.get("clubs", [])
        entry.related = entry.references.get("related", [])
        around = self._territories(entry)
        return [*named, *((territory, "commune") for territory in around), *((tag, "tags") for tag in entry.tags)]

    def _territories(self, entry: Entry) -> list[Territory]:
        """Write the entry's territories; gives those that it does not name but lies in."""
        stated = entry.references.get("territories", [])
        around = [t for commune in entry.communes for t in self.by_commune.get(commune.insee, [])]
        entry.territories = list(dict.fromkeys([*stated, *around]))
        return entry.territories[len(dict.fromkeys(stated)) :]


def _named(ids: Any, objects: Mapping[str, Any]) -> list[Any]:
    return [objects[key] for key in ids or [] if key in objects]


def _date(text: Any) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _source(item: Mapping[str, Any]) -> Source:
    return Source(item.get("title") or item.get("url", ""), item.get("url", ""))


def _picture(raw: Raw) -> Picture | None:
    image = raw.data.get("image")
    if not image or raw.picture_size is None:
        return None
    folder = raw.path.rpartition("/")[0]
    width, height = raw.picture_size
    return Picture(f"{folder}/{image['file']}", image["alt"], image.get("credit", ""), width, height)


def _term(item: Mapping[str, Any]) -> Term:
    return Term(item["id"], item["label"], item.get("description", ""), tuple(item.get("aliases", [])))


def _pillar(item: Mapping[str, Any], position: int) -> Pillar:
    return Pillar(
        id=item["id"],
        name=item["name"],
        definition=item["definition"],
        colour=item.get("colour", ""),
        icon=item.get("icon", ""),
        position=position,
        address=f"{addresses.PILLARS}{item['id']}/",
    )


def _territory(item: Mapping[str, Any]) -> Territory:
    return Territory(
        id=item["id"],
        name=item["name"],
        kind=item["kind"],
        code=str(item.get("insee") or item.get("siren") or ""),
        labels=tuple(item.get("labels", [])),
        year=item.get("year"),
        source=_source(item["source"]) if "source" in item else None,
        address=f"{addresses.TERRITORIES}{item['id']}/",
    )


def _club(item: Mapping[str, Any]) -> Club:
    return Club(
        id=item["id"],
        name=item["name"],
        short=item.get("short", ""),
        description=item["description"],
        themes=tuple(item.get("themes", [])),
        organisation=item.get("organisation", ""),
        url=item.get("url", ""),
        join=item.get("join", ""),
        founded=item.get("founded"),
        source=_source(item["source"]) if "source" in item else None,
        demo=item.get("demo", False),
        address=f"{addresses.CLUBS}{item['id']}/",
        editors=tuple(item.get("editors", [])),
    )


def _member(raw: Raw, geography: Geography, public_by_default: Iterable[str]) -> Member:
    """A member with what is public: the rest is left out here, once and for all."""
    public = frozenset((ALWAYS_PUBLIC, *raw.data.get("public", public_by_default)))
    data = {name: value for name, value in raw.data.items() if name in public}
    commune: Commune | None = geography.communes.get(data.get("commune", ""))
    return Member(
        id=raw.id,
        name=data["name"],
        kind=data.get("kind", ""),
        organisation=data.get("organisation", ""),
        role=data.get("role", ""),
        skills=tuple(data.get("skills", [])),
        seeks=tuple(data.get("seeks", [])),
        offers=tuple(data.get("offers", [])),
        url=data.get("url", ""),
        since=_date(data.get("since")),
        public=public,
        source=_source(raw.data["source"]) if "source" in raw.data else None,
        demo=raw.data.get("demo", False),
        address=f"{addresses.MEMBERS}{raw.id}/",
        commune=commune,
    )


def _platform(item: Mapping[str, Any]) -> Platform:
    return Platform(
        item["id"],
        item["name"],
        item["url"],
        item.get("region", ""),
        item.get("feeds", {}),
        item.get("licence", ""),
    )


def _indicator(series: Any) -> Indicator:
    package = series.package
    return Indicator(
        id=series.id,
        title=package.get("title", series.id),
        unit=package.get("unit", ""),
        method=package.get("method", ""),
        package=package,
        rows=tuple((year, territory, value) for _, year, territory, value in series.rows),
    )
