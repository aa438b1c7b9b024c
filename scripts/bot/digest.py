"""Once a week editors are told what waits for them, since when, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from scripts.bot.french import digest as french
from scripts.bot.submission import Mail, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from plugins.model.objects import Site
    from plugins.model.schema.types import ContentType, DataType
    from scripts.bot.settings import Settings
    from scripts.bot.store import Store
    from scripts.bot.submission import Submission

PARIS: Final = ZoneInfo("Europe/Paris")
KIND: Final = "digest"
MOST: Final = 50  # proposals named in one mail


def queue_digest(store: Store, site: Site | None, settings: Settings, now: dt.datetime) -> Mail | None:
    """Ask for this week's digest, unless it was asked for already or nothing waits; gives it where it is new.

    The worker calls this whenever it likes: at most one goes out in a week (ISO 8601, in Paris).
    """
    mail = digest(store, site, settings, now)
    return mail if mail is not None and store.queue_mail(mail, now) else None


def digest(store: Store, site: Site | None, settings: Settings, now: dt.datetime) -> Mail | None:
    """The digest as of now; None where nothing waits. It names no sender, and nobody's address.

    ``facts``: its subject and its text, lines below 1,000 characters.
    """
    waiting = store.listed([State.WAITING], limit=MOST + 1)
    suspected = store.listed([State.QUARANTINE], limit=1)
    counts = store.counts()
    if not waiting and not suspected:
        return None
    year, week, _ = now.astimezone(PARIS).isocalendar()
    number, quarantined = counts.get(State.WAITING, 0), counts.get(State.QUARANTINE, 0)
    paragraphs = [
        french.greeting(number),
        *(_paragraph(one, site, settings, now) for one in waiting[:MOST]),
        french.more(number - MOST) if number > MOST else "",
        french.quarantine(quarantined, settings.public_url) if quarantined else "",
        french.asked(counts.get(State.QUESTION, 0)) if counts.get(State.QUESTION) else "",
        french.FAREWELL,
    ]
    text = "\n\n".join(part for part in paragraphs if part) + "\n"
    return Mail(KIND, f"{year}-W{week:02d}", {"subject": french.subject(number, quarantined), "text": text})


def _paragraph(one: Submission, site: Site | None, settings: Settings, now: dt.datetime) -> str:
    """What it is, since when, for whom, and where to read it."""
    days = (now - one.created).days
    title = " ".join(one.title.split())[:200]
    return french.proposal(
        title,
        _type_words(one.posted.type_name, site),
        days=days,
        late=days > settings.age_budget_days,
        readers=_readers(one, site),
        address=one.url or f"{settings.public_url}/relecture/{one.id}/",
    )


def _type_words(name: str, site: Site | None) -> str:
    kinds: list[ContentType | DataType] = [*site.schemas.content_types, *site.schemas.data_types] if site else []
    return next((kind.singular for kind in kinds if kind.name == name), name)


def _readers(one: Submission, site: Site | None) -> Sequence[str]:
    """The animators of the clubs that it names, or the clubs where nobody animates."""
    named = one.posted.data.get("clubs")
    ids = [club for club in named if isinstance(club, str)] if isinstance(named, list) else []
    clubs = [site.clubs[club] for club in ids if club in site.clubs] if site else []
    return list(dict.fromkeys(club.animator.name if club.animator else club.name for club in clubs))
