"""Once a week, editors are told what waits for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from scripts.bot.french import mail as french
from scripts.bot.submission import Mail, State

if TYPE_CHECKING:
    import datetime as dt

    from scripts.bot.store import Store
    from scripts.bot.submission import Submission

PARIS: Final = ZoneInfo("Europe/Paris")
HOUR: Final = 7  # of Monday
LONGEST: Final = 30  # proposals that are named


def ask_for_digest(store: Store, now: dt.datetime) -> bool:
    """On Monday mornings ask for the week's digest, once; says whether it was asked for just now."""
    there = now.astimezone(PARIS)
    if there.weekday() != 0 or there.hour < HOUR:
        return False
    year, week, _ = there.isocalendar()
    return store.queue_mail(Mail("digest", f"{year}-W{week:02d}"), now)


def digest(
    store: Store, now: dt.datetime, *, budget: dt.timedelta, platform: str, address: str
) -> tuple[str, str] | None:
    """Subject and text; None where nothing waits. The oldest come first, so that those over the budget lead."""
    counts = store.counts()
    waiting, quarantined = counts.get(State.WAITING, 0), counts.get(State.QUARANTINE, 0)
    if not waiting and not quarantined:
        return None
    listed = store.listed([State.WAITING], limit=LONGEST)
    lines = [_line(one, now, budget) for one in listed] + ([french.MORE] if waiting > len(listed) else [])
    late = sum(now - one.created > budget for one in listed)
    text = french.digest(lines, waiting=waiting, late=late, quarantined=quarantined, address=address)
    return french.digest_subject(platform, waiting), text


def _line(submission: Submission, now: dt.datetime, budget: dt.timedelta) -> str:
    age = now - submission.created
    title = " ".join(submission.title.split()) or french.UNTITLED
    return french.digest_line(title, age.days, late=age > budget)
