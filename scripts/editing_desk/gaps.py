"""What a page lacks for its readers: a picture where readers expect one, and words for those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model.addresses import slug
from scripts.editing_desk.item import Item, of_entry
from scripts.editing_desk.periods import NEWS_YEARS, years_before
from scripts.french import desk as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Entry, Site

PICTURED: Final = frozenset({"article", "initiative"})  # types whose readers expect to see something
_EMPTY_WORDS: Final = frozenset(
    (
        "image",
        "photo",
        "photographie",
        "illustration",
        "logo",
        "sans-titre",
        "capture",
        "capture-d-ecran",
        "visuel",
        "dsc",
        "img",
    )
)


def picture_gaps(site: Site) -> list[Item]:
    """Pictures whose description says nothing first, then recent entries without a picture; the latest first."""
    real = sorted(
        (entry for entry in site.entries.values() if not entry.demo), key=lambda one: (one.date, one.id), reverse=True
    )
    since = years_before(site.today, NEWS_YEARS)
    wordless = [of_entry(entry, why) for entry in real for why in _wordless(entry)]
    bare = [
        of_entry(entry, french.NO_PICTURE)
        for entry in real
        if entry.type.name in PICTURED and entry.picture is None and not entry.body.images and entry.date >= since
    ]
    return wordless + bare


def _wordless(entry: Entry) -> Iterator[str]:
    pictures = [(image.target, image.alt) for image in entry.body.images]
    if entry.picture is not None:
        pictures.insert(0, (entry.picture.path, entry.picture.alt))
    for target, alt in pictures:
        name = target.rpartition("/")[2]
        if not alt.strip():
            yield french.no_alternative(name)
        elif says_nothing(alt, name, entry.title):
            yield french.empty_alternative(name, alt)


def says_nothing(alt: str, file: str, title: str) -> bool:
    """Whether a description is only the file's name, the page's title, or a word such as « photo »."""
    words = slug(alt)
    stem = slug(file.rpartition(".")[0] or file)
    return words in {stem, slug(file), slug(title)} or words.rstrip("-0123456789") in _EMPTY_WORDS or not words
