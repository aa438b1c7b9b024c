"""The local server as a person meets it: started, looked at, edited, broken, mended, stopped."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.scripts.commands import run
from tests.scripts.serving import PATIENCE, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow


@contextmanager
def _events(port: int) -> Iterator[Iterator[dict[str, Any]]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/_apercu/evenements")
    response = connection.getresponse()

    def states() -> Iterator[dict[str, Any]]:
        while line := response.readline().decode("utf-8"):
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))

    yield states()
    connection.close()


def _article(root: Path) -> tuple[Path, str]:
    """An article and its address."""
    file = min((root / "content/articles").rglob("*.md"))
    return file, f"/actualites/{file.parent.name}/{file.stem}/"


def test_an_edit_is_published_an_error_keeps_the_last_good_site_and_ctrl_c_ends_well(root: Path) -> None:
    file, address = _article(root)
    good = file.read_text(encoding="utf-8")
    with serving(root) as server, _events(server.port) as states:
        assert next(states) == {"version": 1, "problems": ""}
        status, page = server.get(address)
        assert status == 200
        assert "/_apercu/rechargement.js" in page

        file.write_text(good + "\nUne phrase toute neuve.\n", encoding="utf-8")
        assert next(states) == {"version": 2, "problems": ""}
        assert "Une phrase toute neuve." in server.get(address)[1]

        file.write_text(good.replace("title:", "titre:"), encoding="utf-8")
        broken = next(states)
        assert broken["version"] == 2
        assert file.name in broken["problems"]
        assert "Une phrase toute neuve." in server.get(address)[1]

        file.write_text(good, encoding="utf-8")
        assert next(states) == {"version": 3, "problems": ""}
        assert "Une phrase toute neuve." not in server.get(address)[1]
        process = server.process
    assert process.returncode == 0


def test_data_and_a_new_entry_count_as_changes(root: Path) -> None:
    with serving(root) as server, _events(server.port) as states:
        assert next(states)["version"] == 1
        site = root / "data/site.yaml"
        site.write_text(
            site.read_text(encoding="utf-8").replace("Deux-Estuaires circulaire", "Autre nom"), encoding="utf-8"
        )
        assert next(states) == {"version": 2, "problems": ""}
        assert "Autre nom" in server.get("/")[1]
        file, _ = _article(root)
        shutil.copy(file, file.with_name("une-copie.md"))
        assert next(states) == {"version": 3, "problems": ""}
        assert server.get(f"/actualites/{file.parent.name}/une-copie/")[0] == 200


def test_a_root_with_errors_is_served_as_a_page_that_says_so_until_it_is_mended(root: Path) -> None:
    file, _ = _article(root)
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("title:", "titre:"), encoding="utf-8")
    with serving(root) as server, _events(server.port) as states:
        assert next(states)["version"] == 0
        status, page = server.get("/")
        assert status == 503
        assert file.name in page
        assert "/_apercu/rechargement.js" in page
        file.write_text(good, encoding="utf-8")
        assert next(states) == {"version": 1, "problems": ""}
        assert server.get("/")[0] == 200


def test_the_files_of_the_output_never_hold_the_script(root: Path, tmp_path: Path) -> None:
    with serving(root, "--output", str(tmp_path / "site")) as server:
        assert server.get("/")[0] == 200
    for page in (tmp_path / "site").rglob("*.html"):
        assert "_apercu" not in page.read_text(encoding="utf-8")


def test_a_port_in_use_is_wrong_usage_in_french(root: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--root", root, "--port", str(port))
    assert done.returncode == 2
    assert f"le port {port} est déjà pris" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_open_page_loads_again_by_itself_and_shows_what_is_wrong(root: Path, browser_page: Any) -> None:
    file, address = _article(root)
    good = file.read_text(encoding="utf-8")
    with serving(root) as server:
        browser_page.goto(f"http://127.0.0.1:{server.port}{address}")
        file.write_text(good + "\nUne phrase toute neuve.\n", encoding="utf-8")
        browser_page.get_by_text("Une phrase toute neuve.").wait_for(timeout=PATIENCE * 1000)
        file.write_text(good.replace("title:", "titre:"), encoding="utf-8")
        panel = browser_page.get_by_role("alert")
        panel.wait_for(timeout=PATIENCE * 1000)
        assert "n’a pas pu être publiée" in panel.inner_text()
        assert file.name in panel.inner_text()
        assert browser_page.get_by_text("Une phrase toute neuve.").is_visible()
        file.write_text(good, encoding="utf-8")
        panel.wait_for(state="detached", timeout=PATIENCE * 1000)
