"""One build after another, each in a process of its own, so that no memory leaks and edited plugins count."""

from __future__ import annotations

import html
import subprocess
import sys
from typing import TYPE_CHECKING

from plugins.model.yaml.reader import read_yaml
from scripts.arguments import PROJECT
from scripts.french import commands as french
from scripts.preview.answers import Answer, StaticSite

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from scripts.preview.reload import Bulletin


class Rebuilder:
    """Builds ``root`` to ``output`` and answers from the last build that succeeded."""

    def __init__(self, *, root: Path, output: Path, today: dt.date | None, jobs: int, bulletin: Bulletin) -> None:
        self._root = root
        self._output = output
        self._options = ["--brief", "--jobs", str(jobs), *(["--today", today.isoformat()] if today else [])]
        self._bulletin = bulletin
        self._site: StaticSite | None = None

    def rebuild(self, site_url: str) -> bool:
        """Build once for ``site_url``, where forms go too; print what the build says, tell the open pages, and give whether it
        succeeded.
        """
        done = subprocess.run(self._command(site_url), cwd=PROJECT, capture_output=True, text=True, check=False)
        said = done.stdout + done.stderr
        sys.stdout.write(said)
        sys.stdout.flush()
        if done.returncode == 0:
            self._site = StaticSite(self._output, _redirects(self._root))
            self._bulletin.built()
        else:
            self._bulletin.failed(said.strip() or french.build_died(done.returncode))
        return done.returncode == 0

    def answer(self, target: str) -> Answer:
        """The answer of the last good site, or, where there is none yet, a page that says why."""
        if self._site is not None:
            return self._site.answer(target)
        problems = html.escape(self._bulletin.state.problems)
        page = french.NOTHING_BUILT_PAGE.format(problems=problems)
        return Answer(503, "text/html; charset=utf-8", page.encode())

    def _command(self, site_url: str) -> list[str]:
        where = ["--root", str(self._root), "--output", str(self._output), "--site-url", site_url]
        where += ["--intake", site_url]
        return [sys.executable, "-m", "scripts", "build", *where, *self._options]


def _redirects(root: Path) -> Mapping[str, str]:
    """The redirects of a root whose build has found them in order."""
    path = root / "data" / "redirects.yaml"
    data = read_yaml(path.read_text(encoding="utf-8-sig")).data if path.is_file() else None
    return {old: str(new) for old, new in data.items()} if isinstance(data, dict) else {}
