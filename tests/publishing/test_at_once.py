"""Two publications at once to one place: the slower one gives way, and readers keep what they see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.publishing.errors import PublishingError
from scripts.publishing.release import seal
from scripts.publishing.targets.rsync import Rsync
from tests.publishing.moments import DAY, LATER, NOW
from tests.publishing.places import built, place
from tests.publishing.sites import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publishing.storage_double import Stored


@pytest.mark.parametrize("kind", ["link", "real-folder"])
def test_a_folder_is_held_by_one(kind: str, tmp_path: Path, stored: Stored) -> None:
    there = place(kind, tmp_path, stored)
    with there.opened() as target:
        target.settle()
        with pytest.raises(PublishingError, match="Une autre publication est en cours"):
            there.publish(built(tmp_path, "un"))
        target.publish(seal(built(tmp_path, "deux"), DAY), NOW)
    assert there.look() == files_of("deux")


def test_a_server_that_shows_something_newer_keeps_it(tmp_path: Path, stored: Stored) -> None:
    there = place("server", tmp_path, stored)
    there.publish(built(tmp_path, "un"))
    slow, quick = built(tmp_path, "lent"), built(tmp_path, "vite")

    def meanwhile(effect: str) -> None:
        if effect == "send":
            there.publish(quick, LATER)

    with there.opened() as opened:
        assert isinstance(opened, Rsync)
        opened._effect = meanwhile
        opened.settle()
        with pytest.raises(PublishingError, match="Une autre publication est en cours"):
            opened.publish(seal(slow, DAY), NOW)
    assert there.look() == files_of("vite")
    there.publish(slow, LATER)
    assert there.look() == files_of("lent")
