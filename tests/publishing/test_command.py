"""``publish`` as people call it, with a web server that shows the folder."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow
SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    """The address at which ``tmp_path/web/site`` is shown."""
    (tmp_path / "web").mkdir()
    handler = partial(_Quiet, directory=str(tmp_path / "web" / "site"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "root"))


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.publish.WAITS", (0, 0.01))
    monkeypatch.delenv("PUBLISH_TO", raising=False)


def publish(root: Path, *options: str) -> int:
    return main(["publish", "--root", str(root), "--today", "2026-11-24", "--jobs", "1", *options])


def article(tmp_path: Path) -> str:
    return (tmp_path / "web/site/actualites/2025/une-echelle-pour-dix/index.html").read_text("utf-8")


def test_from_a_change_to_online_and_back(
    root: Path, web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PUBLISH_TO", str(tmp_path / "web" / "site"))
    assert publish(root, "--site-url", web) == 0
    said = capsys.readouterr().out
    assert "Le site en ligne est bien cette version." in said
    assert "vérification et fabrication" in said
    assert publish(root, "--site-url", web) == 0
    assert "déjà en ligne" in capsys.readouterr().out
    file = root / ARTICLE
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Encore "), "utf-8")
    assert publish(root, "--site-url", web) == 0
    assert "Encore" in article(tmp_path)
    assert main(["publish", "--root", str(root), "--back", "--site-url", web]) == 0
    assert "Le site montre de nouveau la version" in capsys.readouterr().out
    assert "Encore" not in article(tmp_path)
    assert main(["publish", "--root", str(root), "--versions"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.startswith("→") for line in lines] == [False, True]


def test_one_bad_entry_concerns_nobody_but_its_author(
    root: Path, web: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = root / "content" / "articles" / "2026" / "faux.md"
    bad.parent.mkdir()
    bad.write_text("---\ntitle: x\n---\n", "utf-8")
    report = tmp_path / "report.json"
    assert publish(root, "--to", str(tmp_path / "web/site"), "--site-url", web, "--report", str(report)) == 1
    said = capsys.readouterr().out
    assert "content/articles/2026/faux.md" in said
    assert "Le reste du site est publié" in said
    assert "Une échelle" in article(tmp_path)
    assert not (tmp_path / "web/site/actualites/2026").exists()
    assert "faux.md" in report.read_text("utf-8")


def test_a_root_of_which_nothing_can_be_made_leaves_what_is_online(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "web" / "site")
    (tmp_path / "web").mkdir()
    assert publish(root, "--to", target, "--unchecked") == 0
    (root / "data" / "site.yaml").write_bytes(b"\xff")
    assert main(["publish", "--root", str(root), "--to", target, "--back"]) == 1  # nothing is before, and nothing worse
    assert "rien vers quoi revenir" in capsys.readouterr().err
    (root / "data" / "pillars.yaml").write_text("- [", "utf-8")
    assert publish(root, "--to", target, "--unchecked") == 1
    assert "Rien n’a été publié" in capsys.readouterr().out
    assert "Une échelle" in article(tmp_path)


def test_a_site_that_does_not_appear_is_taken_back_where_that_was_asked(
    root: Path, web: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = str(tmp_path / "web" / "site")
    assert publish(root, "--to", target, "--site-url", web) == 0
    file = root / ARTICLE
    file.write_text(file.read_text("utf-8").replace("title: ", "title: Encore "), "utf-8")
    elsewhere = f"{web}/nulle-part"
    assert publish(root, "--to", target, "--site-url", elsewhere) == 1
    said = capsys.readouterr()
    assert f"{elsewhere}/version.json répond 404, au lieu de la page." in said.err
    assert "publish --back" in said.err
    assert "Encore" in article(tmp_path)
    file.write_text(file.read_text("utf-8").replace("Encore", "Toujours"), "utf-8")
    assert publish(root, "--to", target, "--site-url", elsewhere, "--or-back") == 1
    assert "est revenu à la version d’avant" in capsys.readouterr().out
    assert "Encore" in article(tmp_path)


def test_a_built_site_is_published_as_it_is(tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "output"
    assert main(["build", "--root", str(root), "--output", str(output), "--brief", "--today", "2026-11-24"]) == 0
    (tmp_path / "web").mkdir()
    target = str(tmp_path / "web" / "site")
    assert publish(root, "--to", target, "--built", str(output), "--unchecked") == 0
    assert "Une échelle" in article(tmp_path)
    assert publish(root, "--to", target, "--built", str(tmp_path), "--unchecked") == 1
    assert "n’est pas un site fabriqué" in capsys.readouterr().err


def test_what_something_else_has_put_online_is_looked_at(
    tmp_path: Path, root: Path, web: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target, look = tmp_path / "web" / "site", ("--site-url", web, "--look")
    assert publish(root, "--to", str(target), "--unchecked") == 0
    sent = shutil.copytree(target, tmp_path / "sent")
    assert publish(root, *look, str(sent)) == 0
    assert "Le site en ligne est bien cette version." in capsys.readouterr().out
    (sent / "flux.xml").write_text("<feed/>", "utf-8")
    assert publish(root, *look, str(sent)) == 1
    assert "montre une autre version" in capsys.readouterr().err
    assert publish(root, *look, str(tmp_path / "nothing")) == 1
    assert "n’est pas un site fabriqué" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "il manque l’endroit où publier"),
        (("--to", "ftp://x"), "n’est pas un endroit où publier"),
        (("--to", "/x/site", "--back", "--versions"), "ne va pas avec"),
    ],
)
def test_wrong_usage(options: tuple[str, ...], said: str, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publish", "--root", str(root), *options]) == 2
    assert said in capsys.readouterr().err
