"""Remarks on lines, at each forge: on the very lines, once, taken away by whom they are from, and lost by no bad answer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.line_remarks import LineRemark, LineRemarks, Put
from scripts.bot.forges.registry import connect
from scripts.bot.forges.texts import marker_of
from tests.bot.forges.doubles import Fault
from tests.bot.forges.doubles.state import BOT

if TYPE_CHECKING:
    from tests.bot.forges.doubles.state import Pull
    from tests.bot.forges.table import Table

NEW = "diff --git a/content/a.md b/content/a.md\nnew file mode 100644\n--- /dev/null\n+++ b/content/a.md\n"
NEW += "@@ -0,0 +1,4 @@\n+---\n+title: Un\n+date: 01/03/2026\n+authors: [ines]\n"
RENAMED = (
    "diff --git a/content/b.md b/content/c.md\nsimilarity index 90%\nrename from content/b.md\nrename to content/c.md\n"
)
RENAMED += "--- a/content/b.md\n+++ b/content/c.md\n@@ -7,2 +7,2 @@\n ---\n-x\n+y\n"
BINARY = "diff --git a/content/p.jpg b/content/p.jpg\nnew file mode 100644\nBinary files /dev/null and b/content/p.jpg differ\n"
A, C = "content/a.md", "content/c.md"
DATE = LineRemark(A, A, 3, "date", "La date n’est pas lisible.", "date: 2026-03-01")
AUTHOR = LineRemark(A, A, 4, "auteur", "Ce membre n’existe pas.", None)
MOVED = LineRemark(C, "content/b.md", 8, "mot", "Un autre mot.", "z")
BEYOND = LineRemark(A, A, 40, "loin", "Rien ici.", None)


class Desk:
    """A request with a diff, and what is asked about its lines."""

    def __init__(self, table: Table, *, knows_itself: bool = True) -> None:
        self.table = table
        settings = table.double.settings
        if knows_itself:
            settings = type(settings)(settings.kind, settings.address, settings.repository, BOT, settings.token)
        lines = connect(settings, table.clock).lines
        assert lines is not None
        self.lines: LineRemarks = lines
        self.pull: Pull = table.double.pull(table.open().number)
        self.pull.diff = NEW + RENAMED + BINARY

    def put(self, *remarks: LineRemark) -> Put:
        return self.table.ask(self.lines.put(self.pull.number, self.pull.head, "Voici ce qui est à revoir.", remarks))

    def written(self) -> dict[str, tuple[str, int]]:
        """Places, by the end of their markers."""
        return {marker_of(one.body).removeprefix("remarque-"): (one.path, one.line) for one in self.pull.lines}


@pytest.fixture
def desk(table: Table) -> Desk:
    return Desk(table)


def test_the_lines_that_a_request_adds(desk: Desk) -> None:
    added = desk.table.ask(desk.lines.added(desk.pull.number))
    assert dict(added[A].lines) == {1: "---", 2: "title: Un", 3: "date: 01/03/2026", 4: "authors: [ines]"}
    assert dict(added[C].lines) == {8: "y"}
    assert "content/p.jpg" not in added or not added["content/p.jpg"].lines


def test_remarks_stand_on_their_lines_and_are_made_once(desk: Desk) -> None:
    assert desk.put(DATE, AUTHOR, MOVED) == Put(3, 0, 0)
    assert desk.written() == {"date": (A, 3), "auteur": (A, 4), "mot": (C, 8)}
    assert desk.put(DATE, AUTHOR, MOVED) == Put(0, 0, 0)
    assert len(desk.pull.lines) == 3


def test_a_block_is_the_forges_own(desk: Desk) -> None:
    desk.put(DATE, AUTHOR)
    fence = {"github": "suggestion", "gitlab": "suggestion:-0+0", "forgejo": "text"}[desk.table.double.kind]
    bodies = [one.body for one in desk.pull.lines]
    assert f"\n```{fence}\ndate: 2026-03-01\n```\n" in bodies[0]
    assert "```" not in bodies[1]


def test_one_review_carries_all_of_them(desk: Desk) -> None:
    """So that one mail goes out; GitLab has no such thing in its interface."""
    desk.put(DATE, AUTHOR, MOVED)
    assert len(desk.pull.reviews) == (0 if desk.table.double.kind == "gitlab" else 1)


def test_what_is_mended_is_taken_away(desk: Desk) -> None:
    desk.put(DATE, AUTHOR)
    assert desk.put(AUTHOR, MOVED) == Put(1, 1, 0)
    assert set(desk.written()) == {"auteur", "mot"}
    assert desk.put() == Put(0, 2, 0)
    assert desk.pull.lines == []


def test_what_somebody_has_answered_stays(desk: Desk) -> None:
    desk.put(DATE)
    desk.table.double.answer_line(desk.pull, desk.pull.lines[0], "Je ne comprends pas.", author="passante")
    assert desk.put() == Put(0, 0, 0)
    assert len(desk.pull.lines) == 2


def test_nobody_elses_remark_is_taken_away_or_believed(desk: Desk) -> None:
    """Whoever writes our marker keeps no remark of ours from being made, and loses nothing."""
    review = desk.table.double.review(desk.pull.number, "comment", "", author="passante")
    forged = "Tout va bien.\n\n<!-- marqueur:remarque-date -->"
    desk.table.double.add_line(desk.pull, review.id, A, 2, forged, author="passante")
    assert desk.put(DATE) == Put(1, 0, 0)
    desk.put()
    assert [one.author for one in desk.pull.lines] == ["passante"]


def test_gitlabs_own_note_in_a_thread_is_no_answer(gitlab: Table) -> None:
    desk = Desk(gitlab)
    desk.put(DATE)
    gitlab.double.answer_line(desk.pull, desk.pull.lines[0], "changed this line", author=BOT, system=True)
    assert desk.put() == Put(0, 1, 0)


def test_without_a_name_nothing_is_taken_away(forgejo: Table) -> None:
    """Forgejo does not tell a token who it is: what is there is kept, and nothing is made twice."""
    desk = Desk(forgejo, knows_itself=False)
    desk.put(DATE)
    assert desk.put(DATE) == Put(0, 0, 0)
    assert desk.put() == Put(0, 0, 0)
    assert len(desk.pull.lines) == 1


def test_a_line_outside_the_diff_is_refused_alone(desk: Desk) -> None:
    assert desk.put(DATE, BEYOND, AUTHOR, MOVED) == Put(3, 0, 1)
    assert set(desk.written()) == {"date", "auteur", "mot"}


def test_all_pages_are_read(narrow_table: Table) -> None:
    desk = Desk(narrow_table)
    assert desk.put(DATE, AUTHOR, MOVED) == Put(3, 0, 0)
    assert desk.put(MOVED, DATE, AUTHOR) == Put(0, 0, 0)


@pytest.mark.parametrize("kind", ["lose", "half", "veil", "drop"])
def test_a_lost_answer_makes_no_second_remark(desk: Desk, kind: str) -> None:
    desk.table.double.faults.push(Fault(kind, "POST", status=502))  # type: ignore[arg-type]  # one of its literals
    with pytest.raises(ForgeError) as told:
        desk.put(DATE, AUTHOR)
    desk.table.clock.now += timedelta(seconds=told.value.wait or 1)
    desk.put(DATE, AUTHOR)
    assert sorted(marker_of(one.body) for one in desk.pull.lines) == ["remarque-auteur", "remarque-date"]


def test_a_refusal_of_rights_is_told(desk: Desk) -> None:
    desk.table.double.faults.push(
        Fault.answer(403, {"message": "Resource not accessible by integration"}, method="POST")
    )
    with pytest.raises(ForgeError) as told:
        desk.put(DATE)
    assert told.value.kind == "rights"


def test_a_remark_that_is_gone_is_no_fault(desk: Desk) -> None:
    desk.put(DATE)
    refusal = {"message": "Not Found", "documentation_url": "", "errors": None, "url": ""}
    desk.table.double.faults.push(Fault.answer(404, refusal, method="DELETE"))
    assert desk.put() == Put(0, 1, 0)


def test_remarks_of_a_machine_reach_no_contributor(desk: Desk) -> None:
    """What another job's account says on lines is for those who read at the forge."""
    desk.put(DATE)
    desk.table.double.state.members.add(BOT)
    forge = connect(desk.table.double.settings, desk.table.clock)
    desk.pull.author = "passante"
    said = desk.table.ask(forge.remarks(desk.pull.number))
    assert [one for one in said if not one.is_ours] == []
