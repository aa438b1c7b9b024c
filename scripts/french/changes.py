"""What is said about changes: reading them from git."""

from __future__ import annotations

from typing import Final

NB: Final = "\u00a0"
THIN: Final = "\u202f"

CHANGED: Final = (
    "ne dit que ce qui concerne la modification depuis cette branche ou ce commit (par exemple origin/main)"
)
RESULT: Final = "fichier où écrire le résultat en JSON, pour la commande comment (avec --changed)"
NUMBER: Final = "numéro de la proposition, à mettre dans le résultat"
RESULT_NEEDS_CHANGED: Final = "--result ne va pas sans --changed"
DESCRIBE_PICTURE: Final = "Décrivez ici ce que montre l’image"
NO_GIT_PROGRAM: Final = f"git n’est pas installé sur cette machine{NB}: installez-le, puis recommencez."
NOT_ENOUGH_HISTORY: Final = (
    "Cette copie du dépôt est trop courte pour savoir d’où part la modification. "
    f"Complétez-la par «{NB}git fetch --unshallow{NB}», puis recommencez."
)


def no_repository(root: str) -> str:
    """The root is in no git repository."""
    return f"Le dossier {root} n’est pas suivi par git{NB}: on ne peut pas savoir ce qui y a changé."


def no_such_commit(base: str) -> str:
    """Git knows no such commit."""
    return (
        f"git ne connaît pas «{NB}{base}{NB}» dans cette copie du dépôt. Donnez une branche, une étiquette ou un commit "
        f"qui existe, par exemple origin/main après «{NB}git fetch origin{NB}»."
    )


def no_common_past(base: str) -> str:
    """Both sides have no commit in common."""
    return (
        f"«{NB}{base}{NB}» et la version actuelle n’ont aucun passé commun{NB}: "
        "donnez la branche d’où part la modification."
    )


def git_failed(reason: str) -> str:
    """Git said something that we did not foresee."""
    return f"git n’a pas pu lire la modification{NB}: {reason}"


def add_redirect(old: str, new: str, base: str) -> str:
    """What to add where an address went away; ``new`` is an address, or « gone »."""
    why = (
        ""
        if new != "gone"
        else f" (ou l’adresse d’une autre page à la place de «{NB}gone{NB}», qui veut dire supprimée)"
    )
    return (
        f"Ajoutez à data/redirects.yaml la ligne «{NB}{old}: {new}{NB}»{why}, "
        f"ou laissez «{NB}python -m scripts redirects {base}{NB}» l’écrire."
    )
