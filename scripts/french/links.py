"""What is said of links to other sites, and by the command that asks for them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

NB: Final = "\u00a0"
THIN: Final = "\u202f"

SUMMARY: Final = "vérifie poliment les liens vers d’autres sites et retient les réponses pour le bureau de la rédaction"
CACHE: Final = "fichier JSON où les réponses sont retenues d’un jour à l’autre"
MOST: Final = "nombre d’adresses demandées cette fois, les plus anciennes d’abord (par défaut 200)"
NO_SITE: Final = (
    f"Les liens n’ont pas été vérifiés{THIN}: corrigez d’abord les erreurs, python -m scripts check les montre."
)
CUT_OFF: Final = (
    f"Aucun site ne répond{THIN}: cette machine n’a sans doute pas d’accès à internet. Rien n’a été retenu."
)

REFUSED: Final = "ce n’est pas l’adresse d’une machine publique"
NO_SUCH_HOST: Final = "ce nom ne mène à aucune machine"
NO_CONNECTION: Final = "aucune connexion"
BAD_TLS: Final = "le certificat du site n’est pas valable"
TOO_SLOW: Final = "pas de réponse à temps"
BAD_ANSWER: Final = "réponse incompréhensible"
TOO_MANY_REDIRECTS: Final = "trop de redirections"
REDIRECTS_NOWHERE: Final = "redirection sans destination"
_WORDS: Final = {
    404: "page introuvable",
    410: "page supprimée",
    429: "trop de demandes",
    401: "accès réservé",
    403: "accès refusé aux programmes",
    500: "panne du site",
    503: "site indisponible",
}


def status(code: int) -> str:
    """What a status of HTTP means, with its number for those who know it."""
    known = {one.value for one in HTTPStatus}
    words = _WORDS.get(code, "erreur" if code in known else "réponse inconnue")
    return f"{words}, {code}"


def redirects_inside(url: str) -> str:
    """A public page that sends us to a machine that is not."""
    return f"redirection vers une machine qui n’est pas publique ({url})"


def cache_unread(path: str, reason: str) -> str:
    """The file of earlier answers."""
    return f"le fichier {path} ne peut pas être lu ou écrit ({reason})"


def told(asked: int, left: int, counts: dict[str, int]) -> str:
    """What a round found."""
    parts = [f"{count}{NB}{words}" for state, words in _STATES.items() if (count := counts.get(state, 0))]
    rest = f" Il en reste {left} à demander une autre fois." if left else ""
    plural = "s" if asked > 1 else ""
    return f"{asked}{NB}adresse{plural} demandée{plural}. En tout{THIN}: {', '.join(parts) or 'aucun lien'}.{rest}\n"


def dead(url: str, why: str, pages: str) -> str:
    """A dead link and where it stands."""
    return f"  mort{THIN}: {url} ({why}), dans {pages}\n"


def moved(url: str, to: str, pages: str) -> str:
    """A moved link and where it stands."""
    return f"  déménagé{THIN}: {url} → {to}, dans {pages}\n"


_STATES: Final = {
    "alive": "en vie",
    "moved": "à mettre à jour",
    "doubtful": "à redemander",
    "dead": "sans réponse depuis plusieurs jours",
    "guarded": "fermées aux programmes",
    "refused": "jamais demandées",
}
