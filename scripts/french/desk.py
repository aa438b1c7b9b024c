"""What is said on the editors' desk, and by the commands that make it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NB: Final = "\u00a0"
THIN: Final = "\u202f"

# --- the command ------------------------------------------------------------------------------------------
SUMMARY: Final = (
    f"fabrique le bureau de la rédaction{THIN}: ce qui attend, vieillit ou manque, et les chiffres de l’année"
)
OUTPUT: Final = "dossier du bureau (par défaut bureau/)"
WAITING: Final = f"ce qui attend, écrit par «{NB}bot desk{NB}» (sans lui, le bureau dit qu’il ne le sait pas)"
LINKS: Final = "résultats des liens, écrits par la commande links"
CONFIRMATIONS: Final = f"réponses à «{NB}toujours exact{THIN}?{NB}», écrites par «{NB}bot desk{NB}»"
NOT_MADE: Final = (
    f"Le bureau n’a pas été fabriqué{THIN}: corrigez d’abord les erreurs, python -m scripts check les montre."
)
INSIDE_SITE: Final = f"le bureau ne se met pas dans un site public{THIN}: choisissez un autre dossier de sortie"


def made(path: str, count: int) -> str:
    """Where the desk is."""
    things = f"{count}{NB}chose à regarder" if count < 2 else f"{count}{NB}choses à regarder"  # noqa: PLR2004  # the French plural
    return f"Bureau de la rédaction{THIN}: {things}. Ouvrez {path} dans un navigateur.\n"


NO_SUCH_FILE: Final = "il n’existe pas"


def not_written(path: str, reason: str) -> str:
    """The output directory cannot be made or written."""
    return f"le bureau ne peut pas être écrit dans {path} ({reason})"


def not_read(path: str, reason: str) -> str:
    """A file of what is known besides the site."""
    return f"le fichier {path} ne peut pas être lu ({reason})"


# --- lists ------------------------------------------------------------------------------------------------
TITLE: Final = "Bureau de la rédaction"
INTRODUCTION: Final = (
    "Ce qui attend, ce qui a vieilli, ce qui manque, et les chiffres de l’année. Cette page est pour l’équipe, "
    "elle n’est pas publiée."
)
SECTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "attente": (
        "Ce qui attend",
        "Les propositions que seule l’équipe peut faire avancer, la plus ancienne d’abord.",
        "Rien n’attend.",
    ),
    "sans-nouvelles": (
        "Initiatives sans nouvelles",
        "Personne n’a changé ni confirmé ces pages depuis deux ans.",
        "Toutes les initiatives ont moins de deux ans, ou ont été confirmées.",
    ),
    "clos": (
        "Appels et consultations clos",
        "La date est passée, mais un texte dit encore que c’est ouvert, ou les suites n’ont pas été racontées.",
        "Rien de clos ne passe pour ouvert.",
    ),
    "series": (
        "Rendez-vous réguliers terminés",
        f"La dernière date est passée depuis moins d’un an{THIN}: cela continue-t-il{THIN}?",
        "Aucune série ne s’est terminée depuis un an.",
    ),
    "expirees": (
        "Offres et besoins expirés",
        f"Leur date est passée depuis moins d’un an{THIN}: à prolonger, ou à retirer{THIN}?",
        "Aucune annonce n’a expiré depuis un an.",
    ),
    "ressources": (
        "Ressources introuvables",
        "L’adresse de la ressource ne répond plus, plusieurs jours de suite.",
        "Toutes les adresses vérifiées répondent.",
    ),
    "accords": (
        "Membres sans date d’accord",
        f"On ne sait pas quand ces membres ont accepté de paraître. Pour le noter, écrivez la date dans leur fiche{THIN}: consent.",
        "Chaque membre a une date d’accord.",
    ),
    "liens": (
        "Liens vers d’autres sites",
        "Ces adresses ne mènent plus nulle part, ou ont déménagé pour de bon.",
        "Tous les liens vérifiés mènent quelque part.",
    ),
    "images": (
        "Images et descriptions",
        "Des images que rien ne décrit à qui ne les voit pas, puis les actualités et initiatives récentes sans image.",
        "Chaque image est décrite, chaque page récente a la sienne.",
    ),
    "doublons": (
        "Doublons probables",
        f"Deux pages disent peut-être la même chose{THIN}: gardez la meilleure, et retirez l’autre.",
        "Aucun doublon en vue.",
    ),
}
UNKNOWN: Final[Mapping[str, str]] = {
    "attente": "Le bureau n’a pas reçu la liste de ce qui attend dans le service des formulaires.",
    "liens": f"Les liens n’ont pas encore été vérifiés{THIN}: python -m scripts links le fait.",
    "ressources": f"Les liens n’ont pas encore été vérifiés{THIN}: python -m scripts links le fait.",
}

# --- why ---------------------------------------------------------------------------------------------------
NO_NEWS: Final = "sans nouvelles"
SOUNDS_OPEN: Final = "clôture passée, mais le titre ou le résumé dit encore que c’est ouvert"
NO_OUTCOME: Final = "clôture passée, sans dire ce qu’il en est sorti"
SERIES_ENDED: Final = "dernière date passée"
EXPIRED: Final = "date passée"
NO_CONSENT: Final = "aucune date d’accord"
SOURCED: Final = "aucune date d’accord, fiche écrite par la rédaction d’après une source publique"
NO_PICTURE: Final = "sans image"
SAME_PLACE_AND_DAY: Final = "même lieu, même jour"
SAME_DAY_AND_TITLE: Final = "même jour, presque le même titre"
SAME_URL: Final = "même adresse"
SAME_TITLE: Final = "presque le même titre"


def presents_as_open(call: str) -> str:
    """Another page speaks of a closed call as if it were open."""
    return f"présente encore comme ouvert «{NB}{call}{NB}»"


def waits(kind: str, *, late: bool) -> str:
    """What a proposal is, and that it waits for too long."""
    return f"{kind}, en retard" if late else kind


def twin(title: str, identifier: str, why: str) -> str:
    """Which page it repeats."""
    return f"répète peut-être «{NB}{title}{NB}» ({identifier}){THIN}: {why}"


def no_alternative(file: str) -> str:
    """A picture that nothing describes."""
    return f"l’image {file} n’a pas de description"


def empty_alternative(file: str, alt: str) -> str:
    """A description that describes nothing."""
    return f"la description de {file} ne dit pas ce qu’on voit{THIN}: «{NB}{alt}{NB}»"


def dead_link(url: str, why: str) -> str:
    """A link that leads nowhere."""
    return f"{url} ne répond plus ({why})"


def moved_link(url: str, to: str) -> str:
    """A link that leads elsewhere for good."""
    return f"{url} a déménagé, écrivez {to}"


# --- coverage and figures ---------------------------------------------------------------------------------
COVERAGE: Final[Mapping[str, str]] = {"clubs": "Clubs", "pillars": "Piliers", "territories": "Territoires"}
NEVER: Final = "jamais"
COLUMNS: Final = ("Nom", "Dernière page", "Pages depuis un an")
MEETINGS: Final = "Rendez-vous tenus"
CONTRIBUTORS: Final = "Contributeurs et contributrices"
DELAY: Final = "Délai de publication (jours, médiane)"
TOTAL: Final = "Pages publiées"
NOT_KNOWN: Final = "–"
CSV_COLUMNS: Final = ("annee", "mesure", "detail", "valeur", "unite")
CSV_MEASURES: Final[Mapping[str, tuple[str, str]]] = {
    "entries": ("pages publiées", "pages"),
    "meetings": ("rendez-vous tenus", "rendez-vous"),
    "contributors": ("contributeurs et contributrices", "membres"),
    "delay": ("délai médian de la proposition à la publication", "jours"),
}
NO_DELAYS: Final = f"Seul le service des formulaires connaît le délai de publication{THIN}: il manque ici."
MEASURE: Final = "Mesure"
YEARS: Final = "Année par année"
UNITS: Final[Mapping[str, str]] = {"entries": "pages", "contributors": "membres", "delay": "jours"}


def more(count: int) -> str:
    """A list that is not shown whole."""
    return f"Et {count} autre de plus." if count == 1 else f"Et {count} autres de plus."
