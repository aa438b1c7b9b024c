"""What is peculiar to storage: types, records apart, what stays a while, failures that are finished or undone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.errors import PublishingError
from scripts.publishing.release import STAMP
from scripts.publishing.targets.s3 import GRACE
from tests.publishing.moments import LATER, NOW
from tests.publishing.places import Place, built, place
from tests.publishing.sites import dead_ends, files_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publishing.storage_double import Stored

pytestmark = pytest.mark.slow


@pytest.fixture
def bucket(tmp_path: Path, stored: Stored) -> Place:
    return place("storage", tmp_path, stored)


def test_objects_are_served_as_what_they_are(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    bucket.publish(built(tmp_path, "un"))
    kinds = {path.removeprefix("/site/"): (thing.content_type, thing.cache) for path, thing in stored.objects.items()}
    style = next(path for path in files_of("un") if path.endswith(".css"))
    assert kinds["index.html"] == ("text/html; charset=utf-8", "no-cache")
    assert kinds[style] == ("text/css; charset=utf-8", "public, max-age=31536000, immutable")
    assert kinds["flux.xml"] == ("application/xml; charset=utf-8", "no-cache")
    assert kinds["only-un/photo.png"] == ("image/png", "no-cache")
    assert kinds[STAMP] == ("application/json", "no-cache")
    own = [kind for path, kind in kinds.items() if path.startswith(".circular/")]
    assert set(own) == {("application/octet-stream", "private, no-store")}


def test_a_wrong_key_is_refused(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    wrong = replace(bucket, environment={**bucket.environment, "AWS_SECRET_ACCESS_KEY": "wrong"})
    with pytest.raises(PublishingError, match="SignatureDoesNotMatch") as error:
        wrong.publish(built(tmp_path, "un"))
    assert "wrong" not in str(error.value)
    assert not stored.objects


def test_a_failure_of_a_moment_is_not_noticed(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    stored.failing = 1
    bucket.publish(built(tmp_path, "un"))
    assert bucket.shown() == files_of("un")


def test_history_can_lie_in_a_bucket_that_nobody_reads(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    apart = replace(bucket, address=f"{bucket.address}&history=coulisses")
    apart.publish(built(tmp_path, "un"))
    apart.publish(built(tmp_path, "deux"), LATER)
    apart.go_back()
    assert {path for path in stored.objects if path.startswith("/site/.circular/")} == set()
    assert stored.site()["index.html"] == files_of("un")["index.html"]


def test_below_a_prefix(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    below = replace(bucket, address=bucket.address.replace("s3://site?", "s3://site/reseau/neci?"))
    below.publish(built(tmp_path, "un"))
    assert all(path.startswith("/site/reseau/neci/") for path in stored.objects)


def test_what_old_pages_load_stays_a_day_and_what_is_withdrawn_goes_at_once(bucket: Place, tmp_path: Path) -> None:
    style = next(path for path in files_of("un") if path.endswith(".css"))
    bucket.publish(built(tmp_path, "un"))
    bucket.publish(built(tmp_path, "deux"), LATER)
    assert style in bucket.look()
    assert "only-un/index.html" not in bucket.look()
    assert "only-un/photo.png" not in bucket.look()
    bucket.now = NOW + GRACE - dt.timedelta(hours=1)
    bucket.publish(built(tmp_path, "trois"), LATER)
    assert style in bucket.look()
    bucket.now = NOW + GRACE + dt.timedelta(hours=1)
    bucket.publish(built(tmp_path, "quatre"), LATER)
    assert style not in bucket.look()


def test_nothing_is_deleted_that_was_not_published(bucket: Place, tmp_path: Path, stored: Stored) -> None:
    bucket.publish(built(tmp_path, "un"))
    stored.objects["/site/google1234.html"] = stored.objects["/site/index.html"]
    bucket.publish(built(tmp_path, "deux"), LATER)
    assert "google1234.html" in bucket.look()


@pytest.mark.parametrize("undo", [False, True])
def test_a_storage_that_stops_answering_anywhere(
    undo: bool, bucket: Place, tmp_path: Path, stored: Stored
) -> None:  # a table
    bucket.publish(built(tmp_path, "un"))
    new = built(tmp_path, "deux")
    allowed = 2
    while True:
        if is_done(bucket, new, stored, allowed):
            break
        assert not dead_ends(bucket.look())
        mixed = "deux" in bucket.look()["index.html"].decode()
        if undo and (mixed or b'"coming": "2' in stored.objects["/site/.circular/state.json"].content):
            bucket.go_back()
            assert bucket.shown() == files_of("un")
        allowed += 3
    assert allowed > 10
    assert bucket.shown() == files_of("deux")


def is_done(bucket: Place, new: Path, stored: Stored, allowed: int) -> bool:
    """Publish to a storage that takes so many writes and no more."""
    stored.refuse_after = len(stored.writes) + allowed
    try:
        bucket.publish(new, LATER)
    except PublishingError:
        return False
    finally:
        stored.refuse_after = None
    return True
