"""The way of a proposal at each of the three forges, against doubles that are held to the forges' own descriptions."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from scripts.bot.git.repository import Person
from scripts.bot.submission import State
from tests.bot.forges.doubles import DOUBLES, Fault
from tests.bot.samples import MINUTE, sample_id
from tests.bot.worker import bench as worker_bench
from tests.bot.worker.bench import ARTICLE, ONE, SITE, Bench, article, made, sent

pytestmark = pytest.mark.slow
PATH = f"content/{ARTICLE}.md"
BRANCH = f"proposition/{ONE}"
DAY = dt.timedelta(days=1)
ALIX = Person("Alix", "alix@example.org")
ADDRESS = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"


def opened(bench: Bench) -> int:
    """A proposal that lies before editors; its number."""
    bench.store.add(sent())
    bench.run()
    waiting = bench.of()
    assert waiting.state is State.WAITING, waiting.trouble
    assert waiting.number is not None
    return waiting.number


def test_from_the_form_to_the_page(remote: Bench) -> None:
    number = opened(remote)
    pull = remote.forge.pull(number)
    assert (pull.title, pull.branch, pull.base) == ("Proposition : Un atelier de réparation ouvre", BRANCH, "main")
    assert remote.branches() == {BRANCH: remote.of().commit}
    assert set(pull.labels) == {"article", "club Les Outilleurs", "Réparer d’abord"}
    assert len(pull.comments) == 1
    assert remote.of().url.startswith(remote.forge.address)
    remote.forge.merge(number)
    remote.run(MINUTE)
    assert remote.of().state is State.MERGED
    assert remote.main(PATH) is not None
    remote.publish(ADDRESS)
    remote.run(MINUTE)
    assert (remote.of().state, remote.of().address) == (State.PUBLISHED, ADDRESS)
    assert remote.branches() == {}
    assert remote.kinds() == ["received", "opened", "merged", "published"]


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_editors_of_the_club_and_its_animator_are_asked(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that data/clubs.yaml names by account, and the animator whose account the settings know; each once."""
    root = Path(shutil.copytree(worker_bench.ROOT, tmp_path / "root"))
    clubs = root / "data/clubs.yaml"
    clubs.write_text(
        clubs.read_text(encoding="utf-8").rstrip("\n") + "\n  editors: [camille, ines]\n", encoding="utf-8"
    )
    monkeypatch.setattr(worker_bench, "ROOT", root)
    (tmp_path / "bench").mkdir()
    with made(tmp_path / "bench", kind) as bench:
        bench.forge.state.members.add("ines")
        bench.forge.state.people.append("ines")
        assert bench.forge.pull(opened(bench)).reviewers == ["camille", "ines"]


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_an_animator_is_asked_where_only_the_settings_know_the_account(tmp_path: Path, kind: str) -> None:
    with made(tmp_path, kind) as bench:
        bench.forge.state.members.add("ines")
        bench.forge.state.people.append("ines")
        assert bench.forge.pull(opened(bench)).reviewers == ["ines"]


def test_nothing_personal_reaches_the_forge(remote: Bench) -> None:
    remote.store.add(sent(posted=article(message="Appelez-moi au 02 31 00 00 00.")))
    remote.run()
    pull = remote.forge.pulls[0]
    written = pull.title + pull.body + "".join(comment.body for comment in pull.comments)
    everything = written.encode() + remote.shared.git.run("cat-file", "--batch-all-objects", "--batch")
    assert b"ines@example.org" not in everything
    assert b"02 31" not in everything


def test_changes_asked_for_are_passed_on_once_and_the_correction_is_a_commit_on_the_branch(remote: Bench) -> None:
    number = opened(remote)
    first = remote.of().commit
    remote.forge.say(number, "Entre nous\u202f: à vérifier.", author="noa")
    remote.forge.ask_changes(number, "Quel jour\u202f?")
    remote.run(MINUTE)
    assert remote.of().state is State.QUESTION
    text = remote.store.timeline(ONE)[-1].text
    assert "Quel jour\u202f?" in text
    assert "Entre nous" not in text
    remote.run(DAY)
    assert remote.kinds().count("question") == 1
    remote.decide("correct", posted=article(body="Le samedi."), by="")
    corrected = remote.of()
    assert corrected.state is State.WAITING
    assert remote.branches() == {BRANCH: corrected.commit}
    assert remote.shared.contains(corrected.commit, first)
    assert len(remote.forge.pulls) == 1
    assert len([comment for comment in remote.forge.pull(number).comments if "adresse" in comment.body]) == 1
    remote.run(DAY)
    assert remote.of().state is State.WAITING  # the review still stands at the forge, and was heard
    remote.forge.ask_changes(number, "Et l’heure\u202f?")
    remote.run(DAY)
    assert remote.kinds().count("question") == 2
    assert [kind for kind, _ in remote.mails()] == ["received", "question", "question"]


def test_closed_it_is_refused_with_the_last_words_of_an_editor(remote: Bench) -> None:
    number = opened(remote)
    remote.forge.say(number, "Déjà paru en janvier.")
    remote.forge.close(number)
    remote.run(MINUTE)
    assert remote.of().state is State.REFUSED
    assert remote.store.timeline(ONE)[-1].text == "Déjà paru en janvier."
    assert remote.branches() == {}


def test_withdrawn_it_is_closed_and_its_branch_is_gone(remote: Bench) -> None:
    number = opened(remote)
    remote.decide("withdraw", by="")
    assert remote.of().state is State.WITHDRAWN
    assert remote.forge.pull(number).state == "closed"
    assert remote.branches() == {}


def test_merged_in_the_same_moment_it_is_not_withdrawn(remote: Bench) -> None:
    number = opened(remote)
    remote.forge.merge(number)
    remote.decide("withdraw", by="")
    assert remote.of().state is State.MERGED
    assert remote.forge.pull(number).state == "merged"


def test_an_answer_is_written_below_the_request(remote: Bench) -> None:
    number = opened(remote)
    remote.forge.ask_changes(number, "Quel jour\u202f?")
    remote.run(MINUTE)
    remote.decide("answer", text="Le samedi, @tous\n/merge", by="")
    (comment,) = (comment.body for comment in remote.forge.pull(number).comments if "Le samedi" in comment.body)
    assert "@tous" not in comment
    assert "\n/merge" not in comment


def test_a_webhook_that_was_lost_is_made_up_for_and_looks_get_rarer(remote: Bench) -> None:
    number = opened(remote)
    looks = []
    for _ in range(12):
        due = remote.of().next_try
        assert due is not None
        looks.append((due - remote.now).total_seconds())
        remote.run(due - remote.now)
    assert looks == sorted(looks)
    assert looks[-1] > looks[0]
    remote.forge.merge(number)
    remote.run(DAY / 4)
    assert remote.of().state is State.MERGED


def test_the_main_branch_took_the_name_meanwhile(remote: Bench) -> None:
    """The request cannot be merged any more: it is made again under another name, on the same branch."""
    number = opened(remote)
    shared = remote.shared
    main = shared.resolve("refs/heads/main")
    assert main is not None
    text = shared.read(remote.of().commit, PATH)
    assert text is not None
    other = text.replace("réparation ouvre".encode(), "réparation ferme".encode())
    taken = shared.commit([main], {PATH: other}, "x", author=ALIX, committer=ALIX, at=remote.now)
    shared.update_ref("refs/heads/main", taken, old=main)
    remote.run(DAY)
    again = remote.of()
    assert again.state is State.WAITING, again.trouble
    assert again.entry_id != ARTICLE
    remote.forge.merge(number)
    remote.run(DAY)
    assert remote.main(PATH) == other
    assert remote.main(f"content/{again.entry_id}.md") is not None


def test_an_editors_own_commit_on_the_branch_stays(remote: Bench) -> None:
    opened(remote)
    shared = remote.shared
    head = remote.of().commit
    extra = "content/articles/2026/autre.md"
    text = (shared.read(head, PATH) or b"").replace("réparation ouvre".encode(), b"couture ouvre")
    theirs = shared.commit([head], {extra: text}, "x", author=ALIX, committer=ALIX, at=remote.now)
    shared.update_ref(f"refs/heads/{BRANCH}", theirs, old=head)
    remote.decide("correct", posted=article(body="Le samedi."), by="")
    after = remote.of().commit
    assert remote.shared.contains(after, theirs)
    assert remote.shared.read(after, extra) == text
    assert (remote.shared.read(after, PATH) or b"").endswith(b"Le samedi.\n")


@pytest.mark.parametrize("status", [401, 403])
def test_a_forge_that_does_not_let_us_in_is_left_alone_and_told_once(remote: Bench, status: int) -> None:
    remote.store.add(sent(1))
    remote.store.add(sent(2))
    remote.forge.faults.push(Fault.answer(status, {"message": "no"}, times=1000))
    remote.run()
    asked = len(remote.forge.log)
    (notice,) = remote.store.notices()
    assert notice.text == remote.of().trouble
    remote.run(MINUTE)
    assert len(remote.forge.log) == asked
    assert [kind for kind, _ in remote.mails()].count("alert") == 1
    remote.forge.faults.clear()
    remote.run(DAY)
    assert {remote.of(sample_id(n)).state for n in (1, 2)} == {State.WAITING}
    assert remote.store.notices() == []
    assert len(remote.forge.pulls) == 2


def test_a_forge_that_is_tired_is_given_time(remote: Bench) -> None:
    remote.store.add(sent())
    remote.forge.faults.push(Fault.answer(503, times=7))
    tries = 0
    while remote.of().state is not State.WAITING:
        due = remote.of().next_try
        assert due is not None
        remote.run(max(due - remote.now, dt.timedelta(0)))
        tries += 1
        assert tries < 20
    assert remote.now - remote.of().created > MINUTE
    assert len(remote.forge.pulls) == 1
    assert remote.kinds().count("trouble") <= 1


@pytest.mark.parametrize("kind", ["drop", "lose", "half", "veil"])
@pytest.mark.parametrize("git", [False, True], ids=["api", "git"])
def test_whatever_write_is_lost_there_is_one_of_each(remote: Bench, kind: str, *, git: bool) -> None:
    """Each write in turn suffers it; the answer that comes instead may be anything."""
    remote.store.add(sent())
    for place in range(8):
        remote.forge.faults.push(Fault(kind, "POST" if git else "write", skip=place, git=git))  # type: ignore[arg-type]  # one of its kinds
    for _ in range(40):
        due = remote.of().next_try
        if remote.of().state is State.WAITING or due is None:
            break
        remote.run(max(due - remote.now, dt.timedelta(0)))
    remote.forge.faults.clear()
    assert remote.of().state is State.WAITING, remote.of().trouble
    assert list(remote.branches()) == [BRANCH]
    (pull,) = remote.forge.pulls
    assert len(pull.comments) == 1
    assert len(pull.labels) == len(set(pull.labels))
