from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from scripts.bot.web.posting.suspicion import Circumstances, reasons
from tests.bot.samples import posted

CALM = Circumstances(trap="", taken=None, proven=True)
MINUTE = dt.timedelta(minutes=1)


def suspected(how: Circumstances = CALM, **changes: Any) -> list[str]:
    return list(reasons(posted(**changes), how, dt.timedelta(seconds=4)))


@pytest.mark.parametrize("proven", [True, False])
def test_what_people_send_is_not_suspected(*, proven: bool) -> None:
    body = "Voir https://example.org et www.example.com, puis [la page](https://example.net). Œuvre, Čapek, naïveté."
    data = {"title": "x", "sources": [{"title": "a", "url": f"https://example.org/{n}"} for n in range(20)]}
    assert suspected(Circumstances("", MINUTE, proven), body=body, data=data) == []


@pytest.mark.parametrize(
    ("changes", "how", "reason"),
    [
        ({}, Circumstances("http://spam.example", MINUTE, proven=True), "trap"),
        ({}, Circumstances("", dt.timedelta(seconds=2), proven=True), "quick"),
        ({"body": "https://example.org " * 13}, CALM, "links"),
        ({"body": "https://example.org " * 5}, Circumstances("", MINUTE, proven=False), "links"),
        ({"data": {"levers": {"a": ["//x.example " * 13]}}}, CALM, "links"),
        ({"message": "[url=https://x.example]x[/url]"}, CALM, "markup"),
        ({"body": 'Buy <a class="x" href="https://x.example">now</a>'}, CALM, "markup"),
        ({"body": "Купить дёшево прямо сейчас, без регистрации и смс, лучшие цены"}, CALM, "script"),
    ],
)
def test_what_machines_send_is(changes: dict[str, Any], how: Circumstances, reason: str) -> None:
    assert reason in suspected(how, **changes)
