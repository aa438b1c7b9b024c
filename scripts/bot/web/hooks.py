"""Webhooks of the forge: proved by their signature, then no more than a hint to look at a proposal again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from scripts.bot.forges import webhooks
from scripts.bot.forges.forge import Notice, Refusal
from scripts.bot.forges.issues import project_of
from scripts.bot.submission import BRANCH
from scripts.bot.web.addresses import HOOK

if TYPE_CHECKING:
    from starlette.requests import Request

    from scripts.bot.web.service import Service

logger = logging.getLogger(__name__)

_STATUS: Final = {Refusal.SIGNATURE: 401, Refusal.STALE: 401, Refusal.MALFORMED: 400, Refusal.TOO_LARGE: 413}


def hook_routes(service: Service) -> list[Route]:
    """The address that a forge calls. A delivery that comes twice, or out of order, wakes the same proposal again."""

    async def hook(request: Request) -> Response:
        if request.path_params["forge"] != service.settings.forge or service.settings.forge == "local":
            raise HTTPException(404)
        body = await _body(request)
        status = await run_in_threadpool(_take, service, dict(request.headers), body)
        return Response(status_code=status, headers={"Cache-Control": "no-store"})

    return [Route(HOOK, hook, methods=["POST"], name="hook")]


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > webhooks.LARGEST:
            raise HTTPException(413)
    return bytes(body)


def _take(service: Service, headers: dict[str, str], body: bytes) -> int:
    settings, now = service.settings, service.clock()
    if settings.forge == "local":
        return 404
    found = webhooks.read(settings.forge, headers, body, settings.webhook_secret, now)
    if isinstance(found, Refusal):
        logger.warning("webhook refused", extra={"forge": settings.forge, "reason": found.value})
        return _STATUS[found]
    woken = found is not None and (_wake(service, found) if found.issue is None else _wake_issue(service, found.issue))
    logger.info("webhook", extra={"forge": settings.forge, "woken": woken})
    return 202


def _wake_issue(service: Service, number: int) -> bool:
    settings = service.settings
    if settings.issues:
        project = project_of(settings.forge, settings.forge_repository)
        service.store.issues.wake(project, number, service.clock())
    return settings.issues


def _wake(service: Service, notice: Notice) -> bool:
    identifier = notice.branch.removeprefix(BRANCH) if notice.branch.startswith(BRANCH) else ""
    if not identifier and notice.number is not None:
        submission = service.store.by_number(notice.number)
        identifier = submission.id if submission else ""
    return bool(identifier) and service.store.wake(identifier, service.clock())
