from __future__ import annotations

from typing import Any

import pytest

from plugins.views.reference import fields
from scripts.bot.web.answers import RefusalView
from scripts.bot.web.confirm import ConfirmView
from scripts.bot.web.form_pages import ServiceFormView
from scripts.bot.web.receipt import ReceiptView
from scripts.bot.web.status import StatusView
from tests.site.test_view_names import names_in


@pytest.mark.parametrize(
    ("template", "view"),
    [
        ("service/refusal.html", RefusalView),
        ("service/receipt.html", ReceiptView),
        ("service/status.html", StatusView),
        ("service/confirm.html", ConfirmView),
        ("service/form.html", ServiceFormView),
    ],
)
def test_a_template_uses_exactly_what_its_view_lists(template: str, view: Any) -> None:
    assert names_in(template) == set(fields(view))
