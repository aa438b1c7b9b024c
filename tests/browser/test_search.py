"""The search as visitors use it, in a real browser, under the site's own policy: what it finds, shows, weighs and says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.test_accessibility import axe, findings
from tests.search.hosting import hosted
from tests.site.building import PROJECT, SMALL, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
QUESTIONS = PROJECT / "tests" / "search" / "questions.yaml"
KB = 1000
FIRST_SEARCH, SUGGESTIONS = 120 * KB, 60 * KB
AT_ONE, AT_THREE = 0.9, 0.97
DONE = re.compile(r"résultats?( pour|,|$)|Aucun|pas pu")
READ = """rows => rows.map((row) =>
    [row.querySelector('a').getAttribute('href'), row.querySelector('h3').textContent, row.textContent])"""
FIRST_CHOICE = """control => {
    const one = [...control.options].find((option) => option.value && !option.disabled);
    return [one.value, one.textContent];
}"""
NO_WASM = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


class Result(NamedTuple):
    href: str
    title: str
    text: str


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR", reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that may not complain: an error in a script fails the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert errors == []


def ask(page: Page, host: Host, question: str, more: str = "") -> list[Result]:
    page.goto(f"{host.address}/recherche/?q={quote(question)}{more}")
    return answer(page)


def ask_again(page: Page, question: str) -> list[Result]:
    """The same page asked something else, as one types it."""
    page.locator("[data-part=status]").evaluate("status => { status.textContent = ''; }")
    page.locator("input[name=q]").fill(question)
    page.locator("input[name=q]").press("Enter")
    return answer(page)


def answer(page: Page) -> list[Result]:
    expect(page.locator("[data-part=status]")).to_have_text(DONE)
    return [Result(*row) for row in page.locator("[data-result]").evaluate_all(READ)]


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# ---- what it finds ------------------------------------------------------------------------------------------------------


def test_questions_as_visitors_ask_them_find_their_pages(
    page: Page, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    assert len(questions) >= 60
    page.goto(f"{host.address}/recherche/?q=lin")
    answer(page)
    ranks: dict[str, int] = {}
    for question in questions:
        found = [result.href for result in ask_again(page, question["ask"])]
        ranks[question["ask"]] = next((place for place, href in enumerate(found, 1) if href in question["pages"]), 0)
    first = sum(rank == 1 for rank in ranks.values()) / len(questions)
    third = sum(1 <= rank <= 3 for rank in ranks.values()) / len(questions)
    with capsys.disabled():
        print(f"\nsearch: {len(questions)} questions, success@1 {first:.3f}, success@3 {third:.3f}")
        print("  not first:", ", ".join(f"{asked} ({rank or '-'})" for asked, rank in ranks.items() if rank != 1))
    assert (first >= AT_ONE, third >= AT_THREE) == (True, True), ranks


def test_every_expected_page_exists(site: Path) -> None:
    questions = yaml.safe_load(QUESTIONS.read_text(encoding="utf-8"))
    missing = {
        page
        for question in questions
        for page in question["pages"]
        if not (site / page.strip("/") / "index.html").is_file()
    }
    assert missing == set()


@pytest.mark.parametrize("question", ["économie", "economie", "l’économie", "L'ECONOMIE", "économies"])
def test_accents_case_plural_and_articles_make_no_difference(question: str, page: Page, host: Host) -> None:
    assert [result.href for result in ask(page, host, question)] == [
        result.href for result in ask(page, host, "économie")
    ]


def test_a_word_finds_no_page_that_merely_holds_its_letters(page: Page, host: Host, site: Path) -> None:
    """Pagefind would take « terre » for the beginning of « territoire »."""
    found = ask(page, host, "terre")
    assert found
    for result in found:
        text = (site / result.href.strip("/") / "index.html").read_text(encoding="utf-8")
        assert re.search(r"\bterres?\b", text, re.IGNORECASE), result.href


def test_a_slip_is_put_right_and_told(page: Page, host: Host) -> None:
    assert ask(page, host, "gouvernnance")[0].href == "/gouvernance/"
    expect(page.locator("[data-part=corrected]")).to_contain_text("« gouvernnance »")
    expect(page.locator("[data-part=corrected]")).to_contain_text("gouvernance »")


def test_an_unfinished_word_finds_what_it_begins(page: Page, host: Host) -> None:
    assert any("compost" in result.text.lower() for result in ask(page, host, "compos"))
    expect(page.locator("[data-part=corrected]")).to_be_hidden()


def test_nothing_found_says_what_to_try(page: Page, host: Host) -> None:
    assert ask(page, host, "zzzgouvernanze") == []
    near = page.locator("[data-part=near] a").first
    expect(near).to_have_text("gouvernance")
    expect(page.locator("[data-part=indexes]")).to_be_visible()
    expect(page.locator("[data-part=empty] a[href='/contribuer/']")).to_be_visible()
    near.click()
    assert answer(page)[0].href == "/gouvernance/"


def test_markup_in_a_question_stays_text(page: Page, host: Host) -> None:
    ask(page, host, "<img src=x onerror=alert(1)> compost")
    assert page.locator("main img").count() == 0
    expect(page.locator("[data-part=status]")).to_contain_text("<img src=x")


# ---- what it shows ------------------------------------------------------------------------------------------------------


def test_extracts_are_as_people_wrote_them_with_the_words_marked(page: Page, host: Host) -> None:
    ask(page, host, "economie de la fonctionnalite")
    marks = page.locator("[data-result] mark").all_inner_texts()
    assert any("économie" in mark for mark in marks)
    assert not any("\u2060" in text or "\u2029" in text for text in page.locator("[data-result]").all_text_contents())


@pytest.mark.parametrize("question", ["compostez", "compost", "sols", "consigne"])
def test_an_extract_does_not_run_on_into_sources_and_facts(question: str, page: Page, host: Host) -> None:
    ask(page, host, question)
    extracts = page.locator("[data-result] > p:not(.quiet, .meta)").all_inner_texts()
    assert extracts
    assert [text for text in extracts if re.search(r"(Sources|Repères|Mots-clés) ·", text)] == []
    assert page.locator("[data-result] mark").count() > 0


def test_each_filter_narrows_and_the_address_keeps_it(page: Page, host: Host) -> None:
    everything = len(ask(page, host, "economie"))
    for name in ("type", "pillars", "clubs", "territories", "year"):
        ask(page, host, "economie")
        control = page.locator(f"[data-filter={name}]")
        control.focus()
        expect(control.locator("option", has_text=re.compile(r"\(\d+\)$")).first).to_be_attached()
        value, label = control.evaluate(FIRST_CHOICE)
        page.locator("[data-part=status]").evaluate("status => { status.textContent = ''; }")
        control.select_option(value)
        narrowed = answer(page)
        assert parameters(page) == {"q": ["economie"], name: [value]}
        count = int(re.search(r"\((\d+)\)$", label)[1])  # type: ignore[index]
        expect(page.locator("[data-part=status]")).to_have_text(re.compile(rf"^{count}\s"))
        assert len(narrowed) == min(count, everything, 10)
        page.reload()
        assert answer(page) == narrowed
        page.go_back()
        expect(control).to_have_value("")
        assert len(answer(page)) == everything


def test_a_type_leaves_only_pages_of_it(page: Page, host: Host) -> None:
    assert {result.href.split("/")[1] for result in ask(page, host, "normandie", "&type=members")} == {"membres"}


def test_a_value_that_nobody_offers_is_no_filter(page: Page, host: Host) -> None:
    assert ask(page, host, "compost", "&type=nonsense")
    assert parameters(page) == {"q": ["compost"]}


def test_filters_alone_list_what_they_leave_the_latest_first(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/recherche/?type=articles")
    years = [int(re.search(r"/actualites/(\d{4})/", result.href)[1]) for result in answer(page)]  # type: ignore[index]
    assert years == sorted(years, reverse=True)
    assert len(years) == 10


def test_sorted_by_date(page: Page, host: Host) -> None:
    ask(page, host, "economie", "&type=articles")
    page.locator("[data-part=status]").evaluate("status => { status.textContent = ''; }")
    page.locator("select[name=sort]").select_option("date")
    years = [int(re.search(r"/actualites/(\d{4})/", result.href)[1]) for result in answer(page)]  # type: ignore[index]
    assert years == sorted(years, reverse=True)
    assert len(set(years)) > 1
    assert parameters(page)["sort"] == ["date"]


def test_filters_that_leave_nothing_can_be_taken_back(page: Page, host: Host) -> None:
    assert ask(page, host, "compost", "&type=calls&year=2021") == []
    page.locator("[data-part=unfilter]").click()
    expect(page.locator("[data-result]").first).to_be_visible()
    assert answer(page)
    assert parameters(page) == {"q": ["compost"]}


def test_more_results_on_demand_with_the_focus_on_the_first_new_one(page: Page, host: Host) -> None:
    assert len(ask(page, host, "normandie")) == 10
    page.locator("[data-part=more]").press("Enter")
    expect(page.locator("[data-result]")).to_have_count(20)
    expect(page.locator("[data-result]").nth(10).locator("a").first).to_be_focused()


def test_typing_searches_and_rewrites_the_address_without_filling_the_history(page: Page, host: Host) -> None:
    page.goto(f"{host.address}/recherche/")
    before = page.evaluate("history.length")
    page.locator("input[name=q]").press_sequentially("compost", delay=30)
    assert answer(page)
    assert parameters(page) == {"q": ["compost"]}
    assert page.evaluate("history.length") == before
    expect(page).to_have_title(re.compile("^compost — Recherche"))


def test_the_header_leads_to_the_search(page: Page, host: Host) -> None:
    page.goto(host.address + "/")
    page.locator("#page-q").fill("consigne")
    page.locator("#page-q").press("Enter")
    assert "consigne" in answer(page)[0].text.lower()


# ---- without this or that -----------------------------------------------------------------------------------------------


def test_without_webassembly_titles_are_found(page: Page, site: Path) -> None:
    with hosted(site, Content_Security_Policy=NO_WASM) as strict:
        found = ask(page, strict, "compsoteurs")
        expect(page.locator("[data-part=titles-only]")).to_be_visible()
        expect(page.locator("[data-filter]").first).to_be_hidden()
        assert any("/membres/les-petits-composteurs/" in result.href for result in found)
        assert strict.bytes_of("/pagefind/") == 0


def test_an_index_that_cannot_be_loaded_leaves_titles(page: Page, site: Path) -> None:
    with hosted(site) as broken:
        broken.without.add("/pagefind/pagefind.js")
        assert ask(page, broken, "club inné")[0].title == "Club Inné"


def test_without_javascript_the_indexes_are_there_and_nothing_is_dead(browser: Browser, host: Host) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{host.address}/recherche/?q=compost")
    expect(page.get_by_role("heading", name="Territoires")).to_be_visible()
    expect(page.locator("[data-filter]").first).to_be_hidden()
    expect(page.locator("[data-part=found]")).to_be_hidden()
    page.locator("input[name=q]").fill("lin")
    page.get_by_role("button", name="Trouver").click()
    assert parameters(page)["q"] == ["lin"]
    context.close()


def test_below_a_folder_of_the_host(page: Page, tmp_path: Path) -> None:
    site = build(SMALL, tmp_path / "site", "--site-url", "https://example.org/dessous")
    with hosted(site, below="/dessous") as below:
        found = ask(page, below, "compost")
        assert all(result.href.startswith("/dessous/") for result in found)
        assert page.goto(below.address.removesuffix("/dessous") + found[0].href).status == 200  # type: ignore[union-attr]
        page.locator("#page-q").press_sequentially("comp", delay=20)
        page.locator("[role=option]").first.click()
        expect(page).to_have_url(re.compile("/dessous/"))


# ---- suggestions --------------------------------------------------------------------------------------------------------


@pytest.fixture
def box(page: Page, host: Host) -> Page:
    page.goto(host.address + "/a-propos/")
    page.locator("#page-q").press_sequentially("régal", delay=20)
    expect(page.locator("[role=listbox]")).to_have_attribute("data-for", "régal")  # and not what half the word gave
    expect(page.locator("[role=option]").first).to_be_visible()
    return page


def test_a_choice_stays_while_one_types_on(page: Page, host: Host) -> None:
    page.goto(host.address + "/a-propos/")
    field = page.locator("#page-q")
    field.press_sequentially("rég", delay=20)
    expect(page.locator("[role=listbox]")).to_have_attribute("data-for", "rég")
    chosen = page.locator("[role=option]", has_text="Régal").first
    while chosen.get_attribute("aria-selected") == "false":
        field.press("ArrowDown")
    title = chosen.inner_text()
    field.press_sequentially("al", delay=20)
    expect(page.locator("[role=listbox]")).to_have_attribute("data-for", "régal")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_text(title)


def test_the_box_is_a_combobox(box: Page) -> None:
    field, options = box.locator("#page-q"), box.locator("[role=option]")
    for name, value in {"role": "combobox", "aria-expanded": "true", "aria-autocomplete": "list"}.items():
        expect(field).to_have_attribute(name, value)
    assert field.get_attribute("aria-controls") == box.locator("[role=listbox]").get_attribute("id")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
    expect(field).to_be_focused()


def test_enter_opens_the_chosen_title_and_without_a_choice_the_search(box: Page) -> None:
    box.locator("#page-q").press("ArrowDown")
    box.locator("#page-q").press("Enter")
    expect(box).to_have_url(re.compile("/clubs/regal-normandie/$"))
    box.go_back()
    box.locator("#page-q").fill("régal")
    box.locator("#page-q").press("Enter")
    expect(box).to_have_url(re.compile(r"/recherche/\?q="))


def test_escape_closes_the_list_and_keeps_what_was_typed(box: Page) -> None:
    box.locator("#page-q").press("Escape")
    expect(box.locator("[role=listbox]")).to_be_hidden()
    expect(box.locator("#page-q")).to_have_value("régal")
    expect(box.locator("#page-q")).to_have_attribute("aria-expanded", "false")
    box.locator("#page-q").press("ArrowDown")
    expect(box.locator("[role=option]").first).to_be_visible()


def test_leaving_the_field_closes_the_list(box: Page) -> None:
    box.keyboard.press("Tab")
    expect(box.locator("[role=listbox]")).to_be_hidden()


def test_a_finger_opens_a_suggestion(browser: Browser, host: Host) -> None:
    context = browser.new_context(viewport={"width": 1100, "height": 800}, has_touch=True)
    page = context.new_page()
    page.goto(host.address + "/a-propos/")
    page.locator("#page-q").tap()
    page.locator("#page-q").press_sequentially("régal", delay=20)
    page.locator("[role=option]").first.tap()
    expect(page).to_have_url(re.compile("/clubs/regal-normandie/$"))
    context.close()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("regal", "Régal Normandie"),
        ("inn", "Club Inné"),
        ("ecoconc", "Écoconception"),
        ("falaise", "Pays de Falaise"),
        ("linportan", "Linportant"),
        ("compost", "compost"),
        ("composst", "Semaine fictive du compost partagé"),
        ("agenda", "Agenda"),
    ],
)
def test_suggestions_name_pages(typed: str, title: str, page: Page, host: Host) -> None:
    page.goto(host.address + "/a-propos/")
    page.locator("#page-q").press_sequentially(typed, delay=10)
    expect(page.locator("[role=option]", has_text=title).first).to_be_visible()


# ---- what it weighs -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["compost", "réemploi matériaux bâtiment", "comment réparer mon vélo", "loi agec", "normandie"]
)
def test_a_first_search_keeps_to_its_budget(
    question: str, page: Page, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    host.forget()
    ask(page, host, question)
    page.wait_for_load_state("networkidle")
    scripts, index = host.bytes_of("/theme/js/"), host.bytes_of("/pagefind/")
    with capsys.disabled():
        print(f"\nfirst search « {question} »: {scripts} + {index} = {scripts + index} bytes")
    assert scripts + index <= FIRST_SEARCH


def test_suggestions_keep_to_their_budget_and_wait_for_the_focus(
    page: Page, host: Host, capsys: pytest.CaptureFixture[str]
) -> None:
    host.forget()
    page.goto(host.address + "/a-propos/")
    page.wait_for_load_state("networkidle")
    before = host.bytes_of("/theme/js/search-", "/search-index")
    assert before <= 1 * KB
    page.locator("#page-q").press_sequentially("régal")
    expect(page.locator("[role=option]").first).to_be_visible()
    after = host.bytes_of("/theme/js/search-", "/theme/js/vendor/", "/search-index")
    with capsys.disabled():
        print(f"\nsuggestions: {before} bytes on each page, {after} once used")
    assert after <= SUGGESTIONS


# ---- for everybody ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["results", "partial", "nothing", "suggestions", "phone"])
def test_axe_finds_nothing_whatever_the_search_shows(state: str, scheme: str, page: Page, host: Host) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    if state == "suggestions":
        page.goto(host.address + "/a-propos/")
        page.locator("#page-q").press_sequentially("compost", delay=20)
        expect(page.locator("[role=option]").first).to_be_visible()
        page.locator("#page-q").press("ArrowDown")
    else:
        if state == "phone":
            page.set_viewport_size({"width": 320, "height": 640})
        ask(page, host, {"nothing": "zzzgouvernanze", "partial": "recyclerie quartier"}.get(state, "compost"))
    page.evaluate(axe())
    assert not (found := findings(page, f"{state}, {scheme}")), "\n".join(found)


def test_the_count_is_announced_and_results_have_a_heading(page: Page, host: Host) -> None:
    ask(page, host, "compost")
    expect(page.get_by_role("status").filter(has_text="résultats pour")).to_have_count(1)
    expect(page.get_by_role("heading", name="Résultats", exact=True)).to_be_attached()


def test_on_a_phone_the_filters_are_behind_a_button(page: Page, host: Host) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    ask(page, host, "compost")
    expect(page.locator("[data-filter=type]")).to_be_hidden()
    page.get_by_role("button", name="Affiner").click()
    expect(page.locator("[data-filter=type]")).to_be_visible()
    ask(page, host, "compost", "&type=initiatives")
    expect(page.locator("[data-filter=type]")).to_be_visible()
