"""A change to an entry or member that is there: only what was changed in the form is changed in its file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.desk import MEMBER, Around, Desk, Draft, member_path, order
from plugins.forms.faults import FieldFault
from plugins.forms.merging import merge_entry, merge_yaml
from plugins.forms.new_pictures import with_pictures
from plugins.forms.open_fields import is_open, open_fields
from plugins.forms.pairs import BODY
from plugins.forms.values import as_read, digest, in_its_order
from plugins.model.front_matter import read_entry
from plugins.model.source_text import clean_body, decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.forms.posted import Posted
    from plugins.model.schema.schemas import Field, FlatSchema


@dataclass(frozen=True, slots=True)
class Present:
    """What stands in the file of an entry or member today."""

    path: str
    content: bytes
    data: Mapping[str, Any]
    body: str


def path_of(desk: Desk, type_name: str, target: str) -> str | None:
    """The file of what a form may edit or take away; None where there is none of that type and id."""
    site = desk.site
    if type_name == MEMBER:
        return member_path(target) if target in site.members else None
    entry = site.entries.get(target)
    return entry.path if entry is not None and entry.type.name == type_name and entry.type.form else None


def present(path: str, content: bytes | None) -> Present | None:
    """What a file says; None where it cannot be read without faults."""
    if content is None:
        return None
    if path.endswith(".md"):
        entry = read_entry(content)
        return None if entry.faults else Present(path, content, entry.data, entry.body)
    text, faults = decode(content)
    document = read_yaml(text)
    if faults or document.faults or not isinstance(document.data, dict):
        return None
    return Present(path, content, document.data, "")


def edit(desk: Desk, posted: Posted, around: Around) -> Draft:
    """The file with what was changed in the form, and the picture that came with it."""
    path = path_of(desk, posted.type_name, posted.target)
    if path is None:
        return _refused(posted, french.NO_SUCH_TARGET)
    now = present(path, around.source(path))
    if now is None:
        return _refused(posted, french.UNREADABLE_TARGET)
    flat = desk.flat(posted.type_name)
    given, faults = desk.resolved(posted.data, flat)
    files: dict[str, bytes | None] = {}
    if posted.type_name != MEMBER:
        given, pictures = with_pictures(given, flat, posted.target, around)
        files |= pictures
    changes = _Changes(desk, posted, now, flat)
    wanted = changes.fields(given)
    files |= _left_picture(desk, posted.target, wanted, now)
    body = changes.body()
    if wanted == now.data and body is None:
        faults.append(FieldFault("", french.NOTHING_CHANGED))
    files[path] = (
        merge_entry(now.content, wanted, body, order(flat))
        if path.endswith(".md")
        else merge_yaml(now.content, wanted, order(flat))
    )
    title = str(wanted.get("title") or wanted.get("name") or "")
    return Draft(posted.target, title, path, wanted, files, faults, changes.remarks)


class _Changes:
    """What was changed in a form, held against what it showed when it was filled and what stands there now."""

    def __init__(self, desk: Desk, posted: Posted, now: Present, flat: FlatSchema) -> None:
        self._posted, self._now, self._flat = posted, now, flat
        self._shown, _ = desk.resolved(as_read(now.data, flat), flat)
        self.remarks: list[FieldFault] = []

    def fields(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """All fields as they will stand."""
        wanted = dict(self._now.data)
        for field in open_fields(self._flat, editing=True):
            shown = self._shown.get(field.name)
            said = in_its_order(field, _with_files(field, given, self._now.data), shown)
            if not self._is_changed(field.name, said, shown, field.label, field):
                continue
            value = _with_closed(field, said, self._now.data.get(field.name))
            if value is None:
                wanted.pop(field.name, None)
            else:
                wanted[field.name] = value
        return wanted

    def body(self) -> str | None:
        """The new text, or None where it stays."""
        shown = clean_body(self._now.body)
        if not self._flat.body_label or not self._is_changed(BODY, self._posted.body, shown, self._flat.body_label):
            return None
        return self._posted.body

    def _is_changed(self, name: str, said: Any, shown: Any, label: str, field: Field | None = None) -> bool:
        if said == shown:
            return False
        if not self._posted.seen:
            return True
        seen = self._posted.seen.get(name)
        if (seen is None and said is None) or seen == digest(said, field):
            return False  # as it was when the form was filled: somebody else has changed it since
        if seen != (None if shown is None else digest(shown, field)):
            self.remarks.append(FieldFault(name, french.changed_meanwhile(label)))
        return True


def _with_files(field: Field, given: Mapping[str, Any], now: Mapping[str, Any]) -> Any:
    """What the form says of a field; a file input that came back empty means the file that is there."""
    said, there = given.get(field.name), now.get(field.name)
    if field.widget == "file":
        return there if said is None else said
    inner = [each.name for each in field.fields if each.widget == "file"] if field.kind == "object" else []
    if not inner or not isinstance(there, dict) or (field.name in given and said is None):
        return said
    kept = {name: there[name] for name in inner if name in there}
    return {**kept, **(said or {})}


def _with_closed(field: Field, said: Any, there: Any) -> Any:
    """A group keeps what the form does not ask."""
    if field.kind != "object" or not isinstance(there, dict) or not isinstance(said, dict):
        return said
    closed = {each.name for each in field.fields if not is_open(each)}
    return {**said, **{name: value for name, value in there.items() if name in closed}}


def _left_picture(desk: Desk, entry_id: str, wanted: Mapping[str, Any], now: Present) -> dict[str, bytes | None]:
    """The picture that another took the place of, unless somebody else uses it."""
    old, new = ((data.get("image") or {}).get("file") for data in (now.data, wanted))
    if not old or old == new:
        return {}
    path = f"{now.path.rpartition('/')[0]}/{old}"
    others = (entry for entry in desk.site.entries.values() if entry.id != entry_id)
    return {} if any(path in entry.files for entry in others) else {path: None}


def _refused(posted: Posted, message: str) -> Draft:
    return Draft(posted.target, "", "", {}, {}, [FieldFault("", message)])
