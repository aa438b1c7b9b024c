"""A new entry or member, and the member file of a sender who is none yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.answering import CONTRIBUTION, complete
from plugins.forms.desk import MEMBER, Around, Desk, Draft, entry_path, member_path, order
from plugins.forms.entry_text import write_entry
from plugins.forms.faults import FieldFault
from plugins.forms.naming import file_stem, free_name, year_folder
from plugins.forms.new_pictures import with_pictures
from plugins.forms.open_fields import follows_author
from plugins.forms.yaml_text import write_yaml
from plugins.model import addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.forms.posted import Posted

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")


def create(desk: Desk, posted: Posted, around: Around) -> Draft:
    """The files of a new entry or member."""
    data, faults = desk.resolved(
        {name: value for name, value in posted.data.items() if value is not None}, desk.flat(posted.type_name)
    )
    if posted.type_name == MEMBER:
        return _member(desk, data, faults, around)
    return _entry(desk, posted, data, faults, around)


def _member(desk: Desk, data: Mapping[str, Any], faults: list[FieldFault], around: Around) -> Draft:
    name = str(data.get("name", ""))
    identifier = _free_member(desk, name, around, around.entry_id)
    path = member_path(identifier)
    return Draft(identifier, name, path, data, {path: _member_file(desk, data)}, faults, _namesakes(desk, name))


def _entry(desk: Desk, posted: Posted, resolved: dict[str, Any], faults: list[FieldFault], around: Around) -> Draft:
    flat, today = desk.flat(posted.type_name), around.today
    files: dict[str, bytes | None] = {}
    member_id, remarks = "", []
    data = {"date": today.isoformat(), **resolved}
    if posted.profile is not None and not data.get("authors"):
        member_id = _free_member(desk, posted.contact_name, around, around.member_id)
        data["authors"] = [member_id]
        profile, unclear = desk.resolved(posted.profile, desk.flat(MEMBER))
        faults += [FieldFault(f"{MEMBER}.{each.field}", each.message, each.suggestion) for each in unclear]
        files[member_path(member_id)] = _member_file(desk, {"name": posted.contact_name, **profile})
        remarks = _namesakes(desk, posted.contact_name)
    data |= _own(desk, posted.type_name, data)
    if posted.type_name == CONTRIBUTION:
        data, closed = complete(desk.site, data, posted.contact_name, today)
        faults += closed
    identifier = around.entry_id or _free_entry(desk, posted.type_name, data, around)
    data, pictures = with_pictures(data, flat, identifier, around)
    path = entry_path(identifier)
    files |= {path: write_entry(data, posted.body, order(flat)).encode(), **pictures}
    faults += _tag_faults(desk, data)
    return Draft(identifier, str(data.get("title", "")), path, data, files, faults, remarks, member_id)


def _own(desk: Desk, type_name: str, data: Mapping[str, Any]) -> dict[str, str]:
    """Who signs an offer holds it, and so on, unless it says otherwise: a newcomer has no id yet that he could give."""
    authors = data.get("authors")
    needed = [each.name for each in desk.flat(type_name).fields if follows_author(each)]
    return {name: authors[0] for name in needed if authors and name not in data}


def _member_file(desk: Desk, data: Mapping[str, Any]) -> bytes:
    return write_yaml(data, order(desk.flat(MEMBER))).encode()


def _free_member(desk: Desk, name: str, around: Around, before: str) -> str:
    def is_taken(identifier: str) -> bool:
        known = identifier in desk.site.members or f"{addresses.MEMBERS}{identifier}/" in desk.site.redirects
        return known or around.taken(identifier) or around.source(member_path(identifier)) is not None

    return before or free_name(file_stem(name), is_taken)


def _free_entry(desk: Desk, type_name: str, data: Mapping[str, Any], around: Around) -> str:
    """``events/2026/atelier-velo``: what is not the year of a date, which the check will say, counts as this year."""
    kind = desk.site.schemas.content_type(type_name)
    year = year_folder(data, kind)
    folder = f"{kind.folder}/{year if _YEAR.fullmatch(year) else around.today.year}"

    def is_taken(stem: str) -> bool:
        identifier = f"{folder}/{stem}"
        known = identifier in desk.site.entries or addresses.entry_address(kind, identifier) in desk.site.redirects
        return known or around.taken(identifier) or around.source(entry_path(identifier)) is not None

    return f"{folder}/{free_name(file_stem(str(data.get('title', ''))), is_taken)}"


def _tag_faults(desk: Desk, data: Mapping[str, Any]) -> list[FieldFault]:
    """A new tag makes a page, which an old address must not lead away from."""
    words = [addresses.slug(word) for word in data.get("tags", []) if isinstance(word, str)]
    new = [word for word in words if word not in desk.site.tags]
    lost = any(f"{addresses.TAGS}{word}/" in desk.site.redirects for word in new)
    return [FieldFault("tags", french.TAG_TAKEN, french.TAG_HINT)] if lost else []


def _namesakes(desk: Desk, name: str) -> list[FieldFault]:
    wanted = addresses.slug(name)
    same = desk.members_by_slug.get(wanted, []) if wanted else []
    return [FieldFault("contact.name", french.same_name(member.name, member.id)) for member in same]
