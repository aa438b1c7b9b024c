"""What goes with the comment: labels, reviewers, remarks on lines. None keeps another from being put, nor the comment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bot.forges.forge import ForgeError
from scripts.comments.remarks import concerns_lines, line_remarks
from scripts.french import comments as french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scripts.bot.forges.forge import Exchange, Forge, Remote
    from scripts.bot.forges.line_remarks import LineRemarks, Put
    from scripts.bot.forges.transport import Transport
    from scripts.comments.people import Concerned
    from scripts.comments.result import Result


def put_beside(
    transport: Transport, forge: Forge, remote: Remote, result: Result, *, about: Concerned, guide: str
) -> Iterator[tuple[str, bool]]:
    """Put each; gives sentences about it, and whether it was done."""
    if about.labels:
        yield from _tried(french.LABELS, lambda: transport.run(forge.label(remote.number, about.labels)))
    if about.reviewers:
        yield from _tried(french.REVIEWERS, lambda: transport.run(forge.reviewers(remote.number, about.reviewers)))
    lines = forge.lines
    if lines is not None:
        put: list[Put] = []
        yield from _tried(french.REMARKS, lambda: put.append(transport.run(_remarks(lines, remote, result, guide))))
        yield from ((french.remarks_put(one.new, one.removed, one.refused), True) for one in put)


def _remarks(lines: LineRemarks, remote: Remote, result: Result, guide: str) -> Exchange[Put]:
    """The forge's diff is asked for only where something may stand on it."""
    added = (yield from lines.added(remote.number)) if concerns_lines(result) else {}
    wanted = line_remarks(result, added, guide)
    introduction = french.introduction(applies=bool(lines.suggestion))
    return (yield from lines.put(remote.number, remote.head, introduction, wanted))


def _tried(what: str, step: Callable[[], object]) -> Iterator[tuple[str, bool]]:
    try:
        step()
    except ForgeError as error:
        yield french.undone(what, error.message), False
