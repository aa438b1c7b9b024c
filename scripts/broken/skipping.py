"""From a root with broken files to a site that can be published: what is broken goes back, is left out, or is let go of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from plugins.model.load import Loaded
from plugins.model.problems import has_errors
from scripts.broken.blame import Blame, without_address
from scripts.broken.data_files import REQUIRED, mend_data_files
from scripts.broken.judging import Judge, files_named, is_page
from scripts.broken.letting_go import let_go
from scripts.broken.mended import CannotMendError, LeftOut, Mended, TakenBack
from scripts.broken.past import Past
from scripts.broken.reading import POINTING, check, errors_by_path, join, reader_of
from scripts.broken.stage import Stage
from scripts.french import broken as french

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from plugins.model.joined import Joined
    from plugins.model.problems import Problem
    from plugins.model.reading import Raw
    from scripts.broken.judging import Candidate

    Progress = Callable[[str, int, int], None]

ROUNDS: Final = 6
"""How often what is still at fault is left out. Each round leaves fewer files and makes no new errors, so that two are enough but
for pages that had hidden each other; the bound is there to end in any case.
"""
_PAGES = ("content/", "data/members/")
_ALWAYS = ("name", "kind", "public", "demo")  # what a member cannot withdraw


def skip_broken(root: Path, stage: Path, *, today: dt.date, jobs: int = 1, progress: Progress | None = None) -> Mended:
    """The site of ``root`` without what is broken. ``stage`` is an empty directory that has to stay until the site is built; a root
    without errors is not copied there.

    Raises:
        CannotMendError: a file without which there is no site has no good version.
        SchemaError: a schema file itself is wrong.
    """
    reader, problems = reader_of(root)
    joined = join(reader, jobs=jobs, progress=progress)
    found = check(joined, today, problems)
    if not has_errors(found):
        return Mended(root, Loaded(joined.site, found), found, [], [], [], "whole")
    with Past(root) as past:
        return _Skipping(_Run(root, joined, found, today, jobs), Stage(stage), past).mended()


@dataclass(frozen=True, slots=True)
class _Run:
    """What is known before anything is mended."""

    root: Path
    joined: Joined
    problems: list[Problem]
    today: dt.date
    jobs: int


class _Skipping:
    def __init__(self, run: _Run, stage: Stage, past: Past) -> None:
        self.run, self.stage, self.past, self.today = run, stage, past, run.today
        self.before = run.joined
        self.taken_back: dict[str, TakenBack] = {}
        self.left_out: dict[str, LeftOut] = {}
        self.raws: dict[str, Raw] = {}  # of files that are as they were, or back at a good version

    def mended(self) -> Mended:
        self.stage.fill(self.run.root)
        schemas = self.before.reader.schemas
        taken_back, left_out = mend_data_files(self.stage, schemas, self.past, self.today)
        self.taken_back = {one.path: one for one in taken_back}
        self.left_out = {one.path: one for one in left_out}
        reader, _ = reader_of(self.stage.folder, schemas)
        if reader.geography == self.before.reader.geography:
            self.raws = {raw.path: raw for raw in self.before.raws}
        joined = join(reader, jobs=self.run.jobs, known=self._still_there(self.raws))
        self.raws = {raw.path: raw for raw in joined.raws}
        self._go_back(joined)
        return self._let_go(join(reader, known=self._still_there(self.raws)))

    # --- back to a good version, or out ---------------------------------------------------------------------------

    def _go_back(self, joined: Joined) -> None:
        """Put the best version of each page at fault into the stage; take those away that have none."""
        faults = errors_by_path(check(joined, self.today))
        refused = errors_by_path(self.before.found.problems)  # links and the like, which the stage does not hold
        at_fault = {path: found for path, found in {**refused, **faults}.items() if path.startswith(_PAGES)}
        losers = without_address(joined, self.past)
        pages = [path for path in sorted({*at_fault, *losers}) if is_page(path, joined)]
        versions = self.past.versions({path: self._files_of(path) for path in pages if path not in losers})
        judge = Judge(joined, self.stage, self.past)
        blame = Blame(joined, self.past)
        for path in sorted({*at_fault, *losers}):
            codes = {fault.code for fault in at_fault.get(path, ())}
            only_points = path not in losers and codes <= POINTING
            if only_points and not blame.is_its_own(self.raws[path], codes):
                continue  # what it points to was there and is gone: that is let go of
            found = judge.best(path, versions[path], only_whole=only_points) if path in versions else None
            if found is not None:
                self._take_back(path, found)
            elif not only_points:
                self._leave_out(path)

    def _files_of(self, path: str) -> Collection[str]:
        return files_named(self.raws[path]) if path in self.raws else ()

    def _take_back(self, path: str, found: Candidate) -> None:
        version = found.version
        content = self.past.content(version.commit, version.path)
        if content is None:
            raise CannotMendError(french.STILL_BROKEN)
        if content == self.stage.read(path) and not found.files:
            self.raws[path] = found.raw  # what was wrong was beside it, and is put right by now
            return
        for file, beside in found.files.items():
            self.stage.write(file, beside)
        self.stage.write(path, content)
        self.raws[path] = _not_more_public(found.raw, self.raws.get(path))
        self.taken_back[path] = TakenBack(path, version.commit, version.day, version.moment)

    def _leave_out(self, path: str) -> None:
        self.stage.write(path, None)
        self.raws.pop(path, None)
        self.taken_back.pop(path, None)
        self.left_out[path] = LeftOut(path)

    # --- what points to what is not there ---------------------------------------------------------------------------

    def _let_go(self, joined: Joined) -> Mended:
        for _ in range(ROUNDS):
            names = self._names(joined)
            released = let_go(joined, self.today, names)
            found = check(released.joined, self.today)
            site = released.joined.site
            wrong = errors_by_path(found)
            if not wrong and site is not None:
                released.sign(site, names)
                return Mended(
                    self.stage.folder,
                    Loaded(site, found),
                    self.run.problems,
                    [self.taken_back[path] for path in sorted(self.taken_back)],
                    [self.left_out[path] for path in sorted(self.left_out)],
                    sorted(released.degraded),
                    self.past.reach,
                )
            for path in sorted({*(path for path in wrong), *without_address(released.joined, self.past)}):
                if path in REQUIRED:
                    raise CannotMendError(french.cannot_do_without(path))
                self._leave_out(path)
            joined = join(joined.reader, known=self._still_there(self.raws))
        raise CannotMendError(french.STILL_BROKEN)

    def _names(self, joined: Joined) -> dict[str, str]:
        """How members are called whose file is there but cannot be shown. Whoever took their file away is not named again."""
        there = {raw.path for raw in joined.members}
        return {
            raw.id: str(raw.data["name"]) for raw in self.before.members if raw.path not in there and _has_a_name(raw)
        }

    def _still_there(self, raws: Mapping[str, Raw]) -> dict[str, Raw]:
        return {path: raw for path, raw in raws.items() if (self.stage.folder / path).is_file()}


def _not_more_public(good: Raw, now: Raw | None) -> Raw:
    """A member's earlier version without what the member has withdrawn since, as far as the file of today can be read."""
    if good.type_name != "member" or now is None or not now.data:
        return good
    kept = {name: value for name, value in good.data.items() if name in now.data or name in _ALWAYS}
    public = now.data.get("public")
    if isinstance(public, list):
        kept["public"] = [name for name in good.data.get("public", public) if name in public]
    return replace(good, data=kept)


def _has_a_name(raw: Raw) -> bool:
    name = raw.data.get("name")
    return isinstance(name, str) and bool(name.strip()) and not any(found.field == "name" for found in raw.problems)
