"""A server reached by SSH, with rsync on both sides: ``ssh://user@host:port/path``.

``path`` is what its web server shows: a link to one of the versions in ``path.releases/``. rsync brings a version beside the
others, linking what has not changed (``--link-dest``) and sending only the rest; then ``ln`` and ``mv -T`` put a new link in the
place of the old one, in one rename. Nothing but a POSIX shell, rsync and the ``mv`` of GNU or BusyBox is needed there.
"""

from __future__ import annotations

import os
import re
from shlex import quote
from typing import TYPE_CHECKING, Final

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError
from scripts.publishing.programs import run
from scripts.publishing.release import Version, before, next_version, to_forget, version_named
from scripts.publishing.ssh import Ssh
from scripts.publishing.targets.target import KEEP, Sent, silent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from scripts.publishing.release import Release
    from scripts.publishing.targets.target import Effect

_NEW: Final = ".new-"
_GONE: Final = ".gone-"
_REAL_FOLDER: Final = "real-folder"  # what the far side answers where a folder stands in the place of the link
_MOVED: Final = "moved-meanwhile"  # and where the link leads elsewhere than it did
# Files are compared by content: a build gives every file a new date. Dates, owners and groups are the far side's own.
_OPTIONS: Final = ("-rl", "--checksum", "--delete", "--chmod=D755,F644", "--partial", "--out-format=%i %l %n")
_SENT: Final = re.compile(r"^<f\S* (\d+) ", re.MULTILINE)


class Rsync:
    """Publishes to ``path`` of ``host`` (``user@host``), as whoever ``ssh`` lets in."""

    def __init__(
        self,
        host: str,
        path: str,
        *,
        environment: Mapping[str, str],
        port: int | None = None,
        keep: int = KEEP,
        effect: Effect = silent,
    ) -> None:
        self._host = host
        self._path = path.rstrip("/")
        self._name = self._path.rpartition("/")[2]
        self._releases = f"{self._path}.releases"
        self._environment = {**os.environ, **environment}
        self._ssh = Ssh(environment, port)
        self._keep = keep
        self._effect = effect

    def settle(self) -> None:
        """Clear what was on its way out. What was on its way in stays for a day: the next publication goes on from there."""
        folder = quote(self._releases)
        self._effect("clear")
        said = self._far(
            f"mkdir -p {folder} && cd {folder} && rm -rf {_GONE}* {_NEW}link && "
            f"find . -maxdepth 1 -name '{_NEW}*' -mmin +1440 -exec rm -rf {{}} + && "
            f"if [ -e {quote(self._path)} ] && [ ! -L {quote(self._path)} ]; then echo {_REAL_FOLDER}; fi"
        )
        if _REAL_FOLDER in said:
            raise PublishingError(french.far_real_folder(self._path))

    def shown(self) -> Version | None:
        """Where the link leads."""
        link = self._far(f"readlink {quote(self._path)} || true")
        return version_named(link.strip().rpartition("/")[2])

    def versions(self) -> list[Version]:
        """The folders beside ``path``."""
        names = self._far(f"ls -1 {quote(self._releases)} 2>/dev/null || true").split()
        return sorted(filter(None, map(version_named, names)), reverse=True)

    def publish(self, release: Release, moment: dt.datetime) -> Sent:
        """Send what has changed, switch, forget."""
        shown, known = self.shown(), self.versions()
        if shown and shown.id == release.id:
            return Sent(shown, 0, 0, is_new=False)
        kept = [version for version in known if shown and version <= shown]
        version = next_version(release, moment, known)
        new = f"{self._releases}/{_NEW}{release.id}"  # the same site goes on where it was interrupted
        base = (f"--link-dest={self._releases}/{shown.name}",) if shown else ()
        self._effect("send")
        said = run(
            ["rsync", *_OPTIONS, *base, "-e", self._ssh.line, f"{release.directory}/", f"{self._host}:{new}/"],
            environment=self._environment,
        )
        self._effect("name")
        self._far(f"mv -T {quote(new)} {quote(f'{self._releases}/{version.name}')} && {{ sync || true; }}")
        self._switch(version, shown)
        self._forget(sorted({*known} - {*kept} | {*to_forget(version, kept, self._keep)}))
        sizes = [int(size) for size in _SENT.findall(said)]
        return Sent(version, len(sizes), sum(sizes))

    def go_back(self) -> Version:
        """Switch to the version before."""
        self.settle()
        shown = self.shown()
        if shown is None:
            raise PublishingError(french.NOTHING_BEFORE)
        earlier = before(shown, self.versions())
        self._switch(earlier, shown)
        return earlier

    def close(self) -> None:
        """Take the key away."""
        self._ssh.close()

    def _switch(self, version: Version, shown: Version | None) -> None:
        """Put the new link in the place of the old one, unless another publication has done so since."""
        link = quote(f"{self._releases}/{_NEW}link")
        self._effect("link")
        self._far(f"ln -sfn {quote(f'{self._name}.releases/{version.name}')} {link}")
        self._effect("switch")
        there = quote(f"{self._name}.releases/{shown.name}") if shown else ""
        has_moved = f'[ "$(readlink {quote(self._path)})" != {there} ]' if shown else "false"
        said = self._far(f"if {has_moved}; then echo {_MOVED}; else mv -T {link} {quote(self._path)}; fi")
        if _MOVED in said:
            raise PublishingError(french.ANOTHER_PUBLICATION)

    def _forget(self, versions: list[Version]) -> None:
        for version in versions:
            self._effect(f"forget {version.name}")
            old, gone = f"{self._releases}/{version.name}", f"{self._releases}/{_GONE}{version.name}"
            self._far(f"mv -T {quote(old)} {quote(gone)} && rm -rf {quote(gone)}")

    def _far(self, script: str) -> str:
        """What a line of shell on the far side writes."""
        return run([*self._ssh.command, self._host, script], environment=self._environment)
