"""What is said on the very lines of a proposal, next to the one comment.

Where a problem lies comes from the result, which nobody vouches for; what stands there comes from the forge's own diff, and the
line as it should be is made of that here. So a forged result can point at lines of its own proposal, and put one word or date in
place of another there, which its author could do as well.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Final

from plugins.model.problems import Problem, catalogue
from scripts.bot.forges.line_remarks import LineRemark
from scripts.changes.replacement import replacement
from scripts.comments.defused import defused
from scripts.french import comments as french

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scripts.bot.forges.unified_diff import Added
    from scripts.comments.result import Found, Result

MOST_REMARKS: Final = 20
"""More would bury the proposal; the comment has the others."""
LONGEST_LINE: Final = 500
"""Characters of a line that is shown anew."""
# What a reader does not see (controls, joiners, turned text), or a forge might read as a line of its own or as a command.
_UNFIT: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffd]|\A\s*/"
)


def line_remarks(result: Result, added: Mapping[str, Added], guide: str) -> list[LineRemark]:
    """One remark for each added line that has an error, or a problem that one replacement puts right; at most
    :data:`MOST_REMARKS`, errors first, in the order of the files. ``guide``: address of the page of all codes.
    """
    places: dict[tuple[str, int], list[Found]] = {}
    for found in result.problems:
        if found.code in catalogue() and found.line in _lines(added, found.path):
            places.setdefault((found.path, found.line), []).append(found)
    remarks = {
        place: remark
        for place, problems in places.items()
        if (remark := _remark(added[place[0]], problems, guide)) is not None
    }
    errors = {place for place, problems in places.items() if any(one.severity == "error" for one in problems)}
    chosen = sorted(remarks, key=lambda place: (place not in errors, place))[:MOST_REMARKS]
    return _with_keys([(remarks[place], added[place[0]].lines[place[1]]) for place in sorted(chosen)])


def concerns_lines(result: Result) -> bool:
    """Whether there is anything that could stand on a line."""
    return any(found.code in catalogue() for found in result.problems)


def _remark(file: Added, problems: Sequence[Found], guide: str) -> LineRemark | None:
    line = file.lines[problems[0].line]
    instead = line_instead(line, problems)
    if instead is None and all(found.severity != "error" for found in problems):
        return None
    said = [_said(found, guide) for found in dict.fromkeys(problems)]
    text = "\n\n".join([*said, french.INSTEAD] if instead is not None else said)
    return LineRemark(problems[0].path, file.old_path, problems[0].line, "", text, instead)


def line_instead(line: str, problems: Sequence[Found]) -> str | None:
    """The line with all that can be put right put right, from its end to its beginning; None where nothing can."""
    if len(line) > LONGEST_LINE or _UNFIT.search(line):
        return None
    instead = line
    for found in sorted(problems, key=lambda one: one.column, reverse=True):
        instead = replacement(_problem(found), instead) or instead
    fit = instead != line and len(instead) <= LONGEST_LINE and not _UNFIT.search(instead)
    return instead if fit else None


def _said(found: Found, guide: str) -> str:
    link = f"([{french.EXPLAIN}]({guide}#{found.code}))"
    what = f"{french.SEVERITIES[found.severity]} {defused(found.message)} {link}"
    return f"{what}\n→ {defused(found.suggestion)}" if found.suggestion else what


def _problem(found: Found) -> Problem:
    return Problem(
        found.path, found.line, found.column, "", found.code, found.severity, found.message, found.suggestion
    )


def _lines(added: Mapping[str, Added], path: str) -> Mapping[int, str]:
    return added[path].lines if path in added else {}


def _with_keys(remarks: Sequence[tuple[LineRemark, str]]) -> list[LineRemark]:
    """Known by file, line as it stands and what is said of it: so a remark stays when lines above it come or go."""
    seen: dict[str, int] = {}
    found = []
    for remark, line in remarks:
        known = json.dumps([remark.path, line, remark.text, remark.instead])
        seen[known] = seen.get(known, 0) + 1
        key = hashlib.sha256(f"{seen[known]} {known}".encode()).hexdigest()[:16]
        found.append(LineRemark(remark.path, remark.old_path, remark.line, key, remark.text, remark.instead))
    return found
