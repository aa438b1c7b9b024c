"""What the review pages say to editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.submission import State, Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.model.yaml.reader import Json
    from scripts.bot.submission import DecisionKind, MomentKind

THIN: Final = "\u202f"
HARD: Final = "\u00a0"

TITLE: Final = "Relecture"
LISTS: Final[Mapping[str, str]] = {
    "/relecture/": "Relecture",
    "/relecture/quarantaine/": "Quarantaine",
    "/relecture/traitees/": "Propositions traitées",
}
INTRODUCTIONS: Final[Mapping[str, str]] = {
    "/relecture/": "Les propositions qui attendent, la plus ancienne d’abord.",
    "/relecture/quarantaine/": "Ces envois ressemblent à du courrier indésirable. Rien n’en part vers le dépôt. "
    "Libérez ceux qui n’en sont pas, écartez les autres.",
    "/relecture/traitees/": "Les propositions mises en ligne, refusées ou retirées, la dernière arrivée d’abord.",
}
EMPTY: Final[Mapping[str, str]] = {
    "/relecture/": "Rien n’attend. Merci à celles et ceux qui ont relu.",
    "/relecture/quarantaine/": "La quarantaine est vide.",
    "/relecture/traitees/": "Aucune proposition n’est encore arrivée au bout.",
}
NONE_FOUND: Final = "Aucune proposition ne répond à ces critères."
LOGIN: Final = "Se connecter pour relire"

# Who decides under `serve`, where nobody signs in.
ON_THIS_MACHINE: Final = "La personne devant cette machine"

# --- where a proposal stands --------------------------------------------------------------------------------
STATES: Final[Mapping[State, str]] = {
    State.QUARANTINE: "en quarantaine",
    State.UNCONFIRMED: "adresse à confirmer",
    State.QUEUED: "en préparation",
    State.WAITING: "à relire",
    State.QUESTION: "attend une réponse",
    State.MERGED: "acceptée, publication en cours",
    State.PUBLISHED: "en ligne",
    State.REFUSED: "refusée",
    State.WITHDRAWN: "retirée",
}
STEPS: Final[Mapping[Step, str]] = {
    Step.NAME: "écriture du fichier",
    Step.PUSH: "dépôt de la branche",
    Step.OPEN: "ouverture de la proposition",
    Step.DRESS: "étiquettes et relecteurs",
    Step.ANNOUNCE: "annonce",
}
ACTIONS: Final = {"create": "nouvelle fiche", "edit": "modification", "remove": "demande de retrait"}

UNTITLED: Final = "(sans titre)"
FILTERS: Final = {"etat": "État", "club": "Club", "type": "Type"}

# --- what is remarkable about the sender --------------------------------------------------------------------
UNCONFIRMED: Final = "adresse non confirmée"
OTHER_ADDRESS: Final = "adresse différente de celle connue pour ce membre"
KNOWN_ADDRESS: Final = "adresse connue pour ce membre"
NEW_MEMBER: Final = "nouveau membre"
LATE: Final = "en retard"

# --- what happened to a decision ----------------------------------------------------------------------------
DONE: Final[Mapping[str, str]] = {
    "accept": "Vous avez accepté la proposition. Sa page sera en ligne dans quelques instants.",
    "question": "Votre demande est partie. La proposition attend maintenant la réponse de son auteur ou de son autrice.",
    "refuse": "La proposition est refusée, avec la raison que vous avez donnée.",
    "release": "La proposition est sortie de quarantaine. Elle suit maintenant le chemin des autres.",
    "discard": "La proposition est écartée. Personne n’en est averti.",
    "retry": "Le service réessaie maintenant. Rechargez cette page dans un instant.",
    "correct": "Votre correction est enregistrée. Elle apparaîtra ici dès qu’elle sera écrite dans la proposition.",
}
REASON_REQUIRED: Final = "Écrivez la raison du refus. La personne qui a proposé la lira."
QUESTION_REQUIRED: Final = "Écrivez ce qui est à corriger. La personne qui a proposé le lira."
TOO_LONG: Final = f"Ce texte est trop long{THIN}: 2{THIN}000 caractères au plus."
CHANGED_SINCE: Final = (
    f"La proposition a changé depuis que vous avez ouvert cette page. Rien n’a été décidé{THIN}: "
    "relisez-la, puis décidez."
)
HAS_ERRORS: Final = (
    f"La vérification trouve des erreurs{THIN}: la proposition ne peut pas être acceptée telle quelle. "
    "Corrigez-la, ou demandez une correction."
)
LEAVES_BEHIND: Final = (
    f"D’autres pages citent ce qui disparaîtrait{THIN}: le site ne pourrait plus être fabriqué. "
    "Changez-les d’abord, puis revenez ici."
)
NOT_POSSIBLE: Final = "Cela n’est plus possible dans l’état où se trouve la proposition."
STALE_PAGE: Final = (
    "Rien n’a été décidé",
    "Cette action doit venir de la page de relecture, ouverte aujourd’hui. Ouvrez-la de nouveau, puis recommencez.",
)
GONE: Final = (
    "Cette proposition n’existe pas",
    "Elle a peut-être été effacée, longtemps après sa publication ou son refus.",
)
TOO_LATE: Final = ("Il est trop tard pour corriger", "La proposition n’est plus en relecture.")
PICTURE_SENT: Final = "L’image envoyée est gardée. Choisissez-en une autre pour la remplacer."
BACK: Final = "Toutes les propositions"

# --- signing in ---------------------------------------------------------------------------------------------
NOT_THE_PASSWORD: Final = "Ce n’est pas le mot de passe. Rien n’a été ouvert."  # noqa: S105  # a sentence
NAME_REQUIRED: Final = "Écrivez votre nom, tel que l’équipe vous connaît."
TOO_MANY_TRIES: Final = "Trop d’essais. Attendez un quart d’heure, puis réessayez."
NO_PASSWORD: Final = (
    "La relecture n’est pas ouverte",
    "La personne qui administre le service doit d’abord choisir un mot de passe, avec python -m scripts bot password.",
)


def plural(count: int, singular: str, several: str) -> str:
    """« 1 proposition », « 12 propositions »; zero is singular in French."""
    return f"{count}{HARD}{singular if count < 2 else several}"  # noqa: PLR2004  # the French plural starts at two


def age(days: int) -> str:
    """How long something has waited."""
    if days <= 0:
        return "aujourd’hui"
    return "depuis hier" if days == 1 else f"depuis {days}{HARD}jours"


def tally(shown: int, total: int) -> str:
    """How many proposals a list has, and how many there are without its filters."""
    words = plural(shown, "proposition", "propositions")
    return words if shown == total else f"{words} sur {total}"


def more_waiting(count: int) -> str:
    """The list stops before its end."""
    return f"La liste montre les {count} premières. Précisez les critères ci-dessus pour trouver les autres."


def yes_or_no(value: Json) -> str:
    """A boolean in words."""
    return "oui" if value else "non"


# --- the page of a proposal ---------------------------------------------------------------------------------
ERROR: Final = "erreur"
WARNING: Final = "avertissement"
NEW_FILE: Final = "nouveau fichier"
FILE_CHANGES: Final = "fichier modifié"
FILE_GOES: Final = "fichier supprimé"
MOMENTS: Final[Mapping[MomentKind, str]] = {
    "received": "Reçue",
    "confirmed": "Adresse confirmée",
    "opened": "Ouverte à la relecture",
    "question": "Correction demandée",
    "answer": "Réponse ou correction",
    "merged": "Acceptée",
    "published": "En ligne",
    "refused": "Refusée",
    "withdrawn": "Retirée par la personne qui l’avait envoyée",
    "trouble": "Difficulté",
}


PENDING: Final[Mapping[DecisionKind, str]] = {
    "accept": "La proposition est acceptée, elle entre dans le site.",
    "refuse": "La proposition est refusée, le service le note.",
    "question": "Une correction est demandée, le service prévient la personne.",
    "correct": "Une correction vient d’arriver, le service l’écrit dans la proposition.",
    "withdraw": "La personne a retiré sa proposition.",
}


def more_lines(count: int) -> str:
    """The rest of a long file."""
    return f"{plural(count, 'ligne de plus', 'lignes de plus')}, à lire dans le dépôt avant de décider."


def place(path: str, line: int) -> str:
    """Where the check has found something."""
    return f"{path}, ligne {line}" if line else path


def other_proposal(title: str) -> str:
    """Another proposal under way."""
    return f"{title} (autre proposition en cours)"


def kilobytes(size: int) -> str:
    """How heavy a file is."""
    return f"{max(1, round(size / 1000))}{HARD}ko"


def hour(at: dt.datetime) -> str:
    """« 9 h 05 »."""
    return f"{at.hour}{HARD}h{HARD}{at.minute:02d}"
