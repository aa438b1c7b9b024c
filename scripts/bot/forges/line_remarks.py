"""Remarks on lines of a request, each with the line as it should be: in the form that the forge can apply, where it has one.

A remark is known by a hidden marker, so that none is made twice, and one whose fault is gone is taken away: only one of ours, and
only where nobody has answered it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from scripts.bot.forges import reading, texts
from scripts.bot.forges.unified_diff import Added, added_by_file, added_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from scripts.bot.forges.api import Api
    from scripts.bot.forges.forge import Exchange, Json

MARKER: Final = "remarque-"
_REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY
Body: TypeAlias = "Callable[[str], str]"


@dataclass(frozen=True, slots=True)
class LineRemark:
    """What to say on one added line of the new file.

    key: tells it from all others of the request ([a-z0-9-]+). text: Markdown. instead: the whole line as it should be, without any
    line break, None where that needs a person.
    """

    path: str
    old_path: str
    line: int
    key: str
    text: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """A remark with our marker, as it stands. id: what :meth:`LineRemarks.remove` needs."""

    id: str
    key: str
    author: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Put:
    """What was done: how many are new, taken away, and refused by the forge."""

    new: int
    removed: int
    refused: int


class LineRemarks(ABC):
    """What is the same everywhere. ``suggestion``: what stands behind the fence of a block that a click applies, or ""."""

    suggestion: ClassVar[str]

    def __init__(self, api: Api, path: str, account: Callable[[], Exchange[str]], body: Body) -> None:
        """``path``: the repository's in the API. ``account`` tells our login, "" if nobody knows it."""
        self._api, self._path, self._account, self._body = api, path, account, body

    def put(self, number: int, head: str, introduction: str, wanted: Sequence[LineRemark]) -> Exchange[Put]:
        """Write the remarks that are missing, take away ours that are not ``wanted`` any more.

        ``head``: the commit that they are about. ``introduction``: said once above new ones, where the forge has a place for that.
        """
        us = (yield from self._account()).casefold()
        written = [one for one in (yield from self.written(number, us)) if not us or one.author.casefold() == us]
        keys = {remark.key for remark in wanted}
        gone = [one for one in written if us and one.key not in keys and not one.answered]
        for one in gone:
            yield from self.remove(number, one.id)
        have = {one.key for one in written}
        new = [remark for remark in wanted if remark.key not in have]
        refused = (yield from self.add(number, head, introduction, new)) if new else 0
        return Put(len(new) - refused, len(gone), refused)

    def body_of(self, remark: LineRemark) -> str:
        """Its text, its block, its marker."""
        block = "" if remark.instead is None else f"\n\n{fenced(remark.instead, self.suggestion or 'text')}"
        return self._body(texts.marked(remark.text + block, MARKER + remark.key))

    @abstractmethod
    def added(self, number: int) -> Exchange[Mapping[str, Added]]:
        """The lines that the request adds, by path. A file too large for the forge to show has none."""

    @abstractmethod
    def written(self, number: int, author: str) -> Exchange[list[Written]]:
        """Remarks that carry our marker, at least those of ``author`` (lower case; "": of everybody)."""

    @abstractmethod
    def add(self, number: int, head: str, introduction: str, remarks: Sequence[LineRemark]) -> Exchange[int]:
        """Write them; gives how many the forge refuses, such as those on a line that a push has just taken away."""

    @abstractmethod
    def remove(self, number: int, remark: str) -> Exchange[None]:
        """Delete one; fine where it is gone."""

    def review(self, path: str, wanted: Mapping[str, Json], rows: Sequence[Mapping[str, Json]]) -> Exchange[int]:
        """One review with all remarks, which sends one mail. A bad one refuses all: then each half is tried alone."""
        answer = yield from self._api.call("POST", path, json={**wanted, "comments": rows}, also={_REFUSED})
        if answer.status != _REFUSED:
            return 0
        if len(rows) == 1:
            return 1
        middle = len(rows) // 2
        first = yield from self.review(path, wanted, rows[:middle])
        return first + (yield from self.review(path, wanted, rows[middle:]))


class GitHubLines(LineRemarks):
    """Review comments. Their blocks « suggestion » have a button for whoever may push to the branch."""

    suggestion: ClassVar[str] = "suggestion"

    def added(self, number: int) -> Exchange[Mapping[str, Added]]:
        """At most 3,000 files; ``patch`` is left out of binary and of large ones."""
        rows = yield from self._api.every(f"{self._path}/pulls/{number}/files")
        return {
            (path := reading.text(row, "filename")): Added(
                reading.text(row, "previous_filename", default=path),
                added_lines(reading.text(row, "patch", default="")),
            )
            for row in rows
        }

    def written(self, number: int, author: str) -> Exchange[list[Written]]:
        """All of the request; an answer names the comment that began its thread."""
        del author
        rows = yield from self._api.every(f"{self._path}/pulls/{number}/comments")
        answered = {reading.whole(row, "in_reply_to_id", default=0) for row in rows}
        found = [
            Written(
                id=str(reading.whole(row, "id")),
                key=_key(row),
                author=reading.text(row, "user", "login", default=""),
                answered=reading.whole(row, "id") in answered,
            )
            for row in rows
        ]
        return [one for one in found if one.key]

    def add(self, number: int, head: str, introduction: str, remarks: Sequence[LineRemark]) -> Exchange[int]:
        """A review that comments must have a body."""
        rows: list[Mapping[str, Json]] = [
            {"path": one.path, "line": one.line, "side": "RIGHT", "body": self.body_of(one)} for one in remarks
        ]
        wanted = {"commit_id": head, "event": "COMMENT", "body": self._body(introduction)}
        return (yield from self.review(f"{self._path}/pulls/{number}/reviews", wanted, rows))

    def remove(self, number: int, remark: str) -> Exchange[None]:  # noqa: ARG002  # its id is unique in the repository
        """404 where it is gone."""
        yield from self._api.call("DELETE", f"{self._path}/pulls/comments/{remark}", also={404})


class ForgejoLines(LineRemarks):
    """Review comments. Forgejo has no block that could be applied: the line is shown as code, to be copied."""

    suggestion: ClassVar[str] = ""

    def added(self, number: int) -> Exchange[Mapping[str, Added]]:
        """The list of files has no lines; the diff has them, as git writes it."""
        answer = yield from self._api.call("GET", f"{self._path}/pulls/{number}.diff")
        return added_by_file(answer.body.decode("utf-8", "replace"))

    def written(self, number: int, author: str) -> Exchange[list[Written]]:
        """Review by review. A thread is what stands on one line; an answer is what somebody else wrote there."""
        reviews = yield from self._api.every(f"{self._path}/pulls/{number}/reviews")
        rows: list[tuple[int, Json]] = []
        for review in reviews:
            if reading.whole(review, "comments_count", default=0):
                name = reading.whole(review, "id")
                path = f"{self._path}/pulls/{number}/reviews/{name}/comments"
                rows += [(name, row) for row in reading.rows((yield from self._api.value("GET", path)))]
        others = {_place(row) for _, row in rows if author and _login(row).casefold() != author}
        found = [
            Written(f"{review}/comments/{reading.whole(row, 'id')}", _key(row), _login(row), _place(row) in others)
            for review, row in rows
        ]
        return [one for one in found if one.key]

    def add(self, number: int, head: str, introduction: str, remarks: Sequence[LineRemark]) -> Exchange[int]:
        """``new_position`` is the number of the line."""
        rows: list[Mapping[str, Json]] = [
            {"path": one.path, "new_position": one.line, "body": self.body_of(one)} for one in remarks
        ]
        wanted = {"commit_id": head, "event": "COMMENT", "body": self._body(introduction)}
        return (yield from self.review(f"{self._path}/pulls/{number}/reviews", wanted, rows))

    def remove(self, number: int, remark: str) -> Exchange[None]:
        """404 where it is gone."""
        yield from self._api.call("DELETE", f"{self._path}/pulls/{number}/reviews/{remark}", also={404})


class GitLabLines(LineRemarks):
    """Threads on the diff, one by one. « -0+0 »: the block stands for its own line, no line before and none after."""

    suggestion: ClassVar[str] = "suggestion:-0+0"

    def added(self, number: int) -> Exchange[Mapping[str, Added]]:
        """``diff`` is empty for binary and for large files."""
        rows = yield from self._api.every(f"{self._request(number)}/diffs")
        return {
            reading.text(row, "new_path"): Added(reading.text(row, "old_path"), added_lines(reading.text(row, "diff")))
            for row in rows
        }

    def written(self, number: int, author: str) -> Exchange[list[Written]]:
        """GitLab's own notes (« changed this line ») are no answers."""
        del author
        found = []
        for thread in (yield from self._api.every(f"{self._request(number)}/discussions")):
            notes = [one for one in reading.rows(thread, "notes") if not reading.truth(one, "system", default=False)]
            if notes and _key(notes[0]):
                name, login = str(reading.whole(notes[0], "id")), reading.text(notes[0], "author", "username")
                found.append(Written(name, _key(notes[0]), login, answered=len(notes) > 1))
        return found

    def add(self, number: int, head: str, introduction: str, remarks: Sequence[LineRemark]) -> Exchange[int]:
        """400 for a line that is not in the diff. Positions need the three commits of the diff that the forge shows."""
        del head, introduction
        row = yield from self._api.value("GET", self._request(number))
        commits = {name: reading.text(row, "diff_refs", name) for name in ("base_sha", "start_sha", "head_sha")}
        refused = 0
        for one in remarks:
            place: dict[str, Json] = {
                "position_type": "text",
                "old_path": one.old_path,
                "new_path": one.path,
                "new_line": one.line,
            }
            wanted: Json = {"body": self.body_of(one), "position": {**commits, **place}}
            answer = yield from self._api.call("POST", f"{self._request(number)}/discussions", json=wanted, also={400})
            refused += answer.status == HTTPStatus.BAD_REQUEST
        return refused

    def remove(self, number: int, remark: str) -> Exchange[None]:
        """The thread goes with its only note. 404 where it is gone."""
        yield from self._api.call("DELETE", f"{self._request(number)}/notes/{remark}", also={404})

    def _request(self, number: int) -> str:
        return f"{self._path}/merge_requests/{number}"


def fenced(line: str, kind: str) -> str:
    """One line in a block that it cannot leave: its fence is longer than any run of backticks in it (CommonMark §4.5)."""
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{kind}\n{line}\n{fence}"


def _key(row: Json) -> str:
    """The key of a remark of ours, "" for anything else."""
    marker = texts.marker_of(reading.text(row, "body", default=""))
    return marker.removeprefix(MARKER) if marker.startswith(MARKER) else ""


def _login(row: Json) -> str:
    return reading.text(row, "user", "login", default="")


def _place(row: Json) -> tuple[str, int]:
    return reading.text(row, "path", default=""), reading.whole(row, "position", default=0)
