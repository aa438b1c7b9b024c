"""Which outputs of the small region stand in ``golden/``, byte for byte, and how they are compared."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.site.building import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIRECTORY: Final = Path(__file__).parent / "golden"
LISTING: Final = "FILES"
# What only changes with its own content: feeds, calendars, open data, what machines read; and one page of each kind.
TEXTS: Final = (".xml", ".ics", ".json", ".geojson", ".jsonld", ".csv", ".txt")
NAMED: Final = ("_headers", "_redirects")
PAGES: Final = (
    "index.html", "404.html", "a-propos/index.html", "actualites/index.html", "actualites/2025/index.html",
    "actualites/2025/une-echelle-pour-dix/index.html", "agenda/index.html", "agenda/2026/pret-d-outils/index.html",
    "initiatives/2026/compost-du-port/index.html", "carte/index.html", "clubs/outilleurs/index.html",
    "contribuer/index.html", "contribuer/evenement/index.html", "etiquettes/voisinage/index.html", "membres/index.html",
    "membres/ines-falaise/index.html", "observatoire/index.html", "offres/index.html", "piliers/partager/index.html",
    "recherche/index.html", "territoires/index.html", "lettres/index.html", "lettres/2026/02/index.html",
)  # fmt: skip
# Names and bytes that change with a style or a search library, and the schemas, whose own tests say what they hold.
ASIDE: Final = ("theme/", "pagefind/", "donnees/schemas/")
# A style or script has a hash in its name; what it holds is not what these files are about.
_HASH: Final = re.compile(rb"\.[0-9a-f]{10}\.(css|js|svg|png|woff2|xsl)")
SHOWN: Final = 40  # lines of each file's difference


def golden(site: Path) -> dict[str, bytes]:
    """The files of a built site that are compared, and the list of all its names."""
    everything = {name: content for name, content in files_of(site).items() if not name.startswith(ASIDE)}
    chosen = {name: _HASH.sub(rb".\1", content) for name, content in everything.items() if _is_chosen(name)}
    return {**chosen, LISTING: "".join(f"{name}\n" for name in everything).encode()}


def _is_chosen(name: str) -> bool:
    return name in PAGES or name in NAMED or name.endswith(TEXTS)


def differences(wanted: Mapping[str, bytes], found: Mapping[str, bytes]) -> Iterator[str]:
    """One paragraph for each file that differs."""
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) == found.get(name):
            continue
        before, after = (files.get(name, b"").decode("utf-8", "replace").splitlines() for files in (wanted, found))
        lines = list(difflib.unified_diff(before, after, f"golden/{name}", f"built/{name}", lineterm="", n=1))
        yield "\n".join(line[:200] for line in lines[:SHOWN]) + (
            f"\n… {len(lines)} lines" if len(lines) > SHOWN else ""
        )
