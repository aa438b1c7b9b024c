"""The weekly mail to editors, and what ``bot digest`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

THIN: Final = "\u202f"
HARD: Final = "\u00a0"

SUMMARY: Final = "prépare le résumé hebdomadaire de la rédaction (le travailleur le fait chaque semaine)"
SHOW: Final = "montre le résumé sans l’envoyer"
NOTHING: Final = "Rien n’attend la rédaction."
QUEUED: Final = "Le résumé est prêt, le travailleur l’enverra."
ALREADY: Final = "Le résumé de cette semaine est déjà parti, ou prêt à partir."
NO_EDITORS: Final = f"Personne ne le recevrait{THIN}: réglez CIRCULAR_SMTP et CIRCULAR_MAIL_EDITORS."
FAREWELL: Final = "Ce message part une fois par semaine, quand quelque chose vous attend."


def subject(waiting: int, quarantined: int) -> str:
    """What the mail is about."""
    if not waiting:
        return f"{counted(quarantined)} en quarantaine"
    return f"{counted(waiting)} à relire"


def greeting(waiting: int) -> str:
    """How it begins."""
    if not waiting:
        return "Bonjour,"
    verb = "attendent" if waiting > 1 else "attend"
    return f"Bonjour,\n\n{counted(waiting)} {verb} votre relecture, la plus ancienne d’abord."


def proposal(title: str, kind: str, *, days: int, late: bool, readers: Sequence[str], address: str) -> str:
    """One proposal."""
    age = "aujourd’hui" if not days else "depuis 1 jour" if days == 1 else f"depuis {days} jours"
    lines = [f"- {title or 'Sans titre'} ({kind}), {age}{', en retard' if late else ''}"]
    if readers:
        lines.append(f"  pour {', '.join(readers)}")
    lines.append(f"  {address}")
    return "\n".join(lines)


def more(number: int) -> str:
    """The list stops."""
    return f"Et encore {counted(number)}."


def quarantine(number: int, public_url: str) -> str:
    """What may be spam."""
    verb = "sont" if number > 1 else "est"
    return (
        f"{counted(number)} {verb} en quarantaine, à libérer ou à refuser{THIN}:\n{public_url}/relecture/quarantaine/"
    )


def asked(number: int) -> str:
    """What waits for somebody else."""
    if number == 1:
        return f"{counted(number)} attend une réponse de la personne qui l’a envoyée."
    return f"{counted(number)} attendent une réponse des personnes qui les ont envoyées."


def counted(number: int) -> str:
    """« 1 proposition », « 2 propositions »."""
    return f"{number}{HARD}proposition{'s' if number > 1 else ''}"
