"""What a person sent with a form, as data: the fields as far as they could be read, and who sent them."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from plugins.forms import french
from plugins.forms.faults import FieldFault
from plugins.forms.open_fields import open_fields
from plugins.forms.pairs import BODY, Pairs, settle
from plugins.forms.reading import FieldReader, whole_days
from plugins.model.source_text import clean_body

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from plugins.model.schema.schemas import FlatSchema
    from plugins.model.yaml.reader import Json

__all__ = ["Action", "FieldFault", "Posted", "read_post"]

Action = Literal["create", "edit", "remove"]
MEMBER = "member"
USUAL_KIND = "citoyen"
MESSAGE_LENGTH = 2000  # characters
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@<>()\[\],;:\\\"]{1,180}\.[^\s@<>()\[\],;:\\\".]{2,63}")
_ID = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*")
_SHA = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SEEN = re.compile(r"([a-z_]+)=([0-9a-f]{8})")
NAME_LENGTHS = range(2, 121)


@dataclass(frozen=True, slots=True)
class Posted:
    """One post.

    ``type_name`` is a schema's name (``event``); ``target`` the entry id (``events/2026/x``) or member id that is edited or
    removed; ``base`` the git blob id of its file when the form was filled, and ``seen`` a digest of each value shown then
    (``values.digests``); ``data`` are fields as JSON types; ``profile`` the fields of a new member file, but its name, where
    the sender is no member yet; ``message`` a word to the editors.
    """

    type_name: str
    action: Action
    target: str
    base: str
    data: Mapping[str, Json]
    body: str
    contact_name: str
    contact_email: str
    profile: Mapping[str, Json] | None
    message: str
    seen: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        """The same post always gives the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Posted:
        """Read what ``to_json`` wrote.

        Raises:
            ValueError: it is something else.
        """
        found = json.loads(text)
        if not isinstance(found, dict) or set(found) != {each.name for each in fields(cls)}:
            raise ValueError("not a post")
        mappings = {name: found[name] for name in ("data", "seen", "profile")}
        texts = {name: value for name, value in found.items() if name not in mappings}
        if not all(isinstance(value, str) for value in texts.values()) or found["action"] not in get_args(Action):
            raise ValueError("not a post")
        if not all(isinstance(value, dict) for value in mappings.values() if value is not None):
            raise ValueError("not a post")
        return cls(**found)


def read_post(
    flat: FlatSchema,
    pairs: Sequence[tuple[str, str]],
    files: Mapping[str, str],
    *,
    today: dt.date,
    member: FlatSchema,
) -> tuple[Posted, list[FieldFault]]:
    """Read the form of the type ``flat``; ``member`` are the fields of a member.

    ``pairs`` are names and values as they were posted, ``files`` the safe name of the file taken in for a file input.
    What cannot be read is left out, with a fault; what is left to find out with the site at hand (which commune a name
    means, whether an id exists) is for ``propose``. Names that are no input of the form are passed over.
    """
    settled = Pairs(settle(pairs))
    action, target = _aim(settled)
    reader = FieldReader(settled, files)
    data = reader.group(open_fields(flat, editing=action == "edit")) if action != "remove" else {}
    whole_days(data)
    if action == "create":
        data |= _filled(flat, today)
    posted = Posted(
        type_name=flat.name,
        action=action,
        target=target,
        base=found if _SHA.fullmatch(found := settled.text("base")) else "",
        data=data,
        body=clean_body(settled.text(BODY)) if flat.body_label and action != "remove" else "",
        contact_name=settled.text("contact.name") or (settled.text("name") if flat.name == MEMBER else ""),
        contact_email=settled.text("contact.email"),
        profile=_profile(reader, member, today) if _signs(flat, action) and not data.get("authors") else None,
        message=settled.text("message"),
        seen=dict(_SEEN.findall(settled.text("seen"))),
    )
    return posted, [*reader.faults, *_sender_faults(posted)]


def _aim(pairs: Pairs) -> tuple[Action, str]:
    """What the post does, and to what. A target that is no id is kept as an empty one, which ``propose`` refuses."""
    said = pairs.text("action")
    target = pairs.text("target")
    action: Action = "remove" if said == "remove" else "edit" if said == "edit" or target else "create"
    return action, target if action != "create" and _ID.fullmatch(target) else ""


def _filled(flat: FlatSchema, today: dt.date) -> dict[str, Any]:
    return {each.name: today.isoformat() for each in flat.fields if each.filled == "today"}


def _signs(flat: FlatSchema, action: Action) -> bool:
    """Whether the post makes something that has authors."""
    return action == "create" and "authors" in flat.by_dotted


def _profile(reader: FieldReader, member: FlatSchema, today: dt.date) -> dict[str, Any]:
    asked = [each for each in open_fields(member, editing=False) if each.name != "name"]
    return {"kind": USUAL_KIND, **reader.group(asked, f"{MEMBER}."), **_filled(member, today)}


def _sender_faults(posted: Posted) -> list[FieldFault]:
    faults = []
    if not posted.contact_name:
        faults.append(FieldFault("contact.name", french.required(french.NAME_LABEL)))
    elif len(posted.contact_name) not in NAME_LENGTHS or not posted.contact_name.isprintable():
        faults.append(FieldFault("contact.name", french.NAME_LENGTH))
    if not posted.contact_email:
        faults.append(FieldFault("contact.email", french.required(french.EMAIL_LABEL)))
    elif not _EMAIL.fullmatch(posted.contact_email) or not posted.contact_email.isprintable():
        faults.append(FieldFault("contact.email", french.BAD_EMAIL, french.EMAIL_HINT))
    if len(posted.message) > MESSAGE_LENGTH:
        faults.append(FieldFault("message", french.MESSAGE_LONG))
    return faults
