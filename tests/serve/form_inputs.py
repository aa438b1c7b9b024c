"""A form of a page as a browser would send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import html5lib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_SILENT = {"submit", "button", "reset", "file", "image"}


@dataclass(frozen=True)
class Form:
    """Where it goes, the names of all its inputs, and what it sends as it stands: names in order, as often as they are sent."""

    action: str
    names: frozenset[str]
    pairs: list[tuple[str, str]]

    def filled(self, values: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
        """What is sent with some values given. Only inputs that the form has can be filled in."""
        unknown = set(values) - self.names
        assert not unknown, f"the form has no {unknown}"
        grouped: dict[str, list[str]] = {}
        for name, value in self.pairs:
            grouped.setdefault(name, []).append(value)
        return grouped | {name: value if isinstance(value, list) else [value] for name, value in values.items()}


def form_in(page: str, of: str = "") -> Form:
    """The form of a page that is posted: the one for a type, or the only one."""
    tree: Element = html5lib.parse(page, namespaceHTMLElements=False)
    forms = [form for form in tree.iter("form") if form.get("method", "get").lower() == "post"]
    (form,) = [form for form in forms if not of or form.get("data-form", of) == of]
    controls = list(_controls(form))
    names = frozenset(control.get("name", "") for control in controls)
    return Form(form.get("action", ""), names, [pair for control in controls for pair in _sent(control)])


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
