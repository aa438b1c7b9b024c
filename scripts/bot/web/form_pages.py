"""Pages with a form: fresh, filled, or returned with everything that was written and what is to be put right."""

from __future__ import annotations

import base64
import datetime as dt
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Final

from plugins.views.forms.contribute import FormView, form_page
from plugins.views.forms.form_view import form_view
from scripts.bot.french import web as french
from scripts.bot.web import hidden
from scripts.bot.web.addresses import status_url
from scripts.bot.web.answers import page
from scripts.bot.web.posting.filling import Filled
from scripts.bot.web.posting.posted_pictures import KEPT
from scripts.bot.web.posting.small_pictures import thumbnail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.responses import Response

    from plugins.forms.faults import FieldFault
    from scripts.bot.submission import Picture, Submission
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.posting.taking import Returned, Taking
    from scripts.bot.web.service import Service

AIM: Final = ("action", "target", "base", "seen")  # what a form that edits sends back untouched
SLOW_ENOUGH: Final = dt.timedelta(minutes=1)  # for any minimum time to fill in a form


class ServiceFormView(FormView):
    """A form as the service shows it (``service/form.html``)."""

    earlier: Annotated[str, "The status page of what was sent before with this very form; empty if nothing was."]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page with a form shows beside its questions."""

    filled: Filled = field(default_factory=Filled)
    faults: Iterable[FieldFault] = ()
    notice: str = ""
    status: int = 200
    wait: int = 0
    earlier: Submission | None = None
    action: str = ""  # where it is sent, if not to its own address


class FormPages:
    """Makes them."""

    def __init__(self, service: Service, taking: Taking) -> None:
        self.service = service
        self.taking = taking

    def fresh(self, kind: FormKind, filled: Filled, action: str = "") -> Response:
        """A form that somebody opens."""
        now = self.service.clock()
        own = {hidden.KEY: self._new_key(), hidden.STARTED: hidden.started_stamp(now, self.taking.started_key)}
        return self.show(kind, Shown(_with_hidden(filled, own), action=action))

    def returned(
        self, kind: FormKind, form: PostedForm, outcome: Returned, action: str = "", earlier: Sequence[Picture] = ()
    ) -> Response:
        """A form that comes back. ``earlier`` are the pictures that stay where no other came."""
        aim = {name: form.get(name) for name in AIM if form.get(name)}
        own = {hidden.KEY: self._key_of(form, outcome), hidden.STARTED: self._started(form), **self._kept(outcome)}
        names = {*hidden.HIDDEN, *AIM}
        pairs = tuple(pair for pair in form.pairs if pair[0] not in names and not pair[0].startswith(KEPT))
        filled = Filled(form.get("title") or form.get("name"), pairs, {**aim, **own}, *_picture(outcome, earlier))
        shown = Shown(
            filled, outcome.faults, outcome.notice, outcome.status, outcome.wait, outcome.earlier, action=action
        )
        return self.show(kind, shown)

    def show(self, kind: FormKind, shown: Shown) -> Response:
        """The page."""
        edition = self.service.root.edition()
        flat = edition.site.schemas.flattened(kind.type_name)
        form = form_view(
            edition.context,
            flat,
            kind.address,
            edition.context.service_base,
            pairs=shown.filled.pairs,
            faults=shown.faults,
            hidden=shown.filled.hidden,
            picture=shown.filled.picture,
            thumbnail=shown.filled.thumbnail,
            consultation=kind.consultation,
        )
        form["action"] = shown.action or form["action"]
        title = (shown.filled.title if form["editing"] else "") or _purpose(edition, kind)
        view: ServiceFormView = {
            **form_page(
                edition.context, kind.type_name, title, form, edition.frame(kind.address, title), notice=shown.notice
            ),
            "earlier": status_url(self.service, shown.earlier.id) if shown.earlier else "",
        }
        headers = {"Retry-After": str(shown.wait)} if shown.wait else {}
        return page(edition, "service/form.html", view, shown.status, headers)

    def _key_of(self, form: PostedForm, outcome: Returned) -> str:
        """The same key, so that one proposal stays one; another where the form's was used for something else."""
        given = hidden.usable_key(form.get(hidden.KEY))
        return given if given and outcome.earlier is None else self._new_key()

    def _new_key(self) -> str:
        return base64.b32encode(self.service.random(20)).decode("ascii").lower()

    def _started(self, form: PostedForm) -> str:
        """When the form was first opened: correcting one word is quickly done, and no sign of a machine."""
        given = form.get(hidden.STARTED)
        if hidden.read_started(given, self.taking.started_key):
            return given
        return hidden.started_stamp(self.service.clock() - SLOW_ENOUGH, self.taking.started_key)

    def _kept(self, outcome: Returned) -> dict[str, str]:
        """References to the pictures that came with the form, by the name of a hidden input."""
        if outcome.pictures is None:
            return {}
        kept = self.taking.kept
        found = {
            name: kept.keep(picture.content, picture.name[picture.name.rindex(".") :])
            for name, picture in outcome.pictures.pictures.items()
        }
        return {f"{KEPT}{name}": reference for name, reference in found.items() if reference}


def _with_hidden(filled: Filled, more: Mapping[str, str]) -> Filled:
    return replace(filled, hidden={**filled.hidden, **more})


def _picture(outcome: Returned, earlier: Sequence[Picture]) -> tuple[str, str]:
    """What to call the picture that is there, and a small copy of it."""
    now = [*outcome.pictures.pictures.values()] if outcome.pictures else []
    if now:
        return french.PICTURE_KEPT, thumbnail(now[0])
    return (french.PICTURE_SENT, thumbnail(earlier[0])) if earlier else ("", "")


def _purpose(edition: Edition, kind: FormKind) -> str:
    """What the form is for: « Proposer un évènement »."""
    schemas = edition.site.schemas
    purposes = {kind.name: kind.new for kind in schemas.content_types}
    purposes |= {kind.name: kind.new for kind in schemas.data_types}
    return purposes[kind.type_name]
