"""For whoever watches the service: ``/sante`` says whether it works, ``/metrics`` how much waits. No personal data in either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from scripts.bot.store.errors import StoreError
from scripts.bot.submission import State
from scripts.bot.web.root import RootError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.service import Service

PROMETHEUS: Final = "text/plain; version=0.0.4; charset=utf-8"
NO_STORE: Final = {"Cache-Control": "no-store"}
WAITING: Final = tuple(state for state in State if state not in {State.PUBLISHED, State.REFUSED, State.WITHDRAWN})


def health_routes(service: Service) -> list[Route]:
    """``/sante`` and ``/metrics``."""

    def health(_request: Request) -> Response:
        checks = {"database": _answers(service), "site": _is_loaded(service)}
        fine = all(checks.values())
        return JSONResponse({"status": "ok" if fine else "fail", **checks}, 200 if fine else 503, NO_STORE)

    def metrics(_request: Request) -> Response:
        return PlainTextResponse(_exposition(service), headers={**NO_STORE, "Content-Type": PROMETHEUS})

    return [Route("/sante", health, name="health"), Route("/metrics", metrics, name="metrics")]


def _answers(service: Service) -> bool:
    try:
        service.store.counts()
    except StoreError:
        return False
    return True


def _is_loaded(service: Service) -> bool:
    try:
        service.root.edition()
    except RootError:
        return False
    return True


def _exposition(service: Service) -> str:
    """Figures in the Prometheus text format (https://prometheus.io/docs/instrumenting/exposition_formats/)."""
    counts, now = service.store.counts(), service.clock()
    lines = [
        "# HELP circular_submissions Propositions by state.",
        "# TYPE circular_submissions gauge",
        *(f'circular_submissions{{state="{state.value}"}} {counts.get(state, 0)}' for state in State),
        "# HELP circular_oldest_seconds Age of the oldest proposition in a state.",
        "# TYPE circular_oldest_seconds gauge",
    ]
    for state in WAITING:
        oldest = service.store.listed([state], limit=1)
        age = (now - oldest[0].created).total_seconds() if oldest else 0
        lines.append(f'circular_oldest_seconds{{state="{state.value}"}} {age:.0f}')
    lines += [
        "# HELP circular_mails_waiting Messages still to be sent.",
        "# TYPE circular_mails_waiting gauge",
        f"circular_mails_waiting {service.store.mails_waiting()}",
    ]
    return "\n".join(lines) + "\n"
