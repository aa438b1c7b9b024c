"""What the preview of a form says."""

from __future__ import annotations

from typing import Final

from scripts.bot.french.web import THIN

NOTHING_SENT: Final = f"Aperçu{THIN}: rien n’est encore envoyé"
NOTHING_TO_SHOW: Final = (
    "Il n’y a pas encore de page à montrer",
    "Revenez au formulaire, continuez, puis demandez l’aperçu de nouveau. Ce que vous avez écrit y est toujours.",
)
FOREIGN: Final = (
    "Cet aperçu se demande depuis le formulaire",
    "Ouvrez le formulaire du site, remplissez-le, puis demandez l’aperçu de nouveau.",
)
BUSY: Final = (
    "Trop d’aperçus à la fois",
    "Beaucoup d’aperçus sont demandés. Revenez au formulaire et réessayez dans un moment.",
)
YOUR_NAME: Final = "Votre nom"
YOUR_ANSWER: Final = "Votre réponse"
BODY: Final = (
    f"*Votre texte ne peut pas encore être montré{THIN}: il contient quelque chose que le site ne publie pas. "
    "Ce qui est à corriger est dit en haut de cette page.*"
)


def example(label: str, kind: str) -> str:
    """What stands where a text is still missing: « Titre de votre évènement »."""
    return f"{label} de votre {kind}"


def missing(labels: list[str], *, shown: bool) -> str:
    """The answers that nobody has given yet; ``shown``: some of them are seen on the page."""
    return f"Il manque encore{THIN}: {', '.join(labels)}." + (" Des exemples en tiennent lieu." if shown else "")


def more(number: int) -> str:
    """That the list goes on."""
    return f"et {number} autre{'s' if number > 1 else ''} point{'s' if number > 1 else ''} à corriger."
