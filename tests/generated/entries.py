"""The entries of a generated root: first what each is called and when, then its fields and text, so that
all may link to all.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.generated import words
from tests.generated.region import slug

if TYPE_CHECKING:
    from random import Random

    from tests.generated.prose import Prose
    from tests.generated.region import Commune

ADDRESSES = {
    "articles": "actualites",
    "events": "agenda",
    "initiatives": "initiatives",
    "resources": "ressources",
    "offers": "offres",
    "calls": "appels",
    "consultations": "consultations",
    "contributions": "contributions",
    "research": "labo",
}
SHARES = {
    "events": 0.25,
    "initiatives": 0.17,
    "resources": 0.12,
    "offers": 0.09,
    "contributions": 0.04,
    "calls": 0.03,
    "research": 0.03,
    "consultations": 0.01,
}
YEARS_BACK = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled of an entry before any is written. ``day`` is the day its folder is named after."""

    folder: str
    id: str
    title: str
    day: dt.date

    @property
    def address(self) -> str:
        """Where its page will be."""
        return f"/{ADDRESSES[self.folder]}/{self.id.partition('/')[2]}/"


@dataclass(frozen=True, slots=True)
class World:
    """All that an entry may name."""

    today: dt.date
    members: list[str]
    clubs: list[str]
    territories: list[str]
    communes: list[Commune]
    pillars: list[str]
    vocabularies: dict[str, list[str]]
    plans: list[Plan] = field(default_factory=list)
    by_folder: dict[str, list[Plan]] = field(default_factory=dict)


def how_many(entries: int) -> dict[str, int]:
    """The number of entries of each folder; ``articles`` takes what remains. They add up to ``entries``
    without pages.
    """
    counts = {folder: int(entries * share) for folder, share in SHARES.items()}
    if not counts["consultations"]:
        counts["consultations"] = int(counts["contributions"] > 1)
        counts["contributions"] -= counts["consultations"]
    counts["contributions"] *= bool(counts["consultations"])
    return {"articles": entries - sum(counts.values()), **counts}


def plan(random: Random, folder: str, count: int, world: World) -> list[Plan]:
    """``count`` entries with unique ids."""
    taken: set[str] = set()
    found = []
    for number in range(count):
        title = _title(random, folder, world)
        day = _day(random, folder, world.today, number)
        base = f"{folder}/{day.year}/{slug(title)}"
        id_, again = base, 1
        while id_ in taken:
            again += 1 + int(random.random() * 3)
            id_ = f"{base}-{again}"
        taken.add(id_)
        found.append(Plan(folder, id_, title, day))
    return found


def _title(random: Random, folder: str, world: World) -> str:
    ordinal = random.choice(words.ORDINALS)
    feminine = {"premier": "Première"}.get(ordinal, ordinal.capitalize())
    text = random.choice(words.TITLES[folder]).format(
        topic=random.choice(words.TOPICS),
        place=random.choice(world.communes).name,
        ordinal=ordinal,
        ordinal_cap=feminine,
    )
    return text[0].upper() + text[1:]


def _day(random: Random, folder: str, today: dt.date, number: int) -> dt.date:
    """More in recent years than long ago; one event in five is to come; the first consultation is open
    today.
    """
    if folder == "events" and random.random() < 0.2:
        return today + dt.timedelta(days=1 + int(random.random() * 180))
    if folder == "consultations" and number == 0:
        return today - dt.timedelta(days=20)
    return today - dt.timedelta(days=1 + int(YEARS_BACK * 365 * random.random() ** 1.6))


def fields(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    """The front matter of an entry."""
    own = _FIELDS[entry.folder](author, entry, world)
    published = min(own.pop("_published", entry.day), world.today)
    return _common(author, entry, world, published) | own


def _common(author: Prose, entry: Plan, world: World, published: dt.date) -> dict[str, Any]:
    random = author.random
    found: dict[str, Any] = {"title": entry.title, "summary": author.summary(), "date": published.isoformat()}
    if random.random() < 0.15:
        found["updated"] = min(published + dt.timedelta(days=40), world.today).isoformat()
    found["authors"] = sorted({_member(random, world) for _ in range(1 + (random.random() < 0.2))})
    found["pillars"] = sorted({author.pick(world.pillars) for _ in range(1 + (random.random() < 0.4))})
    if world.clubs and random.random() < 0.5:
        found["clubs"] = [world.clubs[int(len(world.clubs) * random.random() ** 1.5)]]
    if random.random() < 0.15:
        found["territories"] = [author.pick(world.territories)]
    tags = {words.TAGS[int(len(words.TAGS) * random.random() ** 2)] for _ in range(int(random.random() * 6))}
    if tags:
        found["tags"] = sorted(tags)
    if random.random() < 0.3:
        found["sources"] = [{"title": author.clause().capitalize(), "url": f"https://example.org/{slug(entry.title)}"}]
    related = {other.id for other in _others(random, world, entry, int(random.random() * 3))}
    if related:
        found["related"] = sorted(related)
    return found


def links(random: Random, entry: Plan, world: World) -> list[str]:
    """Markdown links to other entries, and now and then to another site."""
    found = [f"[{other.title}]({other.address})" for other in _others(random, world, entry, int(random.random() * 4))]
    if random.random() < 0.3:
        found.append(f"[le site du projet](https://example.org/projets/{int(random.random() * 10_000)})")
    return found


def _others(random: Random, world: World, entry: Plan, count: int) -> list[Plan]:
    picked = [world.plans[int(len(world.plans) * random.random())] for _ in range(count)]
    return [other for other in picked if other.id != entry.id]


def _member(random: Random, world: World) -> str:
    """A few members write much, most write seldom."""
    return world.members[int(len(world.members) * random.random() ** 3)]


def _commune(random: Random, world: World) -> Commune:
    return world.communes[int(len(world.communes) * random.random() ** 2)]


def _term(author: Prose, world: World, vocabulary: str) -> str:
    return author.pick(world.vocabularies[vocabulary])


def _article(author: Prose, _: Plan, __: World) -> dict[str, Any]:
    return {"kind": author.pick(("actualite", "actualite", "dossier", "entretien", "tribune", "compte-rendu"))}


def _event(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    random = author.random
    found = _span(author, entry)
    found["_published"] = entry.day - dt.timedelta(days=10 + int(random.random() * 50))
    if random.random() < 0.04 and "all_day" not in found:
        found["recurrence"] = f"FREQ=WEEKLY;INTERVAL=2;COUNT={4 + int(random.random() * 8)}"
    if random.random() < 0.04:
        found["status"] = author.pick(("postponed", "cancelled"))
    online = random.random()
    if online < 0.2:
        found["online"] = f"https://example.org/salle/{int(random.random() * 900)}"
    if online > 0.12:
        found["place"] = _place(author, world)
    if random.random() < 0.8:
        found["organiser"] = (
            author.pick(world.clubs) if world.clubs and random.random() < 0.4 else _member(random, world)
        )
    if random.random() < 0.5:
        deadline = (entry.day - dt.timedelta(days=2)).isoformat()
        url = f"https://example.org/inscription/{int(random.random() * 9000)}"
        price = int(random.random() * 3) * 10
        found["registration"] = {
            "url": url,
            "deadline": deadline,
            "price": price,
            "capacity": 10 + int(random.random() * 90),
        }
    if random.random() < 0.4:
        found["audience"] = [_term(author, world, "audiences")]
    return found


def _span(author: Prose, entry: Plan) -> dict[str, Any]:
    chance = author.random.random()
    if chance < 0.1:
        last = entry.day + dt.timedelta(days=int(chance * 20))
        return {"start": entry.day.isoformat(), "end": last.isoformat(), "all_day": True}
    hour = 9 + int(author.random.random() * 10)
    start = f"{entry.day.isoformat()}T{hour:02d}:{author.pick(('00', '15', '30'))}"
    return {"start": start} | ({"end": f"{entry.day.isoformat()}T{hour + 2:02d}:45"} if chance < 0.85 else {})


def _place(author: Prose, world: World) -> dict[str, Any]:
    commune = _commune(author.random, world)
    found: dict[str, Any] = {"name": f"Salle {author.pick(words.COMPANY_TAILS)}", "commune": commune.insee}
    if author.random.random() < 0.4:
        found |= {
            "address": f"{1 + int(author.random.random() * 90)} rue des Ateliers",
            "lat": commune.lat,
            "lon": commune.lon,
        }
    return found


def _initiative(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    random = author.random
    found: dict[str, Any] = {
        "stage": author.pick(("idee", "etude", "pilote", "deployee", "deployee", "terminee")),
        "commune": _commune(random, world).insee,
        "holder": _member(random, world),
        "partners": [_member(random, world), author.pick(words.COMPANY_HEADS) + " partenaire"],
        "started": entry.day.year - int(random.random() * 4),
        "sectors": [_term(author, world, "sectors")],
        "flows": [_term(author, world, "flows")],
    }
    if random.random() < 0.6:
        which = int(random.random() * len(words.MEASURES))
        result = {
            "measure": words.MEASURES[which],
            "value": int(random.random() * 5000),
            "unit": words.MEASURE_UNITS[which],
        }
        found["results"] = [{**result, "year": entry.day.year}]
        found |= {
            "levers": author.paragraph(25),
            "obstacles": author.paragraph(25),
            "replicability": author.paragraph(20),
        }
    if random.random() < 0.4:
        cost = int(random.random() * 90) * 1000
        found |= {"cost": cost, "funding": [{"source": author.pick(words.FUNDERS), "amount": cost // 2}]}
    return found


def _resource(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    kinds = ("guide", "etude", "outil", "video", "webinaire", "formation", "reglementation", "donnees")
    return {
        "kind": author.pick(kinds),
        "publisher": f"Éditions {author.pick(words.COMPANY_TAILS)}",
        "year": entry.day.year,
        "url": f"https://example.org/ressources/{int(author.random.random() * 100_000)}",
        "duration": 5 + int(author.random.random() * 90),
        "audience": [_term(author, world, "audiences")],
        "level": author.pick(("debutant", "confirme", "expert")),
    }


def _offer(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    random = author.random
    return {
        "kind": author.pick(("offre", "offre", "besoin")),
        "flow": _term(author, world, "flows"),
        "quantity": {"value": 1 + int(random.random() * 200), "unit": author.pick(words.UNITS)},
        "frequency": author.pick(("ponctuelle", "reguliere", "continue")),
        "commune": _commune(random, world).insee,
        "expires": (entry.day + dt.timedelta(days=30 + int(random.random() * 150))).isoformat(),
        "holder": _member(random, world),
    }


def _call(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    closes = entry.day + dt.timedelta(days=60)
    found: dict[str, Any] = {
        "opens": entry.day.isoformat(),
        "closes": closes.isoformat(),
        "organiser": _member(author.random, world),
        "budget": 10_000 * (1 + int(author.random.random() * 50)),
        "url": f"https://example.org/appels/{slug(entry.title)}",
    }
    initiatives = world.by_folder.get("initiatives")
    if closes < world.today and initiatives:
        winner = initiatives[int(author.random.random() * len(initiatives))]
        member = {"name": "Collectif lauréat", "member": _member(author.random, world)}
        found["winners"] = [
            {"initiative": winner.id},
            {**member, "commune": _commune(author.random, world).insee},
        ]
    return found


def _consultation(author: Prose, entry: Plan, world: World) -> dict[str, Any]:
    closes = entry.day + dt.timedelta(days=90)
    middle = entry.day + dt.timedelta(days=45)
    found: dict[str, Any] = {
        "level": author.pick(("information", "consultation", "concertation", "co-construction")),
        "opens": entry.day.isoformat(),
        "closes": closes.isoformat(),
        "phases": [
            {"title": "Recueil des avis", "start": entry.day.isoformat(), "end": middle.isoformat()},
            {"title": "Synthèse", "start": middle.isoformat(), "end": closes.isoformat()},
        ],
        "questions": [
            {"id": id_, "text": text, "kind": kind} | ({"choices": list(words.CHOICES)} if kind != "libre" else {})
            for id_, text, kind in words.QUESTIONS
        ],
    }
    return found | ({"outcome": author.paragraph(60)} if closes < world.today else {})


def _contribution(author: Prose, _: Plan, world: World) -> dict[str, Any]:
    """Handed in while its consultation was open."""
    consultations = world.by_folder["consultations"]
    consultation = consultations[int(author.random.random() * len(consultations))]
    chosen = [choice for choice in words.CHOICES if author.random.random() < 0.6] or [words.CHOICES[0]]
    answers = {"priorites": chosen, "freins": author.paragraph(30), "soutien": chosen[:1]}
    published = min(consultation.day + dt.timedelta(days=int(author.random.random() * 80)), world.today)
    return {
        "_published": published,
        "consultation": consultation.id,
        "author": _member(author.random, world),
        "answers": answers,
    }


def _research(author: Prose, _: Plan, world: World) -> dict[str, Any]:
    return {
        "kind": author.pick(("question", "projet", "these", "resultat")),
        "discipline": author.pick(
            ("génie des procédés", "géographie", "économie", "sociologie", "science des matériaux")
        ),
        "laboratory": f"Laboratoire {author.pick(words.COMPANY_TAILS)}",
        "seeks": author.paragraph(20),
        "offers": author.paragraph(20),
        "partners": [_member(author.random, world)],
    }


_FIELDS = {
    "articles": _article,
    "events": _event,
    "initiatives": _initiative,
    "resources": _resource,
    "offers": _offer,
    "calls": _call,
    "consultations": _consultation,
    "contributions": _contribution,
    "research": _research,
}
