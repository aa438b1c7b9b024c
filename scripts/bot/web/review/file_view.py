"""The files of a proposal as editors read them: their lines beside those that are there, what the check says, the pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model.front_matter import read_entry
from plugins.model.source_text import decode
from plugins.model.yaml.reader import read_yaml
from scripts.bot.french import review as french
from scripts.bot.web.review.compare import Line, compare, numbered, written_out

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plugins.model.problems import Problem
    from plugins.model.yaml.reader import Json
    from scripts.bot.submission import Picture, Submission

_ENTRY, _MEMBER = ".md", ".yaml"
MOST_LINES: Final = 3_000  # of a file that are shown


class FileView(TypedDict):
    """A text file of a proposal, by itself or beside what it is now."""

    path: str
    change: Annotated[str, "What happens to it, in words."]
    title: Annotated[str, "The name of its table."]
    compared: Annotated[bool, "Whether it is shown beside what it is now."]
    lines: Annotated[list[Line], "Its lines, or those of the comparison."]
    left: Annotated[str, "Says how many more lines there are; empty if all are shown."]


class PictureShown(TypedDict):
    """A picture of a proposal."""

    src: str
    name: str
    weight: Annotated[str, "How heavy the file is."]
    alt: Annotated[str, "Its text alternative; empty if it has none."]


class ProblemView(TypedDict):
    """Something that the check says."""

    error: bool
    label: Annotated[str, "« erreur », « avertissement »."]
    place: Annotated[str, "The file and the line; empty where it is about the whole."]
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class Files:
    """What a proposal does to the files: path → content, None where a file goes. ``below`` gives them as they are now.

    ``problems`` is what the check says of them; ``faults`` are reasons, in French, for which there are no files yet;
    ``left_behind`` is what else has to change by hand, because it names what goes away.
    """

    changed: Mapping[str, bytes | None]
    below: Callable[[str], bytes | None]
    problems: Sequence[Problem] = ()
    faults: Sequence[str] = ()
    left_behind: Sequence[str] = ()

    @property
    def has_errors(self) -> bool:
        """Whether the check would refuse them."""
        return bool(self.faults) or any(problem.severity == "error" for problem in self.problems)


def is_text(path: str) -> bool:
    """Whether a file of a proposal is shown as text; the others are pictures."""
    return path.endswith((_ENTRY, _MEMBER))


def main_file(changed: Mapping[str, bytes | None]) -> str:
    """The entry of a proposal, or the member where there is no entry; empty where there is neither."""
    texts = [path for path in changed if is_text(path)]
    return next((path for path in texts if path.endswith(_ENTRY)), texts[0] if texts else "")


def file_data(path: str, content: bytes | None) -> Mapping[str, Json]:
    """The fields of an entry's or a member's file; none where it is not there or holds none."""
    if content is None:
        return {}
    data = read_entry(content).data if path.endswith(_ENTRY) else read_yaml(decode(content)[0]).data
    return data if isinstance(data, dict) else {}


def problem_rows(files: Files) -> list[ProblemView]:
    """What is wrong with the files, errors first."""
    found: list[ProblemView] = [
        {"error": True, "label": french.ERROR, "place": "", "message": fault, "suggestion": ""}
        for fault in files.faults
    ]
    for problem in files.problems:
        error = problem.severity == "error"
        label = french.ERROR if error else french.WARNING
        place = french.place(problem.path, problem.line)
        found.append(
            {
                "error": error,
                "label": label,
                "place": place,
                "message": written_out(problem.message),
                "suggestion": written_out(problem.suggestion or ""),
            }
        )
    return sorted(found, key=lambda one: not one["error"])


def file_view(path: str, content: bytes | None, below: Callable[[str], bytes | None]) -> FileView:
    """One text file: all of it where it is new, what changes where it is not."""
    before = below(path)
    shown = written_out(path)
    if before is None:
        change, compared, lines = french.NEW_FILE, False, numbered(_text(content))
    else:
        change = french.FILE_GOES if content is None else french.FILE_CHANGES
        compared, lines = True, compare(_text(before), _text(content))
    return {
        "path": shown,
        "change": change,
        "title": f"{shown}, {change}",
        "compared": compared,
        "lines": lines[:MOST_LINES],
        "left": french.more_lines(len(lines) - MOST_LINES) if len(lines) > MOST_LINES else "",
    }


def _text(content: bytes | None) -> str:
    return (content or b"").decode("utf-8", "replace")


def picture_shown(own: str, picture: Picture, one: Submission) -> PictureShown:
    """One picture; ``own`` is the address of the proposal's page."""
    image = one.posted.data.get("image")
    named = isinstance(image, dict) and image.get("file") == picture.name
    alt = str(image.get("alt") or "") if named and isinstance(image, dict) else ""
    return {
        "src": f"{own}fichier/{picture.name}",
        "name": picture.name,
        "weight": french.kilobytes(len(picture.content)),
        "alt": typography(written_out(alt)),
    }
