"""What is said of files that publication could not show: to editors, to authors, and to whoever runs the command."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from plugins.views.words.french import day_words
from scripts.bot.french.worker import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.yaml.reader import Json
    from scripts.bot.store.broken import BrokenFile

THIN: Final = "\u202f"
HARD: Final = "\u00a0"
MOST_FILES: Final = 30  # named in one mail, or on the terminal

# --- the command ------------------------------------------------------------------------------------------
SUMMARY: Final = (
    "prévient la rédaction et les auteurs des fiches que la publication n’a pas pu montrer, une fois pour chacune"
)
REPORT: Final = f"rapport de «{HARD}publish --report{HARD}» ou de «{HARD}build --skip-broken --report{HARD}»"


def no_report(path: str) -> str:
    """There is no such file."""
    return f"Le rapport {path} n’existe pas{THIN}: donnez le fichier écrit par «{HARD}publish --report{HARD}»."


def too_large(path: str) -> str:
    """Nothing that a publication writes is so large."""
    return f"{path} est trop grand pour être un rapport de publication."


def not_a_report(path: str, where: str = "") -> str:
    """It has another form; ``where`` is the place in it."""
    at = f" (à {where})" if where else ""
    return (
        f"{path} n’est pas un rapport de publication{at}. Donnez le fichier écrit par «{HARD}publish --report{HARD}»."
    )


def told(broken: Sequence[str], mended: Sequence[str], now: int) -> str:
    """What was new."""
    lines = [
        *_part(f"Fautifs depuis cette publication, et signalés une fois{THIN}:", broken),
        *_part(f"Réparés{THIN}:", mended),
    ]
    if not lines:
        lines = [f"Rien de nouveau{THIN}: {_counted(now)}." if now else "Aucun fichier fautif."]
    return "\n".join([*lines, ""])


def _part(title: str, paths: Sequence[str]) -> list[str]:
    shown = [f"  {path}" for path in paths[:MOST_FILES]]
    left = len(paths) - MOST_FILES
    return [title, *shown, *([f"  et {left} de plus"] if left > 0 else [])] if paths else []


# --- what is wrong, and what is shown instead -------------------------------------------------------------


def _shown(facts: dict[str, Any]) -> str:
    if facts["shown"] == "earlier":
        day = day_words(dt.date.fromisoformat(facts["date"]))
        return f"Le site garde sa dernière bonne version, celle du {day}."
    if facts["shown"] == "out":
        return "Le site se passe de lui, faute d’une version d’avant qui soit bonne."
    return "Le site le montre, mais un renvoi vers une page qui n’est pas là y est devenu du texte, ou en a été retiré."


def _lines(facts: dict[str, Any]) -> list[str]:
    """The problems, each with its line and what to do."""
    found = [f"ligne {one['line']}{THIN}: {_sentence(one)}" for one in facts["problems"]]
    if facts["more"]:
        more = "une autre erreur" if facts["more"] == 1 else f"{facts['more']} autres erreurs"
        found.append(f"et {more} (la vérification les dit toutes)")
    return found or ["un autre fichier ne va plus avec lui"]


def _sentence(problem: dict[str, Any]) -> str:
    return " ".join(part for part in (problem["message"], problem["suggestion"]) if part)


def notices(files: Sequence[BrokenFile]) -> list[str]:
    """For the review pages and the desk, a paragraph each; the last says that there are more."""
    left = len(files) - MOST_FILES
    return [*(notice(file) for file in files[:MOST_FILES]), *([f"Et {left} de plus."] if left > 0 else [])]


def notice(file: BrokenFile) -> str:
    """One paragraph."""
    facts = _facts(file.facts)
    lines = f"{THIN}; ".join(line.rstrip(".") for line in _lines(facts))
    return f"{file.path}, {lines}. {_shown(facts)}"


# --- at the forge -----------------------------------------------------------------------------------------
_NEW_REQUEST: Final = (
    "Corrigez-le dans une nouvelle demande\u202f: à la publication suivante, tout reprend sa place. Si quelque chose n’est pas "
    "clair, répondez ici, la rédaction est prévenue."
)


def comment(file: BrokenFile, guide: str) -> str:
    """Below the request by which the file came. Whatever is quoted of it stays words."""
    facts = _facts(file.facts)
    first = (
        f"Le fichier {plain(file.path)} est fautif, et la publication n’a pas pu le montrer tel qu’il est. {_shown(facts)} "
        "Tout le reste du site est publié."
    )
    problems = [_item(problem, guide) for problem in facts["problems"]]
    more = [f"- et {facts['more']} de plus"] if facts["more"] else []
    listed = "\n".join([f"À corriger{THIN}:", "", *problems, *more]) if problems else ""
    return "\n\n".join(part for part in (first, listed, _NEW_REQUEST) if part)


def _item(problem: dict[str, Any], guide: str) -> str:
    link = f" ([explication]({guide}#{problem['code']}))" if guide else ""
    return f"- **Ligne {problem['line']}**{THIN}: {plain(_sentence(problem))}{link}"


# --- by mail ----------------------------------------------------------------------------------------------
_TO_EDITORS: Final = (
    "Corrigez les fichiers comme d’habitude\u202f: à la publication suivante, tout reprend sa place. Ce message ne sera pas "
    "répété. La page de relecture montre ce qui reste fautif."
)
_TO_AUTHOR: Final = (
    "La rédaction est prévenue aussi. Si vous savez quoi changer, proposez une correction\u202f; sinon, ne faites rien, "
    "elle s’en occupe."
)


def to_editors(files: Sequence[BrokenFile], guide: str) -> Json:
    """The subject and the text of the one mail about all that is new."""
    left = len(files) - MOST_FILES
    greeting = "Bonjour,\n\nLe site est publié, mais pas tout à fait comme il est écrit dans le dépôt"
    text = [
        f"{greeting}{THIN}: {_counted(len(files))}.",
        *(_paragraph(file) for file in files[:MOST_FILES]),
        *([f"Et {left} de plus, à lire dans le journal de la publication."] if left > 0 else []),
        _TO_EDITORS,
        *_explained(guide),
    ]
    return {"subject": _counted(len(files)), "text": "\n\n".join(text) + "\n"}


def to_author(file: BrokenFile, guide: str) -> Json:
    """What the author of a page is told; greeting and title stand in the mail (`mail`)."""
    return {"text": "\n\n".join([_paragraph(file), _TO_AUTHOR, *_explained(guide)])}


def _explained(guide: str) -> list[str]:
    return [f"Ce que chaque erreur veut dire{THIN}: {guide}"] if guide else []


def _paragraph(file: BrokenFile) -> str:
    facts = _facts(file.facts)
    return "\n".join([f"{file.path}", *(f"- {line}" for line in _lines(facts)), _shown(facts)])


def _counted(count: int) -> str:
    return "un fichier est fautif" if count == 1 else f"{count}{HARD}fichiers sont fautifs"


def _facts(facts: Json) -> dict[str, Any]:
    if not isinstance(facts, dict):
        raise TypeError("facts of a broken file are an object")
    return facts
