"""The page that a form would make, while it is being filled in: nothing is stored, nothing is sent, nothing is spent.

The form asks for it in one of two ways. Without JavaScript a button opens the answer in a tab of its own. With JavaScript
the page of the form fetches the answer and shows its ``main`` in a frame that it makes itself (``srcdoc``), with its own style
sheets. So the answer need not be framable by anybody, wherever site and service stand; the form's page needs no looser policy; a
request that is out of date can be given up; and the place to which somebody has scrolled is kept.

Whoever fills in a form is not known. What is shown are his own words, and of the site what everybody may read.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse
from starlette.routing import Route

from plugins.forms import french as form_french
from plugins.forms.yaml_text import write_yaml
from plugins.markup import typography
from plugins.model.yaml.reader import read_yaml
from plugins.publication.security import NO_FRAMES, origin
from plugins.views.forms.form_view import PREVIEW
from scripts.bot.french import preview as french
from scripts.bot.web.addresses import FORM
from scripts.bot.web.answers import refusal
from scripts.bot.web.form_kinds import consultation_form, form_of
from scripts.bot.web.posting import rates
from scripts.bot.web.posting.checked_posts import PostReader
from scripts.bot.web.posting.filling import to_change
from scripts.bot.web.posting.reading_posts import network_of, read_post_body
from scripts.bot.web.posting.small_pictures import data_url, small
from scripts.bot.web.preview_gaps import Unfinished, presentable
from scripts.bot.web.review.preview import MEMBERS, previewed_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from plugins.forms.faults import FieldFault
    from plugins.model.schema.schemas import FlatSchema
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.posting.kept import KeptPictures
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.service import Service

PREVIEWS_PER_HOUR: Final = (
    2000  # of a network: one each time that somebody stops typing, and several people behind one address
)
MOST_WAITING: Final = 16  # at once in a process; a preview is worth nothing when it comes late
AT_ONCE: Final = 2
WIDEST: Final = 600  # pixels of a picture in a preview: below that views make no smaller copies (views/pictures.py)
_MOST_SAID: Final = 4


class PreviewView(TypedDict):
    """What stands above the page (``service/preview.html``), beside all that the page's own template sees."""

    within: Annotated[str, "The template of the page."]
    banner: Annotated[str, "That nothing has been sent."]
    missing: Annotated[str, "The questions that nobody has answered yet, as a sentence; may be empty."]
    wrong: Annotated[list[str], "What has to be put right, a sentence each; not all of it."]


def preview_routes(service: Service, kept: KeptPictures, consultations: str) -> list[Route]:
    """The previews of the forms below /contribuer/ and of those on pages below /``consultations``/."""
    previews = FormPreview(service, kept)
    return [
        Route(FORM + PREVIEW, previews.form, methods=["POST"], name="preview"),
        Route(
            f"/{consultations}/{{rest:path}}/{PREVIEW}", previews.consultation, methods=["POST"], name="preview-answer"
        ),
    ]


class FormPreview:
    """Answers for them."""

    def __init__(self, service: Service, kept: KeptPictures) -> None:
        self.service = service
        self.reader = PostReader(service.root, kept)  # with a queue of its own: previews hold up no post
        self.asked = rates.Tries(service.key("previews"))
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def form(self, request: Request) -> Response:
        """The page that a form below /contribuer/ would make."""
        return await self._answer(request, form_of(self.service.root.ready().site, request.path_params["form"]))

    async def consultation(self, request: Request) -> Response:
        """The page that an answer to a consultation would make."""
        address = request.url.path.removesuffix(PREVIEW)
        return await self._answer(request, consultation_form(self.service.root.ready().site, address))

    async def _answer(self, request: Request, kind: FormKind | None) -> Response:
        if kind is None:
            raise HTTPException(404)
        if not self._comes_from_a_form(request):
            return await run_in_threadpool(refusal, self.service, 403, *french.FOREIGN)
        form = await read_post_body(request)
        try:
            return await self._in_turn(form, kind, network_of(self.service, request))
        finally:
            form.close()

    def _comes_from_a_form(self, request: Request) -> bool:
        """Whether a page of the site or of the service asks. Else anybody could show his own words as if they were ours.

        A browser says it (https://www.w3.org/TR/fetch-metadata/, RFC 6454); whoever says nothing is none.
        """
        settings, context = self.service.settings, self.service.root.ready().context
        if request.headers.get("sec-fetch-site") == "same-origin":
            return True
        given = request.headers.get("origin")
        if given is None:
            return "sec-fetch-site" not in request.headers
        return given in {origin(settings.public_url), origin(context.site_url)}

    async def _in_turn(self, form: PostedForm, kind: FormKind, network: str) -> Response:
        """One after the other, and not in the threads that posts wait for."""
        now = self.service.clock()
        is_too_much = self.asked.count(network, now) > PREVIEWS_PER_HOUR
        if is_too_much or self._waiting >= MOST_WAITING:
            wait = str(rates.wait(now) if is_too_much else 1)
            return await run_in_threadpool(self._refused, 429, french.BUSY, {"Retry-After": wait})
        self._waiting += 1
        try:
            async with self._turn:
                return await run_in_threadpool(self._shown, form, kind)
        finally:
            self._waiting -= 1

    def _shown(self, form: PostedForm, kind: FormKind) -> Response:
        edition = self.service.root.edition()
        flat = edition.site.schemas.flattened(kind.type_name)
        read = self.reader.read(form, kind)
        pictures = {name: small(picture, WIDEST) for name, picture in read.pictures.pictures.items()}
        source = PublicSource(edition, self.service.root.source)
        unfinished = Unfinished(
            flat,
            (*(pair for pair in form.pairs if pair[0] not in dict(kind.preset)), *kind.preset),
            {name: picture.name for name, picture in read.pictures.pictures.items()},
            {picture.name: pictures[name] for name, picture in read.pictures.pictures.items()},
            self._present(edition, kind, read.posted.target),
        )
        made = presentable(edition, unfinished, source)
        own = {path.rpartition("/")[2]: content for path, content in (made.files if made else {}).items() if content}
        page = made and previewed_page(
            edition, made.files, source, own_file=lambda name: data_url(name, own[name]) if name in own else ""
        )
        if not page:
            return self._refused(422, french.NOTHING_TO_SHOW, {})
        missing, wrong = said(read.faults, flat)
        above: PreviewView = {
            "within": page.template,
            "banner": typography(french.NOTHING_SENT),
            "missing": typography(missing),
            "wrong": [typography(one) for one in wrong],
        }
        policy = policy_of(edition)
        frame = {**page.view["page"], "policy": policy, "listed": False, "json_ld": [], "feeds": [], "calendars": []}
        html = edition.render("service/preview.html", {**page.view, "page": frame, **above})
        return HTMLResponse(
            html, headers={**self._headers(edition), "Content-Security-Policy": f"{policy}; {NO_FRAMES}"}
        )

    def _present(self, edition: Edition, kind: FormKind, target: str) -> tuple[tuple[str, str], ...]:
        """What the page says that is to be changed, as its form shows it; nothing where none is."""
        shown = to_change(edition, self.service.root.source, kind.type_name, target) if target else None
        return shown.pairs if shown else ()

    def _refused(self, status: int, words: tuple[str, str], headers: Mapping[str, str]) -> Response:
        own = self._headers(self.service.root.edition())
        return refusal(self.service, status, *words, headers={**own, **headers})

    def _headers(self, edition: Edition) -> dict[str, str]:
        """Kept by nobody, listed by nobody, told to nobody; read by the pages of the site, which may stand elsewhere."""
        return {
            "Access-Control-Allow-Origin": origin(edition.context.site_url),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
        }


class PublicSource:
    """The files of the root as everybody may know them: of a member's file what the member shows."""

    def __init__(self, edition: Edition, source: Callable[[str], bytes | None]) -> None:
        self._source = source
        self._members = edition.site.members

    def __call__(self, path: str) -> bytes | None:
        """The content of a file by its path relative to the root; None where there is none."""
        content = self._source(path)
        if content is None or not path.startswith(MEMBERS):
            return content
        member = self._members.get(path.removeprefix(MEMBERS).removesuffix(".yaml"))
        data = read_yaml(content.decode("utf-8")).data
        if member is None or not isinstance(data, dict):
            return None
        shown = {name: value for name, value in data.items() if name in {*member.public, "public"}}
        return write_yaml(shown, list(shown)).encode()


def policy_of(edition: Edition) -> str:
    """Nothing runs, nothing is sent; pictures of the site are shown wherever it stands; links open in tabs of their own."""
    context = edition.context
    site = "" if context.same_host else f" {origin(context.site_url)}"
    return (
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'self'; "
        f"img-src 'self' data:{site}; font-src 'self'; form-action 'none'; base-uri 'none'"
    )


def said(faults: Iterable[FieldFault], flat: FlatSchema) -> tuple[str, list[str]]:
    """What is still missing, as one sentence, and the first of what is wrong."""
    sender = (form_french.NAME_LABEL, form_french.EMAIL_LABEL)
    labels = {**flat.labels, "contact.name": sender[0], "contact.email": sender[1]}
    missing: list[str] = []
    wrong: list[str] = []
    for fault in faults:
        label = labels.get(fault.field, "")
        if label and fault.message == form_french.required(label):
            missing.append(label)
        else:
            wrong.append(f"{fault.message} {fault.suggestion}".strip())
    wrong = list(dict.fromkeys(wrong))
    if len(wrong) > _MOST_SAID:
        wrong = [*wrong[:_MOST_SAID], french.more(len(wrong) - _MOST_SAID)]
    missing = sorted(dict.fromkeys(missing), key=sender.__contains__)
    return french.missing(missing, shown=missing != [form_french.EMAIL_LABEL]) if missing else "", wrong
