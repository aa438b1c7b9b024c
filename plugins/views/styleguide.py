"""All components on one page, each with its examples: for people who work on the theme. Switched off on a real site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, TypedDict

import yaml

from plugins.publication.page import Page
from plugins.publication.theme import TEMPLATES
from plugins.views.page.frame import Frame, frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context

ADDRESS: Final = "/composants/"


class Example(TypedDict):
    """A component called in one way."""

    title: str
    macro: Annotated[str, "The macro to call, of those in the component's file."]
    arguments: Annotated[dict[str, Any], "What to call it with, by name."]


class Component(TypedDict):
    """A component with its examples."""

    name: Annotated[str, "The file below ``components/``, without its ending."]
    about: Annotated[str, "What it is for."]
    wrap: Annotated[str, "The element that its macros must stand in: ul, dl or div."]
    examples: list[Example]


class StyleguideView(TypedDict):
    """All components (``styleguide.html``)."""

    page: Frame
    components: Annotated[list[Component], "By name."]


def styleguide_pages(ctx: Context) -> Iterator[Page]:
    """The one page of components. Numbers in the examples stand for any; names are made up."""
    view: StyleguideView = {
        "page": frame(ctx, ADDRESS, "Composants", "Les composants du thème et leurs exemples.", listed=False),
        "components": components(),
    }
    yield Page(ADDRESS, "styleguide.html", view)


def components() -> list[Component]:
    """The components and their examples, which lie beside each template as YAML."""
    found = sorted((TEMPLATES / "components").glob("*.yaml"))
    return [_component(path.stem, path.read_text(encoding="utf-8")) for path in found]


def _component(name: str, text: str) -> Component:
    data = yaml.safe_load(text)
    return {
        "name": name,
        "about": data["about"],
        "wrap": data.get("wrap", "div"),
        "examples": [_example(name, one) for one in data["examples"]],
    }


def _example(name: str, data: dict[str, Any]) -> Example:
    return {"title": data["title"], "macro": data.get("macro", name), "arguments": data.get("arguments", {})}
