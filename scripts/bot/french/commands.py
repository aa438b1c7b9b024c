"""What the commands of the form service say of themselves."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"
SUMMARY: Final = "reçoit les formulaires du site et en fait des propositions à relire"
INTAKE_SUMMARY: Final = "reçoit les formulaires (réglages dans les variables CIRCULAR_…)"
CHECK_ONLY: Final = "vérifie les réglages et s’arrête"
SETTINGS_FINE: Final = "Les réglages sont lisibles."


def listening(address: str, public: str) -> str:
    """Where the intake answers."""
    return f"Le service des formulaires écoute sur {address} et se présente comme {public}."
