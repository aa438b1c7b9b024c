"""The body of a form and the network that it came from, out of a request."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from scripts.bot.french import web as french
from scripts.bot.web.posting import rates
from scripts.bot.web.posting.form_bodies import read_form
from scripts.bot.web.posting.posted_form import BadPostError, Limits

if TYPE_CHECKING:
    from starlette.requests import Request

    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.service import Service

LONGEST: Final = 180  # seconds that a post may take: ten megabytes over a bad line
LIMITS: Final = Limits()


async def read_post_body(request: Request) -> PostedForm:
    """The posted form. Raises BadPostError where it is none, or takes longer than anybody's line."""
    headers = request.headers
    try:
        async with asyncio.timeout(LONGEST):
            return await read_form(
                headers.get("content-type", ""), headers.get("content-length", ""), request.stream(), LIMITS
            )
    except TimeoutError as error:
        raise BadPostError(408, french.TOO_SLOW) from error


def network_of(service: Service, request: Request) -> str:
    """The network that a request came from, as rates know it."""
    peer = request.client.host if request.client else ""
    forwarded = request.headers.getlist("x-forwarded-for")
    return rates.client_network(peer, forwarded, service.settings.trusted_proxies)
