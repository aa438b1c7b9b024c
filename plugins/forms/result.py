"""What a post would do to the root, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.forms.faults import FieldFault


@dataclass(frozen=True, slots=True)
class Proposal:
    """The files of one proposal.

    ``entry_id`` is the entry's (``events/2026/x``), or the member's where the proposal is about one; ``member_id`` that of a
    member file which is made along the way, or empty. ``files`` maps paths relative to the root to their new content, None
    where a file goes away. ``data`` are the fields as they will stand.

    ``faults`` keep it from being accepted and are told to the sender; ``remarks`` are worth telling, no more;
    ``left_behind`` says, to editors, what else has to change with it because it names or links to what goes away.
    Without faults and with nothing left behind, the root passes ``check`` once the files are written.
    """

    entry_id: str
    title: str
    address: str
    files: Mapping[str, bytes | None]
    faults: list[FieldFault]
    remarks: list[FieldFault] = field(default_factory=list)
    left_behind: list[str] = field(default_factory=list)
    member_id: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
