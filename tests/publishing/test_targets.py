"""What every target promises, on each of them."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.errors import PublishingError
from scripts.publishing.release import STAMP
from tests.publishing.moments import NOW
from tests.publishing.places import KINDS, Place, built, place
from tests.publishing.sites import files_of

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.publishing.targets.target import Sent
    from tests.publishing.storage_double import Stored

pytestmark = pytest.mark.slow


@pytest.fixture(params=[*KINDS, "server-rsync"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path, stored: Stored) -> Place:
    kind, real = ("server", True) if request.param == "server-rsync" else (request.param, False)
    if real and not shutil.which("rsync"):
        pytest.skip("no rsync on this machine; its double is tested")
    return place(kind, tmp_path, stored, real_rsync=real)


def publish(where: Place, directory: Path, minutes: int = 0) -> Sent:
    return where.publish(directory, NOW + dt.timedelta(minutes=minutes))


def names(where: Place) -> list[str]:
    return [version.id for version in where.versions()[1]]


def test_each_version_is_shown_whole_in_its_turn(somewhere: Place, tmp_path: Path) -> None:
    for minutes, word in enumerate(("un", "deux", "trois")):
        sent = publish(somewhere, built(tmp_path, word), minutes)
        assert sent.is_new
        assert somewhere.shown() == files_of(word)
        assert somewhere.versions()[0] == sent.version


def test_only_what_has_changed_is_sent(somewhere: Place, tmp_path: Path) -> None:
    first = publish(somewhere, built(tmp_path, "un"))
    assert first.files == len(files_of("un")) + 1
    changed = built(tmp_path, "un")
    (changed / "agenda" / "index.html").write_text("<title>autre</title>", "utf-8")
    second = publish(somewhere, changed, 1)
    assert second.files == 2  # the page, and version.json
    assert second.size == len("<title>autre</title>") + (changed / STAMP).stat().st_size


def test_the_same_site_is_not_published_twice(somewhere: Place, tmp_path: Path) -> None:
    first = publish(somewhere, built(tmp_path, "un"))
    again = publish(somewhere, built(tmp_path, "un"), 1)
    assert not again.is_new
    assert again.version == first.version
    assert len(names(somewhere)) == 1


def test_going_back_step_by_step_until_nothing_is_before(somewhere: Place, tmp_path: Path) -> None:
    for minutes, word in enumerate(("un", "deux", "trois")):
        publish(somewhere, built(tmp_path, word), minutes)
    for word in ("deux", "un"):
        somewhere.go_back()
        assert somewhere.shown() == files_of(word)
    with pytest.raises(PublishingError, match="rien vers quoi revenir"):
        somewhere.go_back()
    assert somewhere.shown() == files_of("un")


def test_what_was_gone_back_from_is_not_before_what_comes_next(somewhere: Place, tmp_path: Path) -> None:
    for minutes, word in enumerate(("un", "mauvais")):
        publish(somewhere, built(tmp_path, word), minutes)
    somewhere.go_back()
    publish(somewhere, built(tmp_path, "trois"), 3)
    assert len(names(somewhere)) == 2
    somewhere.go_back()
    assert somewhere.shown() == files_of("un")


def test_going_back_needs_something_to_go_back_from(somewhere: Place) -> None:
    with pytest.raises(PublishingError, match="rien vers quoi revenir"):
        somewhere.go_back()


def test_a_clock_that_went_back_changes_no_order(somewhere: Place, tmp_path: Path) -> None:
    publish(somewhere, built(tmp_path, "un"), 10)
    publish(somewhere, built(tmp_path, "deux"), 0)
    assert somewhere.shown() == files_of("deux")
    somewhere.go_back()
    assert somewhere.shown() == files_of("un")


def test_two_versions_before_are_kept_and_no_more_than_twice_as_many(somewhere: Place, tmp_path: Path) -> None:
    made = [publish(somewhere, built(tmp_path, str(number)), number).version.id for number in range(8)]
    kept = names(somewhere)
    assert kept[:3] == made[:-4:-1]
    assert len(kept) <= 6 if somewhere.kind == "git" else len(kept) == 3
    assert somewhere.shown() == files_of("7")
