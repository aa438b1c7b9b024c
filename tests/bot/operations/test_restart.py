"""Stopped or killed while forms come in, the intake loses nothing that it acknowledged; who got no answer sends again."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from scripts.bot.store import Store
from tests.bot.web.posts import MULTIPART, multipart

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT: Final = Path(__file__).parents[3]
SMALL_ROOT: Final = PROJECT / "tests" / "roots" / "outre-brume"
SENDERS, ENOUGH = 6, 40  # at once; acknowledged between two stops
PATIENCE: Final = 60.0  # seconds
EVENT: Final = {
    "title": "Atelier de réparation de vélos",
    "summary": "Une soirée pour apprendre à réparer son vélo avec les bénévoles du quartier.",
    "start": "2036-12-14T18:30",
    "end": "2036-12-14T20:30",
    "place.name": "La Maison",
    "place.commune": "98001",
    "pillars": "partager",
    "body": "Apportez votre vélo.",
    "contact.name": "Camille Exemple",
    "contact.email": "camille@example.org",
}


@dataclass
class Service:
    """An intake of two processes that can be started again and again on the same files."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder}/state/propositions.sqlite"

    def start(self) -> None:
        environment = os.environ | {
            "CIRCULAR_ROOT": str(self.folder / "root"),
            "CIRCULAR_STATE": str(self.folder / "state"),
            "CIRCULAR_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "CIRCULAR_PORT": str(self.port),
            "CIRCULAR_PROCESSES": "2",
            "CIRCULAR_SECRET": "restart " * 5,
            "CIRCULAR_PLAIN_POSTS_PER_HOUR": "1000000",
            "CIRCULAR_TRIES_PER_HOUR": "1000000",
        }
        with (self.folder / "log").open("ab") as log:
            line = [sys.executable, "-m", "scripts", "bot", "intake"]
            self.process = subprocess.Popen(
                line, cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def stop(self, number: signal.Signals) -> int:
        """Send a signal to the whole service, as systemd does, and wait for its end."""
        assert self.process is not None
        os.killpg(self.process.pid, number)
        return self.process.wait(PATIENCE)


@dataclass
class Senders:
    """People who send one form after the other, and the same again where no answer came. ``got``: key → ids of receipts."""

    port: int
    got: dict[str, list[str]] = field(default_factory=dict)
    again: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def send_on(self, sender: int) -> None:
        number = 0
        while not self.done.is_set():
            key, number = f"sender-{sender:02}-form-{number:06}", number + 1
            while (receipt := self._send(key)) is None and not self.done.is_set():
                self.again += 1
                time.sleep(0.05)
            if receipt:
                self.got.setdefault(key, []).append(receipt)
                self.got[key] += filter(None, [self._send(key)] if number % 10 == 0 else [])  # a double click

    def _send(self, key: str) -> str | None:
        """The id of the receipt; None where no answer came, or one that says to come again."""
        body = multipart([*EVENT.items(), ("key", key)])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            try:
                connection.request("POST", "/contribuer/evenement/", body, {"content-type": MULTIPART})
                answer = connection.getresponse()
                link = answer.getheader("link", "")
                answer.read()
            except (OSError, http.client.HTTPException):
                return None
        if answer.status == 503:
            return None
        assert answer.status == 202, answer.status
        found = re.search(r"/proposition/([a-z2-7]{16})/", link)
        assert found, link
        return found[1]


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    shutil.copytree(SMALL_ROOT, tmp_path / "root")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Service(tmp_path, port)
    made.start()
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop(signal.SIGKILL)


@pytest.fixture
def senders(service: Service) -> Iterator[Senders]:
    made = Senders(service.port)
    threads = [threading.Thread(target=made.send_on, args=(number,)) for number in range(SENDERS)]
    for thread in threads:
        thread.start()
    yield made
    made.done.set()
    for thread in threads:
        thread.join(PATIENCE)


def wait_for(senders: Senders, more: int) -> None:
    """Until so many more forms are acknowledged."""
    wanted, until = len(senders.got) + more, time.monotonic() + PATIENCE
    while len(senders.got) < wanted:
        assert time.monotonic() < until, f"{len(senders.got)} of {wanted} acknowledged"
        time.sleep(0.02)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost(service: Service, senders: Senders) -> None:
    ends = []
    for number in (signal.SIGTERM, signal.SIGKILL):
        wait_for(senders, ENOUGH)
        ends.append(service.stop(number))
        service.start()
    wait_for(senders, ENOUGH)
    senders.done.set()
    assert ends == [0, -9]
    assert senders.again, "nobody had to send again, so nobody was interrupted"
    assert service.stop(signal.SIGTERM) == 0

    store = Store.open(service.database, key=None)
    lost = [key for key, ids in senders.got.items() if store.by_id(ids[0]) is None]
    twice = {key: ids for key, ids in senders.got.items() if len(set(ids)) != 1}
    stored = sum(store.counts().values())
    store.close()
    assert lost == []
    assert twice == {}
    assert len(senders.got) <= stored <= len(senders.got) + SENDERS, "one for each form, whatever was sent again"
