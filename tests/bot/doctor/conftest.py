"""A service that the doctor can look at: settings, a root, and real servers on loopback for what lies outside."""

from __future__ import annotations

import json
import shutil
import threading
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.fernet import Fernet

from scripts.bot.doctor.examination import examine
from scripts.bot.doctor.instruments import Instruments, Space
from scripts.bot.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.doctor.finding import Finding

SMALL_ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"
KEY = Fernet.generate_key().decode()
SECRET = "jamais-montre-" * 4


@dataclass
class Patient:
    """A service under examination. What a test changes here is what the doctor sees."""

    environment: dict[str, str]
    instruments: Instruments
    state: Path
    root: Path
    said: list[Finding] = field(default_factory=list)

    def examine(self, *, send_to: str = "") -> dict[str, list[Finding]]:
        """The findings by subject."""
        found: dict[str, list[Finding]] = {}
        self.said = list(examine(self.environment, self.instruments, send_to=send_to))
        for finding in self.said:
            found.setdefault(finding.subject, []).append(finding)
        return found

    def set(self, **settings: str) -> None:
        """Settings without their prefix."""
        self.environment |= {f"CIRCULAR_{name}": value for name, value in settings.items()}

    def open(self) -> Store:
        """Its database, made if there is none."""
        return Store.open(f"sqlite:///{self.state}/propositions.sqlite", key=KEY.encode())


class Pages(ThreadingHTTPServer):
    """A web server that answers what a test lays out."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, bytes]] = {}
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Pages

    def do_GET(self) -> None:
        status, body = self.server.pages.get(self.path, (404, b"not here"))
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on standard error."""


@pytest.fixture
def pages() -> Iterator[Pages]:
    with Pages() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def patient(tmp_path: Path, pages: Pages) -> Patient:
    """In good health, with a local forge, and without mail."""
    state, root = tmp_path / "state", tmp_path / "root"
    shutil.copytree(SMALL_ROOT, root)
    made = Patient({}, replace(Instruments(), space=lambda _: Space(100 << 30, 50 << 30)), state, root)
    made.set(
        ROOT=str(root),
        STATE=str(state),
        PUBLIC_URL=pages.address,
        SITE_URL=f"{pages.address}/site",
        SECRET=SECRET,
        ENCRYPTION_KEY=KEY,
    )
    pages.pages["/sante"] = 200, json.dumps({"status": "ok", "database": True, "site": True}).encode()
    pages.pages["/site/"] = 200, b"<!doctype html>"
    site = root / "data" / "site.yaml"
    site.write_text(site.read_text("utf-8") + f"intake: {pages.address}\n", "utf-8")
    made.open().close()
    return made
