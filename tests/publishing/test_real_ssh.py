"""The same over a real sshd and a real rsync, on machines that have them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.publishing.moments import LATER
from tests.publishing.places import Place, built
from tests.publishing.sites import files_of, read_folder, without_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SSHD is None or shutil.which("rsync") is None or os.geteuid() != 0,
        reason="no sshd or rsync that this user can start; doubles are tested in test_targets.py",
    ),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Place]:
    """An sshd of our own on a free port, which knows one key."""
    for name in ("host", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    keys = tmp_path / "authorized"
    shutil.copy(tmp_path / "key.pub", keys)
    settings = tmp_path / "sshd_config"
    lines = ["ListenAddress 127.0.0.1", f"Port {port}", f"HostKey {tmp_path}/host", f"AuthorizedKeysFile {keys}"]
    lines += [
        "StrictModes no",
        "PasswordAuthentication no",
        "PermitRootLogin prohibit-password",
        "UsePAM no",
        "PidFile none",
    ]
    settings.write_text("\n".join(lines) + "\n", "utf-8")
    Path("/run/sshd").mkdir(exist_ok=True)
    assert SSHD is not None
    with subprocess.Popen([SSHD, "-D", "-e", "-f", str(settings)], stderr=subprocess.DEVNULL) as process:
        _await(port)
        host_key = (tmp_path / "host.pub").read_text("utf-8").split()
        environment = {
            "PUBLISH_SSH_KEY": (tmp_path / "key").read_text("utf-8"),
            "PUBLISH_SSH_KNOWN_HOSTS": f"[127.0.0.1]:{port} {host_key[0]} {host_key[1]}",
        }
        site = tmp_path / "web" / "site"
        site.parent.mkdir()
        look = lambda: without_stamp(read_folder(site))  # noqa: E731  # what a place is given
        yield Place("server", f"ssh://root@127.0.0.1:{port}{site}", look, environment)
        process.terminate()


def _await(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("sshd does not answer")


def test_published_and_gone_back_with_a_key_from_the_environment(server: Place, tmp_path: Path) -> None:
    server.publish(built(tmp_path, "un"))
    sent = server.publish(built(tmp_path, "deux"), LATER)
    assert server.look() == files_of("deux")
    assert 0 < sent.files < len(files_of("deux"))
    same = tmp_path / "web" / "site" / "same" / "photo.png"
    assert same.stat().st_nlink == 2  # shared by both versions
    server.go_back()
    assert server.look() == files_of("un")
