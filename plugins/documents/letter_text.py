"""The letter of a month as plain text, for mailboxes that show no HTML and people who want none."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Final

from plugins.documents.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.views.letters.letter_mail import MailView
    from plugins.views.letters.letter_parts import LetterItem, LetterPart

WIDTH: Final = 72  # characters of a line (RFC 3676, 4.2, advises 78 at most); an address is never broken
DEMO: Final = "Démonstration\u00a0: "
MARKS: Final = {
    "cancelled": "Annulé", "postponed": "Reporté", "past": "Passé", "closed": "Clos", "expired": "Expiré",
}  # fmt: skip


def letter_text(view: MailView) -> str:
    """The whole letter."""
    lines = [*_head(view)]
    for words in view["intro"]:
        lines += ["", *wrapped(words)]
    for title, parts in (("Nouveau", view["news"]), ("À venir", view["ahead"])):
        if parts:
            lines += ["", "", title.upper(), "=" * len(title)]
        for part in parts:
            lines += _part(part)
    return "\n".join([*lines, *_foot(view), ""])


def wrapped(text: str, indent: str = "") -> list[str]:
    """A text in lines of :data:`WIDTH`; insécables hold, and a word that is longer stays whole on its line."""
    return textwrap.wrap(
        one_line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _head(view: MailView) -> Iterator[str]:
    yield from wrapped(view["site"]["name"])
    yield from wrapped(view["title"])
    if view["about"]:
        yield from wrapped(view["about"])
    yield from ("", *_link(view["online"]["name"], view["online"]["href"]))


def _part(part: LetterPart) -> Iterator[str]:
    yield from ("", "", *wrapped(part["title"]), "-" * min(WIDTH, len(part["title"])))
    for item in part["items"]:
        yield from ("", *_item(item))
    if part["more"]:
        words = f"et {part['more']} {'autre' if part['more'] == 1 else 'autres'}"
        yield from ("", *(_link(words, part["url"]) if part["url"] else [words]))


def _item(item: LetterItem) -> Iterator[str]:
    mark = f"{MARKS[item['state']]}\u00a0: " if item["state"] in MARKS else ""
    first, *rest = wrapped(f"{DEMO if item['demo'] else ''}{mark}{item['title']}", "  ")
    yield from (f"* {first.lstrip(' ')}", *rest)
    yield from wrapped(item["summary"], "  ")
    yield from wrapped(" · ".join(item["facts"]), "  ")
    if item["url"]:
        yield f"  {item['url']}"


def _foot(view: MailView) -> Iterator[str]:
    yield from ("", "", "-" * WIDTH)
    yield from _link(f"{view['site']['name']}, au {view['issued']}", view["site"]["href"])
    if view["contact"]:
        yield from wrapped(", ".join(view["contact"]))
    if view["unsubscribe"]:
        yield from _link("Ne plus recevoir cette lettre", view["unsubscribe"])


def _link(words: str, href: str) -> list[str]:
    """What a link says, then its address on a line of its own, where no mailbox breaks it."""
    return [*wrapped(f"{words}\u00a0:"), href]
