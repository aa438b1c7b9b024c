"""The members of a generated root: persons and organisations, each showing more or less of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.generated import words
from tests.generated.region import PILLARS, Commune, slug

if TYPE_CHECKING:
    import datetime as dt
    from random import Random

SHARES = (
    ("entreprise", 0.40),
    ("citoyen", 0.22),
    ("association", 0.16),
    ("collectivite", 0.13),
    ("recherche", 0.05),
    ("institution", 0.04),
)
OPEN = (
    "name",
    "kind",
    "organisation",
    "role",
    "clubs",
    "pillars",
    "skills",
    "seeks",
    "offers",
    "commune",
    "url",
    "since",
)


def member_names(random: Random, count: int) -> dict[str, tuple[str, str]]:
    """``count`` member ids with their name and kind; ids are unique, names may not be, as in life."""
    found: dict[str, tuple[str, str]] = {}
    while len(found) < count:
        kind = _kind(random.random())
        name = _name(random, kind)
        id_ = base = slug(name)
        number = 1
        while id_ in found:
            number += 1 + int(random.random() * 3)
            id_ = f"{base}-{number}"
        found[id_] = (name, kind)
    return found


def _kind(chance: float) -> str:
    for kind, share in SHARES:
        chance -= share
        if chance < 0:
            return kind
    return SHARES[0][0]


def _name(random: Random, kind: str) -> str:
    if kind in {"entreprise", "association"}:
        tail = random.choice(words.COMPANY_TAILS)
        place = random.choice(words.PLACE_HEADS) + "-" + random.choice(words.PLACE_TAILS)
        return f"{random.choice(words.COMPANY_HEADS)} {tail} ({place})"
    if kind in {"collectivite", "institution"}:
        place = random.choice(words.PLACE_HEADS) + "-" + random.choice(words.PLACE_TAILS)
        return f"{random.choice(words.PUBLIC_HEADS)} de {place}"
    return f"{random.choice(words.FIRST_NAMES)} {random.choice(words.LAST_NAMES)}"


def member(
    random: Random, name: str, kind: str, *, clubs: list[str], communes: list[Commune], today: dt.date
) -> dict[str, Any]:
    """The fields of one member; one in three says much, one in ten hides nearly everything."""
    fields: dict[str, Any] = {"name": name, "kind": kind}
    if kind in {"citoyen", "recherche"} and random.random() < 0.7:
        fields["organisation"] = f"{random.choice(words.COMPANY_HEADS)} {random.choice(words.COMPANY_TAILS)}"
        fields["role"] = random.choice(words.ROLES)
    if clubs and random.random() < 0.6:
        fields["clubs"] = sorted(
            {clubs[int(len(clubs) * random.random() ** 2)] for _ in range(1 + int(random.random() * 2))}
        )
    fields["pillars"] = sorted({random.choice(PILLARS)[0] for _ in range(1 + int(random.random() * 3))})
    if random.random() < 0.5:
        fields |= _offer(random)
    fields["commune"] = communes[int(len(communes) * random.random() ** 2)].insee
    if random.random() < 0.4:
        fields["url"] = f"https://example.org/{slug(name)}"
    fields["since"] = today.replace(
        day=1 + int(random.random() * 28), year=today.year - 1 - int(random.random() * 7)
    ).isoformat()
    chance = random.random()
    if chance < 0.35:
        fields["public"] = list(OPEN)
    elif chance < 0.45:
        fields["public"] = ["name", "kind"]
    return fields


def _offer(random: Random) -> dict[str, Any]:
    skills = sorted({random.choice(words.SKILLS) for _ in range(3)})
    return {"skills": skills, "seeks": [random.choice(words.TAGS)], "offers": [random.choice(words.TAGS)]}
