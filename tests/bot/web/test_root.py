from __future__ import annotations

import datetime as dt
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.bot.web.root import RootError, ServiceRoot
from tests.bot.web.live import ROOT, SITE, TODAY, Given, live

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
OUTPUTS = frozenset({"home", "entries", "lists", "clubs", "members", "search_page", "contribute", "theme_files"})


class Day:
    """A day that the test moves on."""

    def __init__(self) -> None:
        self.day = TODAY

    def __call__(self) -> dt.date:
        return self.day


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT, tmp_path / "root")
    return tmp_path / "root"


def root_at(
    path: Path, *, service: str = "https://formulaires.example", site: str = "", day: Day | None = None
) -> ServiceRoot:
    return ServiceRoot(path, service_url=service, site_url=site, outputs=OUTPUTS, today=day or Day())


def write(path: Path, old: str, new: str) -> None:
    """Change a file as an editor does: its time moves on, too."""
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))


def test_what_is_changed_in_the_root_is_seen_and_what_is_not_costs_no_load(copy: Path) -> None:
    root = root_at(copy)
    first = root.edition()
    assert not root.refresh()
    assert root.edition() is first
    write(copy / ARTICLE, "title: Une", "title: Encore une")
    assert root.refresh()
    entry = root.edition().site.entries["articles/2025/une-echelle-pour-dix"]
    assert entry.title.startswith("Encore une")


def test_while_the_root_has_errors_the_last_good_site_is_kept(copy: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = root_at(copy)
    good = root.edition()
    write(copy / ARTICLE, "title: Une", "titre: Une")
    assert not root.refresh()
    assert root.edition() is good
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    write(copy / ARTICLE, "titre: Une", "title: Une")
    assert root.refresh()


def test_a_root_that_was_never_good_is_told_and_mended(copy: Path) -> None:
    root = root_at(copy)
    with pytest.raises(RootError):
        root.ready()
    write(copy / ARTICLE, "title: Une", "titre: Une")
    with pytest.raises(RootError):
        root.edition()
    write(copy / ARTICLE, "titre: Une", "title: Une")
    assert root.edition().site.entries


def test_at_midnight_it_is_another_day(copy: Path) -> None:
    day = Day()
    root = root_at(copy, day=day)
    assert root.edition().site.today == TODAY
    day.day += dt.timedelta(days=1)
    assert root.refresh()
    assert root.edition().site.today == TODAY + dt.timedelta(days=1)


def test_elsewhere_links_lead_to_the_site_and_files_are_the_service_s_own(copy: Path) -> None:
    edition = root_at(copy).edition()
    page = edition.render("service/refusal.html", view(edition.frame("/", "Titre")))
    assert f'href="{SITE}/' in page
    assert 'rel="stylesheet" href="/service/theme/style.' in page
    assert 'href="/service/theme/colours.' in page
    assert f"form-action 'self' {SITE};" in edition.policy
    assert "data-suggest" not in page


def test_on_the_same_host_links_are_short(copy: Path) -> None:
    edition = root_at(copy, service=SITE).edition()
    page = edition.render("service/refusal.html", view(edition.frame("/", "Titre")))
    assert f'href="{SITE}/' not in page.partition("<body>")[2]
    assert 'href="/contribuer/"' in page
    assert "form-action 'self';" in edition.policy


def test_below_a_path_every_address_of_the_service_has_it(copy: Path) -> None:
    edition = root_at(copy, service="https://example.org/formulaires", site="https://example.org/reseau").edition()
    page = edition.render("service/refusal.html", view(edition.frame("/", "Titre")))
    assert 'href="/formulaires/service/theme/style.' in page
    assert 'href="/reseau/contribuer/"' in page


def view(frame: object) -> dict[str, object]:
    return {"page": frame, "title": "Titre", "message": "Un message.", "links": []}


def test_of_the_root_only_its_own_files_are_read(copy: Path) -> None:
    root = root_at(copy)
    (copy / "content/lien.md").symlink_to("/etc/hostname")
    (copy.parent / "secret").write_text("x", encoding="utf-8")
    assert root.source(ARTICLE) == (copy / ARTICLE).read_bytes()
    for path in (
        "../secret",
        "/etc/hostname",
        "content/lien.md",
        "content",
        "content/nulle-part.md",
        f"{copy}/../secret",
    ):
        assert root.source(path) is None


def test_without_a_site_the_service_says_so_and_stays_up(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(ROOT, broken)
    write(broken / "data/site.yaml", "name: ", "nom: ")
    with live(tmp_path / "run", Given(), root=broken) as running:
        answer = running.get("/contribuer/evenement/")
        assert (answer.status, answer.headers["retry-after"]) == (503, "30")
        assert answer.headers["content-type"].startswith("text/plain")
        assert running.post("/contribuer/evenement/", [("title", "x")]).status == 503
        assert running.get("/sante").status == 503
        write(running.root / "data/site.yaml", "nom: ", "name: ")
        running.service.root.refresh()
        assert running.get("/contribuer/evenement/").status == 200
        assert running.get("/sante").status == 200
