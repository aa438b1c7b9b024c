"""What ``publish`` says: to people who host a site, and to editors who read why it is not online."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.french.commands import THIN, number, plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

SUMMARY: Final = "vérifie, fabrique et met le site en ligne, puis regarde s’il y est ; ou revient à la version d’avant"
TO: Final = (
    "où publier (par défaut la variable PUBLISH_TO)\u202f: un dossier, ssh://…, git+https://…#pages ou s3://… "
    "(docs/publication.md)"
)
BUILT: Final = "dossier d’un site déjà fabriqué, à publier tel quel"
LOOK_ONLY: Final = (
    "dossier d’un site fabriqué, que les pages d’une forge ou autre chose ont mis en ligne\u202f: "
    "regarde s’il y est, sans rien publier"
)
KEEP: Final = "nombre de versions d’avant à garder (par défaut 5, 0 n’en garde aucune)"
BACK: Final = "remontre la version d’avant, sans rien fabriquer"
VERSIONS: Final = "liste les versions gardées, sans rien publier"
OR_BACK: Final = "revient de soi-même à la version d’avant, si le site en ligne n’est pas comme il devrait"
UNCHECKED: Final = "ne regarde pas le site en ligne après l’envoi"
SITE_URL: Final = "adresse publique du site, pour le fabriquer et pour le regarder (par défaut celle de data/site.yaml)"

NO_TARGET: Final = (
    f"il manque l’endroit où publier{THIN}: donnez --to, ou écrivez PUBLISH_TO dans l’environnement "
    "(voir docs/publication.md)"
)
NOT_IN_AN_ADDRESS: Final = (
    "une adresse de publication ne contient jamais de mot de passe, qui se lirait dans les journaux\u202f: "
    "retirez-le, et donnez le secret par l’environnement (voir docs/publication.md)"
)
NOTHING_BEFORE: Final = "Aucune version d’avant n’est gardée ici\u202f: il n’y a rien vers quoi revenir."
ANOTHER_PUBLICATION: Final = (
    f"Une autre publication est en cours au même endroit{THIN}: attendez qu’elle finisse, puis relancez."
)
NO_BOTO3: Final = (
    f"Publier sur un stockage S3 demande une extension{THIN}: "
    "installez-la avec .venv/bin/python -m pip install 'boto3==1.44.8', puis relancez."
)
NOT_PUBLISHED: Final = f"Rien n’a été publié{THIN}: le site en ligne reste celui d’avant."
PART_PUBLISHED: Final = f"Le reste du site est publié. Il reste à corriger ce qui précède{THIN}: la commande rend 1."
TOO_LARGE: Final = "la réponse est trop longue"
TOO_LATE: Final = "la réponse n’est pas venue à temps"
IN_CIRCLES: Final = "les redirections tournent en rond"
NO_ADDRESS: Final = (
    f"L’adresse publique du site manque, et personne ne peut regarder s’il est en ligne{THIN}: donnez --site-url, "
    "ou corrigez «\u00a0url\u00a0» dans data/site.yaml."
)
CHECKED: Final = "Le site en ligne est bien cette version."
WENT_BACK_ITSELF: Final = "Comme demandé (--or-back), le site est revenu à la version d’avant."
FAULTS: Final = f"Le site est envoyé, mais il n’est pas en ligne comme il devrait{THIN}:"
WHAT_TO_DO: Final = (
    "Quoi faire\u202f: attendez quelques minutes si un cache (CDN) est devant le site, et relancez la même commande, qui ne "
    "renvoie que ce qui manque.\nSi cela dure, vérifiez l’adresse (--site-url) et le serveur, ou revenez à la version "
    "d’avant\u202f: python -m scripts publish --back"
)
MENDED, BUILD, SEND, LOOK = "reprise", "vérification et fabrication", "envoi", "contrôle en ligne"


def already_shown(identity: str) -> str:
    """Nothing has changed since the last publication."""
    return f"Ce site est déjà en ligne (version {identity}){THIN}: rien à envoyer."


def published(identity: str, files: int, size: int) -> str:
    """What was put online."""
    if not files:
        return f"Version {identity} publiée{THIN}: aucun contenu nouveau."
    return f"Version {identity} publiée{THIN}: {plural(files, 'fichier nouveau', 'fichiers nouveaux')}, {number(size / 1000)} ko."


def durations(steps: Sequence[tuple[str, float]]) -> str:
    """How long each step took."""
    return f"Durées{THIN}: {' · '.join(f'{name} {number(seconds, 1)} s' for name, seconds in steps)}."


def went_back(moment: dt.datetime, identity: str) -> str:
    """An earlier version is shown again."""
    return f"Le site montre de nouveau la version du {_moment(moment)} ({identity})."


def version_line(moment: dt.datetime, identity: str, *, shown: bool) -> str:
    """One line of the list of versions."""
    return f"{'→' if shown else ' '} {_moment(moment)}  {identity}{'  en ligne' if shown else ''}"


def _moment(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d} à {moment:%H:%M:%S} UTC"


# --- addresses --------------------------------------------------------------------------------------------
def unknown_target(address: str) -> str:
    """The address names no kind of target."""
    return (
        f"«\u00a0{address}\u00a0» n’est pas un endroit où publier (attendu{THIN}: un dossier, ssh://compte@serveur/chemin, "
        "git+https://forge/depot.git#branche ou s3://espace)"
    )


def bad_server_address(address: str) -> str:
    """``ssh://`` without a host or a plain path."""
    return (
        f"«\u00a0{address}\u00a0» n’est pas une adresse de serveur (attendu{THIN}: ssh://compte@serveur:22/srv/web/site, "
        "un chemin complet fait de lettres, chiffres, points, tirets et tirets bas)"
    )


def bad_git_address(address: str) -> str:
    """``git+…`` without a repository or with a strange branch."""
    return f"«\u00a0{address}\u00a0» n’est pas une branche d’un dépôt (attendu{THIN}: git+https://forge.exemple.org/reseau/site.git#pages)"


def bad_bucket_address(address: str) -> str:
    """``s3://`` with something unknown."""
    return (
        f"«\u00a0{address}\u00a0» n’est pas un espace de stockage (attendu{THIN}: s3://espace/prefixe?endpoint=https://…&region=…, "
        "et history=… pour garder les versions dans un autre espace)"
    )


def folder_is_no_site(path: str) -> str:
    """A folder that must not be replaced."""
    return (
        f"le dossier {path} n’est pas un site fabriqué{THIN}: choisissez-en un autre, "
        "ou donnez un chemin qui n’existe pas encore"
    )


# --- what goes wrong --------------------------------------------------------------------------------------
def not_a_site(path: str) -> str:
    """``--built`` is no site."""
    return f"Le dossier {path} n’est pas un site fabriqué{THIN}: il n’a pas de page d’accueil."


def not_a_file(path: str) -> str:
    """A link among the files of a site."""
    return f"{path} n’est pas un simple fichier{THIN}: un site publié ne contient ni lien ni fichier spécial."


def cannot_seal(path: str, reason: str) -> str:
    """A built site that cannot be read, or to which ``version.json`` cannot be added."""
    return f"Le dossier {path} ne peut pas être lu, ou version.json pas y être écrit ({reason})."


def cannot_write(path: str, reason: str) -> str:
    """The system refuses."""
    return f"Le site n’a pas pu être publié dans {path} ({reason}). Ce qui était en ligne y est toujours."


def branch_is_no_site(branch: str) -> str:
    """A branch of sources."""
    return (
        f"La branche «\u00a0{branch}\u00a0» contient autre chose qu’un site{THIN}: la publication effacerait ce travail. "
        "Choisissez une autre branche, qui peut ne pas encore exister."
    )


def no_exchange(path: str) -> str:
    """The file system has no atomic exchange."""
    return (
        f"Ce système de fichiers ne sait pas échanger deux dossiers d’un coup{THIN}: déplacez {path}, et laissez la publication "
        "mettre un lien à sa place."
    )


def not_installed(program: str) -> str:
    """A program is missing here."""
    return f"Le programme {program} n’est pas installé sur cette machine."


def too_slow(program: str) -> str:
    """A program did not end."""
    return f"{program} n’a pas fini en une demi-heure{THIN}: la ligne ou le serveur ne répond plus. Relancez, l’envoi reprendra."


def program_failed(program: str, said: str) -> str:
    """A program said no."""
    return f"La publication s’est arrêtée{THIN}: {program} a échoué. Ce qui était en ligne y est toujours.\n{said}"


def far_real_folder(path: str) -> str:
    """A folder where a link is wanted."""
    return (
        f"Sur le serveur, {path} est un vrai dossier{THIN}: renommez-le une fois "
        f"(mv {path} {path}.avant), la publication mettra un lien à sa place."
    )


def storage_failed(bucket: str, said: str) -> str:
    """The storage refused or did not answer."""
    return (
        f"Le stockage «\u00a0{bucket}\u00a0» a refusé ou n’a pas répondu ({said}). Chaque page en ligne est entière\u202f: "
        "relancez pour finir, ou lancez publish --back pour annuler."
    )


def storage_lost(name: str) -> str:
    """The list of a version is gone."""
    return (
        f"La liste des fichiers de la version {name} n’est plus dans le stockage{THIN}: quelqu’un l’a effacée. "
        "Videz .circular/ et republiez."
    )


# --- what is looked at afterwards -------------------------------------------------------------------------
def no_answer(address: str, said: str) -> str:
    """A page that does not come."""
    return f"{address} ne répond pas ({said})."


def wrong_status(address: str, status: int) -> str:
    """A server that answers, but not with the page."""
    return f"{address} répond {status}, au lieu de la page."


def other_version(address: str, found: str, wanted: str) -> str:
    """Another build is shown."""
    return f"{address} montre une autre version ({found or 'aucune'}) que celle qui vient d’être publiée ({wanted})."


def other_content(address: str) -> str:
    """A file is not the one of this build."""
    return f"{address} n’est pas de cette version."


def not_xml(address: str) -> str:
    """A feed or the site map that nobody can read."""
    return f"{address} n’est pas du XML lisible."
