"""What the commands of the form service say of themselves."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"
SUMMARY: Final = "reçoit les formulaires du site et en fait des propositions à relire"
INTAKE_SUMMARY: Final = "reçoit les formulaires (réglages dans les variables CIRCULAR_…)"
CHECK_ONLY: Final = "vérifie les réglages et s’arrête"
PASSWORD_SUMMARY: Final = "demande le mot de passe de la relecture et écrit la ligne à mettre dans les réglages"  # noqa: S105  # a sentence
PASSWORD: Final = f"Mot de passe de la relecture (12 caractères au moins){THIN}: "
PASSWORD_AGAIN: Final = f"Encore une fois{THIN}: "
PASSWORDS_DIFFER: Final = f"les deux mots de passe sont différents{THIN}: rien n’a été écrit"
PASSWORD_TOO_SHORT: Final = "un mot de passe compte au moins 12 caractères, par exemple quatre mots sans rapport"  # noqa: S105  # a sentence
PASSWORD_NEXT: Final = (
    "Mettez cette ligne dans les réglages, puis relancez le service. Le mot de passe lui-même n’y est pas."  # noqa: S105  # a sentence
)
SETTINGS_FINE: Final = "Les réglages sont lisibles."


def listening(address: str, public: str) -> str:
    """Where the intake answers."""
    return f"Le service des formulaires écoute sur {address} et se présente comme {public}."


def port_taken(address: str) -> str:
    """The intake cannot listen where it is told to."""
    return f"rien ne peut écouter sur {address}{THIN}: un autre programme y est déjà, ou le système le refuse"
