"""The list of what waits: in which order, what is said of each, what filters leave."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import html5lib
import pytest

from scripts.bot.store.broken import Letters
from scripts.bot.submission import State, Step
from tests.bot.samples import NOW

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from plugins.model.yaml.reader import Json
    from tests.bot.review.conftest import Desk

DAY = dt.timedelta(days=1)


def rows(page: str) -> list[Element]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found: list[Element] = tree.findall(".//li[@class='row']")
    return found


def said(row: Element) -> str:
    return " ".join("".join(row.itertext()).split())


def titles(desk: Desk, query: str = "") -> list[str]:
    page = desk.browser.get(f"/relecture/{query}").text
    return ["".join(row.find("h2").itertext()) for row in rows(page)]  # type: ignore[union-attr]  # each has one


def test_what_only_editors_can_help_on_leads_the_oldest_first_and_quarantine_is_apart(desk: Desk) -> None:
    desk.moved(desk.add(1, data={"title": "Attend une réponse"}, created=NOW - 9 * DAY), state=State.QUESTION)
    desk.waiting(2, data={"title": "Récente"}, created=NOW - DAY)
    desk.waiting(3, data={"title": "Ancienne"}, created=NOW - 8 * DAY)
    desk.add(4, data={"title": "Suspecte"}, state=State.QUARANTINE, created=NOW - 20 * DAY)
    desk.moved(desk.add(5, data={"title": "Refusée"}), state=State.REFUSED)
    stuck = desk.add(6, data={"title": "Arrêtée"}, created=NOW - 2 * DAY)
    desk.moved(stuck, state=State.QUEUED, step=Step.PUSH, trouble="Le dépôt est plein.")
    assert titles(desk) == ["Ancienne", "Arrêtée", "Récente", "Attend une réponse"]
    assert titles(desk, "quarantaine/") == ["Suspecte"]
    assert titles(desk, "traitees/") == ["Refusée"]
    page = desk.browser.get("/relecture/").text
    for tab in ('aria-current="page">Relecture&nbsp;(4)', ">Quarantaine&nbsp;(1)", ">Propositions traitées&nbsp;(1)"):
        assert tab in page


def test_a_row_says_since_when_for_whom_who_and_whether_it_is_late(desk: Desk) -> None:
    club = next(iter(desk.service.root.edition().site.clubs.values()))
    desk.waiting(1, data={"clubs": [club.id, "club-inconnu"]}, created=NOW - 8 * DAY, email_known=False)
    desk.waiting(2, data={"title": "Une autre"}, created=NOW - 7 * DAY)
    late, fine = rows(desk.browser.get("/relecture/").text)
    assert "En retard" in said(late)
    assert "depuis 8 jours" in said(late)
    assert f"Pour : {club.short or club.name}" in said(late)
    assert "club-inconnu" not in said(late)
    assert "article, nouvelle fiche, à relire, de Camille Exemple" in said(late)
    assert "adresse non confirmée" in said(late)
    assert "adresse différente de celle connue pour ce membre" in said(late)
    assert "En retard" not in said(fine)
    assert "camille@example.org" not in desk.browser.get("/relecture/").text


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("?etat=waiting", ["Un évènement", "Un article"]), ("?etat=question", ["Une question"]), ("?type=event", ["Un évènement"]),
        ("?q=EVENEMENT", ["Un évènement"]), ("?q=grace", ["Un article"]), ("?etat=rien", []), ("?club=rien", []),
        ("?etat=waiting&type=article", ["Un article"]), ("?q=%00%FF", ["Un évènement", "Un article", "Une question"]),
    ],
)  # fmt: skip
def test_filters_leave_what_was_asked_for(query: str, left: list[str], desk: Desk) -> None:
    desk.waiting(1, data={"title": "Un évènement"}, posted={"type_name": "event"}, created=NOW - 3 * DAY)
    desk.waiting(2, data={"title": "Un article"}, posted={"contact_name": "Grâce H."}, created=NOW - 2 * DAY)
    desk.moved(desk.add(3, data={"title": "Une question"}, created=NOW - DAY), state=State.QUESTION)
    assert titles(desk, query) == left


def test_a_club_filter_shows_what_is_for_the_club(desk: Desk) -> None:
    first, *_ = desk.service.root.edition().site.clubs
    desk.waiting(1, data={"title": "Pour eux", "clubs": [first]})
    desk.waiting(2, data={"title": "Pour personne"})
    desk.waiting(3, data={"title": "De travers", "clubs": [{"a": 1}, 3]})
    desk.waiting(4, data={"title": "Pour eux aussi", "clubs": [desk.service.root.edition().site.clubs[first].name]})
    assert titles(desk, f"?club={first}") == ["Pour eux", "Pour eux aussi"]
    page = desk.browser.get(f"/relecture/?club={first}").text
    assert f'<option value="{first}" selected>' in page
    assert "2\u00a0propositions sur 4" in page


def test_titles_of_strangers_are_inert_and_hide_nothing(desk: Desk) -> None:
    desk.waiting(1, data={"title": "<script>alert(1)</script>\u202e{{ 7*7 }}"}, posted={"contact_name": "<b>A</b>"})
    page = desk.browser.get("/relecture/").text
    assert "<script>alert" not in page
    assert "<b>A</b>" not in page
    assert "⟨U+202E⟩{{ 7*7 }}" in page


def test_nothing_waits(desk: Desk) -> None:
    assert "Rien n’attend" in desk.browser.get("/relecture/").text
    assert "La quarantaine est vide" in desk.browser.get("/relecture/quarantaine/").text


def test_what_is_wrong_with_the_service_itself_stands_on_top(desk: Desk) -> None:
    desk.service.store.raise_notice("forge", "La forge ne reconnaît plus le service.", NOW)
    assert "La forge ne reconnaît plus le service." in desk.browser.get("/relecture/").text


def test_what_publication_could_not_show_stands_on_every_list_and_the_desk_until_it_is_mended(desk: Desk) -> None:
    problem: Json = {
        "line": 4,
        "code": "bad-date",
        "message": "« <i>hier</i> » n’est pas une date.",
        "suggestion": "Corrigez.",
    }
    facts: Json = {"shown": "earlier", "date": "2026-03-01", "problems": [problem], "more": 0}
    desk.service.store.broken.record({"content/articles/a.md": facts}, Letters(), NOW)
    for address in ("/relecture/", "/relecture/quarantaine/", "/relecture/bureau/"):
        page = desk.browser.get(address).text
        assert "Un fichier du site est fautif." in page
        assert "content/articles/a.md, ligne 4\u202f: « &lt;i&gt;hier&lt;/i&gt; » n’est pas une date. Corrigez." in page
        assert "sa dernière bonne version, celle du 1er\u00a0mars 2026" in page
    desk.service.store.broken.record({}, Letters(), NOW)
    assert "fautif" not in desk.browser.get("/relecture/").text
    assert "fautif" not in desk.browser.get("/relecture/bureau/").text


def test_a_long_queue_is_cut_and_says_so(desk: Desk) -> None:
    for number in range(1, 104):
        desk.add(number, data={"title": f"N° {number}"}, created=NOW + dt.timedelta(seconds=number))
    page = desk.browser.get("/relecture/").text
    assert len(rows(page)) == 100
    assert "103\u00a0propositions" in page
    assert "les 100 premières" in page


def test_what_is_dealt_with_is_found_again_the_last_first(desk: Desk) -> None:
    for number, state in enumerate((State.PUBLISHED, State.REFUSED, State.WITHDRAWN), start=1):
        given = desk.add(number, data={"title": f"Fiche {number}"}, created=NOW - 40 * DAY + number * DAY)
        desk.moved(given, state=state)
    assert titles(desk, "traitees/") == ["Fiche 3", "Fiche 2", "Fiche 1"]
    assert titles(desk, "traitees/?etat=published") == ["Fiche 1"]
    text = said(rows(desk.browser.get("/relecture/traitees/?etat=refused").text)[0])
    assert "refusée" in text
    assert "depuis" not in text
