"""Taking an entry or a member away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.forms import french
from plugins.forms.desk import MEMBER, Around, Desk, Draft
from plugins.forms.editing import path_of
from plugins.forms.faults import FieldFault
from plugins.forms.redirecting import followed, merged
from plugins.model.site_rules import GONE

if TYPE_CHECKING:
    from plugins.forms.posted import Posted

REDIRECTS: Final = "data/redirects.yaml"


def remove(desk: Desk, posted: Posted, around: Around) -> Draft:
    """The file goes away, and with it the files beside it that nobody else uses. An entry's address says from then on that its
    page is gone; a member's does not, since it would go on naming the person.
    """
    path = path_of(desk, posted.type_name, posted.target)
    if path is None or around.source(path) is None:
        return Draft(posted.target, "", "", {}, {}, [FieldFault("", french.NO_SUCH_TARGET)])
    if posted.type_name == MEMBER:
        return Draft(posted.target, desk.site.members[posted.target].name, path, {}, {path: None})
    entry = desk.site.entries[posted.target]
    used = {file for other in desk.site.entries.values() if other is not entry for file in other.files}
    own: dict[str, bytes | None] = dict.fromkeys(file for file in entry.files if file not in used)
    before = desk.site.redirects
    after = followed(before, {entry.address: GONE}, lambda _: False)
    addresses = merged(around.source(REDIRECTS), before, after)
    return Draft(entry.id, entry.title, path, {}, {path: None, **own, REDIRECTS: addresses})
