"""The map: what an address shows, filters and list in step, keyboard and fingers, no script, no other host, ten thousand points."""

from __future__ import annotations

import io
import json
import re
import shutil
from math import dist
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.search.hosting import hosted
from tests.site.building import SMALL, build

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
MANY = 10_000
PIECE = 2_000
DISCS = """marks => marks.map((mark) => mark.getBoundingClientRect())
  .map(({ x, y, width, height }) => [x + width / 2, y + height / 2, width / 2])"""
LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => Math.round(entry.duration))))
  .observe({ type: 'longtask', buffered: true });
"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=WIDE, reduced_motion="reduce", locale="fr-FR")  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    opened.close()
    assert faults == []


def go(page: Page, host: Host, query: str = "") -> Page:
    page.goto(f"{host.address}/carte/{query}")
    page.wait_for_selector("#page-affiner:enabled", state="attached")
    return page


def status(page: Page) -> str:
    return page.inner_text('[data-part="status"]')


def listed(page: Page) -> list[str]:
    return [str(one.get_attribute("data-point")) for one in page.locator("#page-liste > [data-point]").all()]


def numbers(page: Page) -> list[int]:
    """How many points each mark on the map stands for, clusters and single ones."""
    return [int(text or 1) for text in page.locator(".marks button").all_inner_texts()]


def rest(page: Page) -> None:
    """Wait until the map has come to rest and then the address has followed: timers of the page, and ours due after each."""
    page.evaluate(
        """() => new Promise((done) => requestAnimationFrame(
          () => setTimeout(() => setTimeout(() => requestAnimationFrame(done), 300), 200)
        ))"""
    )


def query_of(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def view_of(page: Page) -> dict[str, tuple[float, float]]:
    """What is seen: each mark in the window by its name, and where it stands from the window's corner."""
    window = page.locator(".surface").bounding_box()
    assert window is not None
    found = {}
    for mark in page.locator(".marks button").all():
        box = mark.bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2 - window["x"], box["y"] + box["height"] / 2 - window["y"]
        if 5 < x < window["width"] - 5 and 5 < y < window["height"] - 5:
            found[str(mark.get_attribute("aria-label"))] = (x, y)
    return found


def points_of(site: Path, layer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "carte" / f"{layer}.json").read_text(encoding="utf-8"))["points"]
    return found


# ── Filters, list and address ────────────────────────────────────────────────────────────────────────────────────────


def test_the_map_and_the_list_show_the_same(page: Page, host: Host, site: Path) -> None:
    go(page, host)
    expected = [point["id"] for point in points_of(site, "initiatives")]
    assert listed(page) == expected
    assert sum(numbers(page)) == len(expected)
    assert status(page).startswith(str(len(expected)))


@pytest.mark.parametrize("name", ["pillars", "clubs", "territories", "sectors", "stage", "year"])
def test_a_filter_leaves_what_has_the_value(name: str, page: Page, host: Host, site: Path) -> None:
    go(page, host)
    points = points_of(site, "initiatives")
    values = [option.get_attribute("value") for option in page.locator(f'[data-filter="{name}"] option').all()]
    held = {value: {p["id"] for p in points if value in p.get(name, "")} for value in filter(None, values)}
    value = min((one for one in held if held[one]), key=lambda one: len(held[one]))
    page.select_option(f'[data-filter="{name}"]', value)
    rest(page)
    assert set(listed(page)) == held[value]
    assert sum(numbers(page)) == len(held[value]) < len(points)
    assert status(page).startswith(str(len(held[value])))
    assert query_of(page) == {name: [value]}
    chosen = page.locator(f'[data-filter="{name}"] option[value="{value}"]').inner_text()
    assert chosen.endswith(f"({len(held[value])})")


def test_filters_narrow_one_another_and_can_be_taken_off(page: Page, host: Host) -> None:
    go(page, host)
    whole = listed(page)
    for name in ("pillars", "stage"):
        page.locator(f'[data-filter="{name}"]').select_option(index=_first_that_leaves_something(page, name))
    rest(page)
    assert 0 < len(listed(page)) < len(whole)
    page.click('[data-do="unfilter"]')
    rest(page)
    assert listed(page) == whole
    assert urlsplit(page.url).query == ""


def _first_that_leaves_something(page: Page, name: str) -> int:
    options = page.locator(f'[data-filter="{name}"] option')
    return next(at for at in range(1, options.count()) if options.nth(at).is_enabled())


def test_a_filter_that_leaves_nothing_says_so(page: Page, host: Host, site: Path) -> None:
    held = [(point["year"], point["stage"]) for point in points_of(site, "initiatives") if "stage" in point]
    year, stage = next((year, stage) for year, _ in held for _, stage in held if (year, stage) not in held)
    go(page, host, f"?year={year}&stage={stage}")
    assert status(page) == "Aucune contribution ne répond à ces filtres"
    assert listed(page) == []
    assert page.is_visible('[data-do="unfilter"]')


def test_opening_a_shared_address_gives_the_same_view(context: BrowserContext, page: Page, host: Host) -> None:
    go(page, host)
    page.locator('[data-filter="territories"]').select_option(index=_first_that_leaves_something(page, "territories"))
    page.check('input[value="members"]')
    page.focus(".surface")
    for key in ("+", "+", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    rest(page)
    assert query_of(page).keys() == {"territories", "type", "lat", "lon", "zoom"}
    other = context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#page-affiner:enabled", state="attached")
    rest(other)
    assert other.url == page.url
    assert (listed(other), status(other)) == (listed(page), status(page))
    seen, again = view_of(page), view_of(other)
    assert seen
    assert again.keys() == seen.keys()
    for name, place in seen.items():
        assert again[name] == pytest.approx(place, abs=5), name
    other.close()


def test_the_address_is_rewritten_not_added_to(page: Page, host: Host) -> None:
    go(page, host)
    before = page.evaluate("history.length")
    page.locator('[data-filter="pillars"]').select_option(index=1)
    page.click('[data-do="nearer"]')
    rest(page)
    assert page.evaluate("history.length") == before
    assert "pillars" in query_of(page)


def test_an_address_with_nonsense_shows_the_whole_map(page: Page, host: Host) -> None:
    go(page, host, "?pillars=%3Cscript%3E&lat=oui&lon=900&zoom=-3&type=rien")
    assert page.input_value('[data-filter="pillars"]') == ""
    assert listed(page) == []  # no kind of thing was asked for that there is
    go(page, host, "?pillars=rien&lat=1e9")
    assert len(listed(page)) == sum(numbers(page)) > 0


# ── Layers on demand ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_other_layers_are_loaded_only_when_they_are_asked_for(page: Page, host: Host, site: Path) -> None:
    host.forget()
    go(page, host)
    loaded = {path for path, _ in host.sent if path.startswith("/carte/")}
    assert loaded == {"/carte/", "/carte/contours.json", "/carte/initiatives.json"}
    page.check('input[value="members"]')
    rest(page)
    members = points_of(site, "members")
    both = len(points_of(site, "initiatives")) + len(members)
    assert len(listed(page)) == both
    assert query_of(page)["type"] == ["initiatives", "members"]
    page.uncheck('input[value="initiatives"]')
    rest(page)
    assert listed(page) == [point["id"] for point in members]


def test_members_on_the_map_are_those_whose_commune_is_public(site: Path) -> None:
    members = points_of(site, "members")
    assert members
    for member in members:
        page = site / member["href"].strip("/") / "index.html"
        assert member["place"] in page.read_text(encoding="utf-8"), member["id"]


# ── In step ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_list_follows_the_map(page: Page, host: Host) -> None:
    go(page, host)
    whole = listed(page)
    page.click('[data-do="nearer"]')
    page.click('[data-do="nearer"]')
    rest(page)
    assert 0 < len(listed(page)) < len(whole)
    assert f"sur {len(whole)}" in status(page)
    page.click('[data-do="whole"]')
    rest(page)
    assert listed(page) == whole
    assert urlsplit(page.url).query == ""


def test_a_line_of_the_list_shows_its_mark_and_a_mark_its_line(page: Page, host: Host) -> None:
    go(page, host)
    page.hover("#page-liste > li:nth-child(2)")
    expect(page.locator(".marks .shown")).to_have_count(1)
    point = page.locator(".marks .point").first
    name = str(point.get_attribute("aria-label")).split(" · ")[0]
    _click_on(page, point)
    line = page.locator("#page-liste > .shown")
    expect(line).to_have_count(1)
    assert line.locator("a").inner_text() == name
    assert name in page.inner_text('[data-part="said"]')  # announced
    assert page.locator('[data-part="told"] a').get_attribute("href") == line.locator("a").get_attribute("href")


def test_what_is_looked_at_stays_marked_when_the_map_is_drawn_again(page: Page, host: Host) -> None:
    go(page, host)
    page.hover("#page-liste > li:nth-child(2)")
    expect(page.locator(".marks .shown")).to_have_count(1)
    page.set_viewport_size({**WIDE, "width": WIDE["width"] - 20})  # type: ignore[typeddict-item]
    rest(page)
    assert page.locator(".marks .shown").count() == 1


def _click_on(page: Page, mark: Locator) -> None:
    box = mark.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_cluster_opens(page: Page, host: Host) -> None:
    go(page, host)
    most = max(numbers(page))
    assert most > 1
    _click_on(page, page.locator(".marks .cluster", has_text=re.compile(f"^{most}$")).first)
    rest(page)
    assert len(numbers(page)) > 1 or numbers(page) == [most]
    assert most <= len(listed(page))
    assert "zoom" in query_of(page)


def test_what_stands_at_one_place_is_listed_together(page: Page, host: Host) -> None:
    alike = [_point(at, lat=49.2, lon=-0.4) for at in range(3)] + [_point(9, lat=48.6, lon=0.6)]
    _serve(page, alike)
    go(page, host)
    _click_on(page, page.locator(".marks .cluster"))
    page.wait_for_timeout(300)
    assert listed(page) == [point["id"] for point in alike[:3]]
    page.click('[data-do="matching"]')
    assert len(listed(page)) == 4


def test_what_has_ended_since_the_build_is_gone(page: Page, host: Host) -> None:
    _serve(page, [{**_point(1), "until": "2001-01-01"}, {**_point(2), "until": "2999-01-01"}])
    go(page, host)
    assert listed(page) == [_point(2)["id"]]


def test_days_end_on_the_map_when_they_end_in_the_region(page: Page, host: Host) -> None:
    """Half past midnight in Caen is still the day before in Greenwich, by which computers count."""
    page.clock.set_fixed_time("2026-12-02T00:30:00+01:00")
    _serve(page, [{**_point(1), "until": "2026-12-01"}, {**_point(2), "until": "2026-12-02"}])
    go(page, host)
    assert listed(page) == [_point(2)["id"]]


# ── Keyboard, fingers, wheel ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_keyboard_goes_everywhere(page: Page, host: Host) -> None:
    go(page, host)
    page.focus(".surface")
    seen = view_of(page)
    page.keyboard.press("+")
    page.keyboard.press("ArrowLeft")
    rest(page)
    assert view_of(page) != seen
    page.keyboard.press("Home")
    rest(page)
    page.keyboard.press("Tab")  # to the one mark that Tab reaches
    first = _focused(page)
    assert first in page.locator(".marks button").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label'))"
    )
    page.keyboard.press("ArrowDown")  # to the nearest one below
    assert _focused(page) not in {first, None}
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.classList.contains('surface')")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past all other marks
    assert _focused(page) == "Agrandir"


def _focused(page: Page) -> str | None:
    found: str | None = page.evaluate("document.activeElement.getAttribute('aria-label')")
    return found


def test_enter_on_a_mark_leads_to_its_line(page: Page, host: Host) -> None:
    go(page, host)
    point = page.locator(".marks .point").first
    name = str(point.get_attribute("aria-label")).split(" · ")[0]
    point.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('#page-liste .shown a')")
    assert page.evaluate("document.activeElement.textContent") == name


def test_enter_on_a_cluster_keeps_the_focus_on_the_map(page: Page, host: Host) -> None:
    go(page, host)
    page.locator(".marks .cluster").first.focus()
    page.keyboard.press("Enter")
    rest(page)
    assert page.evaluate("document.activeElement.closest('.surface') !== null")


def test_the_wheel_scrolls_the_page_until_the_map_is_used(page: Page, host: Host) -> None:
    go(page, host)
    box = page.locator(".surface").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 200)
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0
    assert "zoom" not in query_of(page)
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    page.mouse.wheel(0, -200)
    rest(page)
    assert "zoom" in query_of(page)


def test_the_mouse_drags_the_map_and_a_drag_is_no_click(page: Page, host: Host) -> None:
    go(page, host)
    box = page.locator(".marks .point").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 40, steps=5)
    page.mouse.up()
    rest(page)
    assert {"lat", "lon", "zoom"} <= query_of(page).keys()
    assert page.locator('[data-part="told"] a').count() == 0  # looked at, not chosen
    moved = page.locator(".marks .point").first.bounding_box()
    assert moved is not None
    # From middle to middle: a mark under the mouse is larger.
    assert moved["x"] + moved["width"] / 2 - box["x"] - box["width"] / 2 == pytest.approx(60, abs=2)


def test_two_fingers_move_the_map_and_one_scrolls_the_page(browser: Browser, host: Host) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")  # type: ignore[arg-type]
    page = go(context.new_page(), host)
    page.locator(".surface").scroll_into_view_if_needed()
    box = page.locator(".surface").bounding_box()
    assert box is not None
    fingers = context.new_cdp_session(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + 150

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": px, "y": py, "id": at} for at, (px, py) in enumerate(points)]},
        )

    scrolled = page.evaluate("scrollY")
    touch("touchStart", (x - 20, y), (x + 20, y))
    for step in range(1, 6):
        touch("touchMove", (x - 20 - 8 * step, y), (x + 20 + 8 * step, y))
    touch("touchEnd")
    rest(page)
    assert float(query_of(page)["zoom"][0]) > 6
    assert page.evaluate("scrollY") == scrolled
    before = page.url
    touch("touchStart", (x, y))
    for step in range(1, 8):
        touch("touchMove", (x, y - 20 * step))
    touch("touchEnd")
    rest(page)
    assert page.url == before
    assert page.evaluate("scrollY") > scrolled
    context.close()


def test_filters_fold_behind_one_button_on_phones(browser: Browser, host: Host) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = go(context.new_page(), host)
    assert not page.is_visible('[data-filter="pillars"]')
    page.click('[data-part="toggle"]')
    assert page.is_visible('[data-filter="pillars"]')
    assert page.get_attribute('[data-part="toggle"]', "aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    first = len(listed(page))
    page.click('[data-do="more"]')  # the list below the map is short at first
    page.wait_for_timeout(1000)  # the marks follow the list
    assert sum(numbers(page)) == len(listed(page)) > first > 0
    assert page.evaluate("document.activeElement.closest('li').dataset.point") == listed(page)[first]
    context.close()


# ── Where one is ─────────────────────────────────────────────────────────────────────────────────────────────────────


def at_position(browser: Browser, host: Host, lat: float, lon: float) -> BrowserContext:
    context = browser.new_context(
        viewport=WIDE,  # type: ignore[arg-type]
        reduced_motion="reduce",
        geolocation={"latitude": lat, "longitude": lon},
    )
    context.grant_permissions(["geolocation"], origin=host.address)
    context.add_init_script(
        "const get = Geolocation.prototype.getCurrentPosition; window.asked = 0;"
        "Geolocation.prototype.getCurrentPosition = function (...all) { window.asked += 1; return get.apply(this, all); };"
    )
    return context


def test_the_position_is_asked_for_only_by_the_button(browser: Browser, host: Host) -> None:
    context = at_position(browser, host, 49.18, -0.36)
    page = go(context.new_page(), host)
    rest(page)
    assert page.evaluate("asked") == 0
    page.click('[data-do="locate"]')
    expect(page.locator(".here")).to_be_visible()
    rest(page)
    assert page.evaluate("asked") == 1
    assert query_of(page)["lat"] == ["49.1800"]
    context.close()


def test_a_position_outside_the_region_is_told_and_moves_nothing(browser: Browser, host: Host) -> None:
    context = at_position(browser, host, 43.3, 5.4)
    page = go(context.new_page(), host)
    page.click('[data-do="locate"]')
    expect(page.locator('[data-part="status"]')).to_have_text("Votre position est hors de la carte.")
    assert urlsplit(page.url).query == ""
    context.close()


def test_a_refused_position_is_told_in_words(page: Page, host: Host) -> None:
    go(page, host)
    page.click('[data-do="locate"]')
    expect(page.locator('[data-part="status"]')).to_contain_text("Choisissez un territoire")
    page.set_viewport_size({"width": 1000, "height": 800})  # the map settles anew
    page.wait_for_timeout(600)
    expect(page.locator('[data-part="status"]')).to_contain_text("Choisissez un territoire")


# ── Without a script, without the network, on the region's own tiles ─────────────────────────────────────────────────


def test_without_a_script_there_are_the_drawing_and_the_list(browser: Browser, host: Host) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(host.address + "/carte/")
    assert page.locator("svg.map a .mark").count() > 0
    assert page.locator("#page-liste > [data-point] a").count() > 0
    for control in ('[data-filter="pillars"]', '[data-part="toggle"]', '[data-part="caption"]'):
        assert not page.is_visible(control)
    context.close()


def test_where_the_points_do_not_come_the_list_stays(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.route("**/carte/initiatives.json", lambda route: route.abort())
    page.goto(host.address + "/carte/")
    expect(page.locator('[data-part="status"]')).to_contain_text("pas pu")
    assert len(listed(page)) > 0
    page.close()


def test_no_other_host_is_asked(page: Page, host: Host) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    go(page, host)
    page.click('[data-do="nearer"]')
    rest(page)
    assert [url for url in asked if not url.startswith((host.address + "/", "data:"))] == []


def test_tiles_of_the_region_are_shown_under_the_policy(context: BrowserContext, tmp_path: Path) -> None:
    root, output = tmp_path / "root", tmp_path / "output"
    shutil.copytree(SMALL, root)
    with (root / "data" / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write(
            'map:\n  tiles: "https://{s}.tuiles.example/{z}/{x}/{y}.png"\n  attribution: "© Cartographes d’Outre-Brume"\n'
        )
    build(root, output)
    with hosted(output) as host:
        page = context.new_page()
        faults: list[str] = []
        asked: list[str] = []
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.route("https://*.tuiles.example/**", lambda route: _tile(route, asked))
        page.goto(host.address + "/carte/")
        page.wait_for_selector(".marks button")
        page.wait_for_timeout(400)
        assert faults == []
        assert asked
        assert all(re.fullmatch(r"https://[abc]\.tuiles\.example/\d+/\d+/\d+\.png", url) for url in asked)
        assert page.evaluate(DRAWN)
        assert page.is_visible("text=Cartographes d’Outre-Brume")
        page.close()


# A canvas on which a picture of another host is drawn cannot be read any more.
DRAWN = "() => { try { document.querySelector('.surface canvas').toDataURL(); return false; } catch { return true; } }"


def _tile(route: Route, asked: list[str]) -> None:
    asked.append(route.request.url)
    picture = io.BytesIO()
    Image.new("RGB", (256, 256), "#dde6e0").save(picture, "PNG")
    route.fulfill(body=picture.getvalue(), content_type="image/png")


# ── Ten thousand ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _point(at: int, lat: float = 49.1, lon: float = 0.1) -> dict[str, Any]:
    return {
        "id": f"initiatives/2026/essai-{at}",
        "href": f"/initiatives/2026/essai-{at}/",
        "title": f"Essai numéro {at}",
        "place": "Exempleville",
        "lat": lat,
        "lon": lon,
        "pillars": [["recyclage-et-valorisation"], ["ecoconception", "recyclage-et-valorisation"]][at % 2],
        "year": str(2016 + at % 10),
    }


def _serve(page: Page, points: list[dict[str, Any]]) -> None:
    """Let the page load ``points`` in pieces instead of the site's initiatives."""
    pillars = [{"id": one, "name": one} for one in ("ecoconception", "recyclage-et-valorisation")]

    def answer(route: Route) -> None:
        found = re.search(r"initiatives(?:-(\d+))?\.json", route.request.url)
        number = int((found and found[1]) or 1)
        piece: dict[str, Any] = {"name": "initiatives", "total": len(points), "pillars": pillars}
        if number * PIECE < len(points):
            piece["next"] = f"/carte/initiatives-{number + 1}.json"
        route.fulfill(json={**piece, "points": points[(number - 1) * PIECE : number * PIECE]})

    page.route(re.compile(r"/carte/initiatives(-\d+)?\.json$"), answer)


def test_ten_thousand_points_are_all_there_and_few_marks(
    page: Page, host: Host, record_property: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    _serve(
        page, [_point(at, 48.3 + (at * 7919 % 1500) / 1000, -1.5 + (at * 104729 % 3000) / 1000) for at in range(MANY)]
    )
    page.add_init_script(LONG_TASKS)
    go(page, host)
    assert re.sub(r"\s", "", status(page)).startswith(str(MANY))
    assert len(listed(page)) == 100
    assert 1 < page.locator(".marks button").count() < 300
    page.click('[data-do="more"]')
    assert len(listed(page)) == 200
    page.select_option('[data-filter="pillars"]', "ecoconception")
    expect(page.locator('[data-part="status"]')).to_have_text(re.compile(r"^5\s?000\s"))
    page.focus(".surface")
    for key in ["+"] * 4 + ["ArrowRight"] * 4 + ["-"] * 3:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    rest(page)
    tasks = page.evaluate("longTasks")
    record_property("long_tasks", tasks)
    with capsys.disabled():
        print(
            f"\n{MANY} points: long tasks (over 50 ms) {tasks}, of these over 200 ms: {sum(one > 200 for one in tasks)}"
        )


def test_marks_keep_apart_at_any_zoom(page: Page, host: Host) -> None:
    """A mark that lies on another cannot be read or hit; some of its rim may (the whole rings are wider than what they say)."""
    _serve(
        page, [_point(at, 48.3 + (at * 7919 % 1500) / 1000, -1.5 + (at * 104729 % 3000) / 1000) for at in range(2000)]
    )
    for zoom in (7.2, 7.5, 7.69, 7.71, 8.0, 9.6):
        go(page, host, f"?lat=49.05&lon=0&zoom={zoom}")
        rest(page)
        discs = page.locator(".marks button").evaluate_all(DISCS)
        assert len(discs) > 5
        pairs = [(one, other) for at, one in enumerate(discs) for other in discs[at + 1 :]]
        # 1 where two touch, less where they lie over one another
        closest = min(dist(one[:2], other[:2]) / (one[2] + other[2]) for one, other in pairs)
        assert closest >= 0.6, (zoom, closest)


def test_the_map_page_keeps_its_budget_with_a_hundred_and_ten_points(page: Page, host: Host, site: Path) -> None:
    """Weighed as the page is, with what each point more would add to its HTML and to its data."""
    host.forget()
    go(page, host)
    page.wait_for_load_state("networkidle")
    size = host.bytes_of("/")
    count = len(points_of(site, "initiatives"))
    of_points = next(bytes_ for path, bytes_ in host.sent if path == "/carte/initiatives.json")
    of_page = next(bytes_ for path, bytes_ in host.sent if path == "/carte/")
    assert size + (of_points + of_page) / count * max(0, 110 - count) <= 150_000
