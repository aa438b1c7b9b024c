"""Which forms there are: one below /contribuer/ for each type that has one, and one on the page of each open consultation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plugins.forms.answering import CONSULTATION, CONTRIBUTION
from plugins.model.addresses import form_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.forms.posted import Posted
    from plugins.model.objects import Entry, Site

NO_PRESET: Final[tuple[tuple[str, str], ...]] = ()


@dataclass(frozen=True, slots=True)
class FormKind:
    """A form: the schema it follows, its address on the site and on the service alike, and what that address already says."""

    type_name: str
    address: str
    preset: tuple[tuple[str, str], ...] = NO_PRESET
    consultation: Entry | None = None


def form_of(site: Site, name: str) -> FormKind | None:
    """The form at /contribuer/<name>/."""
    return next((FormKind(type_name, form_address(form)) for type_name, form in _forms(site) if form == name), None)


def form_of_post(site: Site, posted: Posted) -> FormKind | None:
    """The form with which something was sent."""
    if posted.type_name == CONTRIBUTION:
        asked = site.entries.get(str(posted.data.get(CONSULTATION, "")))
        return consultation_form(site, asked.address) if asked else None
    return next((FormKind(name, form_address(form)) for name, form in _forms(site) if name == posted.type_name), None)


def consultation_form(site: Site, address: str) -> FormKind | None:
    """The form of the consultation at an address; None where that is another page's. What comes after its last day comes back
    with what was written, and with the reason.
    """
    for entry in site.by_folder.get(_folder(site), ()):
        if entry.address == address:
            return FormKind(CONTRIBUTION, address, ((CONSULTATION, entry.id),), entry)
    return None


def _forms(site: Site) -> Iterator[tuple[str, str]]:
    yield from ((kind.name, kind.form) for kind in site.schemas.content_types if kind.form)
    yield from ((kind.name, kind.form) for kind in site.schemas.data_types if kind.form)


def _folder(site: Site) -> str:
    return next((kind.folder for kind in site.schemas.content_types if kind.name == CONSULTATION), "")
