"""The agenda by month, what its filters load, and when things are over."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final

import icalendar
import pytest

from plugins.documents.calendars import calendars
from plugins.documents.event_file import event_files
from plugins.model.addresses import PER_PAGE, all_addresses, is_document, month_address
from plugins.model.load import load_site
from plugins.model.months import LONGEST, Month, dated_types, month_of, months
from plugins.model.occurrences import MOST
from plugins.press import Printer
from plugins.publication.context import Context
from plugins.publication.page import Document, Page
from plugins.publication.theme import THEME
from plugins.views.listing.facets import Facets, chosen_fields, entry_values, member_values, version
from plugins.views.listing.list_data import list_data
from plugins.views.listing.lists import in_time, list_pages
from plugins.views.listing.months import month_pages
from plugins.views.page.shell import shell
from plugins.views.parts.cards import card
from tests.documents.small_root import SECRET, entry
from tests.views.conftest import BARE
from tests.views.making import ALL, URL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plugins.views.listing.month_days import MonthEvent, Week

TODAY: Final = dt.date(2026, 11, 24)
OUTPUTS: Final = ALL | {"agenda_months", "list_data", "event_files", "theme_files"}
PLACE: Final = {"name": "La Halle"}


def agenda(root: Path, events: Mapping[str, dict[str, Any]], today: dt.date = TODAY) -> Context:
    """A region whose only contributions are ``events`` (name → fields)."""
    files = dict(BARE)
    for name, fields in events.items():
        given = {"authors": ["ada"], "pillars": ["durer"], "place": PLACE, "title": f"Rendez-vous {name}", **fields}
        files[f"content/events/{str(fields['start'])[:4]}/{name}.md"] = entry(**given)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content").mkdir(exist_ok=True)
    loaded = load_site(root, today=today)
    assert loaded.site is not None
    assert loaded.is_publishable, loaded.problems
    return Context(loaded.site, URL, OUTPUTS, str(root))


def views(ctx: Context) -> dict[str, Any]:
    """The views of all months, by month."""
    return {page.address.rstrip("/").rpartition("/")[2]: page.view for page in month_pages(ctx)}


def days(weeks: list[Week]) -> dict[str, list[MonthEvent]]:
    """What takes place, by day."""
    found = [day for week in weeks for day in week["days"] if day]
    return {day["iso"]: [*day["events"], *day["more"]] for day in found if day["events"]}


def html_of(ctx: Context, pages: Iterator[Page | Document]) -> dict[str, str]:
    printing = Printer(str(THEME), "", shell(ctx)).environment()
    return {one.address: printing.get_template(one.template).render(one.view) for one in pages if isinstance(one, Page)}


# ── Which months there are ──


def test_an_empty_agenda_has_this_month_and_the_next_two_and_says_that_they_are_empty(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {})
    assert list(views(ctx)) == ["2026-11", "2026-12", "2027-01"]
    html = html_of(ctx, month_pages(ctx))["/agenda/mois/2026-12/"]
    assert "Aucun rendez-vous n’est annoncé en décembre 2026." in html
    assert 'content="noindex"' in html
    places = {address: place for address, place in all_addresses(ctx.site).items() if "/mois/" in address}
    assert [place.listed for place in places.values()] == [False] * 3


def test_there_is_a_page_for_every_month_in_which_something_takes_place_and_the_model_names_it(tmp_path: Path) -> None:
    ctx = agenda(
        tmp_path,
        {
            "ancien": {"start": "2019-05-04T10:00"},
            "lointain": {"start": "2031-02-03", "all_day": True},
            "suivi": {"start": "2026-12-31T20:00", "end": "2027-01-01T02:00"},
        },
    )
    wanted = ["2019-05", "2026-11", "2026-12", "2027-01", "2031-02"]
    assert list(views(ctx)) == wanted
    named = [address for address in all_addresses(ctx.site) if "/mois/" in address]
    assert named == [f"/agenda/mois/{month}/" for month in wanted]
    assert [page.address for page in month_pages(ctx)] == named


def test_a_month_can_be_no_entry(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-12-05T10:00"}})
    (kind,) = dated_types(ctx.site)
    years = {address.split("/")[2] for address in all_addresses(ctx.site) if address.startswith("/agenda/2")}
    assert month_address(kind, Month(2026, 12)) == "/agenda/mois/2026-12/"
    assert all(re.fullmatch(r"\d{4}", year) for year in years)


def test_the_ways_to_other_months_leave_out_empty_ones_and_say_so(tmp_path: Path) -> None:
    ctx = agenda(
        tmp_path,
        {"a": {"start": "2026-12-05T10:00"}, "b": {"start": "2027-03-05T10:00"}, "c": {"start": "2027-04-05T10:00"}},
    )
    view = views(ctx)
    assert view["2026-12"]["before"] is None
    assert (view["2026-12"]["after"]["name"], view["2026-12"]["after"]["skips"]) == ("mars 2027", True)
    assert (view["2027-03"]["before"]["name"], view["2027-03"]["before"]["skips"]) == ("décembre 2026", True)
    assert (view["2027-03"]["after"]["name"], view["2027-03"]["after"]["skips"]) == ("avril 2027", False)
    assert (view["2027-01"]["before"]["name"], view["2027-01"]["after"]["name"]) == ("décembre 2026", "mars 2027")
    html = html_of(ctx, month_pages(ctx))
    assert "Rendez-vous suivants" in html["/agenda/mois/2026-12/"]
    assert "Rendez-vous" not in html["/agenda/mois/2027-03/"].partition('rel="next"')[2].partition("</a>")[0]


def test_careless_dates_make_no_more_pages_than_anybody_reads(tmp_path: Path) -> None:
    ctx = agenda(
        tmp_path,
        {
            "fin": {"start": "2199-12-31T10:00"},
            "vies": {"start": "1900-01-01", "end": "2026-01-01", "all_day": True, "recurrence": "FREQ=YEARLY"},
            "siecle": {"start": "2000-01-01", "end": "2099-12-31", "all_day": True},
            "toujours": {"start": "2026-11-20T18:00", "end": "2026-11-20T19:00", "recurrence": "FREQ=DAILY"},
            "depuis": {"start": "1900-01-01T10:00", "recurrence": "FREQ=MONTHLY;COUNT=3000"},
            "longtemps": {"start": "2026-11-20T08:00", "recurrence": "FREQ=DAILY;UNTIL=20991231"},
        },
    )
    (kind,) = dated_types(ctx.site)
    found = months(ctx.site, kind)
    of = {
        name: [month for month, here in found.items() if any(one.entry.id.endswith(name) for one in here)]
        for name in ("siecle", "toujours", "longtemps", "depuis")
    }
    assert len(of["siecle"]) == LONGEST
    assert "2199-12" in views(ctx)
    assert len(found) < 400
    assert of["toujours"][-1] == Month(2028, 11)
    assert of["longtemps"][-1] <= Month(2028, 11)
    assert (of["depuis"][0], of["depuis"][-1]) == (Month(2016, 11), Month(2028, 11))
    assert max(len(here) for here in found.values()) < MOST


def test_months_count_past_the_ends_of_the_year_and_of_the_calendar() -> None:
    assert Month(2026, 12).later(1) == Month(2027, 1)
    assert Month(2026, 1).later(-1) == Month(2025, 12)
    assert Month(2024, 2).last == dt.date(2024, 2, 29)
    assert Month(9999, 12).later(5) == Month(9999, 12)
    assert Month(9999, 12).last == dt.date.max
    assert str(month_of(dt.date(826, 3, 1))) == "0826-03"


# ── The table ──


@pytest.mark.parametrize("after", range(0, 40, 3))
def test_every_day_of_a_month_stands_once_below_its_weekday(tmp_path: Path, after: int) -> None:
    month = Month(2026, 1).later(after)
    ctx = agenda(tmp_path, {}, today=month.first)
    rows: list[Week] = views(ctx)[str(month)]["weeks"]
    names = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    for row in rows:
        assert len(row["days"]) == 7
        assert all(day["weekday"] == name for day, name in zip(row["days"], names, strict=True) if day)
        assert all(dt.date.fromisoformat(day["iso"]).isocalendar().week == row["number"] for day in row["days"] if day)
    shown = [day["iso"] for row in rows for day in row["days"] if day]
    assert shown == [f"{month}-{day:02d}" for day in range(1, month.last.day + 1)]


def test_the_table_has_a_caption_and_names_its_columns_and_rows(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-12-05T10:00"}})
    html = html_of(ctx, month_pages(ctx))["/agenda/mois/2026-12/"]
    assert re.search(r"<caption[^>]*>Décembre 2026, du lundi au dimanche</caption>", html)
    assert html.count('<th scope="col">') == 8
    assert html.count('<th scope="row">') == 5


def test_what_lasts_over_the_end_of_a_month_stands_on_each_day_of_both(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-11-29T14:00", "end": "2026-12-02T12:30"}})
    view = views(ctx)
    told = {day: events[0] for name in ("2026-11", "2026-12") for day, events in days(view[name]["weeks"]).items()}
    assert [(day, one["part"], one["hours"]) for day, one in told.items()] == [
        ("2026-11-29", "first", "14\u00a0h"),
        ("2026-11-30", "middle", ""),
        ("2026-12-01", "middle", ""),
        ("2026-12-02", "last", "12\u00a0h\u00a030"),
    ]
    assert told["2026-11-30"]["until"] == "2\u00a0décembre"
    assert {one["ends"] for one in told.values()} == {"2026-12-02T12:30+01:00"}
    assert (view["2026-11"]["total"], view["2026-12"]["total"]) == (1, 1)


def test_an_end_is_told_with_its_year_where_it_is_another(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-12-30", "end": "2027-01-02", "all_day": True}})
    view = views(ctx)
    assert days(view["2026-12"]["weeks"])["2026-12-31"][0]["until"] == "2\u00a0janvier 2027"
    assert days(view["2027-01"]["weeks"])["2027-01-01"][0]["until"] == "2\u00a0janvier"


def test_what_lasts_all_month_is_said_once_above_the_table(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"expo": {"start": "2026-11-20", "end": "2027-01-10", "all_day": True}})
    view = views(ctx)
    assert [one["title"] for one in view["2026-12"]["throughout"]] == ["Rendez-vous expo"]
    assert days(view["2026-12"]["weeks"]) == {}
    assert view["2026-11"]["throughout"] == []
    assert len(days(view["2026-11"]["weeks"])) == 11
    assert len(days(view["2027-01"]["weeks"])) == 10


def test_a_weekly_event_keeps_its_hour_when_clocks_change(tmp_path: Path) -> None:
    fields = {"start": "2026-10-11T18:30", "end": "2026-10-11T20:00", "recurrence": "FREQ=WEEKLY;COUNT=4"}
    ctx = agenda(tmp_path, {"a": fields})
    view = views(ctx)
    told = {**days(view["2026-10"]["weeks"]), **days(view["2026-11"]["weeks"])}
    assert list(told) == ["2026-10-11", "2026-10-18", "2026-10-25", "2026-11-01"]
    assert {one["hours"] for (one,) in told.values()} == {"de 18\u00a0h\u00a030 à 20\u00a0h"}
    assert [one["ends"][-6:] for (one,) in told.values()] == ["+02:00", "+02:00", "+01:00", "+01:00"]


def test_an_event_of_the_night_in_which_clocks_change_has_both_its_days(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"nuit": {"start": "2027-03-27T22:00", "end": "2027-03-28T03:30"}})
    told = days(views(ctx)["2027-03"]["weeks"])
    assert list(told) == ["2027-03-27", "2027-03-28"]
    assert told["2027-03-28"][0]["ends"] == "2027-03-28T03:30+02:00"


def test_hours_are_those_of_the_place(tmp_path: Path) -> None:
    fields = {"start": "2026-12-05T19:00", "end": "2026-12-05T21:00", "timezone": "America/Martinique"}
    ctx = agenda(tmp_path, {"a": fields})
    (told,) = days(views(ctx)["2026-12"]["weeks"])["2026-12-05"]
    assert (told["hours"], told["ends"]) == ("de 19\u00a0h à 21\u00a0h", "2026-12-05T21:00-04:00")


def test_postponed_and_cancelled_events_say_so(tmp_path: Path) -> None:
    ctx = agenda(
        tmp_path,
        {
            "a": {"start": "2026-12-05T10:00", "status": "cancelled"},
            "b": {"start": "2026-12-05T11:00", "status": "postponed"},
            "c": {"start": "2026-12-05T12:00"},
        },
    )
    told = days(views(ctx)["2026-12"]["weeks"])["2026-12-05"]
    assert [one["state"] for one in told] == ["cancelled", "postponed", ""]
    html = html_of(ctx, month_pages(ctx))["/agenda/mois/2026-12/"]
    assert (html.count("Annulé</span>"), html.count("Reporté</span>")) == (1, 1)


def test_the_day_of_the_build_is_marked_and_no_other(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-11-24T10:00"}})
    html = html_of(ctx, month_pages(ctx))
    assert re.findall(r'<td data-day="([^"]+)" aria-current="date"', html["/agenda/mois/2026-11/"]) == ["2026-11-24"]
    assert 'aria-current="date"' not in html["/agenda/mois/2026-12/"]


def test_a_thousand_events_of_a_month_all_stand_in_it_most_of_them_folded(tmp_path: Path) -> None:
    events = {f"e{n:04d}": {"start": f"2026-12-{n % 31 + 1:02d}T{n % 14 + 8:02d}:00"} for n in range(1000)}
    ctx = agenda(tmp_path, events)
    view = views(ctx)["2026-12"]
    told = days(view["weeks"])
    assert view["total"] == sum(map(len, told.values())) == 1000
    shown = [day for week in view["weeks"] for day in week["days"] if day]
    assert all(len(day["events"]) == 6 and len(day["more"]) == len(told[day["iso"]]) - 6 for day in shown)
    assert all(
        [one["hours"] for one in here] == sorted((one["hours"] for one in here), key=hour) for here in told.values()
    )


def hour(words: str) -> int:
    return int(re.search(r"\d+", words)[0])  # type: ignore[index]


def test_one_event_more_than_is_shown_is_not_folded(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {f"e{n}": {"start": f"2026-12-05T{n + 10}:00"} for n in range(7)})
    (day,) = [day for week in views(ctx)["2026-12"]["weeks"] for day in week["days"] if day and day["events"]]
    assert (len(day["events"]), len(day["more"])) == (7, 0)


# ── When things are over ──


@pytest.mark.parametrize(
    ("fields", "ends"),
    [
        ({"start": "2026-12-05T10:00", "end": "2026-12-05T12:00"}, "2026-12-05T12:00+01:00"),
        ({"start": "2026-12-05T10:00"}, "2026-12-06T00:00+01:00"),
        ({"start": "2026-12-05", "end": "2026-12-06", "all_day": True}, "2026-12-07T00:00+01:00"),
        ({"start": "2027-03-27", "all_day": True}, "2027-03-28T00:00+01:00"),
        ({"start": "2027-03-28", "all_day": True}, "2027-03-29T00:00+02:00"),
        ({"start": "2026-12-05T10:00", "timezone": "America/Martinique"}, "2026-12-06T00:00-04:00"),
        ({"start": "2026-11-01T10:00"}, ""),
    ],
)
def test_a_card_says_when_what_it_shows_is_over(tmp_path: Path, fields: dict[str, Any], ends: str) -> None:
    ctx = agenda(tmp_path, {"a": fields})
    assert card(ctx, next(iter(ctx.site.entries.values())))["ends"] == ends


def test_an_event_that_comes_again_brings_its_next_times(tmp_path: Path) -> None:
    fields = {"start": "2026-11-19T18:30", "end": "2026-11-19T20:00", "recurrence": "FREQ=WEEKLY;COUNT=4"}
    ctx = agenda(tmp_path, {"a": fields})
    shown = card(ctx, next(iter(ctx.site.entries.values())))
    assert shown["ends"] == "2026-11-26T20:00+01:00"
    assert shown["later"] == ["2026-12-03/2026-12-03T20:00+01:00", "2026-12-10/2026-12-10T20:00+01:00"]


def test_an_event_of_several_days_that_comes_again_ends_with_its_last_time(tmp_path: Path) -> None:
    fields = {"start": "2026-11-28", "end": "2026-11-29", "all_day": True, "recurrence": "FREQ=WEEKLY;COUNT=3"}
    ctx = agenda(tmp_path, {"a": fields})
    shown = card(ctx, next(iter(ctx.site.entries.values())))
    assert (shown["ends"], shown["later"]) == ("2026-12-14T00:00+01:00", [])


# ── Filters ──

KINDS: Final[Mapping[str, dict[str, Any]]] = {
    "gratuit": {"start": "2026-12-05T10:00", "registration": {"price": 0}},
    "payant": {"start": "2026-12-06T10:00", "registration": {"price": 12.5}, "online": "https://visio.example.org/a"},
    "en-ligne": {"start": "2027-01-06T10:00", "place": None, "online": "https://visio.example.org/b"},
}


def test_events_are_filtered_by_place_and_price(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, KINDS)
    fields = chosen_fields(ctx, "event")
    values = {entry.id.rpartition("/")[2]: entry_values(entry, fields) for entry in ctx.site.entries.values()}
    assert {name: (of.get("online"), of.get("registration.price")) for name, of in values.items()} == {
        "gratuit": (("sur-place",), ("gratuit",)),
        "payant": (("sur-place", "en-ligne"), ("payant",)),
        "en-ligne": (("en-ligne",), None),
    }
    html = html_of(ctx, list_pages(ctx))["/agenda/"]
    assert set(re.findall(r'data-filter="([^"]+)"', html)) == {"online", "registration.price"}


def test_a_filter_that_would_leave_all_or_nothing_is_not_offered(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, {"a": {"start": "2026-12-05T10:00"}, "b": {"start": "2026-12-06T10:00"}})
    html = html_of(ctx, list_pages(ctx))["/agenda/"]
    assert "data-filter" not in html
    assert not list(list_data(ctx))


def test_months_offer_the_filters_of_the_whole_agenda_so_that_they_can_be_kept(tmp_path: Path) -> None:
    ctx = agenda(tmp_path, KINDS)
    html = html_of(ctx, month_pages(ctx))
    names = [re.findall(r'data-filter="([^"]+)"', html[f"/agenda/mois/{month}/"]) for month in ("2026-12", "2027-01")]
    assert names[0] == names[1] == ["online", "registration.price"]
    assert re.findall(r'data-values="([^"]*)"', html["/agenda/mois/2027-01/"]) == ["pillars:durer online:en-ligne"]


def decoded(index: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """As the script reads it."""
    found: dict[str, list[int]] = {}
    for value, steps in index.items():
        place = 0
        found[value] = [place := place + step for step in steps]
    return found


def test_the_index_names_the_rows_of_each_value_and_the_rows_are_those_of_the_list(
    large: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("plugins.views.listing.list_data.SIZE", 7)
    ctx = Context(large.site, URL, OUTPUTS, large.root)
    made = list(list_data(ctx))
    printed = html_of(ctx, iter(made))
    written = {f"/{one.path}": one.content.decode() for one in made if isinstance(one, Document)}
    kinds = [
        kind for kind in ctx.site.schemas.content_types if any(path.startswith(f"/{kind.address}/") for path in written)
    ]
    assert len(kinds) > 5
    for kind in kinds:
        entries, fields = in_time(ctx, ctx.site.by_folder[kind.folder]), chosen_fields(ctx, kind.name)
        files = sorted((path for path in printed if path.startswith(f"/{kind.address}/")), key=number)
        rows = [row for path in files for _, row in json.loads(printed[path])]
        assert [title(row) for row in rows] == [card(ctx, one)["title"] for one in entries]
        assert {len(json.loads(printed[path])) for path in files[:-1]} <= {7}
        for path in (one for one in written if one.startswith(f"/{kind.address}/")):
            name = path.rpartition("/")[2].removesuffix(".json")
            for value, places in decoded(json.loads(written[path])).items():
                answer = [at for at, one in enumerate(entries) if value in entry_values(one, fields).get(name, ())]
                assert places == answer, (path, value)


def number(path: str) -> int:
    return int(path.rpartition("/")[2].partition(".")[0])


def title(row: str) -> str:
    text = re.search(r"<h3>(?:<a [^>]*>)?(.*?)(?:</a>)?</h3>", row)
    assert text
    return text[1].replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"')


def test_rows_of_the_files_are_those_of_the_pages(large: Context) -> None:
    ctx = Context(large.site, URL, OUTPUTS, large.root)
    files = html_of(
        ctx, (one for one in list_data(ctx) if isinstance(one, Page) and one.address.startswith("/agenda/"))
    )
    page = html_of(ctx, (one for one in list_pages(ctx) if one.address == "/agenda/"))["/agenda/"]
    first = [row for text in files.values() for _, row in json.loads(text)][:PER_PAGE]
    assert len(first) == PER_PAGE
    assert all(row in page for row in first)


def test_an_index_has_a_new_address_when_rows_stand_elsewhere() -> None:
    rows = [{"pillars": ("a",)}, {"pillars": ("b",)}]
    assert version(["x", "y"], rows) == version(["x", "y"], rows)
    assert version(["x", "y"], rows) != version(["y", "x"], rows[::-1])
    assert version(["x", "y"], rows) != version(["x", "y"], rows[::-1])
    assert Facets(rows).index("pillars") == {"a": [0], "b": [1]}


def test_the_directory_is_filtered_by_nothing_that_a_member_keeps_to_itself(small: Context) -> None:
    ctx = Context(small.site, URL, OUTPUTS, small.root)
    made = list(list_data(ctx))
    texts = [*html_of(ctx, iter(made)).values(), *(one.content.decode() for one in made if isinstance(one, Document))]
    assert any("soudure" in text for text in texts)
    assert not any(SECRET.lower() in text.lower() for text in texts)
    camille = ctx.site.members["camille"]
    assert member_values(camille, ()) == {"kind": ("citoyen",), "pillars": ("reparer",), "offers": ("soudure",)}


def test_without_the_data_or_the_scripts_there_are_no_filters(large: Context) -> None:
    for missing in ("list_data", "theme_files"):
        ctx = Context(large.site, URL, OUTPUTS - {missing}, large.root)
        agenda_page = next(page for page in list_pages(ctx) if page.address == "/agenda/")
        assert agenda_page.view["narrow"] is None
        assert not list(list_data(ctx))


# ── Calendars ──


def test_each_event_has_a_file_of_its_own_with_the_uid_that_it_has_in_the_agenda(small: Context) -> None:
    files = list(event_files(small))
    whole = icalendar.Calendar.from_ical(next(iter(calendars(small))).content)
    uids = {str(event["UID"]): event for event in whole.walk("VEVENT")}
    assert len(files) == len(uids) > 1
    for file in files:
        assert file.path.endswith("/evenement.ics")
        read = icalendar.Calendar.from_ical(file.content)
        (event,) = read.walk("VEVENT")
        assert event.to_ical() == uids.pop(str(event["UID"])).to_ical()
        zones = {str(zone["TZID"]) for zone in read.walk("VTIMEZONE")}
        assert zones >= ({event["DTSTART"].params["TZID"]} if "TZID" in event["DTSTART"].params else set())
    assert not uids


def test_every_agenda_can_be_subscribed_to_from_its_page(small: Context) -> None:
    ctx = Context(small.site, URL, OUTPUTS, small.root)
    webcal = URL.replace("https:", "webcal:")
    for page in (*list_pages(ctx), *month_pages(ctx)):
        if page.address.startswith("/agenda/"):
            assert [one["subscribe"] for one in page.view["page"]["calendars"]] == [f"{webcal}/agenda.ics"]


def test_a_text_may_link_to_the_file_of_an_event_and_of_nothing_else(small: Context) -> None:
    pages = all_addresses(small.site)
    event = small.site.by_folder["events"][0].address
    article = small.site.by_folder["articles"][0].address
    assert is_document(small.site, f"{event}evenement.ics", pages)
    for other in (article, "/clubs/atelier/", "/agenda/", "/agenda/2026/nulle-part/"):
        assert not is_document(small.site, f"{other}evenement.ics", pages)
