"""What was posted, and all that is wrong with it, as ``check`` would find it in the files that it makes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plugins.forms.posted import MEMBER, read_post
from scripts.bot.web.posting.posted_pictures import file_inputs, form_pictures, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.forms.faults import FieldFault
    from plugins.forms.posted import Posted
    from plugins.forms.proposal import Proposal
    from plugins.model.schema.schemas import FlatSchema
    from scripts.bot.submission import Picture
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.posting.kept import KeptPictures
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.posting.posted_pictures import FormPictures
    from scripts.bot.web.root import ServiceRoot

SAME_INPUT: Final = {"member.name": "contact.name"}  # a newcomer's profile bears the name of who sends the form


@dataclass(frozen=True, slots=True)
class Read:
    """What a post says, the pictures that came with it, what is wrong with either, and the member who signs."""

    posted: Posted
    pictures: FormPictures
    faults: tuple[FieldFault, ...]
    signer: str


class PostReader:
    """Reads posts against the present state of the root."""

    def __init__(self, root: ServiceRoot, kept: KeptPictures) -> None:
        self._root = root
        self._kept = kept
        # One thread computes at a time: those that are in a transaction need the interpreter more.
        self._computing = threading.Lock()

    def read(self, form: PostedForm, kind: FormKind, earlier: Sequence[Picture] = ()) -> Read:
        """What was posted, checked as ``check`` would check the files it makes; ``earlier`` pictures came with an earlier post."""
        edition = self._root.edition()
        flat = edition.site.schemas.flattened(kind.type_name)
        pictures = form_pictures(form, file_inputs(flat), self._kept)
        pairs = [*(pair for pair in form.pairs if pair[0] not in dict(kind.preset)), *kind.preset]
        member = edition.site.schemas.flattened(MEMBER)
        names = {**_earlier_names(flat, earlier), **pictures.names}
        contents = {**{picture.name: picture.content for picture in earlier}, **pictures.contents}
        with self._computing:
            posted, faults = read_post(flat, pairs, names, today=edition.site.today, member=member)
            proposal = edition.proposer.propose(posted, contents, today=edition.site.today, source=self._root.source)
        told = {fault.field for fault in (*faults, *pictures.faults)}
        more = [
            fault
            for fault in proposal.faults
            if not fault.field or SAME_INPUT.get(fault.field, fault.field) not in told
        ]
        return Read(posted, pictures, (*pictures.faults, *faults, *more), signer(posted, proposal))


def _earlier_names(flat: FlatSchema, earlier: Sequence[Picture]) -> dict[str, str]:
    """Input name → file name of the pictures that an earlier post brought."""
    by_stem = {picture.name.rpartition(".")[0]: picture.name for picture in earlier}
    return {name: by_stem[stem(name)] for name in file_inputs(flat) if stem(name) in by_stem}


def signer(posted: Posted, proposal: Proposal) -> str:
    """The id of the member in whose name something is sent: whose page it is, or who signs it first."""
    if posted.type_name == MEMBER:
        return proposal.entry_id
    authors = proposal.data.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else ""
    return proposal.member_id or (first if isinstance(first, str) else "")
