"""A forge from settings. A new forge is its own file, and one line in :data:`FORGES`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scripts.bot.forges.api import Api, Credentials, Token
from scripts.bot.forges.forgejo import Forgejo
from scripts.bot.forges.github import HEADERS, GitHub
from scripts.bot.forges.github_app import Installation, KeyUnfitError, read_key
from scripts.bot.forges.gitlab import GitLab
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scripts.bot.forges.forge import Forge

GITHUB: Final = "https://github.com"
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_PROJECT: Final = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+")
_VISIBLE: Final = re.compile(r"[!-~]+")


class ForgeSettingsError(ValueError):
    """Settings from which no forge can be made; the message is in French and holds no secret."""


@dataclass(frozen=True, slots=True)
class ForgeSettings:
    """What an administrator says about the forge.

    address: where people see it (``https://github.com``), or its API's. repository: ``owner/name``. account: the bot's
    login, "" if unknown. Credentials: ``token``, or at GitHub ``app`` (its id) and ``app_key`` (PEM), with
    ``installation`` (a number) or "" to ask for it.
    """

    kind: str
    address: str
    repository: str
    account: str = ""
    token: str = field(default="", repr=False)
    app: str = ""
    app_key: str = field(default="", repr=False)
    installation: str = ""


def connect(settings: ForgeSettings, clock: Callable[[], datetime]) -> Forge:
    """The forge that the settings name. Raises :class:`ForgeSettingsError`."""
    if settings.kind not in FORGES:
        raise ForgeSettingsError(french.unknown_kind(settings.kind, ", ".join(sorted(FORGES))))
    return FORGES[settings.kind](settings, clock)


def _github(settings: ForgeSettings, clock: Callable[[], datetime]) -> Forge:
    """github.com has its API on a host of its own, Enterprise Server under ``/api/v3``."""
    address = _address(settings, "/api/v3")
    if address in {GITHUB, "https://api.github.com", "https://www.github.com"}:
        address, api = GITHUB, "https://api.github.com"
    else:
        api = f"{address}/api/v3"
    repository = _named(settings, _REPOSITORY, "reseau/site")
    if settings.token or not settings.app:
        credentials: Credentials = Token(_token(settings), HEADERS)
    else:
        credentials = _installation(settings, api, repository, clock)
    return GitHub(Api(api, credentials, clock), address, repository, settings.account)


def _gitlab(settings: ForgeSettings, clock: Callable[[], datetime]) -> Forge:
    address = _address(settings, "/api/v4")
    api = Api(f"{address}/api/v4", Token(_token(settings), {}), clock)
    return GitLab(api, address, _named(settings, _PROJECT, "groupe/site"), settings.account)


def _forgejo(settings: ForgeSettings, clock: Callable[[], datetime]) -> Forge:
    address = _address(settings, "/api/v1")
    api = Api(f"{address}/api/v1", Token(_token(settings), {}, scheme="token"), clock, page_size=("limit", 50))
    return Forgejo(api, address, _named(settings, _REPOSITORY, "reseau/site"), settings.account)


FORGES: Final[Mapping[str, Callable[[ForgeSettings, Callable[[], datetime]], Forge]]] = {
    "github": _github,
    "gitlab": _gitlab,
    "forgejo": _forgejo,
}


def _address(settings: ForgeSettings, api: str) -> str:
    """An address that credentials may be sent to: https, or http on this machine; a path of its API is taken off."""
    address = settings.address.rstrip("/").removesuffix(api)
    try:
        parts = urlsplit(address)
        fine = bool(parts.hostname) and (
            parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname or ""))
        )
        fine = fine and (parts.port is None or parts.port > 0)
    except ValueError:
        fine = False
    if not fine or parts.username or parts.query or parts.fragment or not _VISIBLE.fullmatch(address):
        raise ForgeSettingsError(french.unfit_address(settings.address))
    return address


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(settings: ForgeSettings, shape: re.Pattern[str], example: str) -> str:
    dots = any(part in {".", ".."} for part in settings.repository.split("/"))
    if dots or not shape.fullmatch(settings.repository):
        raise ForgeSettingsError(french.unfit_repository(settings.repository, example))
    return settings.repository


def _token(settings: ForgeSettings) -> str:
    if not settings.token:
        raise ForgeSettingsError(french.NO_CREDENTIALS)
    if not _VISIBLE.fullmatch(settings.token):
        raise ForgeSettingsError(french.UNFIT_CREDENTIAL)
    return settings.token


def _installation(settings: ForgeSettings, api: str, repository: str, clock: Callable[[], datetime]) -> Installation:
    try:
        key = read_key(settings.app_key)
    except KeyUnfitError:
        raise ForgeSettingsError(french.UNFIT_KEY) from None
    return Installation(
        api,
        repository,
        app=settings.app,
        key=key,
        installation=settings.installation,
        clock=clock,
        extra=HEADERS,
    )
