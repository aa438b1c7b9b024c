"""What is peculiar to a branch of pages."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from scripts.publishing.errors import PublishingError
from scripts.publishing.release import seal
from scripts.publishing.ssh import Ssh
from scripts.publishing.targets.git_branch import TOKEN, _environment
from tests.publishing.moments import DAY, LATER, NOW
from tests.publishing.places import Place, built, committed, place
from tests.publishing.storage_double import Stored

pytestmark = pytest.mark.slow


@pytest.fixture
def branch(tmp_path: Path) -> Place:
    return place("git", tmp_path, Stored())


def git(repository: Path, *arguments: str) -> str:
    return subprocess.check_output(["git", f"--git-dir={repository}", *arguments], text=True).strip()


def test_what_hosts_of_pages_look_for_is_there_and_stays(branch: Place, tmp_path: Path) -> None:
    repository = tmp_path / "pages.git"
    blob = subprocess.check_output(
        ["git", f"--git-dir={repository}", "hash-object", "-w", "--stdin"], input=b"exemple.org\n"
    )
    tree = subprocess.check_output(
        ["git", f"--git-dir={repository}", "mktree"],
        input=b"".join(b"100644 blob " + blob.strip() + name for name in (b"\t.domains\n", b"\tCNAME\n")),
    )
    commit = git(
        repository, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", "-m", "main", tree.decode().strip()
    )
    git(repository, "update-ref", "refs/heads/pages", commit)
    branch.publish(built(tmp_path, "un"))
    branch.publish(built(tmp_path, "deux"), LATER)
    files = committed(repository)
    assert files["CNAME"] == files[".domains"] == b"exemple.org\n"
    assert files[".nojekyll"] == b""


def test_a_branch_of_sources_is_never_published_over(branch: Place, tmp_path: Path) -> None:
    repository = tmp_path / "pages.git"
    work = tmp_path / "work"
    subprocess.run(["git", "clone", "--quiet", str(repository), str(work)], check=True, stderr=subprocess.DEVNULL)
    (work / "content").mkdir()
    (work / "content" / "a.md").touch()
    who = ("-c", "user.name=x", "-c", "user.email=x@x")
    for words in (("add", "."), (*who, "commit", "--quiet", "-m", "x"), ("push", "--quiet", "origin", "HEAD:pages")):
        subprocess.run(["git", "-C", str(work), *words], check=True)
    tip = git(repository, "rev-parse", "pages")
    with pytest.raises(PublishingError, match="autre chose qu’un site"):
        branch.publish(built(tmp_path, "un"))
    assert git(repository, "rev-parse", "pages") == tip


def test_a_branch_that_somebody_else_has_moved_is_left_alone(branch: Place, tmp_path: Path) -> None:
    branch.publish(built(tmp_path, "un"))
    with branch.opened() as target:
        target.settle()
        branch.publish(built(tmp_path, "deux"), LATER)
        with pytest.raises(PublishingError, match="git a échoué"):
            target.publish(seal(built(tmp_path, "trois"), DAY), NOW)
    assert b"Accueil deux" in branch.look()["index.html"]


def test_the_token_is_in_the_environment_of_git_and_in_no_argument_or_message(tmp_path: Path) -> None:
    environment = {**os.environ, TOKEN: "jeton-tres-secret"}
    where = Place("git", "git+https://127.0.0.1:9/reseau/site.git", dict, environment)
    with pytest.raises(PublishingError) as error:
        where.publish(built(tmp_path, "un"))
    assert "jeton-tres-secret" not in str(error.value)
    ssh = Ssh({})
    given = _environment(tmp_path, "https://forge.example.org/x.git", "jeton-tres-secret", ssh)
    ssh.close()
    assert given["GIT_CONFIG_KEY_0"] == "http.https://forge.example.org/x.git.extraHeader"
    assert given["GIT_TERMINAL_PROMPT"] == "0"


def test_a_token_never_goes_over_plain_http(tmp_path: Path) -> None:
    ssh = Ssh({})
    assert "GIT_CONFIG_VALUE_0" not in _environment(tmp_path, "http://forge.example.org/x.git", "jeton", ssh)
    ssh.close()


def test_the_key_from_the_environment_is_a_private_file_for_a_while() -> None:
    ssh = Ssh({"PUBLISH_SSH_KEY": "KEY", "PUBLISH_SSH_KNOWN_HOSTS": "serveur ssh-ed25519 AAAA"}, 2222)
    file = Path(ssh.command[ssh.command.index("-i") + 1])
    assert file.read_text("utf-8") == "KEY\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "StrictHostKeyChecking=yes" in ssh.command
    ssh.close()
    assert not file.exists()
