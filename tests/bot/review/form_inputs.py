"""A form of a page as a browser would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_SILENT = {"submit", "button", "reset", "file", "image"}


@dataclass(frozen=True)
class Form:
    """Where it goes, and what it sends as it stands: names in order, a name as often as it is sent."""

    action: str
    pairs: list[tuple[str, str]]


def form_in(page: str, method: str = "post") -> Form:
    """The form of a page with the most inputs."""
    tree: Element = html5lib.parse(page, namespaceHTMLElements=False)
    forms = [form for form in tree.iter("form") if form.get("method", "get").lower() == method]
    form = max(forms, key=lambda one: len(list(_controls(one))))
    return Form(form.get("action", ""), [pair for control in _controls(form) for pair in _sent(control)])


def _controls(form: Element) -> Iterator[Element]:
    yield from (one for one in form.iter() if one.tag in {"input", "select", "textarea"} and one.get("name"))


def _sent(control: Element) -> Iterator[tuple[str, str]]:
    name, kind = control.get("name", ""), control.get("type", "text")
    if control.get("disabled") is not None:
        return
    if control.tag == "textarea":
        yield name, "".join(control.itertext()).removeprefix("\n")
    elif control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        if control.get("multiple") is None:
            chosen = chosen[-1:] or options[:1]
        yield from ((name, one.get("value", "".join(one.itertext()))) for one in chosen)
    elif kind in {"checkbox", "radio"}:
        if control.get("checked") is not None:
            yield name, control.get("value", "on")
    elif kind not in _SILENT:
        yield name, control.get("value", "")
