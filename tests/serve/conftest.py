"""``serve`` on a small region, once for the tests of a file, and its local forge as git sees it."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.scripts.serving import PATIENCE, Server, serving
from tests.serve.form_inputs import Form, form_in
from tests.site.building import SMALL, TODAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Stage:
    """A running ``serve``: its root, its address, and a client without a browser."""

    root: Path
    server: Server
    client: httpx.Client

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def git(self, *arguments: str) -> str:
        """What git says of the local forge."""
        directory = self.root / ".forge/site.git"
        done = subprocess.run(["git", "-C", str(directory), *arguments], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def branches(self) -> set[str]:
        return set(self.git("for-each-ref", "--format=%(refname:short)", "refs/heads").split())

    def form(self, path: str, of: str = "event") -> Form:
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        return form_in(answer.text, of)

    def send(
        self, form: Form, values: Mapping[str, str | list[str]], files: Mapping[str, tuple[str, bytes]] | None = None
    ) -> httpx.Response:
        """Post a form as a browser would, with some of its values changed; multipart, with the file inputs empty or filled."""
        given = {"image.file": ("", b""), **(files or {})}
        return self.client.post(form.action, data=form.filled(values), files=given)

    def until(self, found: Callable[[], bool], what: str) -> None:
        """Wait for something that the service does by itself."""
        end = time.monotonic() + PATIENCE
        while not found():
            if time.monotonic() > end:
                pytest.fail(f"waited {PATIENCE} s in vain: {what}")
            time.sleep(0.1)

    def review_of(self, status: str) -> str:
        """The path of a proposal's review page, from the address of its status page."""
        found = re.search(r"/proposition/([a-z2-7]{16})/", status)
        assert found is not None
        return f"/relecture/{found[1]}/"

    def decide(self, review: str, action: str, text: str = "") -> httpx.Response:
        """Press a button of the review page, once it is there."""
        wanted = re.compile(rf'name="action" value="{action}"')
        self.until(lambda: bool(wanted.search(self.client.get(review).text)), f"{action} is offered")
        page = self.client.get(review).text
        fields = {name: _value(page, name) for name in ("jeton", "vu")}
        return self.client.post(review, data={**fields, "action": action, "texte": text})

    def said(self, status: str) -> str:
        """The words of a status page."""
        text = re.sub(r"<[^>]+>", " ", self.client.get(status).text.partition("<main")[2])
        return re.sub(r"\s+", " ", text)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    root = shutil.copytree(SMALL, tmp_path_factory.mktemp("serve") / "root")
    with (
        serving(root, "--today", TODAY) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=PATIENCE) as client,
    ):
        yield Stage(root, server, client)
