"""Where the guide to what the check says can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scripts.bot.settings import Settings

_PAGES: Final[Mapping[str, str]] = {
    "github": "{}/blob/{}/docs/codes.md",
    "gitlab": "{}/-/blob/{}/docs/codes.md",
    "forgejo": "{}/src/branch/{}/docs/codes.md",
}
_GITHUB: Final = "https://github.com"


def guide_of(settings: Settings) -> str:
    """The address of docs/codes.md at the forge; "" on the local forge, which shows no files."""
    if settings.forge not in _PAGES:
        return ""
    address = settings.forge_url.rstrip("/") or _GITHUB
    for api in ("/api/v1", "/api/v3", "/api/v4"):
        address = address.removesuffix(api)
    if address == "https://api.github.com":
        address = _GITHUB
    return _PAGES[settings.forge].format(f"{address}/{settings.forge_repository}", quote(settings.forge_branch))
