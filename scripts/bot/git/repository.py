"""One bare repository, by plumbing alone: nothing is ever checked out."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bot.git.command import Git
from scripts.bot.git.errors import GitError
from scripts.bot.git.paths import safe

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

OBJECT = re.compile(r"[0-9a-f]{40}")
REF = re.compile(r"refs/[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+")
MODE = "100644"
NOTHING = "0" * 40
_UNFIT = re.compile(r"[\x00-\x1f\x7f<>]+")


@dataclass(frozen=True, slots=True)
class Person:
    """Who made a commit; ``email`` is an address that nobody reads."""

    name: str
    email: str

    def at(self, moment: dt.datetime, role: str) -> dict[str, str]:
        """The environment by which git takes the person and the time (UTC)."""
        name = " ".join(_UNFIT.sub(" ", self.name).split()) or self.email
        date = f"{int(moment.timestamp())} +0000"
        return {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": self.email, f"GIT_{role}_DATE": date}


@dataclass(frozen=True, slots=True)
class Merge:
    """The tree of a merge, and the paths on which both sides disagree; a tree with those is of no use."""

    tree: str
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Repository:
    """A bare repository. Every method may raise GitError; objects are named by their full hash."""

    git: Git

    @classmethod
    def open(cls, directory: Path) -> Repository:
        """The repository in ``directory``, made if there is none; one that is not bare is opened at its ``.git``."""
        inner = directory / ".git"
        directory = inner if inner.is_dir() else directory
        if not (directory / "HEAD").exists():
            directory.mkdir(parents=True, exist_ok=True)
            made = Git(directory)
            made.run("init", "--quiet", "--bare", "--initial-branch=main", "--template=", str(directory))
        git = Git(directory.resolve())
        if git.text("rev-parse", "--show-object-format") != "sha1":
            raise GitError("broken", "repositories with SHA-256 are not supported")
        return cls(git)

    @property
    def head_branch(self) -> str:
        """The branch that the repository itself calls its main one."""
        return self.git.text("symbolic-ref", "--short", "HEAD")

    @property
    def is_bare(self) -> bool:
        """Whether no files are checked out beside it."""
        return self.git.directory.name != ".git"

    # --- reading ---

    def resolve(self, name: str) -> str | None:
        """The commit that a ref or a hash names."""
        code, out = self.git.outcome("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}", fine=(0, 1, 128))
        return out.decode().strip() if code == 0 else None

    def tree_of(self, commit: str) -> str:
        """The hash of a commit's tree."""
        return self.git.text("rev-parse", "--verify", f"{commit}^{{tree}}")

    def read(self, commit: str, path: str) -> bytes | None:
        """The content of a file at a commit; None if there is none."""
        blob = self.blob_at(commit, path)
        return self.content(blob) if blob else None

    def blob_at(self, commit: str, path: str) -> str | None:
        """The hash of a file's content at a commit; None where there is no regular file."""
        for mode, kind, name, found in self.files(commit, path):
            if found == path and kind == "blob" and mode.startswith("100"):
                return name
        return None

    def content(self, blob: str) -> bytes | None:
        """The content that has this hash; None if the repository does not have it."""
        code, out = self.git.outcome("cat-file", "blob", _object(blob), fine=(0, 1, 128))
        return out if code == 0 else None

    def files(self, commit: str, *below: str) -> list[tuple[str, str, str, str]]:
        """Mode, kind, hash and path of what a commit holds below some paths (everything, if none is given)."""
        out = self.git.run("--literal-pathspecs", "ls-tree", "-r", "-z", "--full-tree", _object(commit), "--", *below)
        found = []
        for line in out.decode("utf-8", "surrogateescape").split("\0")[:-1]:
            about, path = line.split("\t", 1)
            mode, kind, name = about.split(" ")
            found.append((mode, kind, name, path))
        return found

    def changed(self, old: str, new: str) -> list[str]:
        """Paths that differ between two commits or trees, renames shown as both."""
        out = self.git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", _object(old), _object(new))
        return out.decode("utf-8", "surrogateescape").split("\0")[:-1]

    def contains(self, commit: str, older: str) -> bool:
        """Whether ``older`` is an ancestor of ``commit``, or the same."""
        return self.git.outcome("merge-base", "--is-ancestor", _object(older), _object(commit), fine=(0, 1))[0] == 0

    def merge_base(self, one: str, other: str) -> str | None:
        """The last commit that both have."""
        code, out = self.git.outcome("merge-base", _object(one), _object(other), fine=(0, 1))
        return out.decode().strip() if code == 0 else None

    # --- writing ---

    def commit(
        self,
        parents: Sequence[str],
        files: Mapping[str, bytes | Path | None],
        message: str,
        *,
        tree: str = "",
        author: Person,
        committer: Person,
        at: dt.datetime,
    ) -> str:
        """Make a commit: ``tree`` (the first parent's, if empty) with ``files`` put in (a path stands for the
        content of a file), or taken out where None.

        The same arguments give the same hash, so a step that is done again makes nothing new.
        """
        base = tree or (parents[0] if parents else "")
        changed = self._tree_with(base, files) if files or not tree else tree
        people = author.at(at, "AUTHOR") | committer.at(at, "COMMITTER")
        given = [argument for parent in parents for argument in ("-p", _object(parent))]
        return self.git.text("commit-tree", changed, *given, stdin=message.encode(), environment=people)

    def store(self, content: bytes) -> str:
        """Keep a content; its hash."""
        return self.git.text("hash-object", "-w", "--stdin", stdin=content)

    def keep(self, ref: str, commit: str) -> None:
        """Have a ref of our own name a commit, whatever it named before, so that the commit is not tidied away."""
        self.git.run("update-ref", "--no-deref", _ref(ref), _object(commit))

    def refs(self, *names: str) -> dict[str, str]:
        """What some refs name; those that are not there are left out."""
        out = self.git.text("for-each-ref", "--format=%(refname) %(objectname)", *map(_ref, names))
        return dict(line.split(" ", 1) for line in out.splitlines())

    def update_ref(self, ref: str, new: str, *, old: str) -> None:
        """Move one ref, as `update_refs` does."""
        self.update_refs((ref, new, old))

    def update_refs(self, *moves: tuple[str, str, str]) -> None:
        """Move refs, each (name, new, old), all of them or none; NOTHING stands for « not there » on both sides.

        Raises:
            GitError: ``conflict`` where one of them is not where it was expected.
        """
        lines = ["start", *(_move(*move) for move in moves), "commit", ""]
        try:
            self.git.run("update-ref", "--stdin", stdin="\n".join(lines).encode())
        except GitError as error:
            if any((self.resolve(ref) or NOTHING) != old for ref, _, old in moves):
                raise GitError("conflict", error.detail) from error
            raise

    def merge(self, ours: str, theirs: str) -> Merge:
        """Merge two commits without touching anything (``git merge-tree --write-tree``, git 2.38)."""
        code, out = self.git.outcome(
            "merge-tree",
            "--write-tree",
            "-z",
            "--name-only",
            "--no-messages",
            _object(ours),
            _object(theirs),
            fine=(0, 1),
        )
        tree, *conflicts = out.decode("utf-8", "surrogateescape").rstrip("\0").split("\0")
        return Merge(tree, tuple(conflicts) if code else ())

    def merge_contents(self, ours: bytes, base: bytes, theirs: bytes) -> bytes | None:
        """The three-way merge of one text; None where both changed the same lines."""
        with tempfile.TemporaryDirectory(prefix="merge-") as name:
            paths = [Path(name, part) for part in ("ours", "base", "theirs")]
            for path, content in zip(paths, (ours, base, theirs), strict=True):
                path.write_bytes(content)
            code, out = self.git.outcome("merge-file", "-p", *map(str, paths), fine=tuple(range(128)))
        return out if code == 0 else None

    def tidy(self) -> None:
        """Pack loose objects where there are many."""
        self.git.run("gc", "--auto", "--quiet", seconds=600)

    def _tree_with(self, tree: str, files: Mapping[str, bytes | Path | None]) -> str:
        blobs = self._stored(files)
        lines = [
            f"{MODE} {blobs[path]}\t{safe(path)}\0" if path in blobs else f"0 {NOTHING}\t{safe(path)}\0"
            for path in sorted(files)
        ]
        with tempfile.TemporaryDirectory(prefix="index-") as name:
            index = {"GIT_INDEX_FILE": str(Path(name, "index"))}
            if tree:
                self.git.run("read-tree", tree, environment=index)
            self.git.run("update-index", "-z", "--index-info", stdin="".join(lines).encode(), environment=index)
            return self.git.text("write-tree", environment=index)

    def _stored(self, files: Mapping[str, bytes | Path | None]) -> dict[str, str]:
        """The hash of each content, all files on the disk in one go."""
        blobs = {path: self.store(content) for path, content in files.items() if isinstance(content, bytes)}
        on_disk = {path: str(content) for path, content in files.items() if isinstance(content, Path)}
        if on_disk:
            listed = "".join(f"{place}\n" for place in on_disk.values())
            out = self.git.text("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=listed.encode())
            blobs |= dict(zip(on_disk, out.split("\n"), strict=True))
        return blobs


def _move(ref: str, new: str, old: str) -> str:
    return f"delete {_ref(ref)} {old}" if new == NOTHING else f"update {_ref(ref)} {_object(new)} {old}"


def _ref(name: str) -> str:
    """A full name of a ref, and nothing else."""
    if not REF.fullmatch(name) or ".." in name or name.endswith((".lock", "/", ".")):
        raise ValueError(f"{name!r} is no ref")
    return name


def _object(name: str) -> str:
    """A hash, and nothing that git would read as an option or a revision expression."""
    if not OBJECT.fullmatch(name):
        raise ValueError(f"{name!r} is no hash")
    return name
