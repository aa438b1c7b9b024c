"""The agenda, its months, the filters of lists and what time does to pages, in a browser, as visitors use them."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any, Final

import pytest

from plugins.model.addresses import PER_PAGE
from tests.browser.test_accessibility import OF_COLOURS, axe, findings
from tests.documents.small_root import entry
from tests.search.hosting import hosted
from tests.site.building import PROJECT, built_once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
DESKTOP: Final = {"width": 1440, "height": 900}
PHONE: Final = {"width": 360, "height": 740}
BUILT: Final = "2026-11-24T10:00:00+01:00"  # the day for which tests build sites
PLACE: Final = {"name": "La Halle"}
SCRIPTS: Final = 6144  # bytes, compressed, of all scripts of lists and agenda

DATA: Final = {
    "data/site.yaml": "name: Réseau du Vallon\nregion: Vallon\nurl: https://vallon.example.org\n",
    "data/pillars.yaml": """\
- {id: durer, name: Durer, definition: Faire durer les choses.}
- {id: partager, name: Partager, definition: User ensemble.}
- {id: trier, name: Trier, definition: Rendre à chacun le sien.}
""",
    "data/clubs.yaml": """\
- {id: atelier, name: Club de l’atelier, pillars: [durer], description: Le club répare.}
- {id: jardin, name: Club du jardin, pillars: [partager], description: Le club sème.}
""",
    "data/members/ada.yaml": "name: Ada Exemple\nkind: citoyen\nskills: [Réparation de vélos]\npublic: [name, kind, skills]\n",
    "data/members/bo.yaml": "name: Bo Exemple\nkind: association\nskills: [couture]\npublic: [name, kind, skills]\n",
    "data/members/cy.yaml": "name: Cy Exemple\nkind: association\n",
}


def event(name: str, start: str, **fields: Any) -> tuple[str, str]:
    """The path and the text of an event."""
    given = {"authors": ["ada"], "pillars": ["durer"], "place": PLACE, "title": f"Rendez-vous {name}", **fields}
    return f"content/events/{start[:4]}/{name}.md", entry(start=start, **given)


def events() -> Iterator[tuple[str, str]]:
    """Sixty: in the order of the list, the next, one that comes again, one free of charge each tenth day, and the past."""
    yield event(
        "soir", "2026-11-24T18:00", end="2026-11-24T20:00", registration={"url": "https://inscription.example.org/"}
    )
    weekly = "FREQ=WEEKLY;COUNT=4"
    yield event("atelier", "2026-11-26T18:30", end="2026-11-26T20:00", recurrence=weekly, clubs=["atelier"])
    yield event("foire", "2026-11-28", end="2026-11-29", all_day=True, online="https://visio.example.org/foire")
    for n in range(40):
        day, price = f"{n % 28 + 1:02d}", 0 if n % 10 == 0 else 5
        pillars = ["partager"] if n % 2 else ["durer"]
        month = "2026-12" if n < 28 else "2027-01"
        yield event(
            f"jour-{n:02d}",
            f"{month}-{day}T10:00",
            end=f"{month}-{day}T12:00",
            pillars=pillars,
            registration={"price": price},
        )
    for n in range(17):
        yield event(f"hier-{n:02d}", f"2026-05-{n + 1:02d}T10:00", pillars=["trier"] if n == 3 else ["durer"])


def write_root(root: Path) -> Path:
    for path, text in {**DATA, **dict(events())}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def agenda_site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    return built_once("site-agenda", write_root(tmp_path_factory.mktemp("vallon") / "root"), shared)


@pytest.fixture
def agenda(agenda_site: Path) -> Iterator[Host]:
    with hosted(agenda_site) as host:
        yield host


@pytest.fixture
def visit(browser: Browser, agenda: Host) -> Iterator[Callable[..., Page]]:
    """Opens an address of the agenda's site on a day; what the console complains of fails the test."""
    opened: list[BrowserContext] = []
    said: list[str] = []

    def go(address: str, at: str = BUILT, viewport: Any = DESKTOP, **more: Any) -> Page:
        context = browser.new_context(viewport=viewport, locale="fr-FR", reduced_motion="reduce", **more)
        opened.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(at)
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(agenda.address + address)
        page.wait_for_load_state("networkidle")
        return page

    yield go
    for context in opened:
        context.close()
    assert [text for text in said if "404" not in text] == []


def status(page: Page) -> str:
    return page.locator('[data-part="status"]').inner_text()


def titles(page: Page, within: str = "main") -> list[str]:
    """The titles of the rows that one sees."""
    found = page.locator(f"{within} .row:visible h3")
    return [text.removeprefix("Rendez-vous ") for text in found.all_inner_texts()]


def wait_for_status(page: Page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('[data-part=status]').textContent.includes(words)", arg=words
    )


# ── Filters ──


def test_a_choice_filters_the_whole_list_says_how_many_remain_and_stands_in_the_address(
    visit: Callable[..., Page],
) -> None:
    page = visit("/agenda/")
    assert status(page) == "60 évènements"
    page.select_option('[data-filter="pillars"]', "partager")
    wait_for_status(page, "20 résultats sur 60")
    assert titles(page) == [f"jour-{n:02d}" for n in range(1, 40, 2)]
    assert page.url.endswith("/agenda/?pillars=partager")
    page.select_option('[data-filter="registration.price"]', "gratuit")
    wait_for_status(page, "Aucun résultat sur 60")
    assert titles(page) == []
    page.get_by_role("button", name="Retirer les filtres").click()
    wait_for_status(page, "60 évènements")
    assert page.url.endswith("/agenda/")
    assert len(titles(page)) == PER_PAGE
    assert page.evaluate("document.activeElement.dataset.filter") == "pillars"


def test_an_address_that_is_shared_shows_the_same(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/page/2/?pillars=durer&registration.price=gratuit&utm=x")
    wait_for_status(page, "4 résultats sur 60")
    assert titles(page) == ["jour-00", "jour-10", "jour-20", "jour-30"]
    assert page.locator('[data-filter="pillars"]').input_value() == "durer"
    page.select_option('[data-filter="pillars"]', "")
    wait_for_status(page, "4 résultats")
    assert page.url.endswith("?registration.price=gratuit&utm=x") or page.url.endswith(
        "?utm=x&registration.price=gratuit"
    )


def test_what_the_address_asks_for_and_nobody_offers_is_no_choice(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/?pillars=inconnu&clubs=%22%3E%3Cimg%20src=x%3E")
    assert status(page) == "60 évènements"
    assert len(titles(page)) == PER_PAGE


def test_back_and_forward_go_through_the_choices(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    page.select_option('[data-filter="pillars"]', "trier")
    wait_for_status(page, "1 résultat sur 60")
    page.select_option('[data-filter="pillars"]', "partager")
    wait_for_status(page, "20 résultats")
    page.go_back()
    wait_for_status(page, "1 résultat sur 60")
    assert titles(page) == ["hier-03"]
    page.go_back()
    wait_for_status(page, "60 évènements")
    page.go_forward()
    wait_for_status(page, "1 résultat sur 60")


def test_filters_work_from_the_keyboard_and_are_announced(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.filter ?? ''") == "pillars":
            break
    page.keyboard.type("Trier")
    page.keyboard.press("Enter")
    wait_for_status(page, "1 résultat sur 60")
    assert page.locator('[data-part="status"]').get_attribute("role") == "status"
    assert page.evaluate("document.activeElement.dataset.filter") == "pillars"


def test_what_is_left_keeps_its_headings_and_comes_in_portions(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/?pillars=durer")
    wait_for_status(page, "39 résultats sur 60")
    assert len(titles(page)) == PER_PAGE
    assert page.locator('main [data-part="found"] h2:visible').all_inner_texts() == ["À venir"]
    page.get_by_role("button", name="Afficher la suite").click()
    page.wait_for_function("document.querySelectorAll('[data-part=found] .row').length === 39")
    assert page.evaluate("document.activeElement.textContent") == "Rendez-vous jour-34"
    assert not page.get_by_role("button", name="Afficher la suite").is_visible()
    assert len(set(titles(page))) == 39
    assert page.locator('main [data-part="found"] h2').all_inner_texts() == ["À venir", "Passés"]


def test_a_row_of_the_index_looks_as_it_does_in_the_list(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    read = "() => [...document.querySelectorAll('.row')].filter(one => one.offsetParent).map(one => one.outerHTML)"
    listed = page.evaluate(read)
    page.select_option('[data-filter="registration.price"]', "payant")
    wait_for_status(page, "36 résultats")
    paid = [row for row in listed if "jour-" in row and not re.search("jour-[012]0", row)]
    assert page.evaluate(read)[: len(paid)] == paid
    assert len(paid) == PER_PAGE - 5  # three without a price, two free of charge


def test_an_index_that_does_not_answer_leaves_the_list_and_says_so(visit: Callable[..., Page], agenda: Host) -> None:
    page = visit("/agenda/")
    base = page.locator('[data-part="filters"]').get_attribute("data-rows")
    agenda.without.add(f"{base}pillars.json")
    page.select_option('[data-filter="pillars"]', "trier")
    wait_for_status(page, "Les filtres ne répondent pas")
    assert len(titles(page)) == PER_PAGE
    agenda.without.clear()
    page.select_option('[data-filter="pillars"]', "partager")
    wait_for_status(page, "20 résultats")


def test_on_a_phone_filters_are_one_button_that_says_how_many_are_set(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/?pillars=trier", viewport=PHONE)
    wait_for_status(page, "1 résultat sur 60")
    control, button = page.locator('[data-filter="pillars"]'), page.get_by_role("button", name=re.compile("^Filtrer"))
    assert not control.is_visible()
    assert button.inner_text().strip() == "Filtrer (1)"
    button.click()
    assert control.is_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_wide_screen_filters_stand_open(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    assert page.locator('[data-filter="pillars"]').is_visible()
    assert not page.get_by_role("button", name=re.compile("^Filtrer")).is_visible()


def test_nothing_moves_when_the_filters_come_alive(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/mois/2026-12/")
    shift = page.evaluate(
        """() => new Promise(done => new PerformanceObserver(list =>
             done(list.getEntries().reduce((sum, one) => sum + one.value, 0))
           ).observe({ type: 'layout-shift', buffered: true }) || setTimeout(done, 500, 0))"""
    )
    assert shift < 0.01


def test_without_scripts_there_are_ways_instead_of_dead_controls(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/", java_script_enabled=False)
    assert not page.locator('[data-filter="pillars"]').is_visible()
    ways = page.locator(".ways a")
    assert ways.all_inner_texts() == ["Piliers", "Clubs"]
    assert len(titles(page)) == PER_PAGE
    assert page.get_by_role("link", name="Mois", exact=True).is_visible()


def offered(page: Page) -> dict[str, str]:
    """The options of all filters as one reads them, by field and value."""
    found: dict[str, str] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('select[data-filter] option')]
          .filter((option) => option.value)
          .map((option) => [`${option.parentElement.name} ${option.value}`, option.textContent]))"""
    )
    return found


@pytest.mark.parametrize("address", ["/agenda/", "/agenda/mois/2026-12/"])
def test_an_option_says_how_many_it_would_leave(address: str, visit: Callable[..., Page]) -> None:
    page = visit(address)
    texts = offered(page)
    assert len(texts) >= 7
    for choice, text in texts.items():
        field, value = choice.split()
        count = int(re.search(r" \((\d+)\)$", text)[1])  # type: ignore[index]
        page.select_option(f'[data-filter="{field}"]', value)
        wait_for_status(page, f"{count or 'Aucun'} résultat")
        page.select_option(f'[data-filter="{field}"]', "")
    assert offered(page) == texts


def test_beside_another_choice_options_say_what_is_left_or_nothing(visit: Callable[..., Page]) -> None:
    """All rows of a month are in the page; of a list in pages only the build's counts are, which then say too much."""
    chosen = "?registration.price=gratuit"
    month = visit(f"/agenda/mois/2026-12/{chosen}")
    wait_for_status(month, "3 résultats")
    assert offered(month)["pillars durer"] == "Durer (3)"
    assert offered(month)["pillars partager"] == "Partager (0)"
    whole = visit(f"/agenda/{chosen}")
    wait_for_status(whole, "4 résultats")
    assert offered(whole)["pillars durer"] == "Durer"
    assert offered(whole)["registration.price payant"] == "Payant (36)"


def test_the_directory_is_filtered_by_kind_and_by_words_without_accents(visit: Callable[..., Page]) -> None:
    page = visit("/membres/")
    assert status(page) == "3 membres"
    people = page.locator(".person:visible h3")
    page.locator('[data-filter="skills"]').press_sequentially("velo")
    wait_for_status(page, "1 résultat sur 3")
    assert people.all_inner_texts() == ["Ada Exemple"]
    assert page.url.endswith("/membres/?skills=velo")
    page.locator('[data-filter="skills"]').fill("")
    page.select_option('[data-filter="kind"]', "association")
    wait_for_status(page, "2 résultats sur 3")
    assert people.all_inner_texts() == ["Bo Exemple", "Cy Exemple"]


# ── Months ──


def test_the_list_leads_to_the_month_and_the_month_to_the_next_with_what_is_chosen(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/?pillars=partager")
    wait_for_status(page, "20 résultats")
    page.get_by_role("link", name="Mois", exact=True).click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/agenda/mois/2026-11/?pillars=partager")
    assert status(page) == "Aucun résultat sur 3"
    page.get_by_role("link", name="Décembre 2026").click()
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/agenda/mois/2026-12/?pillars=partager")
    assert status(page) == "14 résultats sur 29"
    assert page.locator(".happenings li:visible").count() == 14
    page.select_option('[data-filter="pillars"]', "")
    assert status(page) == "29 évènements"
    page.select_option('[data-filter="clubs"]', "atelier")
    assert status(page) == "1 résultat sur 29"  # three times the same event
    assert page.locator(".happenings li:visible").count() == 3


def test_a_month_is_a_table_to_those_who_listen(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/mois/2026-11/")
    table = page.get_by_role("table", name="Novembre 2026, du lundi au dimanche")
    names = table.get_by_role("columnheader").all_inner_texts()
    assert [name.strip().lower() for name in names] == [
        "sem.",
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
    ]
    assert table.get_by_role("rowheader").count() == 6
    assert "mardi 24 novembre" in " ".join(table.get_by_role("heading").all_text_contents())


def test_on_a_phone_a_month_is_the_list_of_its_days(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/mois/2026-11/", viewport=PHONE)
    assert page.locator(".month-table h2:visible").all_inner_texts() == [
        "Mardi 24 novembre", "Jeudi 26 novembre", "Samedi 28 novembre", "Dimanche 29 novembre",
    ]  # fmt: skip
    page.get_by_role("button", name=re.compile("^Filtrer")).click()
    page.select_option('[data-filter="online"]', "en-ligne")
    assert page.locator(".month-table h2:visible").all_inner_texts() == ["Samedi 28 novembre", "Dimanche 29 novembre"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_today_is_the_readers_day_in_the_month_and_on_the_way_to_it(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/mois/2026-12/", "2026-12-02T00:30:00+01:00")
    assert page.locator("[aria-current=date]").evaluate_all("all => all.map(one => one.dataset.day)") == ["2026-12-02"]
    now = page.get_by_role("link", name="Ce mois-ci")
    assert now.evaluate("link => link.pathname") == "/agenda/mois/2026-12/"
    assert now.get_attribute("aria-current") == "page"
    later = visit("/agenda/mois/2026-12/", "2028-02-02T12:00:00+01:00")  # a month that has no page
    assert later.locator("[aria-current=date]").count() == 0
    assert later.get_by_role("link", name="Ce mois-ci").evaluate("link => link.pathname") == "/agenda/mois/2026-11/"


def test_a_day_begins_when_it_does_in_the_region_wherever_the_reader_is(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/mois/2026-12/", "2026-12-02T00:30:00+01:00", timezone_id="America/New_York")
    assert page.locator("[aria-current=date]").evaluate_all("all => all.map(one => one.dataset.day)") == ["2026-12-02"]


# ── Time passes ──


def test_on_the_day_of_the_build_nothing_moves_and_today_is_said(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    assert titles(page)[:4] == ["soir", "atelier", "foire", "jour-00"]
    assert page.locator(".row .weekday").first.inner_text() == "aujourd’hui"
    assert page.locator(".row [aria-current=date]").count() == 1


def test_what_is_over_moves_to_the_past_by_itself(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/", "2026-11-24T20:00:00+01:00")
    assert titles(page, '[data-state="past"]') == ["soir"]
    assert titles(page, '[data-state="upcoming"]')[:2] == ["atelier", "foire"]
    page = visit("/agenda/", "2026-11-30T00:00:00+01:00")
    assert titles(page, '[data-state="past"]') == ["foire", "soir"]
    page = visit("/agenda/", "2026-11-29T23:59:00+01:00")
    assert titles(page, '[data-state="past"]') == ["soir"]
    assert page.locator("[data-state=past] .row.over").count() == 1


def test_an_event_that_comes_again_shows_its_next_day_among_its_neighbours(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/", "2026-11-26T20:00:00+01:00")
    assert titles(page)[:5] == ["foire", "jour-00", "jour-01", "jour-02", "atelier"]
    block = page.locator(".row", has_text="Rendez-vous atelier").locator("time.block")
    assert block.get_attribute("datetime") == "2026-12-03"
    assert block.inner_text().split() == ["jeudi", "3", "déc."]
    page = visit("/agenda/", "2026-12-17T20:00:00+01:00")
    assert "atelier" in titles(page, '[data-state="past"]')


def test_all_that_is_filtered_moves_as_well(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/?pillars=durer", "2026-12-02T12:00:00+01:00")
    wait_for_status(page, "39 résultats")
    assert titles(page, '[data-part="found"] [data-state="past"]')[:3] == ["jour-00", "foire", "soir"]
    assert titles(page, '[data-part="found"] [data-state="upcoming"]')[:2] == ["jour-02", "atelier"]
    assert page.locator('[data-part="found"] h2').all_inner_texts() == ["À venir", "Passés"]


def test_long_after_the_build_the_list_says_that_nothing_is_announced(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/", "2031-01-01T12:00:00+01:00")
    assert not page.locator('[data-state="upcoming"]').first.is_visible()
    assert page.get_by_text("Aucun autre rendez-vous n’est annoncé").is_visible()
    assert len(titles(page)) == PER_PAGE


def test_a_page_left_open_overnight_follows(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/")
    page.clock.set_fixed_time("2026-11-25T08:00:00+01:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert titles(page, '[data-state="past"]') == ["soir"]
    assert page.locator("[aria-current=date]").count() == 0


def test_an_event_that_is_over_offers_no_registration(visit: Callable[..., Page]) -> None:
    page = visit("/agenda/2026/soir/")
    assert (
        page.get_by_role("link", name="Ajouter à mon agenda").get_attribute("href") == "/agenda/2026/soir/evenement.ics"
    )
    assert page.get_by_role("link", name=re.compile("^S’inscrire")).is_visible()
    page = visit("/agenda/2026/soir/", "2026-11-24T20:01:00+01:00")
    assert not page.get_by_role("link", name=re.compile("^S’inscrire")).is_visible()
    assert page.get_by_text("Cet évènement est passé.").is_visible()


@pytest.mark.parametrize("address", ["/clubs/atelier/", "/piliers/durer/"])
def test_pages_of_groups_move_theirs_and_let_one_subscribe(visit: Callable[..., Page], address: str) -> None:
    page = visit(address, "2026-12-31T12:00:00+01:00")
    assert "atelier" in titles(page, '[data-state="past"]')
    assert page.get_by_text("Passés").first.is_visible()
    subscribe = page.locator(f'main a[href="webcal://vallon.example.org{address}agenda.ics"]')
    assert subscribe.is_visible()


def test_the_home_page_shows_no_event_that_is_over(visit: Callable[..., Page]) -> None:
    page = visit("/", "2026-11-25T08:00:00+01:00")
    shown = page.locator(".days li:visible h3").all_inner_texts()
    assert shown == ["Rendez-vous atelier", "Rendez-vous foire", "Rendez-vous jour-00"]


# ── For everybody ──


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/mois/2026-11/",
        "/agenda/mois/2026-12/?pillars=partager",
        "/agenda/?pillars=durer",
        "/membres/?kind=association",
    ],
)
def test_axe_finds_nothing(visit: Callable[..., Page], address: str) -> None:
    page = visit(address)
    page.evaluate(axe())
    found: list[str] = []
    for name, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        if name == "phone":
            page.get_by_role("button", name=re.compile("^Filtrer")).click()
        page.emulate_media(color_scheme="light")
        found += findings(page, f"{name}, light")
        page.emulate_media(color_scheme="dark")
        found += findings(page, f"{name}, dark", OF_COLOURS)
    assert not found, "\n" + "\n".join(found)


def test_the_scripts_of_lists_and_agenda_are_light(agenda_site: Path) -> None:
    scripts = [path for name in ("filters", "past") for path in agenda_site.glob(f"theme/js/{name}.*.js")]
    assert len(scripts) == 2
    assert sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in scripts) <= SCRIPTS


def test_no_text_of_the_interface_stands_in_the_scripts() -> None:
    for name in ("filters", "past"):
        text = (PROJECT / f"theme/static/js/{name}.js").read_text(encoding="utf-8")
        code = re.sub(r"^\s*(//|/\*\*).*$", "", text, flags=re.MULTILINE)
        assert not re.search(r"[À-ÿ’«»]", code), name
