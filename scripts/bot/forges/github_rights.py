"""What GitHub's credentials allow. An app has named permissions; a token tells its scopes in a header, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.forges import reading
from scripts.bot.forges.forge import Exchange, ForgeError, Right
from scripts.bot.forges.github_app import PERMISSIONS, Installation
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Answer

_NAMES: Final = {
    "contents": french.PUSH_RIGHT,
    "pull_requests": french.PULL_RIGHT,
    "issues": french.LABEL_RIGHT,
    "statuses": french.STATUS_RIGHT,
}
_ENOUGH: Final = frozenset({"write", "admin"})


def rights(api: Api, repository: str) -> Exchange[list[Right]]:
    """For ``bot doctor``; what fails in a way that says something is told, anything else is raised."""
    try:
        answer = yield from api.call("GET", repository)
    except ForgeError as error:
        if error.kind not in {"credentials", "rights", "gone"}:
            raise
        name = french.CREDENTIALS_RIGHT if error.kind == "credentials" else french.REPOSITORY_RIGHT
        return [Right(name, granted=False, advice=error.message)]
    seen = reading.decode(answer)
    found = [Right(french.CREDENTIALS_RIGHT, granted=True, advice=french.ACCEPTED)]
    if reading.truth(seen, "archived", default=False):
        found.append(Right(french.REPOSITORY_RIGHT, granted=False, advice=french.ARCHIVED))
    else:
        found.append(Right(french.REPOSITORY_RIGHT, granted=True, advice=french.REPOSITORY_SEEN))
    if isinstance(api.credentials, Installation):
        return [*found, *(yield from _of_app(api.credentials))]
    return [*found, *_of_token(answer)]


def _of_app(installation: Installation) -> Exchange[list[Right]]:
    granted = yield from installation.granted()
    return [
        Right(_NAMES[name], granted=True, advice=french.MAY_DO)
        if granted[name] in _ENOUGH
        else Right(_NAMES[name], granted=False, advice=french.ask_permission(name, level))
        for name, level in PERMISSIONS.items()
    ]


def _of_token(answer: Answer) -> list[Right]:
    """A classic token names its scopes. A fine-grained one does not: pushing shows, the rest is seen at the first use."""
    seen = reading.decode(answer)
    scopes = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")} - {""}
    enough = {"repo"} if reading.truth(seen, "private", default=True) else {"repo", "public_repo"}
    if scopes and not scopes & enough:
        advice = french.ask_scope(" ou ".join(sorted(enough)))
        return [Right(name, granted=False, advice=advice) for name in _NAMES.values()]
    if not reading.truth(seen, "permissions", "push", default=False):
        return [Right(french.PUSH_RIGHT, granted=False, advice=french.ask_push("le rôle Write dans le dépôt"))]
    push = Right(french.PUSH_RIGHT, granted=True, advice=french.MAY_PUSH)
    others = [name for name in _NAMES.values() if name != french.PUSH_RIGHT]
    if scopes:
        return [push, *(Right(name, granted=True, advice=french.MAY_DO) for name in others)]
    return [push, *(Right(name, granted=None, advice=french.UNTOLD) for name in others)]
