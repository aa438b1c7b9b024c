"""What the form service says on the editors' desk, and on the page « toujours exact ? »."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"
HARD: Final = "\u00a0"

# --- the command ------------------------------------------------------------------------------------------
SUMMARY: Final = (
    "écrit pour le bureau de la rédaction ce qui attend et ce qui a été confirmé, sans nom ni adresse de personne"
)
WAITING: Final = "fichier JSON à écrire pour « desk --waiting »".replace("« ", f"«{HARD}").replace(" »", f"{HARD}»")
CONFIRMATIONS: Final = "fichier JSON à écrire pour « desk --confirmations »".replace("« ", f"«{HARD}").replace(
    " »", f"{HARD}»"
)
NOTHING_ASKED: Final = "donnez --waiting, --confirmations, ou les deux"

# --- asking, on the desk ----------------------------------------------------------------------------------
NO_MAIL: Final = f"Le service n’envoie pas de courrier{THIN}: personne ne peut être interrogé d’ici."
NO_ADDRESS: Final = "Aucune adresse connue pour cette page."
DONE: Final = {
    "demande": "La question est partie par courrier.",
    "deja": "La question a déjà été posée il y a moins de trois mois, ou plus personne n’est connu pour cette page.",
}


def waits_for_answer(day: str) -> str:
    """Somebody was asked and has not answered."""
    return f"Demandé le {day}, pas encore de réponse."


def said_exact(day: str) -> str:
    """Somebody said that all is exact."""
    return f"Confirmé le {day}."


# --- the page ---------------------------------------------------------------------------------------------
TITLE: Final = f"Toujours exact{THIN}?"
NO_SUCH_LINK: Final = (
    "Ce lien ne mène à rien",
    "Il est incomplet, ou trop ancien. Sur la page elle-même, un lien permet de proposer un changement.",
)
PAGE_GONE: Final = (
    "Cette page n’existe plus",
    f"Elle a été retirée ou renommée{THIN}: il n’y a plus rien à confirmer. Merci.",
)
TOO_MANY: Final = ("Trop d’essais", "Attendez une heure, puis rouvrez le lien reçu.")
