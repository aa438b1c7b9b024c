"""Where every page stands: the one place that knows the site's addresses (fields.md, « Addresses »).

Views build exactly these pages, the link check and the site map read them; a test of the built site holds both to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.model.letters import letter_months
from plugins.model.months import dated_types, month_of, months

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from plugins.model.months import Month
    from plugins.model.objects import Entry, Member, Site
    from plugins.model.schema.schemas import ContentType

PER_PAGE = 20
HOME = "/"
CLUBS = "/clubs/"
MEMBERS = "/membres/"
PILLARS = "/piliers/"
TERRITORIES = "/territoires/"
TAGS = "/etiquettes/"
MAP = "/carte/"
SEARCH = "/recherche/"
TITLES = "/search-index.json"  # what the search box suggests
OBSERVATORY = "/observatoire/"
CONTRIBUTE = "/contribuer/"
LETTERS = "/lettres/"
NOT_FOUND = "/404.html"
DATA = "/donnees/"
MEMBER_FORM = "membre"
MONTHS = "mois"
EVENT_FILE = "evenement.ics"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at an address: its source file (empty for lists), when it last changed, whether the site map lists it."""

    source: str
    changed: dt.date | None = None
    listed: bool = True


def entry_address(content_type: ContentType, entry_id: str) -> str:
    """Its path, with the folder's French name (``events/2026/x`` → ``/agenda/2026/x/``)."""
    rest = entry_id.partition("/")[2]
    return f"/{content_type.address}/{rest}/" if content_type.address else f"/{rest}/"


def list_address(content_type: ContentType) -> str:
    """The address of a type's list (``/agenda/``)."""
    return f"/{content_type.address}/"


def year_address(content_type: ContentType, year: int) -> str:
    """The address of a type's list for one year, which is the folder of its entries (``/agenda/2026/``)."""
    return f"/{content_type.address}/{year}/"


def month_address(content_type: ContentType, month: Month) -> str:
    """The address of a month of an agenda (``/agenda/mois/2026-12/``), which is no year and so never an entry's."""
    return f"/{content_type.address}/{MONTHS}/{month}/"


def monthly_address(month: Month) -> str:
    """The address of the letter of a month (``/lettres/2026/11/``)."""
    return f"{LETTERS}{month.year:04d}/{month.month:02d}/"


def page_address(base: str, number: int) -> str:
    """The address of page ``number`` (from 1) of the list at ``base``."""
    return base if number <= 1 else f"{base}page/{number}/"


def letter_address(letter: str) -> str:
    """The address of the directory's page for a letter of :func:`letter_of`."""
    return f"{MEMBERS}lettre/{letter}/"


def letter_of(member: Member) -> str:
    """Where a member stands in the directory: ``a`` to ``z``, or ``0-9`` for names that begin with something else."""
    first = slug(member.name)[:1]
    return first if first.isalpha() else "0-9"


def form_address(form: str) -> str:
    """The address of a contribution form (``/contribuer/evenement/``)."""
    return f"{CONTRIBUTE}{form}/"


def page_count(size: int) -> int:
    """How many pages a list of ``size`` needs; an empty list has one, which says so."""
    return max(1, -(-size // PER_PAGE))


def year_of(entry: Entry) -> int | None:
    """The year in an entry's path, or None for static pages."""
    found = re.match(r"[^/]+/(\d{4})/", entry.id)
    return int(found[1]) if found else None


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens: « Réemploi & œuvres » → ``reemploi-oeuvres``."""
    spelled = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE").replace("ß", "ss")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _paged(base: str, size: int, *, changed: dt.date | None = None) -> Iterator[tuple[str, Place]]:
    for number in range(1, page_count(size) + 1):
        yield page_address(base, number), Place("", changed)


def last_change(entries: Iterable[Entry]) -> dt.date | None:
    """The latest date on which one of ``entries`` was published or changed."""
    return max((entry.updated or entry.date for entry in entries), default=None)


def _lists(site: Site) -> Iterator[tuple[str, Place]]:
    for content_type in site.schemas.content_types:
        if not content_type.list:
            continue
        entries = site.by_folder.get(content_type.folder, [])
        yield from _paged(list_address(content_type), len(entries), changed=last_change(entries))
        years: dict[int, list[Entry]] = {}
        for entry in entries:
            years.setdefault(year_of(entry) or entry.date.year, []).append(entry)
        for year in sorted(years):
            yield from _paged(year_address(content_type, year), len(years[year]), changed=last_change(years[year]))


def _months(site: Site) -> Iterator[tuple[str, Place]]:
    for kind in dated_types(site):
        for month, found in months(site, kind).items():
            entries = {happening.entry.id: happening.entry for happening in found}
            yield month_address(kind, month), Place("", last_change(entries.values()), listed=bool(found))


def _letters(site: Site) -> Iterator[tuple[str, Place]]:
    found = letter_months(site)
    yield from _paged(LETTERS, len(found))
    for month in found:
        yield monthly_address(month), Place("", listed=month < month_of(site.today))


def _directory(site: Site) -> Iterator[tuple[str, Place]]:
    yield from _paged(MEMBERS, len(site.members))
    sizes: dict[str, int] = {}
    for member in site.members.values():
        letter = letter_of(member)
        sizes[letter] = sizes.get(letter, 0) + 1
        yield member.address, Place(f"data/members/{member.id}.yaml", member.changes.last if member.changes else None)
    for letter in sorted(sizes):
        yield from _paged(letter_address(letter), sizes[letter])


def _tags(site: Site) -> Iterator[tuple[str, Place]]:
    yield TAGS, Place("")
    for tag in site.tags.values():
        entries = [mention.entry for mention in tag.mentions]
        yield from _paged(tag.address, len(entries), changed=last_change(entries))


def _groups(site: Site) -> Iterator[tuple[str, Place]]:
    for base, source, groups in (
        (CLUBS, "data/clubs.yaml", site.clubs),
        (PILLARS, "data/pillars.yaml", site.pillars),
        (TERRITORIES, "data/territories.yaml", site.territories),
    ):
        yield base, Place("")
        for group in groups.values():
            changed = last_change(mention.entry for mention in group.mentions)
            yield group.address, Place(source, changed)


def _forms(site: Site) -> Iterator[tuple[str, Place]]:
    yield CONTRIBUTE, Place("")
    for content_type in site.schemas.content_types:
        if content_type.form:
            yield form_address(content_type.form), Place("")
    yield form_address(MEMBER_FORM), Place("")


def listed_addresses(site: Site) -> Iterator[tuple[str, Place]]:
    """Every HTML page of the site with its address; an address may come twice, which the check reports."""
    yield HOME, Place("", last_change(site.entries.values()))
    for address in (MAP, SEARCH, OBSERVATORY):
        yield address, Place("")
    yield NOT_FOUND, Place("", listed=False)
    yield from _lists(site)
    yield from _months(site)
    yield from _letters(site)
    yield from _directory(site)
    yield from _groups(site)
    yield from _tags(site)
    yield from _forms(site)
    for entry in site.entries.values():
        yield entry.address, Place(entry.path, entry.changed)


def all_addresses(site: Site) -> dict[str, Place]:
    """Every HTML page of the site by address, in a stable order."""
    return dict(listed_addresses(site))


_FEED_OR_CALENDAR = re.compile(r"^(?P<base>/(?:[a-z0-9-]+/)*)(?P<name>flux\.xml|agenda\.ics)$")
_DOCUMENTS = frozenset({"/sitemap.xml", TITLES, "/robots.txt", "/humans.txt", "/.well-known/security.txt"})


def is_document(site: Site, address: str, pages: dict[str, Place]) -> bool:
    """Whether ``address`` is a feed, calendar, data file or other non-HTML output of this site."""
    found = _FEED_OR_CALENDAR.match(address)
    if found:
        return found["base"] in pages
    if address.endswith(f"/{EVENT_FILE}"):
        place = pages.get(address.removesuffix(EVENT_FILE))
        return place is not None and place.source.startswith(_event_folders(site))
    if address.startswith(DATA):
        return _is_data(site, address.removeprefix(DATA))
    return address in _DOCUMENTS


_WORKING = re.compile(
    r"^/(?:_|theme/|pagefind/|search-index/|carte/[^/]*\.json$|(?:[a-z0-9-]+/)*liste/[0-9a-f]{10}/|.*\.\d{3}\.(?:jpe?g|png|webp)$)"
)


def is_working_file(address: str) -> bool:
    """Whether ``address`` is of what pages load for themselves (scripts, points of the map, rows of lists, indexes of the search,
    smaller copies of pictures) or of what the host reads (``/_headers``).

    Nobody links there, and an old address that leads elsewhere must not begin there.
    """
    return _WORKING.match(address) is not None


def _event_folders(site: Site) -> tuple[str, ...]:
    return tuple(f"content/{kind.folder}/" for kind in dated_types(site))


def _is_data(site: Site, name: str) -> bool:
    folders = {t.folder for t in site.schemas.content_types} | {"clubs", "members", "territories"}
    stem, _, ending = name.rpartition("/")[2].partition(".")
    if name == "catalogue.jsonld":
        return True
    if name.startswith("indicateurs/"):
        return stem in {indicator.id for indicator in site.indicators} and ending in {
            "csv",
            "datapackage.json",
        }
    if name.startswith("schemas/"):
        return ending == "json"
    return stem in folders and ending in {"json", "csv", "geojson"}
