"""Markdown source in, everything that the checker and the renderer need out."""

from __future__ import annotations

from plugins.markup.assembly import Assembled, assemble
from plugins.markup.contacts import contacts
from plugins.markup.engine import Rendered, engine, renew_engine
from plugins.markup.limits import TooDenseError, faults
from plugins.markup.locate import Targets, heading_lines, tag_lines
from plugins.markup.parsed import Fault, Heading, ImageUse, Link, Parsed, RemovedTag
from plugins.markup.sanitise import cleaner
from plugins.markup.source import clean, scan, without_controls


def parse(text: str, *, base_level: int = 2, lang: str = "fr") -> Parsed:
    """Render a contributor's text as safe HTML and say what is in it.

    `base_level` is the highest heading level that the body may have in its page. `lang` is the text's language (BCP 47);
    French typography is applied to French only. Never raises for any text: one that passes a bound comes back with a fault.
    """
    source = scan(clean(text))
    lines = source.text_lines()
    found = contacts(lines)
    if passed := faults(lines):
        return Parsed("", "", contacts=found, faults=passed)
    try:
        rendered = engine().render(source)
    except (TooDenseError, RecursionError) as error:
        renew_engine()
        return Parsed("", "", contacts=found, faults=(_fault(error, lines),))
    safe = _sanitised(rendered.html)
    french = lang.lower().partition("-")[0] == "fr"
    assembled = assemble(safe, base_level=base_level, french=french)
    headings = _headings(lines, assembled)
    links = _links(lines, rendered)
    return Parsed(
        html=assembled.html,
        text=assembled.text,
        links=links,
        images=_images(rendered, links),
        anchors=assembled.anchors,
        headings=headings,
        toc=assembled.toc,
        contacts=found,
        skipped=_skipped(headings, assembled, base_level),
        demoted=tuple(heading for heading in headings if heading.level < base_level),
        removed=tuple(RemovedTag(name, line) for name, line in tag_lines(lines, rendered.removed)),
    )


def _sanitised(html: str) -> str:
    """Numeric references are the one way by which a control character gets past `clean`."""
    safe = cleaner().clean(html)
    return without_controls(safe) if "&#" in html else safe


def _fault(error: TooDenseError | RecursionError, lines: list[str]) -> Fault:
    """Emphasis and links nest without indentation, so their depth only shows when it is too late."""
    if isinstance(error, RecursionError):
        return Fault("markdown-too-deep", 1)
    start = error.excerpt.strip().partition("\n")[0]
    line = next((number for number, line in enumerate(lines, 1) if start and start in line), 1)
    return Fault(error.code, line)


def _headings(lines: list[str], assembled: Assembled) -> tuple[Heading, ...]:
    titles = assembled.titles
    if not titles:
        return ()
    numbers = heading_lines(lines, ((title.written, title.text) for title in titles))
    pairs = zip(titles, numbers, strict=True)
    return tuple(Heading(title.written, title.text, title.id, line) for title, line in pairs)


def _skipped(headings: tuple[Heading, ...], assembled: Assembled, base_level: int) -> tuple[Heading, ...]:
    above = base_level - 1
    skipped: list[Heading] = []
    for heading, title in zip(headings, assembled.titles, strict=True):
        if title.level > above + 1:
            skipped.append(heading)
        above = title.level
    return tuple(skipped)


def _links(lines: list[str], rendered: Rendered) -> tuple[Link, ...]:
    if not rendered.uses:
        return ()
    targets = Targets(lines)
    return tuple(Link(use.target, *targets.next(use.target), use.kind) for use in rendered.uses)


def _images(rendered: Rendered, links: tuple[Link, ...]) -> tuple[ImageUse, ...]:
    pairs = zip(rendered.uses, links, strict=True)
    return tuple(ImageUse(use.target, use.alt, link.line) for use, link in pairs if use.alt is not None)
