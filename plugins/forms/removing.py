"""Taking an entry or a member away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.forms import french
from plugins.forms.desk import MEMBER, Around, Desk, Draft
from plugins.forms.editing import path_of
from plugins.forms.faults import FieldFault

if TYPE_CHECKING:
    from plugins.forms.posted import Posted


def remove(desk: Desk, posted: Posted, around: Around) -> Draft:
    """The file goes away, and with it the files beside it that nobody else uses."""
    path = path_of(desk, posted.type_name, posted.target)
    if path is None or around.source(path) is None:
        return Draft(posted.target, "", "", {}, {}, [FieldFault("", french.NO_SUCH_TARGET)])
    if posted.type_name == MEMBER:
        return Draft(posted.target, desk.site.members[posted.target].name, path, {}, {path: None})
    entry = desk.site.entries[posted.target]
    used = {file for other in desk.site.entries.values() if other is not entry for file in other.files}
    own: dict[str, bytes | None] = dict.fromkeys(file for file in entry.files if file not in used)
    return Draft(entry.id, entry.title, path, {}, {path: None, **own})
