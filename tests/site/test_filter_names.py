"""Filters bear the names of the fields that contributors write, wherever they stand."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from plugins.model.load import load_site
from tests.site.building import PROJECT, TODAY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow
# The folder of a page, and the year of whatever day it stands under, are written by nobody.
OF_NO_FIELD = {"type", "year"}
PAGES = ("agenda", "carte", "recherche", "membres", "initiatives", "ressources")


def filters(site: Path, page: str) -> list[tuple[str, str]]:
    """Each control's own name, which is its parameter in the address, and that of its field."""
    text = (site / page / "index.html").read_text(encoding="utf-8")
    return re.findall(r'<(?:select|input)[^>]* name="([^"]+)"[^>]* data-filter="([^"]+)"', text)


@pytest.mark.parametrize("page", PAGES)
def test_a_filter_is_called_as_its_field_in_the_page_and_in_the_address(page: str, site: Path) -> None:
    loaded = load_site(PROJECT, today=dt.date.fromisoformat(TODAY)).site
    assert loaded
    schemas = loaded.schemas
    names = [*(kind.name for kind in schemas.content_types), *(kind.name for kind in schemas.data_types)]
    fields = {field for name in names for field in schemas.flattened(name).by_dotted}
    found = filters(site, page)
    assert {"pillars", "clubs", "territories"} <= {field for _, field in found}
    assert {field for _, field in found} <= fields | OF_NO_FIELD
    assert all(name == field for name, field in found)
