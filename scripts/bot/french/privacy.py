"""What erasing and giving out a person's data says, to administrators and to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.submission import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scripts.bot.privacy.erasing import Removal
    from scripts.bot.privacy.traces import Trace
    from scripts.bot.store.privacy import Erased, Held
    from scripts.bot.submission import DecisionKind, MomentKind

THIN: Final = "\u202f"

# --- the commands -----------------------------------------------------------------------------------------
ERASE_SUMMARY: Final = "efface les données d’une personne, et propose de retirer sa fiche de membre"
EXPORT_SUMMARY: Final = "donne tout ce qui est gardé sur une personne"
ADDRESS: Final = "adresse électronique de la personne"
MEMBER: Final = "identifiant d’une fiche de membre à retirer aussi (peut être répété)"
NO_PROPOSAL: Final = "ne propose pas de retirer la fiche de membre"
YES: Final = "ne demande pas de confirmation"
AGAIN: Final = "refait les effacements du journal, après une restauration (sans adresse)"
OUTPUT: Final = "archive ZIP à écrire, images comprises (sans elle, le JSON seul, sur la sortie standard)"
NOT_A_MAILBOX: Final = f"l’adresse attendue ressemble à ceci{THIN}: camille@exemple.fr"
ADDRESS_OR_AGAIN: Final = "donnez une adresse, ou --again sans adresse"
NOTHING: Final = "Rien n’est gardé sous cette adresse."
SITE_UNREAD: Final = (
    f"Les fichiers du site ne peuvent pas être lus{THIN}: ce qui s’y trouve n’est pas listé (voir «\u00a0check\u00a0»)."
)
ASK: Final = f"Effacer tout cela{THIN}? Écrivez «\u00a0oui\u00a0» et validez{THIN}: "
LEFT: Final = "Rien n’a été effacé."

# --- the proposal that removes a member -------------------------------------------------------------------
SENDER: Final = "Service des formulaires"
WHY: Final = (
    "Cette personne a demandé l’effacement de ses données (RGPD, article 17). Retirez sa fiche, et son nom des pages "
    "qui la citent. Répondez-lui dans le mois."
)

# --- words for what is held -------------------------------------------------------------------------------
STATES: Final[Mapping[State, str]] = {
    State.QUARANTINE: "en quarantaine",
    State.UNCONFIRMED: "attend la confirmation de l’adresse",
    State.QUEUED: "en préparation",
    State.WAITING: "attend une relecture",
    State.QUESTION: "attend une réponse",
    State.MERGED: "acceptée, publication en cours",
    State.PUBLISHED: "publiée",
    State.REFUSED: "refusée",
    State.WITHDRAWN: "retirée",
}
ACTIONS: Final = {"create": "nouvelle fiche", "edit": "modification", "remove": "retrait"}
MOMENTS: Final[Mapping[MomentKind, str]] = {
    "received": "reçue",
    "confirmed": "adresse confirmée",
    "opened": "ouverte à la relecture",
    "question": "question de la rédaction",
    "answer": "réponse",
    "merged": "acceptée",
    "published": "publiée",
    "refused": "refusée",
    "withdrawn": "retirée",
    "trouble": "incident",
}
DECISIONS: Final[Mapping[DecisionKind, str]] = {
    "accept": "acceptation",
    "refuse": "refus",
    "question": "question",
    "withdraw": "retrait",
    "release": "sortie de quarantaine",
    "answer": "réponse",
    "correct": "correction",
}
EDITORS, YOU = "la rédaction", "vous"
ABOUT_EXPORT: Final = (
    "Ce fichier dit tout ce que le service des formulaires garde sous cette adresse. Les images sont à part, dans la "
    "même archive. Ce qui est publié se trouve aussi dans l’historique des versions du site, et chez ceux qui l’ont "
    "recopié. Les sauvegardes de la base sont effacées à leur tour."
)


def held_lines(held: Held, traces: Sequence[Trace]) -> list[str]:
    """What is there, before anybody says yes."""
    lines = [
        f"  {one.submission.id}  {STATES[one.submission.state]}{THIN}: {one.submission.title or 'sans titre'}"
        for one in held.submissions
    ]
    if lines:
        lines.insert(0, f"Propositions envoyées avec cette adresse{THIN}:")
    if held.members:
        lines.append(f"Fiches de membre liées à cette adresse{THIN}: {', '.join(held.members)}.")
    return lines + trace_lines(traces)


def trace_lines(traces: Sequence[Trace]) -> list[str]:
    """What stands in git."""
    if not traces:
        return []
    lines = [f"Dans les fichiers du site, donc dans git{THIN}:"]
    return lines + [f"  {one.path} ({one.role or 'fiche de membre'})" for one in traces]


def written_lines(paths: Sequence[str]) -> list[str]:
    """What was published of it, and stays until editors change it."""
    return [f"Fichiers publiés, venus de ces propositions{THIN}:", *(f"  {path}" for path in paths)] if paths else []


def erased_lines(erased: Erased) -> list[str]:
    """What was done in the database."""
    lines = []
    if erased.vanished:
        lines.append(f"Propositions effacées{THIN}: {', '.join(erased.vanished)}.")
    if erased.withdrawn:
        lines.append(
            f"Propositions vidées et retirées de la relecture par le travailleur{THIN}: {', '.join(erased.withdrawn)}."
        )
    if erased.published:
        lines.append(
            f"Propositions acceptées, sans nom ni adresse désormais, dont la page paraîtra{THIN}: "
            f"{', '.join(erased.published)}."
        )
    if erased.members:
        lines.append("L’adresse n’est plus reconnue comme celle d’un membre.")
    if not erased.overwritten:
        lines.append(
            "Le journal de la base était en cours de lecture\u202f: il sera vidé par le prochain nettoyage quotidien, "
            "ou tout de suite par «\u00a0python -m scripts bot purge\u00a0»."
        )
    return lines


def removal_lines(removals: Iterable[Removal]) -> list[str]:
    """The proposals that take members' files away."""
    return [
        f"Retrait de la fiche {one.member}{THIN}: proposition {one.submission.id}, "
        + ("que le travailleur ouvre." if one.is_new else f"déjà faite ({STATES[one.submission.state]}).")
        for one in removals
    ]


def after_lines(urls: Sequence[str]) -> list[str]:
    """What this command cannot do."""
    lines = ["À faire par vous\u202f: répondre à la personne dans le mois, et laisser vieillir les sauvegardes."]
    if urls:
        lines.insert(0, f"Ce que la forge garde de ces propositions ne s’efface que là-bas{THIN}:")
        lines[1:1] = [f"  {url}" for url in urls]
    return lines


def erased_again(number: int) -> str:
    """After a restoration."""
    return f"Effacements du journal refaits{THIN}: {number}."


def exported(path: str, submissions: int, pictures: int) -> str:
    """The archive is written."""
    return (
        f"{path} contient {submissions} proposition{'s' if submissions > 1 else ''} et {pictures} "
        f"image{'s' if pictures > 1 else ''}. Remettez ce fichier à la personne, puis effacez-le."
    )
