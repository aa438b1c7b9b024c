"""What the pages and the command of previews say."""

from __future__ import annotations

from typing import Final

from scripts.french.commands import THIN, plural

NB: Final = "\u00a0"

SUMMARY: Final = "montre les pages d’une proposition, avant et après, sans rien publier"
BASE: Final = "branche ou commit d’où part la proposition (par exemple origin/main)"
OUTPUT: Final = "dossier où mettre l’aperçu (par défaut apercu)"
SITE_URL: Final = (
    "adresse du site publié, où mènent les liens qui sortent de l’aperçu (par défaut celle de data/site.yaml)"
)
TITLE_OPTION: Final = f"nom de la proposition, par exemple «{NB}Proposition 12{NB}»"
REPORT: Final = "fichier où écrire la liste des pages en JSON, pour la commande comment"
GONE: Final = f"ne montre plus rien{THIN}: met dans le dossier une page qui dit que l’aperçu a été retiré"
NO_BASE: Final = "dites d’où part la proposition, par exemple origin/main"
TITLE: Final = "Avant et après"
HOME: Final = "L’accueil"
GONE_TITLE: Final = "Cet aperçu a été retiré"
GONE_WORDS: Final = f"La proposition a été publiée, ou refermée. Les pages sont sur le site, s’il les a prises{NB}:"
NOT_PUBLISHED: Final = f"Aperçu d’une proposition{NB}: cette page n’est pas publiée."
AS_PUBLISHED: Final = f"Avant{NB}: la page telle que le site la montre aujourd’hui."
NO_DIFFERENCE: Final = "Aucune page n’est nouvelle, modifiée ou supprimée."
HAS_MORE: Final = (
    f"La proposition change aussi la présentation ou le code, ce qui ne se voit pas ici{NB}: "
    "les deux côtés sont montrés de la même façon."
)
NOTHING_MADE: Final = f"L’aperçu n’a pas été fait{NB}: ni le site d’avant ni celui d’après ne peuvent se faire."
NAMES: Final = {"new": "Nouvelles pages", "changed": "Pages modifiées", "removed": "Pages supprimées"}
KINDS: Final = {"new": "Nouvelle page", "changed": "Page modifiée", "removed": "Page supprimée"}
FILE_KINDS: Final = {"added": "ajouté", "changed": "modifié", "renamed": "déplacé", "removed": "supprimé"}


def introduction(new: int, changed: int, removed: int) -> str:
    """How much there is to look at."""
    parts = [
        plural(new, "page nouvelle", "pages nouvelles") if new else "",
        plural(changed, "page modifiée", "pages modifiées") if changed else "",
        plural(removed, "page supprimée", "pages supprimées") if removed else "",
    ]
    named = [part for part in parts if part]
    return f"{', '.join(named)}. Rien n’est encore publié." if named else NO_DIFFERENCE


def lines_of(path: str) -> str:
    """The title of a table."""
    return f"Ce qui change dans {path}"


def more_lines(count: int) -> str:
    """What a long table does not show."""
    return f"… et {plural(count, 'autre ligne', 'autres lignes')}."


def more_lists(count: int) -> str:
    """Lists that are not named."""
    return f"… et {plural(count, 'autre')}."


def moved(old: str) -> str:
    """A page that has another address now."""
    return f"L’adresse change{NB}: c’était {old}"


def only_from(day: str) -> str:
    """A page with a date to come."""
    return f"Ne paraîtra que le {day}."


def frame_title(title: str, *, after: bool) -> str:
    """What a frame is called."""
    return f"{'Après' if after else 'Avant'}{NB}: {title}"


def made(path: str, pages: int) -> str:
    """The folder is there."""
    return f"{plural(pages, 'page')} dans l’aperçu{THIN}: ouvrez {path}"


def unshown(path: str) -> str:
    """A file whose page cannot be made."""
    return f"Ne peut pas encore être montré{THIN}: {path}"
