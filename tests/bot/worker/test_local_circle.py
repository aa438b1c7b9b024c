"""The whole way of a proposal on the local forge: from the form to the page, and all the turns that it may take."""

from __future__ import annotations

import datetime as dt
from io import BytesIO

import pytest
from PIL import Image

from plugins.model.front_matter import read_entry
from scripts.bot.submission import Picture, State, Step
from tests.bot.samples import MINUTE, new, posted, sample_id
from tests.bot.worker.bench import ARTICLE, ONE, SITE, Bench, article, sent

PATH = f"content/{ARTICLE}.md"
BRANCH = f"proposition/{ONE}"
DAY = dt.timedelta(days=1)


def test_from_the_form_to_the_page(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    waiting = bench.of()
    assert (waiting.state, waiting.entry_id, waiting.paths, waiting.trouble) == (State.WAITING, ARTICLE, (PATH,), "")
    assert bench.branches() == {BRANCH: waiting.commit}
    assert waiting.url == f"https://propositions.example/relecture/{ONE}/"
    assert not (bench.root / PATH).exists()

    bench.decide("accept")
    assert bench.of().state is State.MERGED
    assert "title: Un atelier de réparation ouvre\n" in (bench.root / PATH).read_text("utf-8")

    bench.run(MINUTE)
    assert bench.of().state is State.MERGED  # the page is not there yet
    address = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"
    bench.publish(address)
    bench.run(MINUTE)
    online = bench.of()
    assert (online.state, online.address, online.next_try) == (State.PUBLISHED, address, None)
    assert bench.branches() == {}
    assert bench.kinds() == ["received", "opened", "merged", "published"]
    assert [kind for kind, _ in bench.mails()] == ["received", "published"]
    assert bench.run(DAY) == 0


def test_the_commit_names_its_author_but_not_the_address(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    shown = bench.place.repository.git.text("log", "-1", "--format=%an <%ae>%n%cn <%ce>%n%aI%n%B", bench.of().commit)
    assert shown.splitlines() == [
        "Inès Falaise <noreply@boucles.example>",
        "Robot des propositions <noreply@boucles.example>",
        "2026-03-04T09:30:00+00:00",
        "Proposition\u202f: Un atelier de réparation ouvre",
        "",
        f"Proposition\u00a0: {ONE}",
    ]
    everything = bench.place.repository.git.run("cat-file", "--batch-all-objects", "--batch")
    assert b"ines@example.org" not in everything


def test_proposals_of_one_name_get_names_of_their_own(bench: Bench) -> None:
    for number in (1, 2, 3):
        bench.store.add(sent(number))
    bench.run()
    assert len({bench.of(sample_id(number)).entry_id for number in (1, 2, 3)}) == 3
    for number in (1, 2, 3):
        bench.store.decide(sample_id(number), "accept", by="Alix", at=bench.now)
    bench.run()
    assert {bench.of(sample_id(number)).state for number in (1, 2, 3)} == {State.MERGED}
    assert len(list((bench.root / "content/articles/2026").glob("un-atelier*.md"))) == 3


def test_a_first_contribution_brings_its_authors_own_file(bench: Bench) -> None:
    data = {**article().data}
    del data["authors"]
    bench.store.add(
        new(posted=posted(data=data, contact_name="Noé Lande", profile={"kind": "citoyen", "since": "2026-03-04"}))
    )
    bench.run()
    bench.decide("accept")
    assert (bench.root / "data/members/noe-lande.yaml").exists()
    assert "authors:\n  - noe-lande\n" in (bench.root / PATH).read_text("utf-8")


def test_a_picture_lies_beside_its_entry(bench: Bench) -> None:
    content = BytesIO()
    Image.new("RGB", (800, 600), "green").save(content, "PNG")
    with_picture = article(data={"image": {"file": "image.png", "alt": "Un établi couvert d’outils, vu de près."}})
    bench.store.add(sent(posted=with_picture, pictures=(Picture("image.png", "image/png", content.getvalue()),)))
    bench.run()
    bench.decide("accept")
    (picture,) = (path for path in bench.of().paths if path.endswith(".png"))
    assert (bench.root / picture).read_bytes() == content.getvalue()


def test_asked_for_changes_corrected_and_accepted(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    first = bench.of().commit
    bench.decide("question", text="Quel jour\u202f?")
    assert bench.of().state is State.QUESTION
    bench.decide("correct", posted=article(body="Le samedi.", contact_email=""), by="")
    corrected = bench.of()
    assert (corrected.state, corrected.entry_id) == (State.WAITING, ARTICLE)
    assert corrected.posted.contact_email == "ines@example.org"
    assert bench.branches() == {BRANCH: corrected.commit}
    assert bench.place.repository.contains(corrected.commit, first)
    bench.decide("accept")
    assert (bench.root / PATH).read_text("utf-8").endswith("\n\nLe samedi.\n")
    assert bench.kinds() == ["received", "opened", "question", "answer", "merged"]
    assert ("question", "Quel jour\u202f?") in bench.mails()


def test_answered_it_lies_before_editors_again(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    bench.decide("question", text="Quel jour\u202f?")
    bench.decide("answer", text="Le samedi.", by="")
    assert bench.of().state is State.WAITING
    assert [moment.text for moment in bench.store.timeline(ONE)][-1] == "Le samedi."


def test_refused_it_leaves_nothing_behind(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    bench.decide("refuse", text="Déjà paru.")
    ended = bench.of()
    assert (ended.state, ended.next_try) == (State.REFUSED, None)
    assert bench.branches() == {}
    assert not (bench.root / PATH).exists()
    assert ("refused", "Déjà paru.") in bench.mails()
    assert bench.store.entry_ids_taken() == frozenset()


@pytest.mark.parametrize("steps", range(7))
def test_withdrawn_at_any_time_it_leaves_nothing_behind(bench: Bench, steps: int) -> None:
    bench.store.add(sent())
    for _ in range(steps):
        bench.worker.run_once(bench.now)
    bench.decide("withdraw", by="")
    assert bench.of().state is State.WITHDRAWN
    assert bench.branches() == {}
    bench.run(DAY)
    assert bench.kinds()[-1] == "withdrawn"


def test_what_was_accepted_is_not_withdrawn_any_more(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    bench.store.decide(ONE, "accept", by="Alix", at=bench.now)
    bench.store.decide(ONE, "withdraw", by="", at=bench.now)
    bench.run()
    assert bench.of().state is State.MERGED
    assert bench.store.pending(ONE) == ()


@pytest.mark.parametrize("steps", range(1, 5))
def test_corrected_on_its_way_it_arrives_corrected(bench: Bench, steps: int) -> None:
    bench.store.add(sent())
    for _ in range(steps):
        bench.worker.run_once(bench.now)
    bench.decide("correct", posted=article(body="Le samedi."), by="")
    assert bench.of().state is State.WAITING
    written = bench.place.repository.read(bench.branches()[BRANCH], PATH)
    assert written is not None
    assert written.endswith(b"\n\nLe samedi.\n")
    assert bench.store.pending(ONE) == ()


def test_what_does_not_fit_any_more_is_a_question_and_then_goes_on(bench: Bench) -> None:
    bench.store.add(sent(posted=article(data={"authors": ["parti"]})))
    bench.run()
    asked = bench.of()
    assert (asked.state, asked.number, asked.next_try) == (State.QUESTION, None, None)
    assert bench.branches() == {}
    assert "parti" in bench.store.timeline(ONE)[-1].text
    bench.decide("correct", posted=article(), by="")
    assert bench.of().state is State.WAITING


def test_an_edit_keeps_what_others_changed_meanwhile(bench: Bench) -> None:
    target = next((bench.root / "content/articles/2025").glob("*.md"))
    before = target.read_text("utf-8")
    identifier = target.relative_to(bench.root / "content").with_suffix("").as_posix()
    summary = "Un nouveau résumé, assez long pour être accepté par la vérification du site."
    entry = read_entry(target.read_bytes())
    edit = posted(action="edit", target=identifier, data={**entry.data, "summary": summary}, body=entry.body)
    bench.store.add(new(posted=edit))
    bench.run()
    assert bench.of().state is State.WAITING, bench.store.timeline(ONE)
    target.write_text(before + "\nUne ligne écrite à la main.\n", "utf-8")
    bench.decide("accept")
    after = target.read_text("utf-8")
    assert bench.of().state is State.MERGED
    assert f"summary: {summary}" in after
    assert after.endswith("Une ligne écrite à la main.\n")


def test_what_main_took_meanwhile_gets_another_name_and_the_accepting_goes_on(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    (bench.root / PATH).parent.mkdir(parents=True, exist_ok=True)
    text = bench.place.repository.read(bench.of().commit, PATH)
    assert text is not None
    (bench.root / PATH).write_bytes(text.replace("réparation ouvre".encode(), "réparation ferme".encode()))
    bench.decide("accept")
    accepted = bench.of()
    assert accepted.state is State.MERGED, accepted.trouble
    assert accepted.entry_id != ARTICLE
    assert (bench.root / PATH).read_bytes() != text
    assert (bench.root / f"content/{accepted.entry_id}.md").exists()


def test_a_removal_is_published_when_the_page_is_gone(bench: Bench) -> None:
    target = next((bench.root / "content/articles/2025").glob("*.md"))
    identifier = target.relative_to(bench.root / "content").with_suffix("").as_posix()
    bench.store.add(new(posted=posted(action="remove", target=identifier, data={}, body="")))
    bench.run()
    address = f"{SITE}/actualites/2025/{target.stem}/"
    bench.publish(address)
    bench.decide("accept")
    assert not target.exists()
    bench.run(MINUTE)
    assert bench.of().state is State.MERGED
    bench.publish(address, None)  # the site does not answer, which says nothing
    bench.run(MINUTE)
    assert bench.of().state is State.MERGED
    bench.publish(address, "")
    bench.run(MINUTE)
    assert (bench.of().state, bench.of().address) == (State.PUBLISHED, "")


def test_two_pages_that_are_taken_away_at_a_time_are_both_said_to_be_gone(bench: Bench) -> None:
    pages = {1: "articles/2025/une-echelle-pour-dix", 2: "initiatives/2026/compost-du-port"}
    kinds = {1: "article", 2: "initiative"}
    for number, target in pages.items():
        asked = posted(type_name=kinds[number], action="remove", target=target, data={}, body="")
        bench.store.add(new(number, posted=asked))
    bench.run()
    bench.decide("accept")
    bench.store.decide(sample_id(2), "accept", by="Alix", at=bench.now)
    bench.run(MINUTE)
    assert [bench.of(sample_id(number)).state for number in pages] == [State.MERGED] * 2, bench.of(sample_id(2)).trouble
    told = (bench.root / "data/redirects.yaml").read_text("utf-8").splitlines()
    assert sorted(told) == ["/actualites/2025/une-echelle-pour-dix/: gone", "/initiatives/2026/compost-du-port/: gone"]


def test_a_confirmed_address_is_remembered_once_it_was_accepted(bench: Bench) -> None:
    bench.store.add(sent(state=State.UNCONFIRMED, must_confirm=True))
    bench.store.confirm_email(bench.store.confirm_token(ONE), bench.now)
    bench.run()
    assert bench.store.knows_member_email("ines-falaise", "ines@example.org") is None
    bench.decide("accept")
    assert bench.store.knows_member_email("ines-falaise", "INES@example.org") is True


def test_an_address_that_nobody_confirmed_is_not_remembered(bench: Bench) -> None:
    bench.store.add(sent())
    bench.run()
    bench.decide("accept")
    assert bench.store.knows_member_email("ines-falaise", "ines@example.org") is None


def test_hand_and_proposal_at_odds_are_told_to_administrators_until_it_is_settled(bench: Bench) -> None:
    main = bench.upstream.main()
    place = bench.place
    site = bench.root / "data/site.yaml"
    before = site.read_text("utf-8")
    pushed = place.repository.commit(
        [main],
        {"data/site.yaml": before.replace("short: BOB", "short: BIB").encode()},
        "x",
        author=bench.upstream.worktree.person,
        committer=bench.upstream.worktree.person,
        at=bench.now,
    )
    place.repository.update_ref("refs/heads/main", pushed, old=main)
    site.write_text(before.replace("short: BOB", "short: BAB"), "utf-8")
    bench.store.add(sent())
    bench.run()
    (told,) = bench.store.notices()
    assert "data/site.yaml" in told.text
    assert site.read_text("utf-8") == before.replace("short: BOB", "short: BAB")
    assert bench.of().state is State.WAITING
    site.write_text(before.replace("short: BOB", "short: BIB"), "utf-8")
    bench.store.add(sent(2))
    bench.run()
    assert bench.store.notices() == []


def test_what_is_wrong_with_mails_is_not_taken_back_by_a_step_that_went_well(bench: Bench) -> None:
    bench.store.raise_notice("mail", "Le serveur de courrier refuse nos messages.", bench.now)
    bench.store.raise_notice("forge-credentials", "Le jeton est périmé.", bench.now)
    bench.worker.start()
    bench.store.add(sent())
    bench.run()
    assert [notice.name for notice in bench.store.notices()] == ["mail"]


def test_steps_come_in_order_and_each_is_written(bench: Bench) -> None:
    bench.store.add(sent())
    seen = []
    for _ in range(5):
        seen.append(bench.of().step)
        bench.worker.run_once(bench.now)
    assert seen == list(Step)
