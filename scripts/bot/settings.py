"""The settings of the form service: environment variables named CIRCULAR_…, and a file that CIRCULAR_SETTINGS names.

The file holds lines ``NAME=value``; ``#`` begins a remark line; the environment goes before the file. A secret may also be read
from the file that ``NAME_FILE`` names, as containers and systemd credentials give them. Everything that is wrong is told at once.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from scripts.bot import setting_values as read
from scripts.bot.french import settings as french
from scripts.bot.git.local import default_directory
from scripts.bot.setting_values import Network, SettingError, Smtp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PREFIX: Final = "CIRCULAR_"
FILE: Final = "CIRCULAR_SETTINGS"
# Variables of the same family that other parts of the project read.
OTHERS: Final = frozenset(
    {FILE, "CIRCULAR_CONTENT", "CIRCULAR_HISTORY", "CIRCULAR_JOBS", "CIRCULAR_TODAY", "CIRCULAR_TRACE"},
)
ForgeKind = Literal["local", "github", "gitlab", "forgejo"]


class SettingsError(Exception):
    """The settings cannot be used; ``problems`` are French sentences."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(french.problems(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """What the administrator decided. Secrets are not shown in representations.

    ``public_url`` and ``site_url`` have no final slash (``site_url`` is empty where data/site.yaml says it). ``smtp`` is None
    where no mail is sent. What only the worker may hold (forge credentials, mail password) is empty in the intake's settings.
    """

    root: Path
    state: Path
    database: str = field(repr=False)
    public_url: str
    site_url: str
    host: str
    port: int
    processes: int
    trusted_proxies: tuple[Network, ...]
    secret: str = field(repr=False)
    encryption_key: str = field(repr=False)
    confirm_email: bool
    smtp: Smtp | None
    mail_from: str = field(repr=False)
    mail_editors: tuple[str, ...] = field(repr=False)
    forge: ForgeKind
    forge_url: str
    forge_repository: str
    forge_branch: str
    forge_account: str
    issues: bool
    webhook_secret: str = field(repr=False)
    review_password: str = field(repr=False)
    age_budget_days: int
    contact_days: int
    retention_days: int
    quarantine_days: int
    unconfirmed_days: int
    posts_per_hour: int
    plain_posts_per_hour: int
    tries_per_hour: int
    quickest_seconds: int
    reviewers: Mapping[str, str] = field(default_factory=dict)
    smtp_password: str = field(default="", repr=False)
    forge_token: str = field(default="", repr=False)
    forge_app: str = ""
    forge_installation: str = ""
    forge_app_key: str = field(default="", repr=False)

    @property
    def local_repository(self) -> Path:
        """The repository of the forge ``local``: where CIRCULAR_FORGE_URL says, else below the root."""
        return Path(self.forge_url) if self.forge_url else default_directory(self.root)


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: how its text is read, what is meant where it is not given (None: it must be), who may hold it."""

    reads: Callable[[str], Any]
    default: str | None
    secret: bool = False
    worker_only: bool = False


VARIABLES: Final[Mapping[str, Variable]] = {
    "CIRCULAR_ROOT": Variable(read.root, "."),
    "CIRCULAR_STATE": Variable(read.folder, ".service"),
    "CIRCULAR_DATABASE": Variable(read.database, ""),
    "CIRCULAR_PUBLIC_URL": Variable(read.address, None),
    "CIRCULAR_SITE_URL": Variable(read.optional(read.address), ""),
    "CIRCULAR_HOST": Variable(read.ip, "127.0.0.1"),
    "CIRCULAR_PORT": Variable(read.whole(0, 65535), "8010"),
    "CIRCULAR_PROCESSES": Variable(read.whole(1, 64), "2"),
    "CIRCULAR_TRUSTED_PROXIES": Variable(read.networks, ""),
    "CIRCULAR_SECRET": Variable(read.secret, None, secret=True),
    "CIRCULAR_ENCRYPTION_KEY": Variable(read.optional(read.fernet_key), "", secret=True),
    "CIRCULAR_CONFIRM_EMAIL": Variable(read.yes_or_no, "oui"),
    "CIRCULAR_SMTP": Variable(read.smtp, ""),
    "CIRCULAR_SMTP_PASSWORD": Variable(str, "", secret=True, worker_only=True),
    "CIRCULAR_MAIL_FROM": Variable(read.optional(read.mailbox), ""),
    "CIRCULAR_MAIL_EDITORS": Variable(read.mailboxes, ""),
    "CIRCULAR_FORGE": Variable(read.choice("local", "github", "gitlab", "forgejo"), "local"),
    "CIRCULAR_FORGE_URL": Variable(str, ""),
    "CIRCULAR_FORGE_REPOSITORY": Variable(read.optional(read.repository), ""),
    "CIRCULAR_FORGE_BRANCH": Variable(str, "main"),
    "CIRCULAR_FORGE_ACCOUNT": Variable(str, ""),
    "CIRCULAR_REVIEWERS": Variable(read.pairs, ""),
    "CIRCULAR_ISSUES": Variable(read.yes_or_no, "oui"),
    "CIRCULAR_FORGE_TOKEN": Variable(str, "", secret=True, worker_only=True),
    "CIRCULAR_FORGE_APP": Variable(str, "", worker_only=True),
    "CIRCULAR_FORGE_INSTALLATION": Variable(str, "", worker_only=True),
    "CIRCULAR_FORGE_APP_KEY": Variable(str, "", secret=True, worker_only=True),
    "CIRCULAR_WEBHOOK_SECRET": Variable(read.optional(read.secret), "", secret=True),
    "CIRCULAR_REVIEW_PASSWORD": Variable(read.optional(read.password_hash), "", secret=True),
    "CIRCULAR_AGE_BUDGET_DAYS": Variable(read.whole(1, 365), "7"),
    "CIRCULAR_CONTACT_DAYS": Variable(read.whole(1, 3650), "90"),
    "CIRCULAR_RETENTION_DAYS": Variable(read.whole(1, 3650), "365"),
    "CIRCULAR_QUARANTINE_DAYS": Variable(read.whole(1, 365), "30"),
    "CIRCULAR_UNCONFIRMED_DAYS": Variable(read.whole(1, 90), "7"),
    "CIRCULAR_POSTS_PER_HOUR": Variable(read.whole(1, 1_000_000), "20"),
    "CIRCULAR_PLAIN_POSTS_PER_HOUR": Variable(read.whole(1, 1_000_000), "5"),
    "CIRCULAR_TRIES_PER_HOUR": Variable(read.whole(1, 1_000_000), "60"),
    "CIRCULAR_QUICKEST_SECONDS": Variable(read.whole(0, 60), "4"),
}
DEFAULT_FORGE_URL: Final = {"github": "https://api.github.com", "gitlab": "https://gitlab.com"}


def load_settings(environment: Mapping[str, str], *, credentials: bool) -> Settings:
    """The settings of a process. ``credentials``: whether it may hold what only the worker needs; if not, that is not even read.

    Raises:
        SettingsError: with everything that is wrong.
    """
    problems: list[str] = []
    texts = _texts(environment, problems)
    values: dict[str, Any] = {}
    for name, variable in VARIABLES.items():
        if credentials or not variable.worker_only:
            _read(name, variable, texts, values, problems)
    if not problems:
        _complete(values)
        problems = _disagreements(values, credentials=credentials)
    if problems:
        raise SettingsError(problems)
    return Settings(**values)


def field_name(variable: str) -> str:
    """The field of :class:`Settings` for a variable."""
    return variable.removeprefix(PREFIX).lower()


def _texts(environment: Mapping[str, str], problems: list[str]) -> dict[str, str]:
    texts = _file(environment[FILE], problems) if environment.get(FILE) else {}
    texts |= {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    known = {*VARIABLES, *(f"{name}_FILE" for name, one in VARIABLES.items() if one.secret)}
    problems += [
        french.unknown(name, next(iter(difflib.get_close_matches(name, known, 1)), ""))
        for name in sorted(set(texts) - known - OTHERS)
    ]
    return texts


def _file(path: str, problems: list[str]) -> dict[str, str]:
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeError):
        problems.append(french.no_file(path))
        return {}
    texts: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        name, equals, text = line.strip().partition("=")
        if not name or name.startswith("#"):
            continue
        if not equals:
            problems.append(french.not_a_line(path, number))
        elif name in texts:
            problems.append(french.twice(path, number, name))
        else:
            texts[name.strip()] = _unquoted(text.strip())
    return texts


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text


def _read(name: str, variable: Variable, texts: Mapping[str, str], values: dict[str, Any], problems: list[str]) -> None:
    try:
        text = _text(name, variable, texts)
        values[field_name(name)] = variable.reads(text)
    except SettingError as error:
        problems.append(french.wrong(name, str(error)))


def _text(name: str, variable: Variable, texts: Mapping[str, str]) -> str:
    text, path = texts.get(name, ""), texts.get(f"{name}_FILE", "") if variable.secret else ""
    if text and path:
        raise SettingError(french.both(name))
    if path:
        try:
            text = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise SettingError(french.no_file(path)) from error
    if not text and variable.default is None:
        raise SettingError(french.missing())
    return text or variable.default or ""


def _complete(values: dict[str, Any]) -> None:
    """What follows from other settings where it is not given."""
    values["database"] = values["database"] or f"sqlite:///{values['state'] / 'propositions.sqlite'}"
    values["forge_url"] = (values["forge_url"] or DEFAULT_FORGE_URL.get(values["forge"], "")).rstrip("/")


def _disagreements(values: Mapping[str, Any], *, credentials: bool) -> list[str]:
    """What is wrong between settings that are each fine by themselves."""
    found = []
    if values["smtp"] and not values["mail_from"]:
        found.append(french.wrong("CIRCULAR_MAIL_FROM", french.MAIL_NEEDS_SENDER))
    if values["forge"] != "local":
        if urlsplit(values["forge_url"]).scheme not in {"http", "https"}:
            found.append(french.wrong("CIRCULAR_FORGE_URL", french.FORGE_NEEDS_URL))
        if not values["forge_repository"]:
            found.append(french.wrong("CIRCULAR_FORGE_REPOSITORY", french.FORGE_NEEDS_REPOSITORY))
        if credentials and not (values["forge_token"] or (values["forge_app"] and values["forge_app_key"])):
            found.append(french.wrong("CIRCULAR_FORGE_TOKEN", french.FORGE_NEEDS_CREDENTIALS))
    return found
