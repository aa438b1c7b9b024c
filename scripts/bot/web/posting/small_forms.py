"""The posts of buttons and short answers: a few texts, no files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.web.posting.form_bodies import read_form
from scripts.bot.web.posting.posted_form import Limits, PostedForm

if TYPE_CHECKING:
    from starlette.requests import Request

SMALL: Final = Limits(body=100_000, parts=20, files=0, file=0, text=50_000, texts=60_000)


async def read_small_form(request: Request) -> PostedForm:
    """The fields of such a post. Raises BadPostError where it is none."""
    headers = request.headers
    return await read_form(headers.get("content-type", ""), headers.get("content-length", ""), request.stream(), SMALL)
