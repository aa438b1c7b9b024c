"""The comment on a proposal, and what the command that writes it says."""

from __future__ import annotations

from typing import Final

NB: Final = "\u00a0"
THIN: Final = "\u202f"

SUMMARY: Final = "écrit, ou met à jour, le commentaire d’une proposition d’après le résultat de sa vérification"
RESULT: Final = "fichier de résultat (check --changed BASE --result FICHIER)"
FORGE: Final = "forge où écrire (sans elle, le commentaire s’affiche et rien n’est envoyé)"
ADDRESS: Final = "adresse de la forge, par exemple https://codeberg.org"
REPOSITORY: Final = "dépôt, par exemple reseau/site"
ACCOUNT: Final = "compte qui écrit le commentaire (si la forge ne le dit pas)"
NUMBER: Final = "numéro de la proposition (sinon celui que dit le résultat, cru seulement si --head concorde)"
HEAD: Final = "commit qui a été vérifié"
GUIDE: Final = "adresse du guide des messages (par défaut docs/codes.md dans le dépôt)"
PAGES: Final = "liste des pages de l’aperçu (previews BASE --report FICHIER)"
PREVIEW_BASE: Final = (
    "avec --pages, adresse du dossier de l’aperçu, s’il se lit en ligne ({} y tient la place du numéro)"
)
ARCHIVE: Final = "avec --pages, adresse de l’archive de l’aperçu, s’il se télécharge"
PAGES_NEEDED: Final = "--previews et --archive vont avec --pages"
PAGE_KINDS: Final = {
    "new": f"Nouvelle page{NB}:",
    "changed": f"Page modifiée{NB}:",
    "removed": f"Page supprimée{NB}:",
}
NO_PREVIEW: Final = f"L’aperçu des pages n’a pas pu être fait{NB}: il le sera quand le reste sera corrigé."
NOTHING_TO_SEE: Final = "Aucune page du site n’est nouvelle, modifiée ou supprimée."
NO_TOKEN: Final = "il manque le jeton de la forge, dans la variable CIRCULAR_FORGE_TOKEN"  # noqa: S105  # a sentence about it
NO_NUMBER: Final = f"le résultat ne dit pas de quelle proposition il s’agit{NB}: donnez --number"
NEEDS: Final = "avec --forge, il faut aussi --address, --repository et --head"
OTHER_HEAD: Final = (
    f"La proposition a changé depuis cette vérification, ou le résultat parle d’une autre{NB}: rien n’a été écrit."
)
NOT_JSON: Final = "Le résultat n’est pas du JSON."
WRITTEN: Final = "Le commentaire est à jour."
NOT_ALL: Final = "Le commentaire est écrit, mais pas tout ce qui va avec."
SEVERITIES: Final = {"error": f"**À corriger{NB}:**", "warning": f"**Remarque{NB}:**"}
EXPLAIN: Final = "comprendre"
INSTEAD: Final = f"Écrivez la ligne ainsi{NB}:"
WELCOME: Final = (
    f"**Bienvenue{NB}!** C’est votre première contribution ici, merci. La suite{NB}: les points ci-dessous, s’il y en a, "
    "sont à corriger dans votre proposition (chaque nouvel envoi relance cette vérification et met ce message à jour)"
    f"{THIN}; puis une personne de la rédaction relit, pose au besoin une question, et publie. "
    "Vous n’avez rien d’autre à faire."
)


def summary(errors: int, warnings: int, files: int) -> str:
    """The first line."""
    of = f"{files} fichier" + ("s" if files > 1 else "")
    if errors:
        remarks = f" et {_count(warnings, 'remarque', 'remarques')}" if warnings else ""
        return (
            f"### {_count(errors, 'point', 'points')} à corriger\n\nMerci pour cette proposition ({of}). "
            f"{_count(errors, 'erreur empêche', 'erreurs empêchent')} de la publier{remarks and f',{remarks}'}{NB}: "
            "voici où, et quoi faire."
        )
    if warnings:
        return (
            f"### Rien ne s’oppose à la publication\n\nMerci pour cette proposition ({of}). "
            f"{_count(warnings, 'remarque aiderait', 'remarques aideraient')} à la rendre meilleure."
        )
    return (
        f"### Tout est en ordre\n\nMerci pour cette proposition ({of}){NB}: la vérification n’a rien trouvé à redire."
    )


def introduction(*, applies: bool) -> str:
    """Above remarks on lines."""
    how = (
        f" «{NB}Commit suggestion{NB}» y met d’un clic la ligne proposée (ou «{NB}Add suggestion to batch{NB}», pour "
        "plusieurs à la fois)."
    )
    return (
        f"Voici, sur les lignes mêmes, ce qui est à revoir.{how if applies else ''} Le bilan est dans le commentaire."
    )


def remarks_put(new: int, removed: int, refused: int) -> str:
    """For the log of the job."""
    told = f"Remarques sur les lignes{NB}: {_count(new, 'nouvelle', 'nouvelles')}, {_count(removed, 'retirée', 'retirées')}"
    return f"{told}, {_count(refused, 'refusée', 'refusées')} par la forge." if refused else f"{told}."


def undone(what: str, why: str) -> str:
    """A step that the forge did not take."""
    return f"{what}{NB}: {why}"


LABELS: Final = "Étiquettes"
REVIEWERS: Final = "Relecture demandée"
REMARKS: Final = "Remarques sur les lignes"
COMMENT: Final = "Commentaire"


def place(line: int, severity: str) -> str:
    """Where, and how bad."""
    kind = "" if severity == "error" else " (remarque)"
    return f"**Ligne {line}**{kind}{NB}:"


def previews(where: str, archive: str) -> str:
    """Above the list of pages; ``where`` is the page « Avant et après »."""
    if where:
        return f"**[Voir les pages telles qu’elles seront, avant et après]({where})**"
    if archive:
        return (
            f"**[Télécharger l’aperçu]({archive})**{NB}: ouvrez ensuite le fichier «{NB}index.html{NB}» de l’archive."
        )
    return "**Les pages de la proposition**"


def only_from(day: str) -> str:
    """A page with a date to come."""
    return f"ne paraîtra que le {day}"


def more_pages(hidden: int) -> str:
    """Pages that are not named."""
    return f"… et {_count(hidden, 'autre page', 'autres pages')}"


def more(hidden: int) -> str:
    """What is not shown."""
    return f"… et {_count(hidden, 'autre point', 'autres points')}, que la prochaine vérification montrera."


def next_step(errors: int) -> str:
    """The last line."""
    if errors:
        return "Corrigez puis envoyez de nouveau (un simple *commit* suffit). Ce message se met à jour tout seul."
    return "La rédaction prend la suite."


def no_result(path: str) -> str:
    """No file."""
    return f"Il n’y a pas de résultat à {path}."


def too_large(limit: int) -> str:
    """More than any check writes."""
    return f"Le résultat dépasse {limit // 1000} Ko{NB}: il n’est pas lu."


def other_form(place_: str) -> str:
    """Not what a check writes."""
    return f"Le résultat n’a pas la forme attendue ({place_})."


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number < 2 else many}"  # noqa: PLR2004  # as French counts: none is singular
