"""What the service says about forges, to administrators."""

from __future__ import annotations

from typing import Final

THIN: Final = "\u202f"

UNREADABLE: Final = "La forge a donné une réponse illisible (ni le JSON attendu, ni une erreur connue)."
UNFINISHED_LIST: Final = "La forge donne une liste qui ne finit pas."
NOT_LISTED_YET: Final = (
    f"La forge dit que la proposition existe déjà mais ne la montre pas encore{THIN}; le service réessaiera."
)
FOREIGN_REDIRECT: Final = f"La forge renvoie vers un autre serveur{THIN}; le service n’y envoie pas ses identifiants."
UNFIT_HEADER: Final = "Les identifiants de la forge contiennent un caractère qui ne convient pas ; rien n’a été envoyé."
ENDLESS_REDIRECT: Final = "La forge renvoie sans fin d’une adresse à l’autre."

# Rights, for `bot doctor`: names of what is looked at, then what is found.
CREDENTIALS_RIGHT: Final = "identifiants"
REPOSITORY_RIGHT: Final = "dépôt"
PUSH_RIGHT: Final = "écriture dans le dépôt"
PULL_RIGHT: Final = "propositions (demandes de fusion)"
LABEL_RIGHT: Final = "étiquettes et commentaires"
STATUS_RIGHT: Final = "états des commits"
HOOK_RIGHT: Final = "avis de la forge (webhook)"
FORM_LABEL_RIGHT: Final = "étiquette des formulaires de la forge"
FORM_LABEL_FINE: Final = "Elle existe : les tickets qui la portent deviennent des propositions."
ACCEPTED: Final = "La forge les accepte."
REPOSITORY_SEEN: Final = "La forge le montre."
ARCHIVED: Final = f"Le dépôt est archivé{THIN}: désarchivez-le."
MAY_PUSH: Final = "Le service peut pousser ses branches."
MAY_OPEN: Final = "Le service peut ouvrir des propositions."
MAY_DO: Final = "Le service en a le droit."
NO_PULLS: Final = f"Les demandes de fusion sont désactivées dans ce dépôt{THIN}: activez-les dans ses réglages."
UNTOLD: Final = f"La forge ne le dit pas d’avance{THIN}; la première proposition le montrera."
HOOK_FINE: Final = "L’avis est en place, avec les évènements qu’il faut."
HOOK_OFF: Final = f"L’avis existe mais la forge l’a désactivé{THIN}: réactivez-le dans les réglages du dépôt."
HOOK_UNSEEN: Final = (
    f"Les identifiants ne permettent pas de voir les avis{THIN}: vérifiez à la main, dans les réglages du dépôt, "
    "qu’il y en a un. Sans lui, le service regarde la forge à intervalles réguliers."
)

# Settings.
NO_CREDENTIALS: Final = "il manque le jeton (ou, pour GitHub, l’identifiant et la clé de l’application)"
UNFIT_CREDENTIAL: Final = "le jeton contient un caractère qui ne convient pas (espace, accent ou saut de ligne)"
UNFIT_KEY: Final = (
    f"la clé privée de l’application est illisible{THIN}: il faut une clé RSA au format PEM, sans mot de passe"
)

TITLE_PREFIX: Final = f"Proposition{THIN}: "
"""Goes before a title that a forge would take for a command (« Draft: », « WIP: »)."""


def _told(sentence: str, said: str) -> str:
    """A sentence, and the forge's own words where it gave any."""
    return f"{sentence}. Sa réponse{THIN}: {said}" if said else f"{sentence}."


def credentials(status: int, said: str) -> str:
    """401."""
    cause = "le jeton est faux, révoqué ou expiré, ou la clé de l’application n’est plus la bonne"
    return _told(f"La forge ne reconnaît pas les identifiants du service ({status}){THIN}: {cause}", said)


def rights(status: int, said: str) -> str:
    """403."""
    return _told(f"Les identifiants du service n’ont pas le droit de faire cela à la forge ({status})", said)


def frozen(status: int, said: str) -> str:
    """Archived, or over its quota."""
    return _told(f"La forge n’accepte plus de modification dans ce dépôt, archivé ou hors quota ({status})", said)


def gone(status: int, said: str) -> str:
    """404, 410."""
    cause = "dépôt renommé ou supprimé, adresse fausse, ou dépôt privé que le jeton ne voit pas"
    return _told(f"La forge ne trouve pas ce qui lui est demandé ({status}){THIN}: {cause}", said)


def moved(status: int) -> str:
    """A redirect that cannot be followed."""
    remedy = "corrigez l’adresse ou le nom du dépôt dans les réglages du service"
    return f"La forge dit que le dépôt a changé d’adresse ({status}){THIN}: {remedy}."


def busy(status: int, said: str) -> str:
    """5xx."""
    return _told(f"La forge est indisponible pour l’instant ({status}){THIN}; le service réessaiera", said)


def limited(status: int, said: str) -> str:
    """Too many requests."""
    return _told(f"La forge demande d’attendre, trop de requêtes ({status}){THIN}; le service réessaiera", said)


def conflict(status: int, said: str) -> str:
    """405, 409."""
    return _told(f"La forge refuse dans l’état actuel du dépôt ({status})", said)


def invalid(status: int, said: str) -> str:
    """400, 422."""
    return _told(f"La forge refuse ce que le service lui envoie ({status})", said)


def unexpected(status: int, said: str) -> str:
    """Any other status."""
    return _told(f"La forge a donné une réponse inattendue ({status})", said)


def other_address(expected: str) -> str:
    """The forge's own links lead elsewhere than the configured address."""
    remedy = "corrigez l’adresse de la forge dans les réglages du service, ou l’adresse publique dans ceux de la forge"
    return f"La forge se nomme par une autre adresse que {expected}{THIN}: {remedy}."


def unreachable(reason: str) -> str:
    """No connection."""
    return f"La forge est injoignable ({reason}){THIN}; rien n’a été envoyé, le service réessaiera."


def lost(reason: str) -> str:
    """A connection that broke after the request."""
    return f"La réponse de la forge s’est perdue ({reason}){THIN}; le service regardera ce qui a été fait."


def too_large(limit: int) -> str:
    """An answer over so many bytes."""
    return f"La réponse de la forge dépasse {limit // 1024} Kio."


def resting(seconds: float) -> str:
    """A request that was not sent, since the forge asked to wait."""
    return f"La forge a demandé d’attendre encore {seconds:.0f} s{THIN}; rien n’a été envoyé."


def ask_push(role: str) -> str:
    """No right to push."""
    return f"Le service ne peut pas pousser de branche{THIN}: donnez au compte du service {role}."


def ask_scope(scopes: str) -> str:
    """A token without a scope."""
    return f"Il manque au jeton la portée {scopes}{THIN}: créez un jeton qui l’a."


def ask_permission(name: str, level: str) -> str:
    """An app without a permission."""
    remedy = "ajoutez-la dans ses réglages, puis acceptez-la dans l’installation"
    return f"L’application n’a pas la permission « {name}: {level} »{THIN}: {remedy}."


def expires(day: str) -> str:
    """A token that ends."""
    return f"La forge les accepte jusqu’au {day}{THIN}: prévoyez de renouveler le jeton."


def hook_missing(address: str) -> str:
    """No webhook calls the service."""
    remedy = "ajoutez-en un dans les réglages du dépôt. Sans lui, le service regarde la forge à intervalles réguliers"
    return f"Aucun avis n’appelle {address}{THIN}: {remedy}."


def hook_events(missing: str) -> str:
    """A webhook that is not told enough."""
    return f"Il manque à l’avis les évènements {missing}."


def form_label_missing(label: str) -> str:
    """The label that the issue forms give is not there, so the forge leaves it out."""
    return (
        f"La forge ne montre pas d’étiquette « {label} » dans ce dépôt{THIN}: créez-la (et celles que nomment les "
        f"fichiers de .github/ISSUE_TEMPLATE), sinon les tickets écrits avec ces formulaires ne sont pas repris."
    )


def unknown_kind(kind: str, known: str) -> str:
    """A forge that nobody wrote."""
    return f"la forge « {kind} » est inconnue{THIN}; les forges connues sont {known}"


def unfit_address(address: str) -> str:
    """An address that credentials must not be sent to."""
    rule = "il faut une adresse https, sans identifiants ni paramètres (http sur cette machine seulement)"
    return f"l’adresse « {address} » ne convient pas{THIN}: {rule}"


def unfit_repository(name: str, example: str) -> str:
    """A repository's name of a wrong shape."""
    return f"le dépôt « {name} » ne convient pas{THIN}: il faut par exemple « {example} »"
