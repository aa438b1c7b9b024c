"""What waits for editors: since when, for whom, in what state; who waits too long first, quarantine apart."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  # a constant has this type
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, TypedDict
from zoneinfo import ZoneInfo

from plugins.markup import typography
from plugins.model.addresses import slug
from plugins.views.page.frame import Frame  # noqa: TC001  # the theme's reference reads these types
from plugins.views.words.french import Stamp, stamp
from scripts.bot.french import review as french
from scripts.bot.submission import ENDED, State
from scripts.bot.web.review.compare import written_out

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from plugins.model.objects import Site
    from plugins.model.schema.types import ContentType, DataType
    from scripts.bot.store import Store
    from scripts.bot.submission import Submission
    from scripts.bot.web.edition import Edition

PATH: Final = "/relecture/"
QUARANTINE: Final = f"{PATH}quarantaine/"
DONE: Final = f"{PATH}traitees/"
PARIS: Final = ZoneInfo("Europe/Paris")
MOST_READ: Final = 5_000  # oldest proposals among which filters look
MOST_SHOWN: Final = 100
LISTS: Final[Mapping[str, tuple[State, ...]]] = {
    PATH: tuple(state for state in State if state not in ENDED and state is not State.QUARANTINE),
    QUARANTINE: (State.QUARANTINE,),
    DONE: tuple(state for state in State if state in ENDED),
}
FOR_EDITORS: Final = frozenset({State.WAITING, State.QUARANTINE})  # nobody else can help these on


class QueueRow(TypedDict):
    """A proposal that waits."""

    href: str
    title: Annotated[str, "Its title, or what stands in its place."]
    kind: Annotated[str, "What it is: « évènement, nouvelle fiche »."]
    state: Annotated[str, "Where it stands, in words."]
    since: Annotated[Stamp, "The day on which it came."]
    age: Annotated[str, "How long that is."]
    ended: Annotated[bool, "Whether it waits no longer."]
    late: Annotated[bool, "Whether editors have let it wait longer than they want to."]
    clubs: Annotated[list[str], "The clubs that it is for."]
    sender: Annotated[str, "Who signs."]
    flags: Annotated[list[str], "What is remarkable about the sender."]
    trouble: Annotated[str, "What keeps it from going on; empty if nothing does."]


class QueueChoice(TypedDict):
    """Something that a filter can be set to."""

    value: str
    name: str
    chosen: bool


class QueueFilter(TypedDict):
    """A filter of the queue."""

    name: str
    label: str
    choices: list[QueueChoice]


class QueueList(TypedDict):
    """One of the lists, to be gone to."""

    name: str
    href: str
    count: Annotated[int, "How many proposals are in it."]
    current: Annotated[bool, "Whether it is shown."]


class QueueView(TypedDict):
    """The queue, the quarantine, or what is dealt with (``service/queue.html``)."""

    page: Frame
    style: Annotated[str, "The style sheet of the review."]
    title: str
    introduction: Annotated[str, "What this list is."]
    empty: Annotated[str, "What stands in place of a list of nothing."]
    lists: Annotated[list[QueueList], "All the lists."]
    desk: Annotated[str, "The editors' desk."]
    notices: Annotated[list[str], "What is wrong with the service itself."]
    broken: Annotated[list[str], "Files that publication could not show, and how they are shown instead."]
    rows: list[QueueRow]
    tally: str
    more: Annotated[str, "Says that the list stops; empty if it does not."]
    filters: list[QueueFilter]
    words: Annotated[str, "The words that are looked for."]
    action: Annotated[str, "The address of the list without filters."]
    leave: Annotated[str, "Where to sign out; empty where nobody signs in."]
    token: Annotated[str, "What forms carry."]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of the list asks for; unknown values ask for nothing that there is."""

    state: str = ""
    club: str = ""
    kind: str = ""
    words: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        """From the address."""
        return cls(*(query.get(name, "")[:100] for name in ("etat", "club", "type", "q")))


def listed(store: Store, path: str) -> list[Submission]:
    """The proposals of a list: what was dealt with last first, elsewhere what can be done first."""
    found = store.listed(LISTS[path], limit=MOST_READ, newest_first=path == DONE)
    return found if path == DONE else in_turn(found)


def lists(store: Store, base: str, shown: str) -> list[QueueList]:
    """All lists with how much is in each; ``shown`` is the path of this one, ``base`` stands before the paths."""
    counts = store.counts()
    return [
        {
            "name": french.LISTS[path],
            "href": base + path,
            "count": sum(counts.get(state, 0) for state in states),
            "current": path == shown,
        }
        for path, states in LISTS.items()
    ]


def in_turn(submissions: Sequence[Submission]) -> list[Submission]:
    """Those that only people can help on first, the oldest before the others: so what is late leads."""
    return sorted(submissions, key=lambda one: (not (one.state in FOR_EDITORS or one.trouble), one.created, one.id))


def narrowed(edition: Edition, submissions: Sequence[Submission], asked: Asked) -> list[Submission]:
    """Those that pass all filters; words are compared without accents and case."""
    words = slug(asked.words)
    return [
        one
        for one in submissions
        if (not asked.state or one.state == asked.state)
        and (not asked.kind or one.posted.type_name == asked.kind)
        and (not asked.club or asked.club in clubs_of(edition, one))
        and (not words or words in slug(f"{one.title} {one.posted.contact_name}"))
    ]


def clubs_of(edition: Edition, submission: Submission) -> list[str]:
    """The ids of the clubs that a proposal names, by their ids or as people call them; what is no club is left out."""
    named, site = submission.posted.data.get("clubs"), edition.site
    if not isinstance(named, list) or not named:
        return []
    references = site.schemas.references(submission.posted.type_name)
    choices = [edition.desk.resolver.choices(one) for one in references if one.field == "clubs"]
    meant = [choice.meant(name) for choice in choices for name in named if isinstance(name, str)]
    return [found[0] for found in meant if len(found) == 1 and found[0] in site.clubs]


def queue_rows(
    edition: Edition, submissions: Sequence[Submission], now: dt.datetime, budget: dt.timedelta
) -> list[QueueRow]:
    """The lines of the list. ``budget`` is how long editors mean to let something wait."""
    return [_row(edition, one, now, budget) for one in submissions[:MOST_SHOWN]]


def queue_filters(edition: Edition, submissions: Sequence[Submission], asked: Asked) -> list[QueueFilter]:
    """The filters that tell these proposals apart."""
    site = edition.site
    states = {one.state.value: french.STATES[one.state] for one in submissions}
    kinds = {one.posted.type_name: type_words(site, one.posted.type_name) for one in submissions}
    clubs = {key: site.clubs[key].name for one in submissions for key in clubs_of(edition, one)}
    return [
        _filter("etat", french.FILTERS["etat"], states, asked.state),
        _filter("club", french.FILTERS["club"], clubs, asked.club),
        _filter("type", french.FILTERS["type"], kinds, asked.kind),
    ]


def title_of(submission: Submission) -> str:
    """What a proposal is called on the review pages, with nothing in it that cannot be seen."""
    return typography(written_out(submission.title)) or french.UNTITLED


def kind_words(site: Site, submission: Submission) -> str:
    """« évènement, nouvelle fiche »."""
    return f"{type_words(site, submission.posted.type_name)}, {french.ACTIONS[submission.posted.action]}"


def type_words(site: Site, name: str) -> str:
    """What a type is called; its name where the region has it no longer."""
    types: list[ContentType | DataType] = [*site.schemas.content_types, *site.schemas.data_types]
    return next((kind.singular for kind in types if kind.name == name), name)


def sender_flags(submission: Submission) -> list[str]:
    """What editors should know of who signs."""
    flags = [french.UNCONFIRMED] if submission.email_state != "confirmed" else []
    flags += [french.OTHER_ADDRESS] if submission.email_known is False else []
    return flags + ([french.NEW_MEMBER] if submission.posted.profile is not None else [])


def is_late(submission: Submission, now: dt.datetime, budget: dt.timedelta) -> bool:
    """Whether editors let it wait too long."""
    return submission.state in FOR_EDITORS and now - submission.created > budget


def _row(edition: Edition, one: Submission, now: dt.datetime, budget: dt.timedelta) -> QueueRow:
    came, site = one.created.astimezone(PARIS).date(), edition.site
    return {
        "href": f"{edition.context.service_base}{PATH}{one.id}/",
        "title": title_of(one),
        "kind": kind_words(site, one),
        "state": french.STATES[one.state],
        "since": stamp(came),
        "age": french.age((now.astimezone(PARIS).date() - came).days),
        "ended": one.state in ENDED,
        "late": is_late(one, now, budget),
        "clubs": [site.clubs[key].short or site.clubs[key].name for key in clubs_of(edition, one)],
        "sender": typography(written_out(one.posted.contact_name)),
        "flags": sender_flags(one),
        "trouble": one.trouble,
    }


def _filter(name: str, label: str, choices: Mapping[str, str], chosen: str) -> QueueFilter:
    found: list[QueueChoice] = [
        {"value": value, "name": typography(words), "chosen": value == chosen}
        for value, words in sorted(choices.items(), key=lambda pair: slug(pair[1]))
    ]
    return {"name": name, "label": label, "choices": found}
