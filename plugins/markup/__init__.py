"""Contributors' Markdown, made into safe HTML with French typography. A pure library: text in, data out.

`parse` reads a text, `finish` gives it its final addresses once those are known, `typography` sets plain strings.
"""

from plugins.markup.attributes import CLASSES, RESERVED_IDS, RESERVED_PREFIXES
from plugins.markup.blocks import ADMONITIONS
from plugins.markup.finish import finish
from plugins.markup.glance import may_name, surely_sound
from plugins.markup.parse import parse
from plugins.markup.parsed import (
    Contact,
    Fault,
    Heading,
    ImageUse,
    Link,
    LinkKind,
    Parsed,
    Picture,
    RemovedTag,
    TocItem,
)
from plugins.markup.slugs import slug
from plugins.markup.targets import kind_of
from plugins.markup.typography import typography
from plugins.markup.typography_html import typography_html

__all__ = [
    "ADMONITIONS",
    "CLASSES",
    "RESERVED_IDS",
    "RESERVED_PREFIXES",
    "Contact",
    "Fault",
    "Heading",
    "ImageUse",
    "Link",
    "LinkKind",
    "Parsed",
    "Picture",
    "RemovedTag",
    "TocItem",
    "finish",
    "kind_of",
    "may_name",
    "parse",
    "slug",
    "surely_sound",
    "typography",
    "typography_html",
]
