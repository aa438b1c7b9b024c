"""The last gate: whatever the steps before let through, only this list leaves the sanitiser (nh3, an HTML5 parser).

The list names what our own Markdown makes. Contributors get less than that (see `raw_tags` and `attributes`); a hole there
would still meet this gate.
"""

from __future__ import annotations

from functools import cache

import nh3

from plugins.markup.attributes import CLASSES
from plugins.markup.blocks import ADMONITIONS
from plugins.markup.notes import BACK_CLASS, REFERENCE_CLASS, SECTION_CLASS
from plugins.markup.raw_tags import BLOCK_TAGS, INLINE_TAGS, VOID_TAGS

_MARKDOWN_TAGS = frozenset(
    {
        "a", "blockquote", "code", "dd", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li",
        "ol", "p", "pre", "section", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_WITH_CLASSES = _MARKDOWN_TAGS - {"tbody", "thead", "tr"}
_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "abbr": {"title"},
    "details": {"open"},
    "dfn": {"title"},
    "img": {"src", "alt"},
    "ol": {"start", "id"},
    "td": {"align", "id"},
    "th": {"align", "id"},
    "time": {"datetime"},
    **{tag: {"id"} for tag in sorted((_WITH_CLASSES | {"sup"}) - {"a", "img", "ol", "td", "th", "hr", "pre", "code"})},
}
_CODE_CLASS = "class"


@cache
def cleaner() -> nh3.Cleaner:
    """The sanitiser of this process; making one costs more than using it."""
    return nh3.Cleaner(
        tags=set(_MARKDOWN_TAGS | INLINE_TAGS | BLOCK_TAGS | VOID_TAGS),
        attributes={**_ATTRIBUTES, "code": {_CODE_CLASS}},
        allowed_classes=_allowed_classes(),
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
        strip_comments=True,
    )


def _allowed_classes() -> dict[str, set[str]]:
    classes = {tag: set(CLASSES) for tag in sorted(_WITH_CLASSES - {"code", "pre", "hr", "img"})}
    classes["div"] |= {"admonition", *ADMONITIONS}
    classes["p"] |= {"admonition-title"}
    classes["section"] |= {SECTION_CLASS}
    classes["a"] = {REFERENCE_CLASS, BACK_CLASS}
    return classes
