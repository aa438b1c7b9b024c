"""Twice as many contributions cost twice as much, not four times: work is counted, not timed, whatever the machine does.

What is counted are calls of functions, ours and those of libraries, and lines of our own code (a loop within a loop need not call
anything).
"""

from __future__ import annotations

import datetime as dt
import importlib
import runpy
import sys
import tracemalloc
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from plugins.model.load import Loaded, load_site
from plugins.model.nearest import Nearest
from plugins.publication.context import Context
from tests.generator import write_root
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import CodeType, FrameType

pytestmark = pytest.mark.slow
TODAY = dt.date(2026, 3, 4)
SMALL, LARGE = 200, 400
MOST = 2.2  # of twice as many; less than 2 where something is done once for all
OWN = str(PROJECT / "plugins")
# Calls, or lines, of one function that do not matter: fifty an entry, below the bounds that keep an index from growing. A pass over
# all within a pass over all would be 160,000 here.
SLACK = 50 * LARGE
# A function of its own may grow somewhat faster (words of a larger vocabulary, deeper sorting), a quadratic one grows by 4.
MOST_OF_ONE = 3.0


@dataclass
class Count:
    """Calls of everything, and lines of our own code, by function."""

    calls: Counter[str]
    lines: Counter[str]


def counted(work: Callable[[], object]) -> Count:
    """Do ``work`` and count what it took. Generators count each time they go on."""
    calls: Counter[CodeType | str] = Counter()
    lines: Counter[CodeType] = Counter()

    def line(frame: FrameType, event: str, _: object) -> Any:
        if event == "line":
            lines[frame.f_code] += 1
        return line

    def trace(frame: FrameType, _event: str, _: object) -> Any:
        return line if frame.f_code.co_filename.startswith(OWN) else None

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            calls[frame.f_code] += 1
        elif event == "c_call":
            calls[getattr(argument, "__qualname__", "?")] += 1

    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
        sys.settrace(None)
    return Count(named(calls), named(lines))


def named(counts: Counter[Any]) -> Counter[str]:
    named_: Counter[str] = Counter()
    for code, count in counts.items():
        name = code if isinstance(code, str) else f"{code.co_filename.rpartition('/')[2]}:{code.co_qualname}"
        named_[name] += count
    return named_


def assert_grows_with_the_size(small: Count, large: Count, most: float = MOST) -> None:
    of_one = max(MOST_OF_ONE, most + 0.2)
    for what in ("calls", "lines"):
        few, many = getattr(small, what), getattr(large, what)
        growth = many.total() / few.total()
        worst = sorted(many, key=lambda name: many[name] - of_one * few[name], reverse=True)
        fast = [f"{name}: {few[name]} → {many[name]}" for name in worst if many[name] > of_one * few[name] + SLACK]
        assert growth <= most, f"{what}: {few.total()} → {many.total()}; worst: {worst[:5]}"
        assert not fast, f"{what} that grow too fast: {fast[:10]}"


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    place = tmp_path_factory.mktemp("scale")
    for size in (SMALL, LARGE):
        write_root(place / str(size), entries=size, members=size, today=TODAY)
    return {size: place / str(size) for size in (SMALL, LARGE)}


@pytest.fixture(scope="module")
def loaded(roots: dict[int, Path]) -> dict[int, Loaded]:
    return {size: load_site(root, today=TODAY) for size, root in roots.items()}


def test_loading_grows_with_the_number_of_entries(roots: dict[int, Path]) -> None:
    load_site(roots[SMALL], today=TODAY)  # what is done once in a process is done
    small, large = (counted(lambda root=root: load_site(root, today=TODAY)) for root in roots.values())  # type: ignore[misc]
    assert_grows_with_the_size(small, large)


def test_the_nearest_word_is_found_among_few_however_many_there_are() -> None:
    """A question costs the same among twice as many words, or a file of dead links would keep the machine busy for hours."""
    random = Random(3)  # noqa: S311  # the same words every time

    def words(number: int) -> list[str]:
        return ["-".join("".join(random.choices("aeint", k=5)) for _ in range(3)) for _ in range(number)]

    asked, counts = words(20), []
    for number in (4_000, 8_000):
        nearest = Nearest(words(number))
        nearest.to("once")  # makes its index
        counts.append(counted(lambda nearest=nearest: [nearest.to(word) for word in asked]))  # type: ignore[misc]
    assert counts[1].calls.total() <= 1.5 * counts[0].calls.total()


# ---- pages --------------------------------------------------------------------------------------------------------------

# Where something begins, or comes to its bound, only in larger roots than these: the work grows somewhat faster here, and as the
# size beyond (measured up to 1,600). A pass over all within a pass over all would grow by four.
STEPS = {
    "entries": 3.4,  # « Voir aussi » follows words that up to sixty entries share
    "suggestions": 3.6,  # the first seven hundred titles are in one file, all others in pieces
}
OUTPUTS = [
    name for name in runpy.run_path(str(PROJECT / "pelicanconf.py"))["OUTPUTS"] if name != "search"
]  # works on what others wrote


@pytest.mark.parametrize("name", OUTPUTS)
def test_making_the_pages_grows_with_the_number_of_entries(
    name: str, roots: dict[int, Path], loaded: dict[int, Loaded]
) -> None:
    make = importlib.import_module(f"plugins.{name}").register.__self__.make
    counts = []
    for size in (SMALL, LARGE):
        site = loaded[size].site
        assert site is not None
        context = Context(site, "https://exemple.example", frozenset(OUTPUTS), str(roots[size]))
        counts.append(counted(lambda context=context: sum(1 for _ in make(context))))  # type: ignore[misc]
    small, large = counts
    assert_grows_with_the_size(small, large, STEPS.get(name, MOST))


def test_the_memory_of_an_entry_does_not_grow(roots: dict[int, Path]) -> None:
    """Bytes that Python keeps and that it needs at the highest point, for one more contribution with one more member."""
    kept, highest = {}, {}
    for size, root in roots.items():
        tracemalloc.start()
        loaded = load_site(root, today=TODAY)
        kept[size], highest[size] = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert loaded.site is not None
    per_entry = (kept[LARGE] - kept[SMALL]) / (LARGE - SMALL)
    assert kept[LARGE] <= MOST * kept[SMALL]
    assert highest[LARGE] <= MOST * highest[SMALL]
    assert per_entry < 60_000, per_entry


def test_the_count_would_tell() -> None:
    """A pass over all within a pass over all, in calls."""

    def quadratic(size: int) -> Callable[[], int]:
        return lambda: sum(len(str(number)) for _ in range(size) for number in range(size))

    with pytest.raises(AssertionError):
        assert_grows_with_the_size(counted(quadratic(100)), counted(quadratic(200)))
