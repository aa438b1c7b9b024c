"""From a post to the files it would write, checked by the model's own code: without faults they pass ``check``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plugins.forms.creating import create
from plugins.forms.desk import MEMBER, Around, Desk, Draft
from plugins.forms.editing import edit
from plugins.forms.filled import filled_alike, filled_for_edit
from plugins.forms.left_behind import left_by_edit, left_by_removal
from plugins.forms.removing import remove
from plugins.forms.wording import faults_of
from plugins.model.addresses import slug
from plugins.model.objects import Member

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from plugins.forms.checking import Checked
    from plugins.forms.faults import FieldFault
    from plugins.forms.filled import Filled
    from plugins.forms.posted import Posted
    from plugins.model.objects import Site


@dataclass(frozen=True, slots=True)
class Proposal:
    """The files of one proposal.

    ``entry_id`` is the entry's (``events/2026/x``), or the member's where the proposal is about one; ``address`` is that of its
    page on the site; ``member_id`` names a member file that is made along the way. ``files`` maps paths relative to the root
    to their new content, None where a file goes away. ``data`` are the fields as they will stand.

    ``faults`` keep it from being accepted, and the sender can put them right; ``remarks`` are worth telling, no more;
    ``left_behind`` tells editors what else has to change because it names or links to what goes away.
    With no faults and nothing left behind, the root passes ``check`` once the files are written.
    """

    entry_id: str
    title: str
    files: Mapping[str, bytes | None]
    faults: list[FieldFault]
    address: str = ""
    remarks: list[FieldFault] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    member_id: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


class Proposer:
    """Makes proposals for one site. Make it once for a site and keep it: what it knows takes time to gather."""

    def __init__(self, site: Site) -> None:
        self._desk = Desk(site)

    def propose(
        self,
        posted: Posted,
        pictures: Mapping[str, bytes],
        *,
        today: dt.date,
        source: Callable[[str], bytes | None],
        taken: Callable[[str], bool] = lambda _: False,
        entry_id: str = "",
        member_id: str = "",
    ) -> Proposal:
        """The files that ``posted`` would write, and all that is wrong with them.

        ``pictures`` are the pictures taken in, by the names that the post gives them; ``source`` gives the present content of a
        file of the root by its path, None where there is none; ``taken`` says whether another open proposal uses an id of an
        entry or of a member. ``entry_id`` and ``member_id`` are what this proposal was called when it was made before: given
        again, they stay.
        """
        around = Around(today, pictures, source, taken, entry_id, member_id)
        return self._checked(_ACTIONS[posted.action](self._desk, posted, around), posted, around)

    def filled_for_edit(self, type_name: str, target: str, source: Callable[[str], bytes | None]) -> Filled | None:
        """What a form shows that changes an entry or member (``?modifier=``); None where there is none to change."""
        return filled_for_edit(self._desk, type_name, target, source)

    def filled_alike(self, type_name: str, target: str, source: Callable[[str], bytes | None]) -> Filled | None:
        """What a form shows for a new entry like one that is there (``?semblable=``); None where there is none."""
        return filled_alike(self._desk, type_name, target, source)

    def _checked(self, draft: Draft, posted: Posted, around: Around) -> Proposal:
        checker = self._desk.checker
        found = checker.files(draft.files, around.source) if draft.path else {}
        faults, remarks = list(draft.faults), list(draft.remarks)
        for path, file in found.items():
            flat = self._desk.flat(file.raw.type_name)
            prefix = "" if path == draft.path else f"{MEMBER}."
            errors = faults_of((each for each in file.problems if each.severity == "error"), flat, prefix)
            told = {each.field for each in draft.faults if each.field}
            faults += [each for each in errors if each.field not in told]
            remarks += faults_of((each for each in file.problems if each.severity != "error"), flat, prefix)
        return Proposal(
            entry_id=draft.entry_id,
            title=draft.title,
            files=draft.files,
            faults=list(dict.fromkeys(faults)),
            address=checker.address_of(draft.path) if draft.path else "",
            remarks=list(dict.fromkeys(remarks)),
            left_behind=self._left_behind(posted, draft, found),
            member_id=draft.member_id,
            data=draft.data,
        )

    def _left_behind(self, posted: Posted, draft: Draft, found: Mapping[str, Checked]) -> list[str]:
        site = self._desk.site
        thing = (site.members if posted.type_name == MEMBER else site.entries).get(posted.target)
        if posted.action == "create" or thing is None or not draft.path:
            return []
        if posted.action == "remove":
            return left_by_removal(site, self._desk.links, thing)
        if isinstance(thing, Member):
            return []
        body = found[draft.path].raw.body
        tags = {slug(word) for word in draft.data.get("tags", [])}
        return left_by_edit(site, self._desk.links, thing, body.anchors if body else frozenset(), tags)


_ACTIONS: Mapping[str, Callable[[Desk, Posted, Around], Draft]] = {"create": create, "edit": edit, "remove": remove}


def propose(
    site: Site,
    posted: Posted,
    pictures: Mapping[str, bytes],
    *,
    today: dt.date,
    source: Callable[[str], bytes | None],
    taken: Callable[[str], bool] = lambda _: False,
) -> Proposal:
    """One proposal for a site, see :meth:`Proposer.propose`, which is the way to make many."""
    return Proposer(site).propose(posted, pictures, today=today, source=source, taken=taken)
