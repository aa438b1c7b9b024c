"""``new``: asks the questions of a type and writes a valid file."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from plugins.forms.entry_text import write_entry
from plugins.forms.naming import file_stem, year_folder
from plugins.forms.yaml_text import write_yaml
from plugins.model.addresses import slug
from plugins.model.load import Loaded, load_site
from plugins.model.problems import has_errors
from plugins.model.schema.schemas import ContentType
from scripts.arguments import UsageError, add_root, add_today, chosen_day, existing_root
from scripts.check import show
from scripts.french import commands as french
from scripts.progress import progress_on
from scripts.questions.dialogue import Dialogue, EndOfAnswersError
from scripts.questions.interview import Interview

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from pathlib import Path

    from plugins.model.objects import Site
    from plugins.model.schema.schemas import DataType, SchemaSet

SUMMARY = french.NEW_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``TYPE``, ``--root``, ``--today``."""
    parser.add_argument("type", nargs="?", default="", metavar="TYPE", help=french.NEW_TYPE)
    add_root(parser)
    add_today(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, write, check; 1 if the answers end too soon or the file has errors."""
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    loaded = _load(root, today)
    if loaded.site is None:
        show(loaded.problems, "text")
        sys.stdout.write(french.NEW_NEEDS_SITE + "\n")
        return 1
    kind = _kind(args.type, loaded.site.schemas)
    try:
        path = _write(root, _ask(loaded.site, kind, today), kind)
    except (EndOfAnswersError, KeyboardInterrupt):
        sys.stderr.write("\n" + french.NEW_ABANDONED + "\n")
        return 1
    return _report(root, path, today)


def _load(root: Path, today: dt.date) -> Loaded:
    progress = progress_on(sys.stderr)
    loaded = load_site(root, today=today, jobs=os.cpu_count() or 1, progress=progress)
    progress.clear()
    return loaded


def _kind(asked: str, schemas: SchemaSet) -> ContentType | DataType:
    """The type that was asked for, by its name, folder, address or French name.

    Raises:
        UsageError: there is none of that name; the message lists them.
    """
    kinds: list[ContentType | DataType] = [*schemas.content_types, *(kind for kind in schemas.data_types if kind.form)]
    for kind in kinds:
        if slug(asked) in {kind.name, _folder(kind), kind.address, kind.form, slug(kind.singular)} - {""}:
            return kind
    raise UsageError(french.unknown_type(asked, {kind.name: kind.singular for kind in kinds}))


def _folder(kind: ContentType | DataType) -> str:
    """The folder of its files: ``events``, ``members``."""
    return kind.folder if isinstance(kind, ContentType) else kind.path.split("/")[-2]


def _ask(site: Site, kind: ContentType | DataType, today: dt.date) -> Interview:
    dialogue = Dialogue()
    dialogue.say(french.new_opening(kind.article, kind.singular))
    interview = Interview(site, site.schemas.flattened(kind.name), today, dialogue)
    interview.hold()
    return interview


def _write(root: Path, interview: Interview, kind: ContentType | DataType) -> Path:
    """Write the file under a name that is free; nothing is ever overwritten. Returns its path relative to
    the root.
    """
    order = list(interview.order)
    if isinstance(kind, ContentType):
        text = write_entry(interview.data, interview.body, order)
        directory = root / "content" / kind.folder / year_folder(interview.data, kind)
        ending = ".md"
    else:
        text = write_yaml(interview.data, order)
        directory, ending = (root / kind.path).parent, ".yaml"
    directory.mkdir(parents=True, exist_ok=True)
    title = str(interview.data.get("title") or interview.data.get("name"))
    path = _create(directory, file_stem(title), ending, text)
    return path.relative_to(root)


def _create(directory: Path, name: str, ending: str, text: str) -> Path:
    number = 1
    while True:
        path = directory / (name + (f"-{number}" if number > 1 else "") + ending)
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            number += 1
        else:
            return path


def _report(root: Path, path: Path, today: dt.date) -> int:
    """Check the root again and say what the new file still needs."""
    problems = _load(root, today).problems
    own = [found for found in problems if found.path == path.as_posix()]
    sys.stdout.write(french.new_written(path.as_posix()) + "\n")
    if own:
        show(own, "text")
    sys.stdout.write(french.NEW_NEXT + "\n")
    return int(has_errors(own))
