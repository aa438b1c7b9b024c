"""What ``bot doctor`` says: what was found, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.submission import ENDED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from scripts.bot.forges.forge import Trouble
    from scripts.bot.git.errors import GitTrouble
    from scripts.bot.submission import State

THIN: Final = "\u202f"
HARD: Final = "\u00a0"

SUMMARY: Final = "examine le service, de ses réglages à son courrier, et dit quoi faire"
SEND: Final = "envoie un message d’essai à cette adresse"
FORMAT: Final = "forme du compte rendu (par défaut text)"
TO_DO: Final = f"à faire{THIN}: "

# --- settings ---------------------------------------------------------------------------------------------
SETTINGS: Final = "réglages"
SETTINGS_FINE: Final = "lisibles et complets"
SEE_SETTINGS: Final = "corrigez ce réglage (docs/reglages.md)"

# --- disks ------------------------------------------------------------------------------------------------
DISK, FOLDER = "disque", "dossier du service"
MAKE_ROOM: Final = "libérez de la place, ou donnez un disque plus grand, avant qu’il ne soit plein"


def room(folder: Path, free: int) -> str:
    """Enough."""
    return f"{gigabytes(free)} libres pour {folder}"


def little_room(folder: Path, free: int) -> str:
    """Too little."""
    return f"il ne reste que {gigabytes(free)} pour {folder}"


def writable(folder: Path) -> str:
    """The service can write there."""
    return f"{folder} est accessible en écriture"


def not_writable(folder: Path, reason: str) -> str:
    """It cannot."""
    return f"le service ne peut pas écrire dans {folder} ({reason})"


def give_folder(folder: Path) -> str:
    """What to do about it."""
    return f"donnez {folder} à l’utilisateur du service (chown), ou changez CIRCULAR_STATE"


def gigabytes(size: int) -> str:
    """« 12,3 Go »."""
    return f"{size / 1e9:.1f}{HARD}Go".replace(".", ",")


# --- the database -----------------------------------------------------------------------------------------
DATABASE, KEY, WORKER = "base", "chiffrement", "travailleur"
NO_DATABASE: Final = "il n’y en a pas encore, elle sera faite au premier démarrage"
NO_KEY: Final = "pas de clé\u202f: les adresses électroniques sont en clair dans la base"
MAKE_KEY: Final = "pour une nouvelle base, mettez une clé dans CIRCULAR_ENCRYPTION_KEY (docs/exploitation.md)"
OTHER_KEY: Final = "la clé n’est pas celle avec laquelle la base a été faite"
OLD_KEY: Final = "remettez l’ancienne clé dans CIRCULAR_ENCRYPTION_KEY\u202f: sans elle les adresses sont illisibles"
SEE_DATABASE: Final = "vérifiez CIRCULAR_DATABASE, les droits sur le fichier, ou que le serveur répond"
RESTORE: Final = "arrêtez le service et remettez la dernière sauvegarde (bot restore --force)"
UPDATE: Final = "remettez la version du programme qui a fait cette base, ou une plus récente"
NO_LOG: Final = "elle n’est pas en mode WAL"
START_ONCE: Final = "démarrez le service une fois, il s’en charge"
OPEN_TO_OTHERS: Final = "d’autres utilisateurs de la machine peuvent la lire"
CLOSE: Final = "chmod 600 sur le fichier de la base et ceux qui portent son nom, chmod 700 sur son dossier"
SWITCH_ON: Final = "remettez ces réglages de PostgreSQL à «\u00a0on\u00a0»"
SEE_LOG: Final = "voyez le journal du service, puis docs/exploitation.md, «\u00a0Que faire si…\u00a0»"
START_WORKER: Final = "démarrez le travailleur (python -m scripts bot worker), ou voyez son journal"


def sound(version: int) -> str:
    """All is well."""
    return f"saine, tables en version {version}"


def damaged(what: str) -> str:
    """SQLite's own words, in English."""
    return f"abîmée ({what})"


def newer(version: int, known: int) -> str:
    """Made by a newer program."""
    return f"ses tables sont en version {version}, ce programme s’arrête à la version {known}"


def careless(names: Sequence[str]) -> str:
    """PostgreSQL is set so that a power failure loses data."""
    return f"le serveur peut perdre une proposition déjà acceptée{THIN}: {', '.join(names)} à «{HARD}off{HARD}»"


def notice(text: str, since: dt.datetime) -> str:
    """What the worker itself has told."""
    return f"{text} (depuis le {since:%d/%m/%Y à %H:%M} UTC)"


def overdue(number: int, since: dt.datetime) -> str:
    """Nobody does the work."""
    what = f"{number} propositions attendent" if number > 1 else "une proposition attend"
    return f"{what} que quelqu’un s’en occupe, la plus ancienne depuis le {since:%d/%m/%Y à %H:%M} UTC"


def waiting(counts: Mapping[State, int], mails: int) -> str:
    """How much there is to do."""
    standing = sum(number for state, number in counts.items() if state not in ENDED)
    return f"rien en retard{THIN}; propositions en cours{THIN}: {standing}, courriers à envoyer{THIN}: {mails}"


# --- the root ---------------------------------------------------------------------------------------------
ROOT, INTAKE = "site (fichiers)", "formulaires du site"
NO_INTAKE: Final = "data/site.yaml ne nomme pas de service (intake)\u202f: le site est fabriqué sans formulaires"


def root_fine(root: Path, entries: int, members: int) -> str:
    """It can be read."""
    pages = f"{entries} page{'s' if entries > 1 else ''}"
    return f"{root}{THIN}: {pages}, {members} membre{'s' if members > 1 else ''}, sans erreur"


def root_errors(root: Path, errors: int) -> str:
    """It has errors."""
    return f"{root} ne peut pas être publié{THIN}: {errors} erreur{'s' if errors > 1 else ''}"


def run_check(root: Path) -> str:
    """Where to read them."""
    return f"python -m scripts check --root {root}"


def intake_fine(intake: str) -> str:
    """The site's forms come here."""
    return f"ils sont envoyés à {intake}"


def other_intake(intake: str) -> str:
    """They go elsewhere."""
    return f"data/site.yaml les envoie à {intake}"


def set_intake(public_url: str) -> str:
    """What to write."""
    return f"écrivez «{HARD}intake: {public_url}{HARD}» dans data/site.yaml, ou corrigez CIRCULAR_PUBLIC_URL"


# --- the clock --------------------------------------------------------------------------------------------
CLOCK: Final = "horloge"
SET_CLOCK: Final = "réglez l’horloge sur le réseau (timedatectl set-ntp true)"


def skew(difference: dt.timedelta) -> str:
    """It agrees with the forge's."""
    return f"à l’heure de la forge ({difference.total_seconds():+.0f} s)"


def skewed(difference: dt.timedelta) -> str:
    """It does not."""
    seconds = difference.total_seconds()
    return f"elle {'avance' if seconds > 0 else 'retarde'} de {abs(seconds):.0f} s sur celle de la forge"


def before_last_commit(last: dt.datetime) -> str:
    """Time goes forward only."""
    return f"elle est en retard sur le dernier changement du site ({last:%d/%m/%Y à %H:%M} UTC)"


def plausible(now: dt.datetime) -> str:
    """Nothing speaks against it."""
    return f"vraisemblable ({now:%d/%m/%Y %H:%M} UTC)"


# --- the forge --------------------------------------------------------------------------------------------
FORGE, GIT, HOOK, REVIEW = "forge", "dépôt git", "avis de la forge", "page de relecture"
NOT_GRANTED: Final = "manque"
FORGE_LATER: Final = "recommencez dans quelques minutes"
SEE_PROXY: Final = "voyez le serveur frontal (deploy/nginx.conf, deploy/Caddyfile)"
SEE_DNS: Final = "corrigez le nom dans le DNS, ou CIRCULAR_PUBLIC_URL"
SET_BRANCH: Final = "corrigez CIRCULAR_FORGE_BRANCH, ou poussez une première fois le site dans cette branche"
PUSH_FIRST: Final = "enregistrez une première fois le site dans cette branche (git commit)"
NO_HOOK: Final = "pas de CIRCULAR_WEBHOOK_SECRET\u202f: le service regarde la forge à intervalles réguliers"
UNLOCKED: Final = "elle n’a pas de mot de passe"
UNLOCKED_HERE: Final = "elle n’a pas de mot de passe, et n’est ouverte que sur cette machine"
LOCK: Final = "faites-en un avec «\u00a0python -m scripts bot password\u00a0»"
GIT_ADVICE: Final[Mapping[GitTrouble, str]] = {
    "credentials": "vérifiez le jeton (CIRCULAR_FORGE_TOKEN) ou l’application",
    "rights": "donnez au compte du robot le droit d’écrire dans le dépôt",
    "gone": "vérifiez CIRCULAR_FORGE_URL et CIRCULAR_FORGE_REPOSITORY",
    "busy": "recommencez dans quelques minutes",
    "conflict": "recommencez",
    "broken": "voyez ce que git en dit, et réparez le dépôt (git fsck)",
}


def at_forge(name: str) -> str:
    """One right."""
    return f"forge, {name}"


def no_repository(directory: Path) -> str:
    """The local forge has not been used yet."""
    return f"{directory} n’existe pas encore, le travailleur le fera à partir des fichiers du site"


def git_fine(url: str, branch: str) -> str:
    """The branch is there."""
    return f"{url} répond, la branche {branch} y est"


def git_refused(url: str, detail: str) -> str:
    """Git's own words, in English."""
    return f"{url} ne répond pas comme il faut ({detail})"


def no_branch(url: str, branch: str) -> str:
    """The main branch is missing."""
    return f"{url} n’a pas de branche {branch}"


def set_hook(address: str) -> str:
    """How to have one."""
    return f"pour aller plus vite, ajoutez à la forge un avis (webhook) vers {address}, avec le même secret"


def plain_http(address: str) -> str:
    """Not encrypted."""
    return f"{address} n’est pas en https"


def unknown_host(host: str) -> str:
    """No such name."""
    return f"le nom {host} n’existe pas dans le DNS"


def only_here(host: str) -> str:
    """The name leads to this machine only."""
    return f"{host} ne mène qu’à cette machine, la forge ne peut pas l’appeler"


def private_network(host: str) -> str:
    """The name leads to a private network."""
    return f"{host} mène à un réseau privé{THIN}: la forge doit s’y trouver aussi"


def hook_fine(address: str) -> str:
    """As far as can be seen from here."""
    return f"secret en place, {address} peut être appelé"


# --- mail -------------------------------------------------------------------------------------------------
MAIL, DIGEST = "courrier", "résumé hebdomadaire"
NO_MAIL: Final = "pas de serveur réglé\u202f: personne ne reçoit de message, les adresses ne sont pas confirmées"
SET_MAIL: Final = "réglez CIRCULAR_SMTP et CIRCULAR_MAIL_FROM"
ENCRYPT_MAIL: Final = "écrivez smtps://…\u202f:465 dans CIRCULAR_SMTP, ou demandez STARTTLS à qui tient le serveur"
SEE_MAIL_LOGIN: Final = "vérifiez l’utilisateur de CIRCULAR_SMTP, et CIRCULAR_SMTP_PASSWORD"
ASCII_MAIL_LOGIN: Final = "choisissez chez l’hébergeur du courrier un mot de passe sans accent"
SEE_MAIL_TLS: Final = (
    "vérifiez le nom du serveur dans CIRCULAR_SMTP (465 va avec smtps, 587 avec smtp) et son certificat"
)
SEE_MAIL: Final = "vérifiez CIRCULAR_SMTP, et que le pare-feu laisse sortir vers ce port"
NO_EDITORS: Final = "pas de destinataire (CIRCULAR_MAIL_EDITORS)"
SET_EDITORS: Final = "mettez-y les adresses de la rédaction, séparées par des virgules"
TRIAL_SUBJECT: Final = "Essai du service des formulaires"


def trial_text(public_url: str) -> str:
    """The one mail that the doctor sends."""
    return f"Bonjour,\n\nSi vous lisez ceci, le courrier du service {public_url} fonctionne.\n"


def mail_fine(host: str, *, encrypted: bool, sent_to: str) -> str:
    """It works."""
    how = "chiffré" if encrypted else "sans chiffrement"
    sent = f"{THIN}; message d’essai remis pour {sent_to}" if sent_to else ""
    return f"{host} répond, {how}{sent}"


def plain_mail(host: str) -> str:
    """The password would be readable."""
    return f"{host} n’offre pas de chiffrement{THIN}: le mot de passe n’est pas envoyé"


def mail_login(host: str, code: int) -> str:
    """Not let in."""
    return f"{host} refuse le mot de passe ({code})"


def mail_beyond_ascii(host: str) -> str:
    """A name or password that cannot be said."""
    return f"le mot de passe ou l’utilisateur pour {host} contient des lettres accentuées, qui ne peuvent pas être envoyées"


def mail_tls(host: str, reason: str) -> str:
    """No encrypted connection."""
    return f"{host} n’établit pas de connexion chiffrée valable ({reason})"


def mail_failed(host: str, port: int, reason: str) -> str:
    """Anything else."""
    return f"{host}, port {port}, ne répond pas comme il faut ({reason})"


# --- the site and the service from outside ----------------------------------------------------------------
SERVICE, SITE = "service (de l’extérieur)", "site (de l’extérieur)"
START_INTAKE: Final = "démarrez la réception (python -m scripts bot intake), et voyez le serveur frontal"
SEE_HOST: Final = "voyez l’hébergement du site, ou corrigez CIRCULAR_SITE_URL"
_SILENCE: Final[Mapping[Trouble, str]] = {
    "busy": "injoignable",
    "unclear": "la réponse s’est perdue",
    "gone": "il renvoie ailleurs",
}


def answers(address: str) -> str:
    """It answers."""
    return f"{address} répond"


def answers_with(address: str, status: int) -> str:
    """It answers something else."""
    return f"{address} répond {status}"


def silent(address: str, kind: Trouble) -> str:
    """It does not answer."""
    return f"{address} ne répond pas ({_SILENCE.get(kind, kind)})"


def somebody_else(address: str, status: int) -> str:
    """What answers is not our service."""
    return f"{address} répond {status}, mais ce n’est pas le service"


def unwell(address: str, failing: Iterable[str]) -> str:
    """The service says that it does not work."""
    names = {"database": "la base", "site": "les fichiers du site"}
    return f"{address} dit que quelque chose ne va pas{THIN}: {', '.join(names[name] for name in failing)}"


# --- the end ----------------------------------------------------------------------------------------------
def summary(wrong: int) -> str:
    """The last line."""
    if not wrong:
        return "Tout va bien."
    return f"{wrong} points à corriger." if wrong > 1 else "Un point à corriger."
