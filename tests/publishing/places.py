"""Each kind of target with a place of its own, and what its readers see there."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.publishing.addresses import target_at
from scripts.publishing.release import seal
from tests.publishing import storage_double
from tests.publishing.far_side import programs
from tests.publishing.moments import DAY, NOW
from tests.publishing.sites import read_folder, without_stamp, write_site

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from scripts.publishing.release import Version
    from scripts.publishing.targets.target import Sent, Target
    from tests.publishing.storage_double import Stored

KINDS = ("link", "real-folder", "server", "git", "storage")


@dataclass
class Place:
    """Where a target publishes; ``look`` gives what readers see, version.json and what hosts want apart."""

    kind: str
    address: str
    look: Callable[[], dict[str, bytes]]
    environment: Mapping[str, str] = field(default_factory=dict)
    stored: Stored | None = None
    now: dt.datetime = NOW

    def shown(self) -> dict[str, bytes]:
        """What readers see, without what a storage keeps a day for those who read old pages."""
        lingering = self.stored.lingering() if self.stored else ()
        return {path: content for path, content in self.look().items() if path not in lingering}

    @contextmanager
    def opened(self, keep: int = 2) -> Iterator[Target]:
        """A target as a new process would have it."""
        environment = {**os.environ, **self.environment}
        with closing(target_at(self.address, environment=environment, keep=keep, now=lambda: self.now)) as target:
            yield target

    def publish(self, directory: Path, moment: dt.datetime = NOW) -> Sent:
        """Publish a built site."""
        with self.opened() as target:
            target.settle()
            return target.publish(seal(directory, DAY), moment)

    def go_back(self) -> Version:
        """Go back by one version."""
        with self.opened() as target:
            return target.go_back()

    def versions(self) -> tuple[Version | None, list[Version]]:
        """What is shown, and what is kept."""
        with self.opened() as target:
            target.settle()
            return target.shown(), target.versions()


def place(kind: str, folder: Path, stored: Stored, *, real_rsync: bool = False) -> Place:
    """A new place of a kind, in which nothing was published yet."""
    site = folder / "web" / "site"
    site.parent.mkdir()
    if kind == "real-folder":
        site.mkdir()
    if kind in {"link", "real-folder"}:
        return Place(kind, str(site), lambda: without_stamp(read_folder(site)))
    if kind == "server":
        environment = programs(folder / "bin", real_rsync=real_rsync)
        return Place(kind, f"ssh://reseau@serveur{site}", lambda: without_stamp(read_folder(site)), environment)
    if kind == "git":
        repository = folder / "pages.git"
        subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
        return Place(kind, f"git+file://{repository}#pages", lambda: without_stamp(committed(repository)))
    address = f"s3://site?endpoint={stored.endpoint}"
    look = lambda: without_stamp(stored.site())  # noqa: E731  # like those above
    return Place(kind, address, look, storage_double.ENVIRONMENT, stored)


def committed(repository: Path, branch: str = "pages") -> dict[str, bytes]:
    """The files of a branch; none where there is no branch."""
    git = ["git", f"--git-dir={repository}"]
    listed = subprocess.run([*git, "ls-tree", "-r", "--name-only", branch], capture_output=True, text=True, check=False)
    paths = listed.stdout.split() if listed.returncode == 0 else []
    return {path: subprocess.check_output([*git, "show", f"{branch}:{path}"]) for path in paths}


def built(folder: Path, word: str) -> Path:
    """A built site that says ``word``."""
    return write_site(folder / f"built-{word}", word)
