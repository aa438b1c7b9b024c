"""What a change does to pages: each page before and after, what cannot be shown and why, and what has no page of its own."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal

from plugins.model.problems import has_errors
from plugins.model.root_files import DiskFiles
from plugins.model.yaml.reader import read_yaml
from scripts.broken.mended import CannotMendError, Mended
from scripts.broken.skipping import skip_broken
from scripts.changes.before import files_before
from scripts.changes.diff import changed_files, starting_point
from scripts.previewing.sides import Made, Side, side

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.problems import Problem
    from plugins.model.root_files import RootFiles
    from scripts.changes.diff import ChangedFile

_OF_THE_SITE = ("content/", "data/")
_OF_EVERY_PAGE = ("theme/", "plugins/", "pelicanconf.py")
Kind = Literal["new", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page that is there before, after, or both; ``path`` is the file of which it is made."""

    path: str
    before: Made | None
    after: Made | None

    @property
    def kind(self) -> Kind:
        """What happens to it."""
        if self.before is None:
            return "new"
        return "removed" if self.after is None else "changed"

    @property
    def shown(self) -> Made:
        """The page as it will be, or as it was if it goes."""
        made = self.after or self.before
        if made is None:
            raise AssertionError(self.path)
        return made


@dataclass(frozen=True, slots=True)
class Change:
    """All of it. A side that cannot be made is None.

    ``unshown`` are paths of changed files whose page cannot be made, or only as it was before; ``problems`` those that the change
    makes, by file.
    """

    before: Side | None
    after: Side | None
    files: list[ChangedFile]
    pages: list[ChangedPage] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)  # path → what it said, what it says
    stopped: str = ""  # why the side after cannot be made, as a sentence
    has_more: bool = False  # what draws every page (the theme, the code) changes, too

    @property
    def is_broken(self) -> bool:
        """Whether something keeps the change from being published."""
        return bool(self.stopped or self.unshown) or has_errors(self.problems)


@contextmanager
def change_of(root: Path, base: str, *, today: dt.date, site_url: str, jobs: int = 1) -> Iterator[Change]:
    """The change since ``base``, while the files of both sides are there to be read. ``site_url`` may be empty.

    Raises:
        ChangesError: what changed cannot be known.
        SchemaError: a schema file itself is wrong.
    """
    start = starting_point(root, base)
    whole = changed_files(root, base)
    files = [file for file in whole if file.path.startswith(_OF_THE_SITE) or file.old_path.startswith(_OF_THE_SITE)]
    paths = {path for file in files for path in (file.path, file.old_path)}
    then = files_before(root, start, files)
    with ExitStack() as stack:
        folder = stack.enter_context(then.laid_out())
        then_made, now_made = (
            _mended(one, Path(stack.enter_context(TemporaryDirectory(prefix="apercu-"))), today, jobs)
            for one in (folder, root)
        )
        old = then_made if isinstance(then_made, Mended) else None
        new = now_made if isinstance(now_made, Mended) else None
        before = _side("avant", old, site_url, paths)
        after = _side("apres", new, site_url, paths)
        texts = {file.path: (_text(then, file.old_path), _text(DiskFiles(root), file.path)) for file in files}
        made = _Both(before, after, files, paths)
        refused = _refused(new, made, files)
        yield Change(
            before,
            after,
            files,
            [page for page in made.pages(refused) if page.shown.alone or _is_its_own(page, texts)],
            sorted(refused),
            _made_here(old, new, paths | refused),
            texts,
            "" if isinstance(now_made, Mended) else str(now_made),
            any(file.path.startswith(_OF_EVERY_PAGE) for file in whole),
        )


def _mended(root: Path, stage: Path, today: dt.date, jobs: int) -> Mended | CannotMendError:
    try:
        return skip_broken(root, stage, today=today, jobs=jobs)
    except CannotMendError as error:
        return error


def _side(folder: str, mended: Mended | None, site_url: str, paths: set[str]) -> Side | None:
    if mended is None or mended.loaded.site is None:
        return None
    site = mended.loaded.site
    return side(folder, site, mended.root, site_url or str(site.settings["url"]).rstrip("/"), paths)


def _refused(new: Mended | None, made: _Both, files: Sequence[ChangedFile]) -> set[str]:
    """Files of which the change concerns the page, and which are not shown as they are."""
    if new is None:
        return {file.path for file in files if file.kind != "removed"}
    not_as_they_are = {one.path for one in new.taken_back} | {one.path for one in new.left_out}
    return not_as_they_are & made.concerned


def _made_here(old: Mended | None, new: Mended | None, paths: set[str]) -> list[Problem]:
    """The problems in changed files, and those elsewhere that were not there before (as ``check --changed`` defines them)."""
    if new is None:
        return []
    known = {_sign(one) for one in old.problems} if old else {_sign(one) for one in new.problems}
    return [one for one in new.problems if one.path in paths or _sign(one) not in known]


def _sign(problem: Problem) -> tuple[str, str, str, str]:
    return problem.path, problem.field, problem.code, problem.message


class _Both:
    """The pages of both sides that files of the change are seen on."""

    def __init__(self, before: Side | None, after: Side | None, files: Sequence[ChangedFile], paths: set[str]) -> None:
        self._paths = paths
        self._moved = {file.old_path: file.path for file in files if file.kind == "renamed"}
        self._old = {self._key(made): made for made in before.pages(paths)} if before else {}
        self._new = {self._key(made): made for made in after.pages(paths)} if after else {}

    @property
    def concerned(self) -> set[str]:
        """The files of the change, and those whose page shows one of them."""
        return self._paths | {made.path for made in (*self._old.values(), *self._new.values())}

    def pages(self, refused: set[str]) -> list[ChangedPage]:
        """The pages of which a reader sees that they change, but those of ``refused`` files."""
        found = []
        for key in dict.fromkeys([*self._new, *self._old]):
            page = ChangedPage(self._file(key), self._old.get(key), self._new.get(key))
            if page.path not in refused and _is_seen(page, self._paths):
                found.append(page)
        return sorted(found, key=lambda page: (page.path, page.shown.page.address))

    def _key(self, made: Made) -> str:
        return self._moved.get(made.path, made.path) if made.alone else made.page.address

    def _file(self, key: str) -> str:
        made = self._new.get(key) or self._old[key]
        return self._moved.get(made.path, made.path)


def _is_seen(page: ChangedPage, paths: set[str]) -> bool:
    """Whether a reader sees something of it: other words, or other bytes of a picture."""
    if page.before is None or page.after is None:
        return True
    beside = (page.after.files - {page.after.path}) & paths
    return bool(beside) or page.before.page != page.after.page


def _is_its_own(page: ChangedPage, texts: Mapping[str, tuple[str, str]]) -> bool:
    """Whether the file says something else of the thing that the page shows. Lists and pages of a whole file always count."""
    identifier = page.shown.page.address.strip("/").rpartition("/")[2]
    before, after = (_items(text) for text in texts.get(page.path, ("", "")))
    return identifier not in {**before, **after} or before.get(identifier) != after.get(identifier)


def _items(text: str) -> dict[str, Any]:
    """The things that a file lists, by id; none where it is no list."""
    data = read_yaml(text).data
    return {str(one.get("id")): one for one in data if isinstance(one, dict)} if isinstance(data, list) else {}


def _text(files: RootFiles, path: str) -> str:
    """What a file of words says; empty where it is none, or is not there."""
    if not path.endswith((".md", ".yaml", ".csv", ".json")) or files.size(path) is None:
        return ""
    with files.open(path) as stream:
        return stream.read().decode("utf-8", "replace")
