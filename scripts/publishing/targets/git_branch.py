"""A branch of a git repository, which GitHub, GitLab, Codeberg and others show as pages: ``git+https://…/site.git#pages``.

Each publication is one commit on the branch; a push moves the branch in one step, and only if nobody has moved it meanwhile
(``--force-with-lease``). Going back moves it to the commit before. A site that is built each night would grow for ever: once the
branch is twice as long as what is kept, its oldest commits are left out.
"""

from __future__ import annotations

import base64
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError
from scripts.publishing.programs import run
from scripts.publishing.release import Version, before, next_version, version_named
from scripts.publishing.ssh import Ssh
from scripts.publishing.targets.target import KEEP, Sent, silent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from scripts.publishing.release import Release
    from scripts.publishing.targets.target import Effect

TOKEN: Final = "PUBLISH_GIT_TOKEN"  # noqa: S105  # the name of a variable
_NO_JEKYLL: Final = ".nojekyll"  # what the host of pages wants beside a site
# What hosts of pages and people put there themselves, and stays: names of domains (GitHub, Codeberg), GitLab's job, words on it.
_OF_THE_HOST: Final = ("CNAME", ".domains", ".gitlab-ci.yml", "LICENSE", "README.md")
_OF_A_SITE: Final = frozenset({"index.html", "404.html", "sitemap.xml", "_headers"})
_WHO: Final = "Publication"
_OURS: Final = "refs/publication"


class GitBranch:
    """Publishes to ``branch`` of ``repository``, any address that git takes. A token, if any, comes from the environment."""

    def __init__(
        self,
        repository: str,
        branch: str,
        *,
        environment: Mapping[str, str],
        keep: int = KEEP,
        effect: Effect = silent,
    ) -> None:
        self._repository = repository
        self._branch = f"refs/heads/{branch}"
        self._keep = keep
        self._effect = effect
        self._folder = tempfile.TemporaryDirectory(prefix="publication-")
        self._git_dir = Path(self._folder.name) / "git"
        self._ssh = Ssh(environment)
        self._token = environment.get(TOKEN, "")
        self._environment = _environment(self._git_dir, repository, self._token, self._ssh)
        self._tip = ""  # commit of the branch as it was fetched; empty where there is none
        self._log: list[tuple[Version, str]] = []  # versions and their commits, newest first

    def settle(self) -> None:
        """Fetch the branch: a push is done or not done, so there is nothing to finish."""
        if not self._git_dir.is_dir():
            self._git("init", "--quiet", "--bare", str(self._git_dir))
            self._git("remote", "add", "origin", self._repository)
        far = self._git("ls-remote", "origin", self._branch).split()
        self._tip = far[0] if far else ""
        if self._tip:
            depth = f"--depth={2 * self._keep + 2}"
            self._git(
                "fetch", "--quiet", "--no-tags", "--filter=blob:none", depth, "origin", f"+{self._branch}:{_OURS}"
            )
            self._tip = self._git("rev-parse", _OURS).strip()
        self._log = self._read_log()
        if self._tip and not self._log:
            names = {*self._git("ls-tree", "-z", "--name-only", self._tip).split("\0")} - {
                "",
                _NO_JEKYLL,
                *_OF_THE_HOST,
            }
            if names and not names & _OF_A_SITE:  # somebody's work, which a site would push out
                raise PublishingError(french.branch_is_no_site(self._branch.removeprefix("refs/heads/")))

    def shown(self) -> Version | None:
        """The version of the branch's last commit."""
        return self._log[0][0] if self._log and self._log[0][1] == self._tip else None

    def versions(self) -> list[Version]:
        """Those of the branch; what was gone back from is on it no longer."""
        return [version for version, _ in self._log]

    def publish(self, release: Release, moment: dt.datetime) -> Sent:
        """Commit and push."""
        shown = self.shown()
        if shown and shown.id == release.id:
            return Sent(shown, 0, 0, is_new=False)
        version = next_version(release, moment, self.versions())
        tree = self._tree(release)
        parent = self._shortened() if len(self._log) > 2 * self._keep else self._tip
        commit = self._commit(tree, version, parent)
        self._push(commit)
        changed = [path for path in self._changed(commit) if path in release.files]
        self._tip, self._log = commit, [(version, commit), *self._log]
        return Sent(version, len(changed), release.size(changed))

    def go_back(self) -> Version:
        """Move the branch to the commit before."""
        self.settle()
        shown = self.shown()
        if shown is None:
            raise PublishingError(french.NOTHING_BEFORE)
        earlier = before(shown, self.versions())
        commit = dict(self._log)[earlier]
        self._push(commit)
        self._tip, self._log = commit, [pair for pair in self._log if pair[0] <= earlier]
        return earlier

    def close(self) -> None:
        """Take the working copy and the key away."""
        self._ssh.close()
        self._folder.cleanup()

    def _read_log(self) -> list[tuple[Version, str]]:
        if not self._tip:
            return []
        lines = self._git("log", "--first-parent", "--format=%H %s", self._tip).splitlines()
        read = [(version_named(line.rpartition(" ")[2]), line.partition(" ")[0]) for line in lines]
        return [(version, commit) for version, commit in read if version]

    def _tree(self, release: Release) -> str:
        """The site as a tree of git, with what hosts of pages look for."""
        self._git("read-tree", "--empty")
        self._git(f"--work-tree={release.directory}", "add", "--all", "--force", "--", ".")
        if _NO_JEKYLL not in release.files:
            empty = self._git("hash-object", "-w", "--stdin", given="").strip()
            self._git("update-index", "--add", "--cacheinfo", f"100644,{empty},{_NO_JEKYLL}")
        kept = [name for name in _OF_THE_HOST if name not in release.files]
        for line in self._git("ls-tree", self._tip, *kept).splitlines() if self._tip else ():
            mode, _, blob, name = line.split()
            self._git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{name}")
        return self._git("write-tree", "--missing-ok").strip()

    def _commit(self, tree: str, version: Version, parent: str) -> str:
        date = f"{int(version.moment.timestamp())} +0000"
        dated = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
        parents = ("-p", parent) if parent else ()
        return self._git("commit-tree", *parents, "-m", f"Version {version.name}", tree, more=dated).strip()

    def _shortened(self) -> str:
        """The last commits again, the oldest of which has no parent."""
        parent = ""
        for version, commit in reversed(self._log[: self._keep]):
            parent = self._commit(self._git("rev-parse", f"{commit}^{{tree}}").strip(), version, parent)
        return parent

    def _push(self, commit: str) -> None:
        lease = f"--force-with-lease={self._branch}:{self._tip}"
        self._effect("push")
        self._git("push", "--quiet", lease, "origin", f"{commit}:{self._branch}")
        self._effect("pushed")

    def _changed(self, commit: str) -> list[str]:
        compared = (self._tip, commit) if self._tip else ("--root", commit)
        listed = self._git("diff-tree", "-r", "-z", "--no-commit-id", "--no-renames", "--name-only", *compared)
        return [path for path in listed.split("\0") if path]

    def _git(self, *arguments: str, given: str | None = None, more: Mapping[str, str] | None = None) -> str:
        command = ["git", "-c", "core.autocrlf=false", "-c", "gc.auto=0", "-c", "core.quotePath=false", *arguments]
        return run(command, environment={**self._environment, **(more or {})}, given=given, hidden=[self._token])


def _environment(git_dir: Path, repository: str, token: str, ssh: Ssh) -> dict[str, str]:
    """Git asks nothing, and reads the token from its environment, where no list of processes shows it."""
    given = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_DIR": str(git_dir),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": ssh.line,
        "LC_ALL": "C.UTF-8",
    }
    for role in ("AUTHOR", "COMMITTER"):
        given |= {f"GIT_{role}_NAME": _WHO, f"GIT_{role}_EMAIL": "publication@localhost"}
    if token and repository.startswith("https://"):
        credentials = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        given |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{repository}.extraHeader",
            "GIT_CONFIG_VALUE_0": f"Authorization: Basic {credentials}",
        }
    return given
