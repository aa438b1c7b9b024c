"""A root in which every text is as long as its schema lets it be, with words that have no end: what layouts break on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.site.hostile.root import write_filled_root
from tests.site.hostile.seeds import Words

if TYPE_CHECKING:
    from pathlib import Path

WORD: Final = "Anticonstitutionnellement-et-sans-espace-".replace("-", "")
TITLE: Final = (
    "Réemploi, réparation et recyclage : ce que les communes de la vallée ont fait ensemble, et ce qui reste à faire"
)
# The name of a site is chosen by those who run it: long, but with spaces.
SETTINGS: Final = {
    "name": "Réseau des boucles de la vallée, du plateau et de l’estuaire d’Outre-Brume",
    "short": "Boucles d’Outre-Brume",
    "region": "Outre-Brume et ses îles",
    "tagline": TITLE,
}
ENDLESS: Final = (TITLE * 4, WORD * 12, f"{WORD} " * 12, "W" * 500)
BODY: Final = f"""{TITLE} {WORD * 6}

## {WORD * 3}

| {WORD} | {WORD} | {WORD} | {WORD} |
|---|---|---|---|
| {WORD} | 1 | {WORD * 2} | 2 |

```
{WORD * 6}
```

- {WORD * 4}
- https://exemple.example/{WORD * 4}

> {WORD * 4}

`{WORD * 4}` [{WORD * 3}](https://exemple.example/{WORD})
"""


def write_long_root(root: Path) -> None:
    """A copy of the small root with four entries of each type, four members, clubs… of long words."""
    write_filled_root(root, Words(ENDLESS, (), (BODY,), (f"https://exemple.example/{WORD * 8}",)), SETTINGS)
