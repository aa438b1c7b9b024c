from __future__ import annotations

import pytest

from tests.forms.small_root import Region, load_region, make_root


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    return load_region(make_root(tmp_path_factory.mktemp("region")))
