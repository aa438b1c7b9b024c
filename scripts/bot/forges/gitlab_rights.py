"""What a GitLab token allows: its scopes and end, and the role of its user in the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.forges import reading
from scripts.bot.forges.forge import Exchange, ForgeError, Json, Right
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from scripts.bot.forges.api import Api

DEVELOPER: Final = 30
"""Access level that may push branches, open merge requests, label, comment and set commit statuses."""
_TOLD: Final = frozenset({"credentials", "rights", "gone"})


def rights(api: Api, project: str) -> Exchange[list[Right]]:
    """For ``bot doctor``; what fails in a way that says something is told, anything else is raised."""
    token = yield from _told(api, "/personal_access_tokens/self", french.CREDENTIALS_RIGHT)
    if isinstance(token, Right):
        return [token]
    first = _of_token(token)
    seen = yield from _told(api, project, french.REPOSITORY_RIGHT)
    return [first, *([seen] if isinstance(seen, Right) else _of_project(seen))]


def _told(api: Api, path: str, name: str) -> Exchange[Json | Right]:
    try:
        return (yield from api.value("GET", path))
    except ForgeError as error:
        if error.kind not in _TOLD:
            raise
        return Right(name, granted=False, advice=error.message)


def _of_token(token: Json) -> Right:
    if "api" not in reading.rows(token, "scopes"):
        return Right(french.CREDENTIALS_RIGHT, granted=False, advice=french.ask_scope("api"))
    end = reading.text(token, "expires_at", default="")
    return Right(french.CREDENTIALS_RIGHT, granted=True, advice=french.expires(end) if end else french.ACCEPTED)


def _of_project(seen: Json) -> list[Right]:
    if reading.truth(seen, "archived", default=False):
        return [Right(french.REPOSITORY_RIGHT, granted=False, advice=french.ARCHIVED)]
    found = [Right(french.REPOSITORY_RIGHT, granted=True, advice=french.REPOSITORY_SEEN)]
    levels = (
        reading.whole(seen, "permissions", name, "access_level", default=0)
        for name in ("project_access", "group_access")
    )
    if max(levels) < DEVELOPER:
        advice = french.ask_push("le rôle Developer dans le projet")
        return [*found, Right(french.PUSH_RIGHT, granted=False, advice=advice)]
    found.append(Right(french.PUSH_RIGHT, granted=True, advice=french.MAY_PUSH))
    if not reading.truth(seen, "merge_requests_enabled", default=True):
        found.append(Right(french.PULL_RIGHT, granted=False, advice=french.NO_PULLS))
    else:
        found.append(Right(french.PULL_RIGHT, granted=True, advice=french.MAY_OPEN))
    others = (french.LABEL_RIGHT, french.STATUS_RIGHT)
    return [*found, *(Right(name, granted=True, advice=french.MAY_DO) for name in others)]
