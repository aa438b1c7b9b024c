"""The check knows every file of a built site: as something that texts may link to, or as what pages load for themselves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from plugins.model.addresses import is_working_file
from plugins.model.links import LinkResolver
from plugins.model.load import load_site
from tests.site.building import PROJECT, SMALL, TODAY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("name", "root"), [("site", PROJECT), ("small_site", SMALL)])
def test_a_file_is_to_link_to_or_to_work_with(name: str, root: Path, request: pytest.FixtureRequest) -> None:
    built: Path = request.getfixturevalue(name)
    site = load_site(root, today=dt.date.fromisoformat(TODAY)).site
    assert site
    resolver = LinkResolver(site)
    files = ["/" + file.relative_to(built).as_posix() for file in built.rglob("*") if file.is_file()]
    unknown = {
        file
        for file in files
        if not file.endswith("/index.html")
        and file != "/index.html"
        and not resolver.leads_somewhere(file)
        and not is_working_file(file)
    }
    # An old address may be a page that leads on; the check has looked at it as such.
    assert unknown - {f"{old}" for old in site.redirects} == set()
    assert any(map(is_working_file, files))
    assert not any(is_working_file(file) and resolver.leads_somewhere(file) for file in files)


@pytest.mark.parametrize(
    "address",
    [
        "/carte/",
        "/agenda/2026/liste/",
        "/liste-des-membres/",
        "/theme",
        "/carte/plan.pdf",
        "/donnees/events.json",
        "/plan.2019.pdf",
    ],
)
def test_what_is_no_working_file_is_left_to_contributors(address: str) -> None:
    assert not is_working_file(address)
