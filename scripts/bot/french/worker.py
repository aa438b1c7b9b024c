"""What the worker says: at the forge, on the status page, to administrators."""

from __future__ import annotations

THIN, NBSP = "\u202f", "\u00a0"


def no_request(number: int) -> str:
    """The register has no such request."""
    return f"La demande nº{NBSP}{number} n’existe pas dans le registre de la forge locale."
