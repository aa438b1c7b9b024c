"""What there is already that a proposal may repeat: entries of its type with nearly its title, and other proposals under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.editing_desk.likeness import NEARLY, SAME_DAY, share, title_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.objects import Entry, Site
    from plugins.model.yaml.reader import Json
    from scripts.bot.submission import Submission

MOST: Final = 5


def alike_entries(site: Site, submission: Submission) -> list[Entry]:
    """Entries that the proposal may repeat, the likest first; never the one that it changes."""
    posted = submission.posted
    if posted.action != "create":
        return []
    words, day = title_words(submission.title), _day(posted.data)
    found = [
        (likeness, entry)
        for entry in site.entries.values()
        if entry.type.name == posted.type_name
        and (likeness := _likeness(words, title_words(entry.title), day, _day(entry.fields)))
    ]
    return [entry for _, entry in sorted(found, key=lambda pair: (-pair[0], pair[1].id))[:MOST]]


def alike_proposals(submission: Submission, others: Iterable[Submission]) -> list[Submission]:
    """Other proposals that may say the same, or change the same page."""
    words, day = title_words(submission.title), _day(submission.posted.data)
    return [other for other in others if other.id != submission.id and _repeats(submission, other, words, day)][:MOST]


def _repeats(one: Submission, other: Submission, words: frozenset[str], day: str) -> bool:
    if one.posted.type_name != other.posted.type_name:
        return False
    if one.posted.target and one.posted.target == other.posted.target:
        return True
    return bool(_likeness(words, title_words(other.title), day, _day(other.posted.data)))


def _likeness(left: frozenset[str], right: frozenset[str], day: str, other_day: str) -> float:
    """The share of common words (Jaccard), 0 where it is too small to mean anything."""
    found = share(left, right)
    return found if found >= (SAME_DAY if day and day == other_day else NEARLY) else 0.0


def _day(data: Mapping[str, Json]) -> str:
    """The first day of an event, empty for anything else."""
    start = data.get("start")
    return start[:10] if isinstance(start, str) else ""
