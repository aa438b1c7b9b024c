"""``serve``: builds, serves on loopback, rebuilds on change; open pages load again or say what is wrong."""

from __future__ import annotations

import contextlib
import errno
import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from scripts.arguments import (
    HIGHEST_PORT,
    PROJECT,
    UsageError,
    add_jobs,
    add_root,
    add_today,
    existing_root,
    whole,
)
from scripts.french import commands as french
from scripts.preview.application import application
from scripts.preview.circle import Circle, open_circle
from scripts.preview.rebuild import Rebuilder
from scripts.preview.reload import Bulletin
from scripts.preview.server import PreviewServer
from scripts.preview.watched import Watcher

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

SUMMARY = french.SERVE_SUMMARY
DEFAULT_PORT = 8000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--port``, ``--repository``, ``--output``, ``--today``, ``--jobs``."""
    add_root(parser)
    parser.add_argument("--port", type=whole(0, HIGHEST_PORT), default=DEFAULT_PORT, metavar="N", help=french.PORT)
    parser.add_argument("--repository", type=Path, metavar="DIR", help=french.REPOSITORY)
    parser.add_argument("--output", type=Path, metavar="DIR", help=french.SERVE_OUTPUT)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl+C."""
    root = existing_root(args.root)
    for asked in (signal.SIGINT, signal.SIGTERM):  # a shell's background jobs begin with SIGINT ignored
        signal.signal(asked, _stop)
    with contextlib.suppress(KeyboardInterrupt), _output(args.output) as output:
        bulletin = Bulletin()
        rebuilder = Rebuilder(root=root, output=output, today=args.today, jobs=args.jobs, bulletin=bulletin)
        with contextlib.closing(_server(args.port)) as server:
            repository = args.repository.resolve() if args.repository else None
            with open_circle(root, repository, server.address, rebuilder.answer, args.today) as circle:
                _serve(root, server, Preview(rebuilder, bulletin, circle))
    sys.stdout.write(french.SERVE_STOPPED + "\n")
    return 0


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown: the site as it was built last, who wants to know of the next build, and the form service."""

    rebuilder: Rebuilder
    bulletin: Bulletin
    circle: Circle

    def rebuild(self, address: str) -> None:
        """Build, and have the form service see what was built."""
        commit = self.circle.main()
        if self.rebuilder.rebuild(address):
            self.circle.is_built(commit)

    @contextlib.contextmanager
    def answering(self, server: PreviewServer) -> Iterator[None]:
        """Answer, and carry out what editors decide, for the time of the block."""
        app = application(self.rebuilder.answer, self.bulletin, self.circle.app)
        with self.circle.working(), server.answering(app), contextlib.closing(self.bulletin):
            yield


def _serve(root: Path, server: PreviewServer, preview: Preview) -> None:
    """The first build, then one build for each burst of changes, while other threads answer and work."""
    project = (PROJECT / name for name in ("data/schemas", "plugins", "theme"))
    with contextlib.closing(Watcher([root / "content", root / "data", *project])) as watcher:
        preview.rebuild(server.address)
        with preview.answering(server):
            _say(french.serving(server.address))
            while True:
                paths = watcher.wait()
                _say(french.changed(sorted(_shown(path, root) for path in paths)))
                preview.rebuild(server.address)


def _server(port: int) -> PreviewServer:
    try:
        return PreviewServer(port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise UsageError(french.port_taken(port) if taken else french.port_forbidden(port)) from error


@contextlib.contextmanager
def _output(given: Path | None) -> Iterator[Path]:
    """The directory asked for, or one that goes when the server does."""
    if given is not None:
        yield given.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="apercu-") as directory:
        yield Path(directory) / "site"


def _shown(path: str, root: Path) -> str:
    found = Path(path)
    base = next((base for base in (root, PROJECT) if found.is_relative_to(base)), None)
    return french.visible(str(found.relative_to(base) if base else found))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _stop(*_: object) -> NoReturn:
    """A supervisor's polite end (SIGTERM) is a Ctrl+C."""
    raise KeyboardInterrupt
