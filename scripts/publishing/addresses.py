"""From an address (``--to`` or PUBLISH_TO) to the target that it names.

| address | target |
|---|---|
| ``/srv/web/site``, ``folder:web/site`` | a folder of this machine |
| ``ssh://user@host:22/srv/web/site`` | a server, by rsync over SSH |
| ``git+https://host/owner/site.git#pages`` | a branch of a repository |
| ``s3://bucket/prefix?endpoint=https://…&region=…&history=bucket`` | S3-compatible storage |
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlsplit

from scripts.french import publishing as french
from scripts.publishing.errors import AddressError
from scripts.publishing.targets.folder import Folder, releases_of
from scripts.publishing.targets.git_branch import GitBranch
from scripts.publishing.targets.rsync import Rsync
from scripts.publishing.targets.s3 import Bucket
from scripts.publishing.targets.s3_storage import Storage

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping
    from urllib.parse import SplitResult

    from scripts.publishing.targets.target import Target

VARIABLE: Final = "PUBLISH_TO"
_HOST: Final = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*")
_FAR_PATH: Final = re.compile(
    r"(?:/[A-Za-z0-9_~+][A-Za-z0-9._~+-]*)+/?"
)  # nothing that a shell or rsync reads as more than a name
_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_PREFIX: Final = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*")
_BRANCH: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")
_SOURCES: Final = (".git", "content", "data")
_GIT: Final = frozenset({"git+https", "git+ssh", "git+file", "git+http"})
_S3_OPTIONS: Final = frozenset({"endpoint", "region", "history"})


def target_at(address: str, *, environment: Mapping[str, str], keep: int, now: Callable[[], dt.datetime]) -> Target:
    """The target an address names; ``keep`` is how many earlier versions it keeps. Nothing is reached yet.

    Raises:
        AddressError: it names none, or holds a password.
        PublishingError: what this target needs is not installed here.
    """
    parts = _parts(address)
    if parts.scheme in {"", "folder"}:
        return Folder(_folder(address), keep=keep)
    if parts.scheme == "ssh":
        return _server(address, parts, environment, keep)
    if parts.scheme in _GIT:
        branch = parts.fragment or "pages"
        if not _BRANCH.fullmatch(branch) or not parts.path.strip("/"):
            raise AddressError(french.bad_git_address(address))
        repository = parts._replace(scheme=parts.scheme.removeprefix("git+"), fragment="").geturl()
        return GitBranch(repository, branch, environment=environment, keep=keep)
    if parts.scheme == "s3":
        return _bucket(address, parts, environment, keep, now)
    raise AddressError(french.unknown_target(address))


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        has_password, _ = parts.password is not None, parts.port
    except ValueError as error:
        raise AddressError(french.unknown_target(address)) from error
    if has_password:
        raise AddressError(french.NOT_IN_AN_ADDRESS)  # not repeated: it would stand in the log
    return parts


def _folder(address: str) -> Path:
    named = Path(address.removeprefix("folder:")).absolute()
    path = _followed(named) if named.name else named
    if not path.name or any((path / name).exists() for name in _SOURCES) or _is_among_sources(path):
        raise AddressError(french.folder_is_no_site(address))
    return path


def _followed(path: Path) -> Path:
    """The place to publish at: a link that a publication has not made leads there (to another disk, say) and stays."""
    releases = releases_of(path)
    try:
        own = path.resolve().parent == releases.resolve()
        return path.resolve() if path.is_symlink() and not own else path
    except (OSError, RuntimeError) as error:  # links that lead in a circle
        raise AddressError(french.folder_is_no_site(str(path))) from error


def _is_among_sources(path: Path) -> bool:
    """Whether a root's own files are around: the next build would read what is published as content."""
    return any(
        parent.name == ".git" or (parent.name in _SOURCES and (parent.parent / "data" / "site.yaml").is_file())
        for parent in path.parents
    )


def _server(address: str, parts: SplitResult, environment: Mapping[str, str], keep: int) -> Rsync:
    host = parts.netloc.removesuffix(f":{parts.port}")
    if not _HOST.fullmatch(host) or not _FAR_PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise AddressError(french.bad_server_address(address))
    return Rsync(host, parts.path, environment=environment, port=parts.port, keep=keep)


def _bucket(
    address: str, parts: SplitResult, environment: Mapping[str, str], keep: int, now: Callable[[], dt.datetime]
) -> Bucket:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    prefix = f"{parts.path.strip('/')}/".lstrip("/")
    history = options.get("history", parts.netloc)
    endpoint = options.get("endpoint")
    if (
        not (_BUCKET.fullmatch(parts.netloc) and _BUCKET.fullmatch(history) and _PREFIX.fullmatch(prefix))
        or not options.keys() <= _S3_OPTIONS
        or (endpoint is not None and urlsplit(endpoint).scheme not in {"http", "https"})
    ):
        raise AddressError(french.bad_bucket_address(address))
    site = Storage(parts.netloc, endpoint=endpoint, region=options.get("region"), environment=environment)
    return Bucket(site, prefix, history=site.beside(history), keep=keep, now=now)
