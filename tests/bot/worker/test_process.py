"""The worker as it really runs: ``python -m scripts bot worker``, stopped politely and not, with mail."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.bot.clock import utc_now
from scripts.bot.store import Store
from scripts.bot.submission import State
from tests.bot.mail.conftest import Inbox, running
from tests.bot.samples import sample_id
from tests.bot.worker.bench import ONE, lay, sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[3]


def settings(directory: Path, **more: str) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "CIRCULAR_ROOT": str(directory / "root"),
        "CIRCULAR_STATE": str(directory / "service"),
        "CIRCULAR_DATABASE": f"sqlite:///{directory}/bot.db",
        "CIRCULAR_PUBLIC_URL": "http://127.0.0.1:9",
        "CIRCULAR_SITE_URL": "http://127.0.0.1:9",
        "CIRCULAR_SECRET": "x" * 40,
        **more,
    }


@contextlib.contextmanager
def started(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "scripts", "bot", "worker", "--name", "w"]
    with subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    lay(tmp_path)
    opened = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None)
    yield opened
    opened.close()


def state(store: Store, submission: str = ONE) -> State:
    found = store.by_id(submission)
    assert found is not None
    return found.state


def test_it_works_sends_its_mail_and_ends_when_it_is_asked_to(tmp_path: Path, store: Store) -> None:
    store.add(sent(created=utc_now()))
    inbox = Inbox()
    with running(inbox) as port:
        mail = {"CIRCULAR_SMTP": f"smtp://127.0.0.1:{port}", "CIRCULAR_MAIL_FROM": "bot@boucles.example"}
        with started(settings(tmp_path, **mail)) as process:
            until(lambda: state(store) is State.WAITING and len(inbox.messages) == 1)
            process.send_signal(signal.SIGTERM)
            _, told = process.communicate(timeout=30)
    assert process.returncode == 0
    lines = [json.loads(line) for line in told.splitlines()]
    assert [line["step"] for line in lines if line["message"] == "step done"] == [
        "push",
        "open",
        "dress",
        "announce",
        "announce",
    ]
    assert "ines@example.org" not in told
    assert store.mails_waiting() == 0


def test_stopped_and_killed_again_and_again_it_brings_everything_to_its_place_once(
    tmp_path: Path, store: Store
) -> None:
    for number in range(1, 13):
        store.add(sent(number, mails=()))
    ids = [sample_id(number) for number in range(1, 13)]
    for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL):
        before = sum(state(store, one) is State.WAITING for one in ids)
        with started(settings(tmp_path)) as process:
            until(lambda: sum(state(store, one) is State.WAITING for one in ids) > before + 1)  # noqa: B023  # asked at once
            process.send_signal(number)
            process.communicate(timeout=30)
        assert process.returncode == (0 if number is signal.SIGTERM else -number)
    with started(settings(tmp_path)) as process:
        until(lambda: all(state(store, one) is State.WAITING for one in ids))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    found = [store.by_id(one) for one in ids]
    assert len({one.entry_id for one in found if one}) == 12
    assert len({one.number for one in found if one}) == 12
