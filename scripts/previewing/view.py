"""What the page « Avant et après » shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.publication.security import origin
from plugins.views.page.frame import Frame, frame
from plugins.views.words.french import day_words
from scripts.bot.web.review.compare import compare
from scripts.french import previewing as french
from scripts.previewing.lists import changed_lists

if TYPE_CHECKING:
    import datetime as dt

    from plugins.model.problems import Problem
    from plugins.publication.page import Page
    from scripts.bot.web.review.compare import Line
    from scripts.previewing.change import Change, ChangedPage
    from scripts.previewing.sides import Made, Side

MOST_LINES: Final = 3_000  # of a file that are shown
LARGEST: Final = 500_000  # characters of a file that is compared
MOST_LISTS: Final = 12
OPEN_AT_MOST: Final = 3  # pages whose frames are open from the start


class LinesView(TypedDict):
    """The lines of a file that differ."""

    path: str
    change: Annotated[str, "What happens to the file, in a word."]
    title: Annotated[str, "The name of the table."]
    lines: Annotated[list[Line], "As in the review (`scripts/bot/web/review/compare.py`)."]
    left: Annotated[str, "Says how many more lines there are; empty if all are shown."]


class ShownPage(TypedDict):
    """A page of the change."""

    id: str
    title: str
    kind: Annotated[str, "What happens to it, in words."]
    note: Annotated[str, "What else there is to know; may be empty."]
    after: Annotated[str, "The page as it will be; empty where it goes."]
    before: Annotated[str, "The page as it was; empty where it is new."]
    published: Annotated[str, "The page on the site; empty where it is new."]
    after_title: str
    before_title: str
    open: Annotated[bool, "Whether its frames are shown from the start."]
    file: LinesView | None


class PageGroup(TypedDict):
    """Pages to which the same happens."""

    id: str
    name: str
    pages: list[ShownPage]


class UnshownFile(TypedDict):
    """Something that keeps a page from being shown, or the change from being published."""

    path: str
    hidden: Annotated[bool, "Whether its page cannot be shown."]
    problems: Annotated[list[str], "What has to be put right, a sentence each."]


class ListLink(TypedDict):
    """A list that changes."""

    title: str
    address: Annotated[str, "Where it is on the site."]


class BeforeAfterView(TypedDict):
    """The page (``service/before_after.html``)."""

    page: Frame
    styles: list[str]
    name: Annotated[str, "What the proposal is called; may be empty."]
    title: str
    introduction: str
    site: Annotated[str, "The address of the published site."]
    wrong: list[UnshownFile]
    groups: list[PageGroup]
    lists: Annotated[list[ListLink], "Lists that name what changes."]
    more_lists: Annotated[str, "Says how many more there are; empty if all are named."]
    others: Annotated[list[LinesView], "Files that have no page of their own."]


class ProposedView(TypedDict):
    """What stands above a page (``service/proposed.html``), beside all that the page's own template sees."""

    within: Annotated[str, "The template of the page."]
    banner: Annotated[str, "That the page is not published."]
    name: Annotated[str, "What the proposal is called; may be empty."]
    all: Annotated[str, "The page « Avant et après »."]
    published: Annotated[str, "The page on the site; empty where it is new."]


def before_after_view(side: Side, change: Change, name: str, today: dt.date) -> BeforeAfterView:
    """The page, drawn with the theme as ``side`` has it."""
    kinds = {kind: [page for page in change.pages if page.kind == kind] for kind in french.NAMES}
    order = [page for pages in kinds.values() for page in pages]
    opened = {id(page) for page in order[:OPEN_AT_MOST]}
    numbers = {id(page): number for number, page in enumerate(order, 1)}
    groups: list[PageGroup] = [
        {
            "id": kind,
            "name": french.NAMES[kind],
            "pages": [_shown(page, change, numbers[id(page)], today, is_open=id(page) in opened) for page in pages],
        }
        for kind, pages in kinds.items()
        if pages
    ]
    said = french.introduction(*(len(pages) for pages in kinds.values()))
    said = f"{said} {french.HAS_MORE}" if change.has_more else said
    own = {page.path for page in change.pages if page.shown.alone}
    lists = changed_lists(change)
    return {
        **_frame(side, french.TITLE, name),
        "introduction": typography(change.stopped or said),
        "wrong": _wrong(change),
        "groups": groups,
        "lists": [_list_link(side, page) for page in lists[:MOST_LISTS]],
        "more_lists": french.more_lists(len(lists) - MOST_LISTS) if len(lists) > MOST_LISTS else "",
        "others": [_lines(change, path) for path in sorted(set(change.texts) - own)],
    }


def gone_view(side: Side, name: str) -> BeforeAfterView:
    """The page in the place of a preview that was taken away."""
    return {
        **_frame(side, french.GONE_TITLE, name),
        "introduction": typography(french.GONE_WORDS),
    }


def policy_of(side: Side, *, frames: bool = False) -> str:
    """What a browser may do with a page: show it. Pictures that are not here come from the site."""
    own = f"default-src 'none'; style-src 'self'; img-src 'self' data: {origin(side.context.site_url)}; font-src 'self'"
    return f"{own}{'; frame-src ' + chr(39) + 'self' + chr(39) if frames else ''}; form-action 'none'; base-uri 'none'"


def file_of(side: Side, made: Made) -> str:
    """Where a page lies in the preview."""
    return f"{side.folder}/{made.page.path}"


def _frame(side: Side, title: str, name: str) -> BeforeAfterView:
    framed = frame(side.context, "/", title, title, listed=False)
    framed["policy"], framed["json_ld"], framed["image"] = policy_of(side, frames=True), [], None
    ctx = side.context
    return {
        "page": framed,
        "styles": [ctx.asset("review.css"), ctx.asset("before_after.css")],
        "name": name,
        "title": title,
        "introduction": "",
        "site": f"{ctx.site_url}/",
        "wrong": [],
        "groups": [],
        "lists": [],
        "more_lists": "",
        "others": [],
    }


def _list_link(side: Side, page: Page) -> ListLink:
    title = french.HOME if page.address == "/" else str(page.view["page"]["title"])
    return {"title": title, "address": side.context.absolute(page.address)}


def _shown(page: ChangedPage, change: Change, number: int, today: dt.date, *, is_open: bool) -> ShownPage:
    before, after = page.before, page.after
    return {
        "id": f"page-{number}",
        "title": page.shown.title,
        "kind": french.KINDS[page.kind],
        "note": typography(_note(page, change, today)),
        "after": file_of(change.after, after) if change.after and after else "",
        "before": file_of(change.before, before) if change.before and before else "",
        "published": change.before.context.absolute(before.page.address) if change.before and before else "",
        "after_title": french.frame_title(page.shown.title, after=True),
        "before_title": french.frame_title(before.title if before else "", after=False),
        "open": is_open,
        "file": _lines(change, page.path) if page.shown.alone and page.path in change.texts else None,
    }


def _note(page: ChangedPage, change: Change, today: dt.date) -> str:
    notes = []
    if page.before and page.after and page.before.page.address != page.after.page.address:
        notes.append(french.moved(page.before.page.address))
    day = waits_for(page, change, today)
    if day:
        notes.append(french.only_from(day_words(day)))
    return " ".join(notes)


def waits_for(page: ChangedPage, change: Change, today: dt.date) -> dt.date | None:
    """The day to come before which the page is not on the site, None where it is there at once."""
    if change.after is None or page.after is None:
        return None
    entry = next((one for one in change.after.site.entries.values() if one.path == page.path), None)
    return entry.date if entry and entry.date > today else None


def _lines(change: Change, path: str) -> LinesView:
    before, after = change.texts[path]
    lines = compare(before, after) if len(before) + len(after) <= LARGEST else []
    kind = next(file.kind for file in change.files if file.path == path)
    return {
        "path": path,
        "change": french.FILE_KINDS[kind],
        "title": french.lines_of(path),
        "lines": lines[:MOST_LINES],
        "left": french.more_lines(len(lines) - MOST_LINES) if len(lines) > MOST_LINES else "",
    }


def _wrong(change: Change) -> list[UnshownFile]:
    by_path: dict[str, list[Problem]] = {path: [] for path in change.unshown}
    for problem in change.problems:
        if problem.severity == "error" or problem.path in change.unshown:
            by_path.setdefault(problem.path, []).append(problem)
    return [
        {
            "path": path,
            "hidden": path in change.unshown,
            "problems": [typography(said(problem)) for problem in sorted(found, key=lambda one: one.sort_key)],
        }
        for path, found in sorted(by_path.items())
    ]


def said(problem: Problem) -> str:
    """A problem as one line."""
    return f"Ligne {problem.line}{french.NB}: {problem.message} {problem.suggestion}".rstrip()
