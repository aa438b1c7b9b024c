"""The small region comes out as it is kept in ``golden/``, byte for byte, as Pelican's own tests hold their outputs.

A change that is meant is accepted with ``python -m tests.site.renew_golden``; git then shows what visitors and programs will see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.building import files_of
from tests.site.golden_files import DIRECTORY, PAGES, differences, golden

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_the_small_region_is_as_it_was(small_site: Path) -> None:
    changed = list(differences(files_of(DIRECTORY), golden(small_site)))
    assert not changed, "\n\n".join(
        ["", *changed, f"{len(changed)} files differ. If that is meant: python -m tests.site.renew_golden"]
    )


def test_each_page_that_is_to_be_compared_is_built(small_site: Path) -> None:
    assert [page for page in PAGES if not (small_site / page).is_file()] == []
