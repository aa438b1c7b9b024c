"""The files of a preview: the page « Avant et après », the pages of both sides, and what they show."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from plugins.publication.page import Document
from scripts.changes.outcome import MOST_FILES
from scripts.french import previewing as french
from scripts.previewing.files import SideFiles
from scripts.previewing.relocated import Place, relocated
from scripts.previewing.view import before_after_view, file_of, gone_view, policy_of, waits_for

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from scripts.previewing.change import Change
    from scripts.previewing.sides import Made, Side
    from scripts.previewing.view import BeforeAfterView, ProposedView

INDEX: Final = "index.html"
_FRAMES: Final = "sandbox allow-same-origin allow-popups allow-downloads allow-top-navigation-by-user-activation"
HEADERS: Final = f"""/*
  X-Robots-Tag: noindex, nofollow
  Content-Security-Policy: {_FRAMES}; frame-ancestors 'self'
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cache-Control: no-cache
"""
"""For hosts that read ``_headers``. No script runs, whatever a page holds."""


def preview_documents(change: Change, name: str, today: dt.date) -> Iterator[Document]:
    """The files of the preview of a change that has at least one side."""
    drawn = change.after or change.before
    if drawn is None:
        raise AssertionError(name)
    for side in (change.before, change.after):
        if side is None:
            continue
        made = [one for page in change.pages if (one := page.before if side is change.before else page.after)]
        new = {page.path for page in change.pages if page.before is None}
        files = SideFiles(side, frozenset(one.page.path for one in made))
        for one in made:
            html = _page(side, one, name, is_new=one.path in new, is_before=side is change.before)
            yield _put(html, file_of(side, one), side, files)
        if side is drawn:
            yield from _index(side, before_after_view(side, change, name, today), files)
        yield from (Document(f"{side.folder}/{path}", content) for path, content in sorted(files.documents.items()))


def gone_documents(side: Side, name: str) -> Iterator[Document]:
    """The files in the place of a preview that was taken away."""
    files = SideFiles(side, frozenset())
    yield from _index(side, gone_view(side, name), files)
    yield from (Document(f"{side.folder}/{path}", content) for path, content in sorted(files.documents.items()))


def report_of(change: Change, today: dt.date) -> list[dict[str, str]]:
    """The pages that the change makes, changes or removes, not more than anybody reads. ``page`` is the file that shows it,
    ``day`` the day to come before which it is not on the site (``2026-12-24``), "" where it is there at once.
    """
    found = [
        {
            "path": page.path,
            "title": page.shown.title,
            "address": page.shown.page.address,
            "page": file_of(side, page.shown),
            "kind": page.kind,
            "day": str(waits_for(page, change, today) or ""),
        }
        for page in change.pages
        if (side := change.after if page.after else change.before)
    ]
    return found[:MOST_FILES]


def report_text(change: Change, today: dt.date) -> str:
    """The same as JSON."""
    return json.dumps(report_of(change, today), ensure_ascii=False, indent=1) + "\n"


def _index(side: Side, view: BeforeAfterView, files: SideFiles) -> Iterator[Document]:
    html = side.environment.get_template("service/before_after.html").render(view)
    yield _put(html, INDEX, side, files)
    yield Document("_headers", HEADERS.encode("utf-8"))
    yield Document(".nojekyll", b"")


def _put(html: str, file: str, side: Side, files: SideFiles) -> Document:
    place = Place(file, f"{side.folder}/", side.context.site_url, files.has)
    return Document(file, relocated(html, place).encode("utf-8", "replace"))  # a file's name may be no UTF-8


def _page(side: Side, made: Made, name: str, *, is_new: bool, is_before: bool) -> str:
    """A page with what is said above it."""
    view: dict[str, Any] = dict(made.page.view)
    view["page"] = {
        **view["page"],
        "policy": policy_of(side),
        "listed": False,
        "edit": None,
        "previous": "",
        "next": "",
        **{kind: [] for kind in ("feeds", "calendars", "json_ld")},
    }
    above: ProposedView = {
        "within": made.page.template,
        "banner": french.AS_PUBLISHED if is_before else french.NOT_PUBLISHED,
        "name": name,
        "all": "../" * file_of(side, made).count("/") + INDEX,
        "published": "" if is_new else side.context.absolute(made.page.address),
    }
    return side.environment.get_template("service/proposed.html").render({**view, **above})
