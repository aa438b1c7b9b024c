"""Reads the body of a post within limits, whatever is sent: the outcome is a :class:`PostedForm` or a :class:`BadPostError`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from scripts.bot.french import web as french
from scripts.bot.web.posting.multipart import UTF8, Multipart
from scripts.bot.web.posting.posted_form import BadPostError, PostedForm
from scripts.bot.web.posting.urlencoded import Urlencoded

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scripts.bot.web.posting.posted_form import Limits


async def read_form(content_type: str, length: str, body: AsyncIterator[bytes], limits: Limits) -> PostedForm:
    """Read a body. ``content_type`` and ``length`` are the headers' texts, empty where not sent.

    Raises:
        BadPostError: too much, not understood, or not finished.
    """
    if length.isdigit() and int(length[:20]) > limits.body:
        raise BadPostError(413, french.TOO_LARGE)
    form = PostedForm()
    try:
        await _read(_reader(content_type, form, limits), body, limits)
    except FormParserError as error:
        form.close()
        raise BadPostError(400, french.NOT_A_FORM) from error
    except BaseException:
        form.close()
        raise
    return form


async def _read(reader: Multipart | Urlencoded, body: AsyncIterator[bytes], limits: Limits) -> None:
    size = 0
    async for chunk in body:
        size += len(chunk)
        if size > limits.body:
            raise BadPostError(413, french.TOO_LARGE)
        reader.parser.write(chunk)
    reader.finish()


def _reader(content_type: str, form: PostedForm, limits: Limits) -> Multipart | Urlencoded:
    kind, options = parse_options_header(content_type.encode("latin-1", "replace"))
    if options.get(b"charset", b"").decode("latin-1").lower() not in UTF8:
        raise BadPostError(415, french.NOT_UTF8)
    if kind == b"application/x-www-form-urlencoded":
        return Urlencoded(form, limits)
    if kind != b"multipart/form-data":
        raise BadPostError(415, french.NOT_A_FORM)
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise BadPostError(400, french.NOT_A_FORM)
    return Multipart(boundary, form, limits)
