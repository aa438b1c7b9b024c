"""What backup, restore, purge and digest say to administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.store.errors import (
    SchemaVersionError,
    StoreBusyError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreKeyError,
)

if TYPE_CHECKING:
    from pathlib import Path

THIN: Final = "\u202f"

_TROUBLES: Final[tuple[tuple[type[StoreError], str], ...]] = (
    (
        StoreKeyError,
        (
            "La clé CIRCULAR_ENCRYPTION_KEY n’est pas celle avec laquelle la base a été faite (ou il n’y en avait pas). "
            "Redonnez l’ancienne clé\u202f: sans elle, les adresses sont illisibles."
        ),
    ),
    (
        SchemaVersionError,
        "La base vient d’une version plus récente du programme. Remettez cette version, ou une sauvegarde plus ancienne.",
    ),
    (
        StoreDamagedError,
        (
            "La base est abîmée. Arrêtez la réception et le travailleur, gardez le fichier, et remettez la dernière "
            "sauvegarde\u202f: python -m scripts bot restore FICHIER --force."
        ),
    ),
    (StoreFullError, "Le disque de la base est plein. Rien n’a été perdu\u202f; libérez de la place et recommencez."),
    (
        StoreBusyError,
        "La base n’a pas répondu à temps. Recommencez\u202f; si cela dure, voyez ce qui la tient occupée.",
    ),
)


def store_trouble(error: StoreError) -> str:
    """Why the database could not do what was asked."""
    for kind, sentence in _TROUBLES:
        if isinstance(error, kind):
            return sentence
    return f"La base n’a pas pu faire ce qui était demandé{THIN}: {error}."


# --- backup and restore -----------------------------------------------------------------------------------
BACKUP_SUMMARY: Final = "copie la base du service dans un fichier, pendant qu’il travaille"
BACKUP_FILE: Final = "fichier à écrire, par exemple /var/backups/propositions.zip"
RESTORE_SUMMARY: Final = "remet la base telle que dans une sauvegarde"
RESTORE_FILE: Final = "fichier écrit par «\u00a0bot backup\u00a0»"
FORCE: Final = "remplace la base qui est là (elle est gardée à côté, sous un autre nom)"
IN_USE: Final = (
    "Le service a encore la base ouverte\u202f: ce qu’il accepterait pendant ce temps serait perdu. "
    "Arrêtez la réception et le travailleur, puis recommencez."
)
NOT_A_BACKUP: Final = "Ce fichier n’est pas une sauvegarde du service, ou il est abîmé. Rien n’a été changé."
ALREADY_THERE: Final = "Il y a déjà une base. Pour la remplacer, ajoutez --force."


def journal_damaged(file: Path, line: int) -> str:
    """The journal of erasures cannot be read; without it a restored backup could bring back who was erased."""
    return (
        f"{file}, ligne {line}{THIN}: le journal des effacements est abîmé. Remettez ce fichier depuis une copie, ou ôtez cette "
        f"ligne{THIN}; demandez alors de nouveau les effacements faits ce jour-là."
    )


def file_exists(file: Path) -> str:
    """A backup is never written over something."""
    return f"{file} existe déjà{THIN}: choisissez un autre nom"


def no_folder(folder: Path) -> str:
    """Where the backup should go there is no folder."""
    return f"le dossier {folder} n’existe pas"


def no_such_file(file: Path) -> str:
    """There is nothing to restore."""
    return f"le fichier {file} n’existe pas"


def backed_up(file: Path, submissions: int, size: int) -> str:
    """A backup is written; ``size`` of the database in bytes."""
    megabytes = f"{size / 1e6:.1f}".replace(".", ",")
    return (
        f"{file}{THIN}: {counted(submissions, 'proposition')}, {megabytes} Mo de base. "
        f"La clé de chiffrement n’y est pas{THIN}: gardez-la ailleurs, sans elle les adresses sont illisibles."
    )


def use_pg_dump(database: str, file: Path) -> str:
    """PostgreSQL has its own tools; ``database`` is its address without a password."""
    return (
        f"La base est dans PostgreSQL, qui a ses propres outils{THIN}:\n"
        f"  pg_dump --format=custom --file={file} {database}\n"
        f"Pour la remettre, le service arrêté{THIN}:\n"
        f"  pg_restore --clean --if-exists --single-transaction --dbname={database} {file}\n"
        "  python -m scripts bot erase --again"
    )


def restored(made: str, submissions: int, aside: Path | None, erased: int) -> str:
    """The database is back."""
    lines = [f"Base remise dans l’état du {made}{THIN}: {counted(submissions, 'proposition')}."]
    if aside:
        lines.append(f"La base d’avant est dans {aside}{THIN}; effacez-la une fois tout vérifié.")
    if erased:
        lines.append(f"Effacements demandés depuis cette sauvegarde et refaits{THIN}: {erased}.")
    return "\n".join(lines)


# --- moving to another database -----------------------------------------------------------------------------
MOVE_SUMMARY: Final = "recopie la base dans une autre, vide (de SQLite à PostgreSQL, ou l’inverse)"
MOVE_TARGET: Final = "adresse de la base vide, par exemple postgresql:///propositions"
NOT_EMPTY: Final = "Cette base n’est pas vide. Rien n’a été recopié."
NOT_AN_ADDRESS: Final = (
    "l’adresse attendue ressemble à postgresql:///propositions ou à sqlite:////chemin/propositions.sqlite"
)


def moved(submissions: int, target: str) -> str:
    """All of it is there."""
    return (
        f"{counted(submissions, 'proposition')} dans {target}. Écrivez cette adresse dans CIRCULAR_DATABASE, redémarrez, "
        "vérifiez, puis effacez l’ancienne base."
    )


# --- another key ------------------------------------------------------------------------------------------
REKEY_SUMMARY: Final = "chiffre la base avec une autre clé, le service arrêté"
REKEY_FILE: Final = (
    "fichier qui contient la nouvelle clé, ou - pour l’entrée standard (openssl rand -base64 32 | tr '+/' '-_')"
)


def no_key_in(file: str) -> str:
    """It holds no key."""
    return (
        f"{file} ne contient pas de clé{THIN}: faites-en une par «\u00a0openssl rand -base64 32 | tr '+/' '-_'\u00a0»"
    )


def rekeyed(addresses: int) -> str:
    """All of it is sealed with the new key."""
    return (
        f"La base est chiffrée avec la nouvelle clé ({counted(addresses, 'adresse')}). Mettez-la dans CIRCULAR_ENCRYPTION_KEY, "
        "redémarrez, puis faites une sauvegarde. Gardez l’ancienne clé aussi longtemps que les sauvegardes d’avant\u202f: "
        "elles ne s’ouvrent qu’avec elle."
    )


# --- purge ------------------------------------------------------------------------------------------------
PURGE_SUMMARY: Final = "efface ce qui a passé son temps (le travailleur le fait chaque jour)"


def purged(vanished: int, blanked: int, members: int, expired: int) -> str:
    """What went."""
    return (
        f"Propositions effacées{THIN}: {vanished}{THIN}; rendues anonymes{THIN}: {blanked}. "
        f"Adresses oubliées de membres partis{THIN}: {members}. Compteurs périmés{THIN}: {expired}."
    )


def counted(number: int, word: str) -> str:
    """« 1 proposition », « 12 propositions »; nought is singular in French."""
    return f"{number} {word}{'s' if number > 1 else ''}"
