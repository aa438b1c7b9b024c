"""What ``newsletter`` says, to editors who send a letter once a month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.french.commands import THIN

if TYPE_CHECKING:
    from collections.abc import Sequence

SUMMARY: Final = "écrit la lettre d’un mois, prête à envoyer\u202f: HTML pour les messageries, texte, message complet"
MONTH: Final = "mois de la lettre, AAAA-MM (par défaut le dernier mois terminé)"
CLUB: Final = "lettre d’un club seulement, par son identifiant"
PILLAR: Final = "lettre d’un pilier seulement, par son identifiant"
TERRITORY: Final = "lettre d’un territoire seulement, par son identifiant"
INTRO: Final = "fichier de texte placé en tête\u202f: le mot de la rédaction (une ligne vide sépare deux paragraphes)"
SENDER: Final = (
    "expéditeur, par exemple « Le réseau <lettre@exemple.fr> »\u202f: écrit aussi lettre.eml, le message complet"
)
UNSUBSCRIBE: Final = (
    "adresse du lien « Ne plus recevoir cette lettre », ou le mot que votre outil d’envoi remplace par elle"
)
DEMO: Final = "garde les contenus de démonstration, pour un essai"
OUTPUT: Final = "dossier où écrire lettre.html et lettre.txt"
NOT_UTF8: Final = "enregistrez-le comme texte brut, en UTF-8"
KINDS: Final = {"club": "le club", "pillar": "le pilier", "territory": "le territoire"}


def not_a_month(text: str) -> str:
    """``--month`` takes one month."""
    return f"«\u00a0{text}\u00a0» n’est pas un mois (attendu{THIN}: AAAA-MM, par exemple 2026-11)"


def in_the_future(month: str) -> str:
    """The letter of a month that has not begun."""
    return f"le mois {month} n’a pas encore commencé{THIN}: choisissez un mois passé, ou le mois en cours"


def unknown(kind: str, identifier: str, near: str | None, known: Sequence[str]) -> str:
    """There is no such club, pillar or territory."""
    head = f"{KINDS[kind]} «\u00a0{identifier}\u00a0» n’existe pas"
    if near:
        return f"{head}. Vouliez-vous dire «\u00a0{near}\u00a0»{THIN}?"
    return f"{head}. Identifiants connus{THIN}: {', '.join(known)}" if known else f"{head}{THIN}: il n’y en a aucun"


def no_such_file(path: str) -> str:
    """The file of the editors' own words is not there."""
    return f"le fichier {path} n’existe pas"


def unreadable(path: str, reason: str) -> str:
    """It cannot be read."""
    return f"le fichier {path} ne peut pas être lu ({reason})"


def bad_sender(text: str) -> str:
    """``--from`` takes one address."""
    return f"«\u00a0{text}\u00a0» n’est pas un expéditeur (attendu{THIN}: Nom <adresse@exemple.fr>)"


def bad_unsubscribe(text: str) -> str:
    """``--unsubscribe`` takes an address, or what a tool replaces."""
    return (
        f"«\u00a0{text}\u00a0» n’est ni une adresse (https://… ou mailto:…) ni un mot entouré de signes que remplace "
        "un outil d’envoi, comme {{ … }} ou *|…|*"
    )


def output_in_sources(path: str) -> str:
    """The letter would lie among what it is made from."""
    return f"le dossier {path} contient les sources du site{THIN}: choisissez un autre dossier"


def not_writable(path: str, reason: str) -> str:
    """The output directory cannot be made or written."""
    return f"la lettre ne peut pas être écrite dans {path} ({reason})"


def nothing(month: str, *, demo: bool) -> str:
    """No letter for that month."""
    said = f"Rien à dire pour {month}{THIN}: rien n’a paru et rien ne vient. Aucun fichier n’a été écrit."
    hint = "Les contenus de démonstration sont laissés de côté ; l’option --demo les garde, pour un essai."
    return said if demo else f"{said}\n{hint.replace(' ;', THIN + ';')}"


def written(subject: str, paths: Sequence[str], *, running: bool) -> str:
    """What was written."""
    lines = [f"Lettre écrite{THIN}: {subject}", *(f"  {path}" for path in paths)]
    if running:
        lines.append("Le mois n’est pas terminé\u202f: cette lettre dit ce qui a paru jusqu’à ce jour.")
    return "\n".join(lines)


NEEDS_SITE: Final = "La lettre n’a pas été écrite\u202f: corrigez d’abord les erreurs."
