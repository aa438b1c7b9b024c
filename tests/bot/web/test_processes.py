"""The intake as it runs in production: several processes, stopped politely, killed, started again; nothing acknowledged is lost."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from scripts.arguments import PROJECT
from scripts.bot.store import Store
from scripts.bot.submission import State
from tests.bot.web.live import ROOT
from tests.bot.web.posts import MULTIPART, multipart
from tests.bot.web.test_intake import EVENT, FORM, MUCH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
STARTS_WITHIN = 120


@dataclass
class Sender(threading.Thread):
    """Sends one proposal after the other; each again with the same key until it is acknowledged, as people do."""

    port: int
    stop: threading.Event
    acknowledged: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            number += 1
            key = secrets.token_hex(16)
            title = f"Proposition {number} de {self.name}"
            body = multipart(
                [*((name, text) for name, text in EVENT.items() if name != "title"), ("title", title), ("key", key)]
            )
            while not self.stop.is_set() and not self._send(body):
                time.sleep(0.1)

    def _send(self, body: bytes) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            try:
                connection.request("POST", FORM, body, {"content-type": MULTIPART})
                answer = connection.getresponse()
                text = answer.read().decode()
            except (OSError, http.client.HTTPException):
                return False
        self.answers.append(answer.status)
        found = re.search(r"/proposition/([a-z2-7]{16})/", text)
        if answer.status != 202 or found is None:
            return False
        self.acknowledged.append(found[1])
        return True


@dataclass
class Intake:
    """The command, in a process group of its own."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "CIRCULAR_ROOT": str(self.folder / "root"),
            "CIRCULAR_STATE": str(self.folder / "state"),
            "CIRCULAR_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "CIRCULAR_PORT": str(self.port),
            "CIRCULAR_PROCESSES": "2",
            "CIRCULAR_SECRET": "s" * 40,
            "CIRCULAR_TODAY": "2026-11-24",
            **MUCH,
        }
        line = [sys.executable, "-m", "scripts", "bot", "intake"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                line, cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            with (
                contextlib.suppress(OSError),
                contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port)) as ask,
            ):
                ask.request("GET", "/sante")
                if ask.getresponse().status == 200:
                    return
            time.sleep(0.1)
        pytest.fail(f"the intake did not start:\n{(self.folder / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """All its processes at once, as when the power fails."""
        if self.process is not None and self.process.poll() is None:  # else its number may be somebody else's by now
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(30)

    def ask_to_stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def stored(self) -> dict[str, str]:
        """Title of each submission in the database, by id."""
        store = Store.open(f"sqlite:///{self.folder}/state/propositions.sqlite", key=None)
        with contextlib.closing(store):
            return {one.id: one.title for one in store.listed(list(State), limit=100_000)}


@pytest.fixture
def intake(tmp_path: Path) -> Iterator[Intake]:
    shutil.copytree(ROOT, tmp_path / "root")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = Intake(tmp_path, port)
    yield running
    running.kill()


def test_what_was_acknowledged_outlives_three_kills_and_nothing_is_there_twice(intake: Intake) -> None:
    stop = threading.Event()
    intake.start()
    senders = [Sender(intake.port, stop) for _ in range(6)]
    for sender in senders:
        sender.start()
    for pause in (1.0, 0.7, 1.3):
        time.sleep(pause)
        intake.kill()
        intake.start()
    time.sleep(1)
    stop.set()
    for sender in senders:
        sender.join(60)
    acknowledged = [one for sender in senders for one in sender.acknowledged]
    stored = intake.stored()
    assert len(acknowledged) > 20
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) <= set(stored)
    titles = list(stored.values())
    assert len(set(titles)) == len(titles)
    assert len(stored) - len(acknowledged) <= len(senders)  # each may have been stopped before its last answer


def test_who_is_being_answered_when_the_service_stops_still_gets_the_receipt(intake: Intake) -> None:
    intake.start()
    body = multipart([*EVENT.items(), ("key", secrets.token_hex(16))])
    with socket.create_connection(("127.0.0.1", intake.port), timeout=60) as connection:
        head = f"POST {FORM} HTTP/1.1\r\nHost: x\r\nContent-Type: {MULTIPART}\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body[:-200])
        time.sleep(0.5)  # the service has begun to read
        stopping = threading.Thread(target=intake.ask_to_stop)
        stopping.start()
        time.sleep(0.5)
        connection.sendall(body[-200:])
        answer = connection.makefile("rb").read()
    stopping.join(60)
    assert answer.startswith(b"HTTP/1.1 202"), answer[:200]
    assert intake.process is not None
    assert intake.process.poll() == 0
    found = re.search(rb"/proposition/([a-z2-7]{16})/", answer)
    assert found is not None
    assert found[1].decode() in intake.stored()


def test_its_log_is_one_json_object_a_line_and_names_nobody(intake: Intake) -> None:
    intake.start()
    stop = threading.Event()
    sender = Sender(intake.port, stop)
    sender.start()
    while not sender.acknowledged:
        time.sleep(0.05)
    stop.set()
    sender.join(30)
    assert intake.ask_to_stop() == 0
    first, *lines = (intake.folder / "log").read_text(encoding="utf-8").splitlines()
    assert "écoute sur http://127.0.0.1:" in first
    told = [json.loads(line) for line in lines]
    assert {"submission", "request"} <= {line["message"] for line in told}
    assert not [line for line in told if line["level"] in {"error", "critical"}]
    assert "camille" not in "\n".join(lines)
    assert sender.acknowledged[0] not in "\n".join(lines)


def test_wrong_settings_are_told_before_anything_starts(intake: Intake) -> None:
    line = [sys.executable, "-m", "scripts", "bot", "intake"]
    environment = {**os.environ, "CIRCULAR_ROOT": str(intake.folder / "root"), "CIRCULAR_PORT": "x"}
    done = subprocess.run(line, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2
    for name in ("CIRCULAR_PUBLIC_URL", "CIRCULAR_SECRET", "CIRCULAR_PORT"):
        assert f"- {name}\u202f:" in done.stderr
