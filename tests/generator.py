"""Writes valid roots of any size: ``python -m tests.generator --entries N --members N DIR``.

The same arguments give the same bytes. Shared by the property tests, the measures of a build and the benchmarks.
The region, its places, people and organisations are imaginary.
"""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from tests.generated import words
from tests.generated.entries import Plan, World, fields, how_many, links, plan
from tests.generated.people import member, member_names
from tests.generated.prose import Prose
from tests.generated.region import (
    PILLARS,
    VOCABULARIES,
    slug,
    territories,
    write_geography,
    write_shared,
)
from tests.generated.region import (
    clubs as make_clubs,
)
from tests.generated.region import (
    communes as make_communes,
)
from tests.generated.yaml_text import front_matter

LENGTHS = {
    "articles": 360,
    "initiatives": 340,
    "events": 160,
    "research": 220,
    "resources": 140,
    "offers": 60,
}
USUAL_LENGTH = 200  # words, of the other types
PAGES_FROM = 20  # entries; a smaller root has no pages of its own


def write_root(
    directory: Path,
    *,
    entries: int,
    members: int,
    clubs: int = 15,
    pictures: int = 0,
    seed: int = 1,
    today: dt.date,
) -> None:
    """Write ``content/`` and ``data/`` below ``directory``: ``entries`` files of all types, ``members`` (at
    least one),
    ``clubs``, and ``pictures`` JPEG files, each with an article or initiative. ``today`` is the day around which things happen.
    """
    places = make_communes(_stream(seed, "places"))
    people = member_names(_stream(seed, "members"), max(members, 1))
    club_list = make_clubs(clubs, list(people))
    data = directory / "data"
    write_geography(data / "geo", places)
    write_shared(data, club_list)
    world = World(
        today=today,
        members=list(people),
        clubs=[club["id"] for club in club_list],
        territories=[territory["id"] for territory in territories()],
        communes=places,
        pillars=[pillar[0] for pillar in PILLARS],
        vocabularies={name: [slug(label) for label in labels] for name, labels in VOCABULARIES.items()},
    )
    _write_members(data / "members", people, world, seed)
    _write_entries(directory / "content", world, entries=entries, pictures=pictures, seed=seed)


def _stream(seed: int, name: str) -> Random:
    """Random numbers of their own for each part, so that more members do not change the entries."""
    return Random(f"{seed}/{name}")  # noqa: S311  # not a secret: the same every time


def _write_members(directory: Path, people: dict[str, tuple[str, str]], world: World, seed: int) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    random = _stream(seed, "profiles")
    for id_, (name, kind) in people.items():
        profile = member(random, name, kind, clubs=world.clubs, communes=world.communes, today=world.today)
        _write(directory / f"{id_}.yaml", front_matter(profile))


def _write_entries(content: Path, world: World, *, entries: int, pictures: int, seed: int) -> None:
    pages = min(len(words.PAGES), entries // PAGES_FROM)
    for folder, count in how_many(entries - pages).items():
        planned = plan(_stream(seed, f"{folder}/titles"), folder, count, world)
        world.plans.extend(planned)
        world.by_folder[folder] = planned
    illustrated = {entry.id for entry in world.plans if entry.folder in {"articles", "initiatives"}}
    chosen = set(sorted(illustrated)[:pictures])
    for entry_folder, planned in world.by_folder.items():
        author = Prose(_stream(seed, f"{entry_folder}/texts"), [place.name for place in world.communes])
        for directory in sorted({content / entry.id.rpartition("/")[0] for entry in planned}):
            directory.mkdir(parents=True, exist_ok=True)
        for entry in planned:
            _write_entry(content, author, entry, world, pictured=entry.id in chosen)
    _write_pages(content / "pages", Prose(_stream(seed, "pages"), []), pages, world.today)


def _write_entry(content: Path, author: Prose, entry: Plan, world: World, *, pictured: bool) -> None:
    head = fields(author, entry, world)
    name = entry.id.rpartition("/")[2] + ".jpg"
    if pictured:
        head["image"] = {
            "file": name,
            "alt": f"Vue d’un atelier : {entry.title}",
            "credit": "Image de synthèse",
        }
        _write_picture(content / entry.id.rpartition("/")[0] / name, author.random)
    text = author.body(LENGTHS.get(entry.folder, USUAL_LENGTH), links(author.random, entry, world))
    _write(content / f"{entry.id}.md", f"---\n{front_matter(head)}---\n\n{text}")


def _write_pages(directory: Path, author: Prose, count: int, today: dt.date) -> None:
    for name, title, summary in words.PAGES[:count]:
        directory.mkdir(parents=True, exist_ok=True)
        head: dict[str, Any] = {
            "title": title,
            "summary": summary,
            "date": today.replace(month=1, day=2).isoformat(),
        }
        _write(directory / f"{name}.md", f"---\n{front_matter(head)}---\n\n{author.body(300, [])}")


def _write_picture(path: Path, random: Random) -> None:
    """A gradient between two colours, 1,200 by 800 pixels: compresses about as well as a simple photograph."""
    start, end = (tuple(int(random.random() * 256) for _ in range(3)) for _ in range(2))
    small = Image.new("RGB", (2, 2))
    small.putdata([start, end, end, start])
    small.resize((1200, 800), Image.Resampling.BICUBIC).save(path, quality=82)


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def main() -> None:
    """The command line of the generator."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path, metavar="DIR")
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--members", type=int, required=True)
    parser.add_argument("--clubs", type=int, default=15)
    parser.add_argument("--pictures", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--today", type=dt.date.fromisoformat, default=dt.date(2026, 3, 4))
    args = vars(parser.parse_args())
    write_root(args.pop("directory"), **args)


if __name__ == "__main__":
    main()
