"""What the body of an entry may not hold, or should not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft


def headings(draft: Draft) -> Iterator[Problem]:
    """Headings go down one level at a time (RGAA 4.1, criterion 9.1)."""
    for heading in draft.body.skipped if draft.body else ():
        yield draft.say_in_text("heading-skip", heading.line, value=heading.text)


def untidy(draft: Draft) -> Iterator[Problem]:
    """What the page shows in another way than its author wrote it."""
    for heading in draft.body.demoted if draft.body else ():
        yield draft.say_in_text("heading-top-level", heading.line, value=heading.text)
    for tag in draft.body.removed if draft.body else ():
        yield draft.say_in_text("tag-removed", tag.line, value=f"<{tag.name}>")


def contacts(draft: Draft) -> Iterator[Problem]:
    """E-mail addresses and phone numbers of persons stand in no public text."""
    for contact in draft.body.contacts if draft.body else ():
        yield draft.say_in_text(f"{contact.kind}-in-text", contact.line, value=contact.text)


def faults(draft: Draft) -> Iterator[Problem]:
    """A text that would block the machine is refused before it is rendered."""
    for fault in draft.body.faults if draft.body else ():
        code = "text-too-deep" if fault.code == "markdown-too-deep" else "text-too-dense"
        yield draft.say_in_text(code, fault.line)


def links(draft: Draft) -> Iterator[Problem]:
    """Links that need no other file to be judged: forbidden kinds, and addresses without protection."""
    for link in draft.body.links if draft.body else ():
        if link.kind == "other":
            yield draft.say_in_text("forbidden-link", link.line, column=link.column or 1, value=link.target)
        elif link.kind == "external" and link.target.startswith("http:"):
            yield draft.say_in_text("insecure-link", link.line, column=link.column or 1, value=link.target)
