"""« Modifier cette page »: the form shows an entry, and what comes back changes its file where it was changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from plugins.forms.editing import present
from plugins.forms.resolving import Resolver
from plugins.forms.values import alike, as_read, digest, digests, values_of
from tests.forms.small_root import EVENT_ID, Region
from tests.forms.test_creating import picture, told

if TYPE_CHECKING:
    from plugins.forms.pairs import Pair
    from plugins.forms.posted import Posted
    from plugins.forms.proposal import Proposal

EVENT = f"content/{EVENT_ID}.md"
UNCHANGED = "Rien n’est changé : corrigez ce qui doit l’être, puis envoyez."


def shown(region: Region, entry_id: str) -> list[Pair]:
    """What the form of an entry sends back untouched."""
    entry = region.site.entries[entry_id]
    now = present(entry.path, region.source(entry.path))
    assert now is not None
    flat = region.site.schemas.flattened(entry.type.name)
    return [*values_of(now.data, flat, Resolver(region.site)), ("body", now.body), ("target", entry_id)]


def changed(pairs: list[Pair], **changes: str) -> list[Pair]:
    said = {name.replace("__", "."): value for name, value in changes.items()}
    return [*(pair for pair in pairs if pair[0] not in said), *said.items()]


def text_of(proposal: Proposal, path: str = EVENT) -> str:
    content = proposal.files[path]
    assert content is not None
    return content.decode()


def seen(region: Region, type_name: str, entry_id: str) -> str:
    entry = region.site.entries[entry_id]
    now = present(entry.path, region.source(entry.path))
    assert now is not None
    flat = region.site.schemas.flattened(type_name)
    data, _ = Resolver(region.site).resolve(as_read(now.data, flat), flat.references, flat.labels)
    return " ".join(f"{name}={value}" for name, value in digests(data, now.body, flat).items())


def test_sent_untouched_it_changes_nothing(region: Region) -> None:
    for entry in region.site.entries.values():
        if entry.type.form:
            proposal = region.propose(entry.type.name, *shown(region, entry.id))
            assert [fault.message for fault in proposal.faults] == [UNCHANGED]
            assert proposal.files == {entry.path: region.source(entry.path)}


@pytest.mark.parametrize("chosen", [("partager", "reparer"), ("reparer", "partager")])
def test_boxes_come_back_in_the_order_of_the_page_and_leave_that_of_the_file(
    region: Region, chosen: tuple[str, str]
) -> None:
    """A browser sends boxes in the order in which they stand in the form, whatever was chosen first."""
    now = re.sub("(?m)^pillars: .*", f"pillars: [{', '.join(chosen)}]", region.text(EVENT))
    given = [pair for pair in shown(region, EVENT_ID) if pair[0] != "pillars"]
    then = digest(["reparer", "partager"], region.site.schemas.flattened("event").by_dotted["pillars"])
    was = re.sub("pillars=[0-9a-f]+", f"pillars={then}", seen(region, "event", EVENT_ID))
    given += [("seen", was), ("pillars", "partager"), ("pillars", "reparer")]

    def send(*more: Pair) -> Proposal:
        return region.proposer.propose(
            region.read("event", *more, *given)[0],
            {},
            today=region.site.today,
            source=lambda path: now.encode() if path == EVENT else region.source(path),
        )

    assert [fault.message for fault in send().faults] == [UNCHANGED]
    longer = send(("pillars", "rendre-a-la-terre"))
    assert longer.data["pillars"] == [*chosen, "rendre-a-la-terre"]
    assert (longer.faults, longer.remarks) == ([], [])


def test_only_what_was_changed_is_changed(region: Region) -> None:
    pairs = changed(
        shown(region, EVENT_ID), title="Prêt d’outils au lavoir", place__name="Place du Puits", tags="outils"
    )
    proposal = region.propose("event", *pairs)
    assert told(proposal) == {}
    assert (proposal.entry_id, proposal.title) == (EVENT_ID, "Prêt d’outils au lavoir")
    assert text_of(proposal) == (
        region.text(EVENT)
        .replace("title: Prêt d’outils sur la place", "title: Prêt d’outils au lavoir")
        .replace(
            "place:\n  name: Place du Lavoir\n  commune: 98001", 'place:\n  name: Place du Puits\n  commune: "98001"'
        )
        .replace("tags: [outils, Voisinage]", "tags:\n  - outils")
    )
    assert region.problems_with(proposal) == []


def test_what_is_emptied_goes_away_and_what_is_required_is_missed(region: Region) -> None:
    proposal = region.propose("event", *changed(shown(region, EVENT_ID), end=""))
    assert text_of(proposal) == region.text(EVENT).replace("end: 2026-12-05T12:00\n", "")
    assert list(told(region.propose("event", *changed(shown(region, EVENT_ID), start="")))) == ["start"]


def test_what_the_form_does_not_ask_stays(region: Region) -> None:
    proposal = region.propose(
        "event", *changed(shown(region, EVENT_ID), date="2020-01-01", demo="true", title="Autrement")
    )
    assert text_of(proposal) == region.text(EVENT).replace("Prêt d’outils sur la place", "Autrement")


def test_the_text_alone(region: Region) -> None:
    pairs = changed(shown(region, EVENT_ID), body="## Ce qu’il faut apporter\r\n\r\nRien.")
    text = region.text(EVENT)
    assert text_of(region.propose("event", *pairs)) == text.replace("Une pièce d’identité, et de quoi porter.", "Rien.")


def test_what_others_link_to_is_told_to_editors(region: Region) -> None:
    proposal = region.propose("event", *changed(shown(region, EVENT_ID), body="Rien.", tags="voisinage"))
    assert proposal.faults == []
    assert len(proposal.left_behind) == 2
    assert all("un-lavoir.md" in sentence for sentence in proposal.left_behind)
    assert {problem.code for problem in region.problems_with(proposal)} == {"dead-anchor", "dead-link"}


def test_a_change_by_somebody_else_is_not_undone(region: Region) -> None:
    """The form was filled before the summary and the title were changed; the sender changed the title and the place."""
    was = seen(region, "event", EVENT_ID)
    pairs = changed(shown(region, EVENT_ID), title="Mon titre à moi", place__name="Place du Puits", seen=was)
    posted, _ = region.read("event", *pairs)
    now = region.text(EVENT).replace("Prêt d’outils sur la place", "Leur titre").replace("Venez emprunter", "Empruntez")

    def source(path: str) -> bytes | None:
        return now.encode() if path == EVENT else region.source(path)

    proposal = region.proposer.propose(posted, {}, today=region.site.today, source=source)
    assert proposal.faults == []
    assert [remark.field for remark in proposal.remarks] == ["title"]
    assert text_of(proposal) == now.replace("Leur titre", "Mon titre à moi").replace(
        "place:\n  name: Place du Lavoir\n  commune: 98001", 'place:\n  name: Place du Puits\n  commune: "98001"'
    )


def with_picture(region: Region, text: str) -> tuple[Posted, dict[str, bytes]]:
    pictures = {"image.webp": picture()}
    pairs = changed(shown(region, EVENT_ID), image__alt="Un lavoir", image__remove=text)
    return region.read("event", *pairs, files={"image.file": "image.webp"} if not text else {})[0], pictures


def test_a_picture_takes_the_place_of_another_and_is_taken_away(region: Region) -> None:
    posted, pictures = with_picture(region, "")
    first = region.proposer.propose(posted, pictures, today=region.site.today, source=region.source)
    assert first.faults == []
    there = {path: content for path, content in first.files.items() if content is not None}
    assert set(there) == {EVENT, "content/events/2026/pret-d-outils.webp"}

    def source(path: str) -> bytes | None:
        return there.get(path) or region.source(path)

    second = region.proposer.propose(posted, pictures, today=region.site.today, source=source)
    assert second.faults == []
    assert second.files["content/events/2026/pret-d-outils.webp"] is None
    assert second.files["content/events/2026/pret-d-outils-2.webp"] == picture()
    posted, _ = with_picture(region, "oui")
    third = region.proposer.propose(posted, {}, today=region.site.today, source=source)
    assert third.faults == []
    assert third.files == {EVENT: region.source(EVENT), "content/events/2026/pret-d-outils.webp": None}


def test_a_member_corrects_his_page(region: Region) -> None:
    flat, path = region.site.schemas.flattened("member"), "data/members/ines-falaise.yaml"
    now = present(path, region.source(path))
    assert now is not None
    pairs = [*values_of(now.data, flat, Resolver(region.site)), ("target", "ines-falaise")]
    proposal = region.propose("member", *changed(pairs, role="Archiviste", public=""))
    assert proposal.faults == []
    assert text_of(proposal, path) == region.text(path).replace("Secrète archiviste", "Archiviste").replace(
        "public: [name, skills]", "public: []"
    )


@pytest.mark.parametrize(
    ("type_name", "target"),
    [
        ("event", "events/2026/inconnu"),
        ("event", "articles/2025/une-echelle-pour-dix"),
        ("consultation", "consultations/2026/un-lavoir"),
        ("page", "pages/a-propos"),
        ("member", "personne"),
        ("event", "ines-falaise"),
    ],
)
def test_what_is_not_there_or_not_by_this_form_is_not_edited(region: Region, type_name: str, target: str) -> None:
    for action in ("edit", "remove"):
        proposal = region.propose(type_name, ("target", target), ("action", action), ("title", "Un titre"))
        assert list(told(proposal)) == [""]
        assert proposal.files == {}


def test_an_entry_like_another_has_neither_its_dates_nor_its_state(region: Region) -> None:
    data = alike(
        {**region.site.entries[EVENT_ID].fields, "status": "cancelled", "registration": {"deadline": "x", "price": 0}}
    )
    assert {"start", "end", "status"}.isdisjoint(data)
    assert data["registration"] == {"price": 0}
    assert data["place"]["name"] == "Place du Lavoir"


def test_a_removal_takes_the_files_and_says_what_is_left(region: Region) -> None:
    proposal = region.propose("event", ("target", EVENT_ID), ("action", "remove"))
    assert (set(proposal.files), proposal.faults) == ({EVENT, "data/redirects.yaml"}, [])
    assert proposal.files[EVENT] is None
    told_of = "\n".join(proposal.left_behind)
    assert "«\u202fÀ voir aussi\u202f»" in told_of  # the consultation names it
    assert "mène encore à /etiquettes/outils/" in told_of  # and links to it, and to a tag that nobody else has
    assert "une-echelle-pour-dix" in told_of
    assert "redirects.yaml" not in told_of
    codes = {problem.code for problem in region.problems_with(proposal)}
    assert codes == {"dead-link", "unknown-reference"}


def test_a_removed_page_and_the_old_addresses_that_led_to_it_are_said_to_be_gone(region: Region) -> None:
    proposal = region.propose("event", ("target", EVENT_ID), ("action", "remove"))
    assert (proposal.files["data/redirects.yaml"] or b"").decode().splitlines() == [
        "/agenda/2026/vieux-titre/: gone",
        "/etiquettes/tabou/: /etiquettes/",
        "/agenda/2026/pret-d-outils/: gone",
    ]


def test_a_member_who_signed_nothing_leaves_nothing_behind(region: Region) -> None:
    proposal = region.propose("member", ("target", "val-clair"), ("action", "remove"))
    assert (proposal.files, proposal.faults, proposal.left_behind) == ({"data/members/val-clair.yaml": None}, [], [])
    assert region.problems_with(proposal) == []
    leaves = region.propose("member", ("target", "ines-falaise"), ("action", "remove"))
    assert any("Les Outilleurs" in sentence for sentence in leaves.left_behind)
    assert any("«\u202fAuteurs\u202f»" in sentence for sentence in leaves.left_behind)
