"""What the settings of the form service mean, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

THIN: Final = "\u202f"

HELP: Final = {
    "CIRCULAR_ROOT": "dossier du site suivi par git, qui contient content/ et data/",
    "CIRCULAR_STATE": "dossier où le service écrit sa base, ses copies du dépôt et les images en attente",
    "CIRCULAR_DATABASE": "adresse de la base (sqlite:///… ou postgresql+psycopg://…)",
    "CIRCULAR_PUBLIC_URL": "adresse du service, telle que les visiteurs la voient",
    "CIRCULAR_SITE_URL": "adresse du site (par défaut celle de data/site.yaml)",
    "CIRCULAR_HOST": "adresse IP sur laquelle le service écoute",
    "CIRCULAR_PORT": "port sur lequel le service écoute",
    "CIRCULAR_PROCESSES": "nombre de processus qui reçoivent les formulaires",
    "CIRCULAR_TRUSTED_PROXIES": "adresses des mandataires de confiance, séparées par des virgules",
    "CIRCULAR_SECRET": "secret d’au moins 32 caractères, dont sont tirées les clés des adresses de suivi et des épreuves",
    "CIRCULAR_ENCRYPTION_KEY": "clé Fernet qui chiffre les adresses électroniques dans la base",
    "CIRCULAR_CONFIRM_EMAIL": "demander de confirmer l’adresse électronique avant d’ouvrir la proposition",
    "CIRCULAR_SMTP": "serveur de courrier, smtp://utilisateur@hôte:port ou smtps://… (sans lui, aucun message)",
    "CIRCULAR_SMTP_PASSWORD": "mot de passe du serveur de courrier",
    "CIRCULAR_MAIL_FROM": "adresse d’expéditeur des messages",
    "CIRCULAR_MAIL_EDITORS": "adresses qui reçoivent le résumé hebdomadaire, séparées par des virgules",
    "CIRCULAR_FORGE": "forge où les propositions s’ouvrent",
    "CIRCULAR_FORGE_URL": "adresse de la forge (pour la forge locale, dossier du dépôt nu)",
    "CIRCULAR_FORGE_REPOSITORY": "dépôt à la forge, propriétaire/nom",
    "CIRCULAR_FORGE_BRANCH": "branche dans laquelle les propositions entrent",
    "CIRCULAR_FORGE_ACCOUNT": "nom du compte du robot à la forge",
    "CIRCULAR_REVIEWERS": "comptes des animateurs de clubs à la forge, membre=compte (en plus d’editors dans data/clubs.yaml)",
    "CIRCULAR_ISSUES": "prendre aussi les propositions écrites avec les formulaires de tickets de la forge",
    "CIRCULAR_FORGE_TOKEN": "jeton du compte du robot à la forge",
    "CIRCULAR_FORGE_APP": "identifiant de l’application GitHub, à la place d’un jeton",
    "CIRCULAR_FORGE_INSTALLATION": "numéro de l’installation de l’application GitHub",
    "CIRCULAR_FORGE_APP_KEY": "clé privée de l’application GitHub (PEM)",
    "CIRCULAR_WEBHOOK_SECRET": "secret qui signe les avis de la forge",
    "CIRCULAR_REVIEW_PASSWORD": "mot de passe de la page de relecture de la forge locale",
    "CIRCULAR_AGE_BUDGET_DAYS": "âge, en jours, au-delà duquel une proposition en attente passe devant les autres",
    "CIRCULAR_CONTACT_DAYS": "jours pendant lesquels une proposition terminée garde le nom et l’adresse de qui l’a envoyée",
    "CIRCULAR_RETENTION_DAYS": "jours de conservation d’une proposition terminée, ensuite sans nom ni adresse",
    "CIRCULAR_QUARANTINE_DAYS": "jours de conservation d’une proposition suspecte que personne n’a libérée",
    "CIRCULAR_UNCONFIRMED_DAYS": "jours laissés pour confirmer une adresse",
    "CIRCULAR_POSTS_PER_HOUR": "propositions acceptées par heure et par adresse, avec épreuve résolue",
    "CIRCULAR_PLAIN_POSTS_PER_HOUR": "propositions acceptées par heure et par adresse, sans JavaScript",
    "CIRCULAR_TRIES_PER_HOUR": "envois de formulaire par heure et par adresse, corrigés ou non",
    "CIRCULAR_QUICKEST_SECONDS": "secondes en dessous desquelles un formulaire rempli est suspect",
}
FROM_FILE: Final = "peut aussi être lu dans un fichier, nommé par {name}_FILE"


def wrong(name: str, reason: str) -> str:
    """One setting cannot be read."""
    return f"{name}{THIN}: {reason}"


def unknown(name: str, nearest: str) -> str:
    """No such setting."""
    guess = f" (vouliez-vous dire {nearest}{THIN}?)" if nearest else ""
    return f"{name}{THIN}: ce réglage n’existe pas{guess}"


def missing() -> str:
    """A setting that must be given."""
    return "ce réglage est nécessaire"


def not_a_line(path: str, line: int) -> str:
    """A line of the settings file is no assignment."""
    return f"{path}, ligne {line}{THIN}: attendu NOM=valeur"


def twice(path: str, line: int, name: str) -> str:
    """A settings file gives a name twice."""
    return f"{path}, ligne {line}{THIN}: {name} est donné deux fois"


def not_a_pair(text: str) -> str:
    """An item of a list of pairs is none."""
    return f"attendu membre=compte, pas «\u00a0{text}\u00a0»"


def no_file(path: str) -> str:
    """A file that a setting names cannot be read."""
    return f"le fichier {path} ne peut pas être lu"


def both(name: str) -> str:
    """A secret is given in two ways."""
    return f"{name} et {name}_FILE sont donnés tous les deux{THIN}: gardez l’un des deux"


def not_a_number(lowest: int, highest: int) -> str:
    """A number out of bounds."""
    return f"attendu un nombre entier entre {lowest} et {highest}"


def not_a_choice(choices: Sequence[str]) -> str:
    """One of a few words was wanted."""
    return f"attendu {', '.join(choices[:-1])} ou {choices[-1]}"


NOT_AN_ADDRESS: Final = "attendu une adresse complète, par exemple https://formulaires.exemple.fr"
NOT_A_NETWORK: Final = "attendu des adresses IP ou des réseaux, par exemple 127.0.0.1, 10.0.0.0/8"
NOT_AN_IP: Final = "attendu une adresse IP, par exemple 127.0.0.1"
NOT_SMTP: Final = (
    "attendu smtp://utilisateur@hôte:587 ou smtps://utilisateur@hôte:465 (le mot de passe se donne à part)"
)
NOT_A_MAILBOX: Final = "attendu une adresse électronique, par exemple participer@exemple.fr"
NOT_A_ROOT: Final = "ce dossier ne contient pas de dossier data/"
NOT_A_REPOSITORY: Final = "attendu propriétaire/nom"
NOT_A_KEY: Final = "attendu une clé Fernet (44 caractères, base64)"
NOT_A_DATABASE: Final = "attendu sqlite:///chemin ou postgresql+psycopg://utilisateur@hôte/base"
TOO_SHORT: Final = "un secret compte au moins 32 caractères, par exemple ceux de « openssl rand -base64 48 »"
NOT_HASHED: Final = "attendu ce que « python -m scripts bot password » écrit, pas le mot de passe lui-même"
MAIL_NEEDS_SENDER: Final = "le courrier a besoin d’une adresse d’expéditeur"
FORGE_NEEDS_REPOSITORY: Final = "cette forge a besoin d’un dépôt"
FORGE_NEEDS_URL: Final = "cette forge a besoin de son adresse"
FORGE_NEEDS_CREDENTIALS: Final = "cette forge a besoin d’un jeton, ou d’une application avec sa clé"


def problems(found: Sequence[str]) -> str:
    """Everything that is wrong with the settings."""
    return f"Les réglages du service sont à corriger{THIN}:" + "".join(f"\n  - {one}" for one in found)
