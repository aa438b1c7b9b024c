"""What the search makes of a whole small site, and what is left of it where it is switched off."""

from __future__ import annotations

import datetime as dt
import json
import runpy
from typing import TYPE_CHECKING

import pytest

from plugins.documents.suggestions import suggestions
from plugins.model.load import load_site
from plugins.publication.context import Context
from plugins.search_index.subjects import FILTERS, subjects
from plugins.views.finding.search_page import search_pages
from plugins.views.page.shell import shell
from tests.search.texts import PROJECT

if TYPE_CHECKING:
    from plugins.model.objects import Site

SMALL = PROJECT / "tests" / "roots" / "outre-brume"
ALL = frozenset(runpy.run_path(str(PROJECT / "pelicanconf.py"))["OUTPUTS"])


@pytest.fixture(scope="module")
def small() -> Site:
    site = load_site(SMALL, today=dt.date(2026, 11, 24)).site
    assert site is not None
    return site


def context(site: Site, *without: str) -> Context:
    return Context(site, "https://example.org/below", ALL - set(without), str(SMALL))


def test_the_page_searches_only_where_there_is_an_index(small: Site) -> None:
    [page] = search_pages(context(small))
    assert page.view["script"].startswith("/below/theme/js/search-page.")
    assert page.view["data"] == "/below/pagefind/"
    [page] = search_pages(context(small, "search"))
    assert page.view["script"] == ""
    assert page.view["indexes"]


def test_the_box_suggests_only_where_there_are_titles(small: Site) -> None:
    assert shell(context(small))["suggest"].startswith("/below/theme/js/search-box.")
    assert shell(context(small, "suggestions"))["suggest"] == ""


def test_what_is_switched_off_is_not_suggested(small: Site) -> None:
    def titles(*without: str) -> set[str]:
        files = {document.path: document.content for document in suggestions(context(small, *without))}
        return {row["a"] for row in json.loads(files["search-index.json"])}

    assert any(address.startswith("/membres/") for address in titles())
    assert not any(address.startswith("/membres/") for address in titles("members"))


def test_every_page_that_can_be_found_says_what_it_is_and_has_values_that_the_filters_offer(small: Site) -> None:
    ctx = context(small)
    [page] = search_pages(ctx)
    offered = {one["name"]: {choice["value"] for choice in one["choices"]} for one in page.view["filters"]}
    found = list(subjects(ctx))
    assert len({subject.address for subject in found}) == len(found)
    for subject in found:
        assert subject.label
        assert set(subject.values) <= set(FILTERS)
        for name, values in subject.values.items():
            assert name not in offered or set(values) <= offered[name], (subject.address, name)
