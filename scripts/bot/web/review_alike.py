"""What there is already that a proposal may repeat: entries of its type with nearly its title, and other proposals under way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model.addresses import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.objects import Entry, Site
    from plugins.model.yaml_reader import Json
    from scripts.bot.submission import Submission

NEARLY: Final = 0.7  # share of the words that two titles have in common
SAME_DAY: Final = 0.4  # is enough for two events of one day
MOST: Final = 5
_SMALL: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur", "un", "une")
)


def alike_entries(site: Site, submission: Submission) -> list[Entry]:
    """Entries that the proposal may repeat, the likest first; never the one that it changes."""
    posted = submission.posted
    if posted.action != "create":
        return []
    words, day = _words(submission.title), _day(posted.data)
    found = [
        (likeness, entry)
        for entry in site.entries.values()
        if entry.type.name == posted.type_name
        and (likeness := _likeness(words, _words(entry.title), day, _day(entry.fields)))
    ]
    return [entry for _, entry in sorted(found, key=lambda pair: (-pair[0], pair[1].id))[:MOST]]


def alike_proposals(submission: Submission, others: Iterable[Submission]) -> list[Submission]:
    """Other proposals that may say the same, or change the same page."""
    words, day = _words(submission.title), _day(submission.posted.data)
    return [other for other in others if other.id != submission.id and _repeats(submission, other, words, day)][:MOST]


def _repeats(one: Submission, other: Submission, words: frozenset[str], day: str) -> bool:
    if one.posted.type_name != other.posted.type_name:
        return False
    if one.posted.target and one.posted.target == other.posted.target:
        return True
    return bool(_likeness(words, _words(other.title), day, _day(other.posted.data)))


def _likeness(left: frozenset[str], right: frozenset[str], day: str, other_day: str) -> float:
    """The share of common words (Jaccard), 0 where it is too small to mean anything."""
    if not left or not right:
        return 0.0
    share = len(left & right) / len(left | right)
    return share if share >= (SAME_DAY if day and day == other_day else NEARLY) else 0.0


def _words(title: str) -> frozenset[str]:
    return frozenset(slug(title.replace("’", " ")).split("-")) - _SMALL - {""}


def _day(data: Mapping[str, Json]) -> str:
    """The first day of an event, empty for anything else."""
    start = data.get("start")
    return start[:10] if isinstance(start, str) else ""
