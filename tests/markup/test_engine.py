"""What our use of Python-Markdown takes for granted, so that a new version of it cannot change it unseen."""

from __future__ import annotations

from markdown.core import Markdown
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.tables import TableExtension

from plugins.markup import engine as module
from plugins.markup.engine import Engine


def test_every_processor_of_the_library_is_known_by_name() -> None:
    """One that we do not name would silently not run."""
    library = Markdown(extensions=[TableExtension(), DefListExtension(), "admonition", "sane_lists", "footnotes"])
    blocks = {item.name for item in library.parser.blockprocessors._priority}  # type: ignore[attr-defined]
    patterns = {item.name for item in library.inlinePatterns._priority}  # type: ignore[attr-defined]
    assert blocks == set(module._BLOCK_HINTS)
    assert patterns == set(module._INLINE_HINTS) - {"bare", "hard_break"}


def test_a_processor_that_is_left_out_would_not_have_matched() -> None:
    """All texts of the other tests, with and without the short cut."""
    from plugins.markup.source import clean, scan  # noqa: PLC0415
    from tests.markup.hostile import CORPUS  # noqa: PLC0415
    from tests.markup.test_lists import AS_WRITTEN  # noqa: PLC0415

    short, long = Engine(), Engine()
    long._blocks = [(processor, ()) for processor, _ in long._blocks]
    long._patterns = [(processor, ()) for processor, _ in long._patterns]
    for text in (*CORPUS, *(written for written, _ in AS_WRITTEN)):
        source = scan(clean(text))
        assert short.render(source) == long.render(source), text
