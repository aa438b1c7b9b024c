"""A round over the links: who is due, in which order, how politely, and what an answer means after those of other days."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from scripts.outside_links.asking import Answer, Reply, ask
from scripts.outside_links.cache import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from scripts.outside_links.asking import Method, Transport
    from scripts.outside_links.cache import State

FEW: Final = 4  # hosts asked at a time
PAUSE: Final = 2.0  # seconds between two requests to one host
SEVERAL: Final = 3  # hosts that are not all down on one day
PATIENCE: Final[Mapping[str, int]] = {"gone": 2, "failing": 3}  # days on which it has to fail before it is called dead
AGAIN: Final[Mapping[str, dt.timedelta]] = {
    "alive": dt.timedelta(days=30),
    "moved": dt.timedelta(days=30),
    "guarded": dt.timedelta(days=30),
    "refused": dt.timedelta(days=30),
    "dead": dt.timedelta(days=7),
    "doubtful": dt.timedelta(days=1),
}


class CutOffError(Exception):
    """Our own machine has no way to the internet just now: that others are silent means nothing."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The time (UTC), seconds that only go forward, and waiting; nothing else here reads a clock."""

    now: Callable[[], dt.datetime]
    monotonic: Callable[[], float]
    sleep: Callable[[float], None]


def due(urls: Iterable[str], seen: Mapping[str, Seen], today: dt.date, most: int) -> list[str]:
    """Up to ``most`` addresses to be asked today: those never asked first, then those asked longest ago."""
    waiting = [url for url in urls if _is_due(seen.get(url), today)]
    busy = {_host(one.url) for one in seen.values() if one.not_before and one.not_before > today}
    waiting = [url for url in waiting if _host(url) not in busy]
    return sorted(waiting, key=lambda url: (seen[url].checked.isoformat() if url in seen else "", url))[:most]


def check(urls: Iterable[str], seen: Mapping[str, Seen], transport: Transport, clock: Clock) -> dict[str, Seen]:
    """Ask for each address, hosts side by side and the addresses of a host one after the other. What came of it, by address.

    A host that asks for a pause gets it: its other addresses are left for another day.

    Raises:
        CutOffError: of several hosts none said a word; nothing was learnt of any.
    """
    hosts: dict[str, list[str]] = {}
    for url in sorted(set(urls)):
        hosts.setdefault(_host(url), []).append(url)
    polite = Polite(transport, clock)
    with ThreadPoolExecutor(FEW) as pool:
        rounds = list(pool.map(lambda own: _one_host(own, polite, clock), hosts.values()))
    answers = {url: answer for asked in rounds for url, answer in asked.items()}
    if _is_cut_off(answers):
        raise CutOffError
    return {url: after(seen.get(url), url, answers[url], clock.now().date()) for url in sorted(answers)}


def after(before: Seen | None, url: str, answer: Answer, today: dt.date) -> Seen:
    """What is known of an address after an answer. One bad day is no death: failures count by days."""
    if answer.verdict == "busy":
        until = today + max(dt.timedelta(days=1), _whole_days(answer.wait))
        kept = before or Seen(url, "doubtful", today)
        return replace(kept, checked=today, why=answer.why, not_before=until)
    if answer.verdict in PATIENCE:
        return _failed(before, url, answer, today)
    states: Mapping[str, State] = {"alive": "alive", "moved": "moved", "guarded": "guarded", "refused": "refused"}
    return Seen(url, states[answer.verdict], today, answer.why, answer.to)


@dataclass
class Polite:
    """A transport that asks no host twice at once, and lets it rest in between, whichever way a redirect led there."""

    transport: Transport
    clock: Clock
    _hosts: dict[str, _Turn] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def send(self, method: Method, url: str) -> Reply:
        """As `Transport.send`, after a pause where one is due."""
        with self._lock:
            turn = self._hosts.setdefault(_host(url), _Turn())
        with turn.lock:
            if turn.last is not None:
                self.clock.sleep(max(0.0, turn.last + PAUSE - self.clock.monotonic()))
            try:
                return self.transport.send(method, url)
            finally:
                turn.last = self.clock.monotonic()


@dataclass
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    last: float | None = None


def _one_host(urls: Iterable[str], polite: Polite, clock: Clock) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for url in urls:
        found[url] = ask(url, polite, clock.now)
        if found[url].verdict == "busy":
            break
    return found


def _is_cut_off(answers: Mapping[str, Answer]) -> bool:
    """Whether several hosts were asked and none of them said a word."""
    asked = {url: answer for url, answer in answers.items() if answer.verdict != "refused"}
    return len({_host(url) for url in asked}) >= SEVERAL and not any(answer.heard for answer in asked.values())


def _failed(before: Seen | None, url: str, answer: Answer, today: dt.date) -> Seen:
    since = before.failing_since if before and before.failing_since else today
    days = before.failures if before and before.failing_since else 0
    if before is None or not days or before.checked != today:
        days += 1
    is_dead = days >= PATIENCE[answer.verdict] or (before is not None and before.state == "dead")
    return Seen(url, "dead" if is_dead else "doubtful", today, answer.why, failures=days, failing_since=since)


def _is_due(seen: Seen | None, today: dt.date) -> bool:
    if seen is None:
        return True
    if seen.not_before is not None:
        return seen.not_before <= today
    return seen.checked + AGAIN[seen.state] <= today


def _whole_days(wait: dt.timedelta) -> dt.timedelta:
    return dt.timedelta(days=-(-wait // dt.timedelta(days=1)))


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return url
