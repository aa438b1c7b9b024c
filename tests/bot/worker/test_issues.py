"""Issues written with the forge's own form become proposals, at each of the three forges."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.submission import State
from scripts.bot.worker.issues import LOOK, IssueTaker
from tests.bot.forges.doubles import Fault
from tests.bot.forges.doubles.state import BOT, EDITOR
from tests.bot.samples import MINUTE, NOW
from tests.bot.worker.bench import ARTICLE, SITE, Bench
from tests.bot.worker.issue_texts import TITLE, written

if TYPE_CHECKING:
    from scripts.bot.store import Store
    from scripts.bot.submission import Submission
    from tests.bot.forges.doubles.state import IssueOf

pytestmark = pytest.mark.slow
ADDRESS = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"
LABELS = ("proposition", "article")
DAY = dt.timedelta(days=1)
ALL = frozenset(State)


class Desk:
    """The bench of a forge, and the part of the worker that looks at issues."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.taker = IssueTaker("w", bench.place)
        if bench.double is not None:
            bench.forge.add_labels_of_forms()

    @property
    def store(self) -> Store:
        return self.bench.store

    @property
    def taker_project(self) -> str:
        assert self.bench.place.forge.issues is not None
        return self.bench.place.forge.issues.project

    def write(self, text: str | None = None, *, title: str = TITLE, labels: tuple[str, ...] = LABELS) -> IssueOf:
        return self.bench.forge.write_issue(title, written() if text is None else text, labels=labels)

    def run(self, after: dt.timedelta = LOOK) -> None:
        """Let everything happen that is due after so long."""
        self.bench.now += after
        for _ in range(200):
            if not (self.bench.worker.run_once(self.bench.now) or self.taker.run_once(self.bench.now)):
                return
        raise AssertionError("the worker goes round in circles")

    def submissions(self) -> list[Submission]:
        return self.store.listed(ALL)

    def only(self) -> Submission:
        (found,) = self.submissions()
        return found


@pytest.fixture
def desk(remote: Bench) -> Desk:
    return Desk(remote)


def ours(issue: IssueOf) -> list[str]:
    return [comment.body for comment in issue.comments if comment.author == BOT]


def test_from_the_issue_to_the_page(desk: Desk) -> None:
    bench = desk.bench
    issue = desk.write()
    desk.run()
    waiting = desk.only()
    assert waiting.state is State.WAITING, waiting.trouble
    (pull,) = bench.forge.pulls
    assert f"Proposé par @passante dans #{issue.number}" in pull.body
    assert pull.title.endswith("Un atelier de réparation ouvre")
    (comment,) = ours(issue)
    assert waiting.url in comment
    text = bench.shared.read(waiting.commit, f"content/{ARTICLE}.md")
    assert text is not None
    assert b"Venez avec un objet en panne." in text
    assert bench.mails() == []
    bench.forge.merge(pull.number)
    bench.publish(ADDRESS)
    desk.run(DAY)
    assert desk.only().state is State.PUBLISHED
    (comment,) = ours(issue)
    assert ADDRESS in comment
    assert issue.state == "closed"


def test_everything_wrong_is_said_once_and_an_edit_makes_it_good(desk: Desk) -> None:
    issue = desk.write(written(title="", summary="Court.", pillars="- [ ] Réparer d’abord"))
    desk.run()
    assert desk.submissions() == []
    (comment,) = ours(issue)
    for word in ("Titre", "Résumé", "Piliers", "Modifiez votre message"):
        assert comment.count(word) == 1
    for _ in range(3):
        desk.run(DAY)
    desk.bench.forge.edit_issue(issue.number, written(summary="Court."))
    desk.run()
    (comment,) = ours(issue)
    assert "Résumé" in comment
    assert "Piliers" not in comment
    desk.bench.forge.edit_issue(issue.number, written())
    desk.run()
    assert desk.only().state is State.WAITING
    (comment,) = ours(issue)
    assert desk.only().url in comment
    assert "reste à corriger" not in comment
    assert len(desk.bench.forge.pulls) == 1


def test_an_edit_while_it_waits_is_a_commit_on_its_branch(desk: Desk) -> None:
    issue = desk.write()
    desk.run()
    first = desk.only()
    desk.bench.forge.edit_issue(issue.number, written(body="Le samedi."))
    desk.run()
    after = desk.only()
    assert after.state is State.WAITING
    assert desk.bench.shared.contains(after.commit, first.commit)
    assert (desk.bench.shared.read(after.commit, f"content/{ARTICLE}.md") or b"").endswith(b"Le samedi.\n")
    assert len(desk.bench.forge.pulls) == 1
    desk.bench.forge.edit_issue(issue.number, written(title=""))
    desk.run()
    assert desk.only().commit == after.commit
    (comment,) = ours(issue)
    assert "reste telle qu’elle était" in comment
    desk.bench.forge.edit_issue(issue.number, written(body="Le samedi."))
    desk.run()
    (comment,) = ours(issue)
    assert "reste telle" not in comment


def test_what_editors_ask_and_why_they_refuse_is_said_below_the_issue(desk: Desk) -> None:
    issue = desk.write()
    desk.run()
    number = desk.only().number
    assert number is not None
    desk.bench.forge.ask_changes(number, "Quel jour, @tous\u202f?")
    desk.run(DAY)
    assert desk.only().state is State.QUESTION
    assert len(ours(issue)) == 2
    assert "Quel jour" in ours(issue)[1]
    assert "@tous" not in ours(issue)[1]
    desk.bench.forge.edit_issue(issue.number, written(body="Le samedi."))
    desk.run()
    assert desk.only().state is State.WAITING
    desk.bench.forge.close(number)
    desk.run(DAY)
    assert desk.only().state is State.REFUSED
    assert "pas retenue" in ours(issue)[0]
    assert len(ours(issue)) == 2
    assert issue.state == "closed"
    issue.state = "open"
    desk.bench.forge.edit_issue(issue.number, written(body="Encore."))
    desk.run(DAY)
    assert len(desk.submissions()) == 1


def test_its_author_closes_it_and_the_proposal_is_withdrawn(desk: Desk) -> None:
    issue = desk.write()
    desk.run()
    desk.bench.forge.close_issue(issue, issue.author)
    desk.run()
    ended = desk.only()
    assert ended.state is State.WITHDRAWN
    assert [pull.state for pull in desk.bench.forge.pulls] == ["closed"]
    assert desk.bench.branches() == {}
    (comment,) = ours(issue)
    assert "retirée" in comment
    assert desk.store.issues.under_way(desk.taker_project) == frozenset()


def test_an_editor_who_tidies_up_withdraws_nothing_where_the_forge_says_who_it_was(desk: Desk) -> None:
    issue = desk.write()
    desk.run()
    desk.bench.forge.close_issue(issue, EDITOR)
    desk.run()
    told = desk.bench.setup.forge is not None and desk.bench.setup.forge.kind != "forgejo"
    assert desk.only().state is (State.WAITING if told else State.WITHDRAWN)


def test_what_became_of_the_request_goes_before_the_issue_that_was_closed(desk: Desk) -> None:
    issue = desk.write()
    desk.run()
    number = desk.only().number
    assert number is not None
    desk.bench.forge.close(number)
    desk.bench.forge.close_issue(issue, issue.author)
    desk.run()
    assert desk.only().state is State.REFUSED


def test_what_is_no_issue_of_a_form_is_left_alone_or_told_so_once(desk: Desk) -> None:
    other = desk.write("Bonjour, une question", labels=())
    talk = desk.write("Parlons des propositions", title="Réunion", labels=("proposition",))
    desk.run()
    desk.run(DAY)
    assert desk.submissions() == []
    assert other.comments == []
    (comment,) = ours(talk)
    assert "formulaire" in comment


def test_the_form_is_known_by_its_title_or_headings_where_the_forge_left_its_label_out(desk: Desk) -> None:
    desk.write(labels=("proposition",))
    desk.write(written(title="Une autre réparation"), title="Sans le titre du formulaire", labels=("proposition",))
    desk.run()
    assert [one.posted.type_name for one in desk.submissions()] == ["article", "article"]


def test_somebody_joins_the_network_by_an_issue(desk: Desk) -> None:
    desk.bench.forge.add_labels_of_forms("membre")
    issue = desk.write(written({"name": "Zoé Nouvelle", "kind": "Citoyen"}, "member"), labels=("proposition", "membre"))
    desk.run()
    assert ours(issue) != []
    waiting = desk.only()
    assert waiting.state is State.WAITING, ours(issue)
    assert desk.bench.shared.read(waiting.commit, "data/members/zoe-nouvelle.yaml") is not None


def test_pictures_are_left_out_and_the_comment_says_how_to_add_one(desk: Desk) -> None:
    picture = "![Une cafetière](https://forge.example/attachments/1)\n<img width='3' src='https://x.example/a.png'>"
    issue = desk.write(written(body=f"Venez.\n\n{picture}"))
    desk.run()
    waiting = desk.only()
    assert b"attachments" not in (desk.bench.shared.read(waiting.commit, f"content/{ARTICLE}.md") or b"")
    (comment,) = ours(issue)
    assert "Les images jointes" in comment


@pytest.mark.parametrize(
    "hostile",
    [
        "Fermez #1, closes #2 et @tous\n/close\n/label ~x",
        "<!-- marqueur:ticket-0 -->",
        "### Titre\n\nUn autre titre",
        "<script>alert(1)</script>\n\n{{ site }} {% raw %}",
        "../../../etc/passwd\n---\ntitle: x\n---",
    ],
)
def test_a_hostile_text_is_inert_in_what_we_write(desk: Desk, hostile: str) -> None:
    issue = desk.write(written(title=hostile.splitlines()[0], body=hostile))
    desk.run()
    desk.run(DAY)
    (comment,) = ours(issue)
    assert "@tous" not in comment
    written_by_us = [
        *comment.splitlines(),
        *(line for pull in desk.bench.forge.pulls for line in pull.body.splitlines()),
    ]
    assert not any(line.startswith("/") for line in written_by_us)
    assert issue.state == "open"


def test_a_text_without_end_is_told_so(desk: Desk) -> None:
    issue = desk.write(written(body="a" * 70_000))
    desk.run()
    assert desk.submissions() == []
    assert "trop long" in ours(issue)[0]


def test_suspected_spam_waits_for_an_editor_and_is_not_answered(desk: Desk) -> None:
    links = "\n".join(f"https://casino.example/{n}" for n in range(30))
    issue = desk.write(written(body=links))
    desk.run()
    assert desk.only().state is State.QUARANTINE
    assert issue.comments == []
    desk.store.decide(desk.only().id, "release", by="Alix", at=desk.bench.now)
    desk.run()
    assert desk.only().state is State.WAITING
    assert len(ours(issue)) == 1


@pytest.mark.parametrize("kind", ["drop", "lose", "half", "veil"])
def test_whatever_write_is_lost_there_is_one_of_each(desk: Desk, kind: str) -> None:
    issue = desk.write()
    for place in range(8):
        desk.bench.forge.faults.push(Fault(kind, "write", skip=place))  # type: ignore[arg-type]  # one of its kinds
    for _ in range(20):
        desk.run(DAY / 4)
    desk.bench.forge.faults.clear()
    assert desk.only().state is State.WAITING, desk.only().trouble
    assert len(desk.bench.forge.pulls) == 1
    assert len(ours(issue)) == 1


def test_two_workers_take_an_issue_once(desk: Desk) -> None:
    desk.write()
    desk.write(written(title=""))
    other = IssueTaker("other", desk.bench.place)
    now = desk.bench.now
    for _ in range(20):
        desk.taker.run_once(now)
        other.run_once(now)
    assert len(desk.submissions()) == 1
    assert [len(ours(issue)) for issue in desk.bench.forge.state.issues] == [0, 1]


def test_a_webhook_is_quicker_than_the_list_and_its_loss_is_made_up_for(desk: Desk) -> None:
    desk.run()
    issue = desk.write()
    for _ in range(3):  # doubled, too
        desk.store.issues.wake(desk.taker_project, issue.number, desk.bench.now)
    desk.run(MINUTE / 60)
    assert desk.only().state is State.WAITING
    desk.write(written(title="Sans webhook"))
    desk.run(LOOK)
    assert len(desk.submissions()) == 2


def test_what_disappears_meanwhile_does_not_stop_its_proposal(desk: Desk) -> None:
    issue = desk.write()
    desk.taker.run_once(NOW)
    desk.taker.run_once(NOW)
    assert desk.only().state is State.QUEUED
    issue.gone = True
    desk.run()
    assert desk.only().state is State.WAITING


def test_a_forge_without_the_right_is_asked_seldom(desk: Desk) -> None:
    desk.write()
    desk.bench.forge.faults.push(Fault.answer(403, {"message": "no"}, path="issues", times=1000))
    for _ in range(60):
        desk.run(MINUTE)
    assert len([line for line in desk.bench.forge.log if "issues" in line.path]) < 10
    desk.bench.forge.faults.clear()
    desk.run(DAY)
    assert desk.only().state is State.WAITING


def test_the_local_forge_has_none(bench: Bench) -> None:
    assert not IssueTaker("w", bench.place).run_once(bench.now)
