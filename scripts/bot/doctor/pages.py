"""The site and the service, seen from outside."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from scripts.bot.doctor.finding import Finding, fine, wrong
from scripts.bot.forges.forge import ForgeError
from scripts.bot.french import doctor as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.settings import Settings


def check_pages(settings: Settings, site_url: str, instruments: Instruments) -> Iterator[Finding]:
    """Both answer at the addresses that people use. ``site_url``: empty where the site does not say it."""
    yield _service(f"{settings.public_url}/sante", instruments)
    if site_url:
        yield _site(f"{site_url}/", instruments)


def _service(address: str, instruments: Instruments) -> Finding:
    try:
        answer = instruments.fetch(address)
    except ForgeError as error:
        return wrong(french.SERVICE, french.silent(address, error.kind), french.START_INTAKE)
    told = _health(answer.body)
    if told is None:
        return wrong(french.SERVICE, french.somebody_else(address, answer.status), french.SEE_PROXY)
    failing = [name for name in ("database", "site") if told.get(name) is not True]
    if answer.status != HTTPStatus.OK or failing:
        return wrong(french.SERVICE, french.unwell(address, failing), french.SEE_LOG)
    return fine(french.SERVICE, french.answers(address))


def _site(address: str, instruments: Instruments) -> Finding:
    try:
        answer = instruments.fetch(address)
    except ForgeError as error:
        return wrong(french.SITE, french.silent(address, error.kind), french.SEE_HOST)
    if answer.status != HTTPStatus.OK:
        return wrong(french.SITE, french.answers_with(address, answer.status), french.SEE_HOST)
    return fine(french.SITE, french.answers(address))


def _health(body: bytes) -> dict[str, Any] | None:
    """What ``/sante`` says; None where the answer is not ours."""
    try:
        told = json.loads(body)
    except ValueError:
        return None
    return told if isinstance(told, dict) and "status" in told else None
