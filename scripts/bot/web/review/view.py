"""What the page of one proposal shows to editors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.views.page.frame import Frame, Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.words.french import Stamp, day_words, stamp
from scripts.bot.french import review as french
from scripts.bot.submission import OPEN, State
from scripts.bot.web.review.alike import alike_entries, alike_proposals
from scripts.bot.web.review.compare import written_out
from scripts.bot.web.review.fields import FieldRow, field_rows
from scripts.bot.web.review.file_view import (
    Files,
    FileView,
    PictureShown,
    ProblemView,
    file_data,
    file_view,
    is_text,
    main_file,
    picture_shown,
    problem_rows,
)
from scripts.bot.web.review.queue import PARIS, PATH, is_late, kind_words, sender_flags, title_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from plugins.model.yaml.reader import Json
    from scripts.bot.submission import Decision, Moment, Picture, Submission
    from scripts.bot.web.edition import Edition


class TimelineView(TypedDict):
    """Something that happened."""

    stamp: Stamp
    words: str
    text: Annotated[str, "What was said; may be empty."]


class ReviewView(TypedDict):
    """A proposal before editors (``service/review.html``)."""

    page: Frame
    style: str
    title: str
    kind: str
    state: str
    since: Stamp
    age: str
    late: bool
    done: Annotated[str, "What has just been decided, in a sentence; empty if nothing was."]
    problem: Annotated[str, "Why nothing was decided; empty if nothing is wrong."]
    wrong: Annotated[str, "The name of the input that is wrong; empty if none is."]
    trouble: Annotated[str, "What keeps it from going on."]
    preview: Annotated[str, "The address of the page as it will be; empty where there is none to show."]
    target: Annotated[Link | None, "The page that is changed or removed; None for a new one."]
    online: Annotated[str, "The address of its page once it is online."]
    sender: str
    signers: Annotated[list[Link], "The members in whose name it speaks."]
    flags: list[str]
    message: Annotated[str, "A word from the sender to the editors."]
    profile: Annotated[list[FieldRow], "The profile of a sender who is no member yet."]
    problems: list[ProblemView]
    left_behind: Annotated[list[str], "What else has to change, because it names what goes away."]
    alike: Annotated[list[Link], "What it may repeat."]
    fields: list[FieldRow]
    edited: Annotated[bool, "Whether the fields are those of a page that there is already."]
    files: list[FileView]
    pictures: list[PictureShown]
    timeline: list[TimelineView]
    forge: Annotated[
        str, "The request at the forge, where the review takes place there; empty where it takes place here."
    ]
    can: Annotated[dict[str, bool], "Which decisions are possible now."]
    pending: Annotated[list[str], "What was decided and is being done."]
    blocked: Annotated[str, "Why it cannot be accepted as it is; empty if it can."]
    texts: Annotated[dict[str, str], "What was written with a decision that could not be taken."]
    action: Annotated[str, "Where decisions are sent."]
    correct: Annotated[str, "The form to correct it oneself; empty where that is not possible."]
    commit: Annotated[str, "The state of the branch that is shown."]
    token: str
    back: str
    leave: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known of a proposal when its page is made."""

    submission: Submission
    files: Files
    pictures: Sequence[Picture]
    timeline: Sequence[Moment]
    others: Sequence[Submission]
    pending: Sequence[Decision]
    here: bool  # decisions are taken on this page, not at a forge
    now: dt.datetime
    budget: dt.timedelta


@dataclass(frozen=True, slots=True)
class Said:
    """What the page says of the last decision."""

    done: str = ""
    problem: str = ""
    wrong: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


def review_view(edition: Edition, case: Case, said: Said, *, token: str, leave: str) -> ReviewView:
    """The page of a proposal."""
    one, site, base = case.submission, edition.site, edition.context.service_base
    own, came = f"{base}{PATH}{one.id}/", one.created.astimezone(PARIS).date()
    title = title_of(one)
    can = possible(one, here=case.here)
    blocked = blocked_by(case.files) if can["accept"] else ""
    can["accept"] = can["accept"] and not blocked
    pending = [french.PENDING[decision.kind] for decision in case.pending if decision.kind in french.PENDING]
    can = dict.fromkeys(can, False) if pending else can
    main = main_file(case.files.changed)
    before = file_data(main, case.files.below(main)) if main else {}
    after = file_data(main, case.files.changed[main]) if main else one.posted.data
    return {
        "page": {**edition.frame(f"{PATH}{one.id}/", f"{title} ({french.TITLE})"), "policy": framing_policy(edition)},
        "style": edition.context.asset("review.css"),
        "title": title,
        "kind": kind_words(site, one),
        "state": french.STATES[one.state],
        "since": stamp(came),
        "age": french.age((case.now.astimezone(PARIS).date() - came).days),
        "late": is_late(one, case.now, case.budget),
        "done": said.done,
        "problem": said.problem,
        "wrong": said.wrong,
        "trouble": one.trouble,
        "preview": f"{own}apercu/" if case.files.changed and not case.files.has_errors and not _goes(one) else "",
        "target": _target(edition, one),
        "online": edition.context.base + one.address if one.address else "",
        "sender": typography(written_out(one.posted.contact_name)),
        "signers": _signers(edition, after or before),
        "flags": sender_flags(one) + ([french.KNOWN_ADDRESS] if one.email_known else []),
        "message": written_out(one.posted.message),
        "profile": field_rows(site, "member", {}, one.posted.profile) if one.posted.profile else [],
        "problems": problem_rows(case.files),
        "left_behind": [written_out(text) for text in case.files.left_behind],
        "alike": _alike(edition, case),
        "fields": field_rows(site, one.posted.type_name, before, after) if not _goes(one) else [],
        "edited": one.posted.action == "edit",
        "files": [
            file_view(path, content, case.files.below) for path, content in case.files.changed.items() if is_text(path)
        ],
        "pictures": [picture_shown(own, picture, one) for picture in case.pictures],
        "timeline": [_moment(moment) for moment in case.timeline],
        "forge": "" if case.here else one.url,
        "can": can,
        "blocked": blocked,
        "pending": pending,
        "texts": {"question": "", "refuse": "", **said.texts},
        "action": own,
        "correct": f"{own}corriger/" if can["correct"] else "",
        "commit": one.commit,
        "token": token,
        "back": base + PATH,
        "leave": leave,
    }


def framing_policy(edition: Edition) -> str:
    """The policy of the page of a proposal, which shows the preview in a frame."""
    return f"{edition.policy}; frame-src 'self'"


def possible(submission: Submission, *, here: bool) -> dict[str, bool]:
    """Which decisions an editor may take on the page. ``here``: the review takes place on it, not at a forge."""
    state = submission.state
    return {
        "release": state is State.QUARANTINE,
        "discard": state is State.QUARANTINE,
        "accept": here and state in OPEN,
        "question": here and state in OPEN,
        "correct": here and state in OPEN and submission.posted.action != "remove",
        "refuse": here and state in {*OPEN, State.QUEUED, State.UNCONFIRMED},
        "retry": bool(submission.trouble),
    }


def blocked_by(files: Files) -> str:
    """Why these files cannot become part of the site: it could not be made any more. Empty where they can."""
    if files.has_errors:
        return french.HAS_ERRORS
    return french.LEAVES_BEHIND if files.left_behind else ""


def _goes(one: Submission) -> bool:
    return one.posted.action == "remove"


def _target(edition: Edition, one: Submission) -> Link | None:
    site, target = edition.site, one.posted.target
    if not target:
        return None
    entry, member = site.entries.get(target), site.members.get(target)
    if entry:
        return {"name": typography(entry.title), "href": edition.context.href(entry.address)}
    if member:
        return {"name": typography(member.name), "href": edition.context.href(member.address)}
    return {"name": written_out(target), "href": ""}


def _signers(edition: Edition, data: Mapping[str, Json]) -> list[Link]:
    """Members whom the proposal names as its authors; an id that nobody has is shown as it is."""
    authors = data.get("authors")
    named = authors if isinstance(authors, list) else [data.get("author"), data.get("holder")]
    ids = [name for name in named if isinstance(name, str)]
    members = edition.site.members
    return [
        {"name": typography(members[key].name), "href": edition.context.href(members[key].address)}
        if key in members
        else {"name": written_out(key), "href": ""}
        for key in dict.fromkeys(ids)
    ]


def _alike(edition: Edition, case: Case) -> list[Link]:
    ctx = edition.context
    entries: list[Link] = [
        {"name": typography(entry.title), "href": ctx.href(entry.address)}
        for entry in alike_entries(edition.site, case.submission)
    ]
    proposals: list[Link] = [
        {"name": french.other_proposal(title_of(other)), "href": f"{ctx.service_base}{PATH}{other.id}/"}
        for other in alike_proposals(case.submission, case.others)
    ]
    return entries + proposals


def _moment(moment: Moment) -> TimelineView:
    at = moment.at.astimezone(PARIS)
    return {
        "stamp": {"iso": at.isoformat(timespec="minutes"), "words": f"{day_words(at.date())}, {french.hour(at)}"},
        "words": french.MOMENTS[moment.kind],
        "text": written_out(moment.text),
    }
