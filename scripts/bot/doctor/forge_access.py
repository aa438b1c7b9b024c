"""The forge: credentials and rights, git access, and how it tells of news."""

from __future__ import annotations

import contextlib
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from scripts.bot.doctor.clocks import check_clock
from scripts.bot.doctor.finding import Finding, fine, untold, wrong
from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.issues import FORM_LABEL
from scripts.bot.forges.registry import ForgeSettingsError, connect
from scripts.bot.forges.transport import Transport
from scripts.bot.french import doctor as french
from scripts.bot.git.command import Git
from scripts.bot.git.errors import GitError
from scripts.bot.worker.run import forge_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.forges.forge import Exchange, Right
    from scripts.bot.settings import Settings

T = TypeVar("T")


def check_forge(settings: Settings, instruments: Instruments) -> Iterator[Finding]:
    """Rights, then git, clock and webhook, at a forge of others."""
    try:
        forge = connect(forge_settings(settings), instruments.clock)
    except ForgeSettingsError as error:
        yield wrong(french.FORGE, str(error), french.SEE_SETTINGS)
        return
    hook, dates = hook_address(settings), [""]
    with contextlib.closing(Transport(forge.api, clock=instruments.clock)) as transport:
        try:
            asked = forge.rights(hook if settings.webhook_secret else "", FORM_LABEL if settings.issues else "")
            for right in transport.run(_dated(asked, dates)):
                yield _right(right)
            yield _git(forge.git_url, transport.run(forge.git_header()), settings.forge_branch)
        except ForgeError as error:
            yield wrong(
                french.FORGE, error.message, french.FORGE_LATER if error.kind == "busy" else french.SEE_SETTINGS
            )
    yield from check_clock(dates[-1], settings.root, instruments)
    yield check_hook(settings, instruments)


def _dated(exchange: Exchange[T], dates: list[str]) -> Exchange[T]:
    """The same exchange; the dates of the answers are added to ``dates``."""
    try:
        request = next(exchange)
        while True:
            try:
                answer = yield request
            except ForgeError as error:
                request = exchange.throw(error)
            else:
                dates.append(answer.headers.get("date", ""))
                request = exchange.send(answer)
    except StopIteration as end:
        value: T = end.value
        return value


def hook_address(settings: Settings) -> str:
    """Where the forge calls the service."""
    return f"{settings.public_url}/crochets/{settings.forge}/"


def _right(right: Right) -> Finding:
    subject = french.at_forge(right.name)
    if right.granted is False:
        return wrong(subject, french.NOT_GRANTED, right.advice)
    return fine(subject, right.advice) if right.granted else untold(subject, right.advice)


def _git(url: str, header: str, branch: str) -> Finding:
    try:
        told = Git(Path("/nonexistent"), url, header).text("ls-remote", "--heads", url, f"refs/heads/{branch}")
    except GitError as error:
        return wrong(french.GIT, french.git_refused(url, error.detail), french.GIT_ADVICE[error.kind])
    if not told:
        return wrong(french.GIT, french.no_branch(url, branch), french.SET_BRANCH)
    return fine(french.GIT, french.git_fine(url, branch))


def check_hook(settings: Settings, instruments: Instruments) -> Finding:
    """Whether the forge can tell of news: a secret, and an address that leads here from outside."""
    address = hook_address(settings)
    if not settings.webhook_secret:
        return untold(french.HOOK, french.NO_HOOK, french.set_hook(address))
    parts = urlsplit(address)
    if parts.scheme != "https":
        return wrong(french.HOOK, french.plain_http(address), french.SEE_PROXY)
    try:
        found = instruments.addresses(parts.hostname or "")
    except OSError:
        return wrong(french.HOOK, french.unknown_host(parts.hostname or ""), french.SEE_DNS)
    if all(ip_address(one).is_loopback for one in found):
        return wrong(french.HOOK, french.only_here(parts.hostname or ""), french.SEE_DNS)
    if not any(ip_address(one).is_global for one in found):
        return untold(french.HOOK, french.private_network(parts.hostname or ""))
    return fine(french.HOOK, french.hook_fine(address))
