"""Where the pages of the service stand, and which of its posts come from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.publication.security import origin

if TYPE_CHECKING:
    from starlette.requests import Request

    from scripts.bot.web.service import Service

STATUS: Final = "/proposition/{id}/{token}/"
CORRECT: Final = "/proposition/{id}/{token}/corriger/"
CONFIRM: Final = "/confirmer/{token}/"
EXACT: Final = "/exact/{token}/"
FORM: Final = "/contribuer/{form}/"
CHALLENGE: Final = "/contribuer/epreuve/"
HOOK: Final = "/crochets/{forge}/"


def status_url(service: Service, submission: str) -> str:
    """The full secret address of a submission's status page."""
    token = service.store.status_token(submission)
    return service.settings.public_url + STATUS.format(id=submission, token=token)


def comes_from_a_page_of_ours(service: Service, request: Request) -> bool:
    """Whether the browser says that a page of ours asks this (https://www.w3.org/TR/fetch-metadata/).

    Older browsers say the origin, which is ``null`` since our pages tell their address to nobody. Whoever says neither is no
    browser that a foreign page could use.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    return request.headers.get("origin", "null") in {"null", origin(service.settings.public_url)}
