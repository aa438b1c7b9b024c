"""Everything the command line says, in French, in one place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.problems import Problem

THIN = "\u202f"  # before ; : ! ? in French, so that a line never starts with the sign

# --- the command line itself ------------------------------------------------------------------------------
DESCRIPTION = "Fabrique et vérifie le site d’un réseau régional d’économie circulaire."
USAGE = f"usage{THIN}: "
FAILED = "La commande s’est arrêtée sur un défaut du programme."
COMMANDS, COMMAND = "commandes", "COMMANDE"
ARGUMENTS = "arguments"
OPTIONS = "options"
HELP = "affiche cette aide"
ROOT = "dossier qui contient content/ et data/ (par défaut le dossier courant)"
TODAY = "jour pour lequel le site est fabriqué, AAAA-MM-JJ (par défaut aujourd’hui)"
JOBS = "nombre de processus (par défaut, un par cœur de la machine)"
CHECK_SUMMARY = "vérifie tous les fichiers et dit, en une fois, tout ce qui est à corriger"
FORMAT = "forme du rapport (par défaut text)"
BUILD_SUMMARY = "fabrique tout le site dans un dossier"
OUTPUT = "dossier du site fabriqué (par défaut output/)"
BRIEF = "dit seulement le nombre de pages et la durée"
SITE_URL = "adresse publique du site (par défaut celle de data/site.yaml)"
INTAKE = "adresse du service des formulaires (par défaut celle de data/site.yaml)"
DERIVE_SUMMARY = "refait les documents tirés des schémas et du code"
DERIVE_CHECK = "n’écrit rien, et signale ceux qui ne sont plus à jour"
NEW_SUMMARY = "pose les questions d’une fiche et écrit le fichier"
NEW_TYPE = "type de la fiche, par exemple event (sans type, la liste s’affiche)"
SERVE_SUMMARY = "montre sur cette machine le site, ses formulaires et la relecture, et le refait à chaque modification"
PORT = "port sur cette machine (par défaut 8000, 0 pour un port libre)"
REPOSITORY = "dépôt git des propositions (par défaut .forge/site.git dans la racine)"
SERVE_OUTPUT = "dossier du site montré (par défaut un dossier temporaire)"

# What argparse says, and how we say it; groups are kept. A message that is not here is shown as argparse
# made it.
USAGE_ERRORS: Sequence[tuple[re.Pattern[str], str]] = [
    (re.compile(r"the following arguments are required: (.+)"), r"il manque{} : \1"),
    (re.compile(r"unrecognized arguments: (.+)"), r"argument inconnu{} : \1"),
    (
        re.compile(r"argument (.+?): invalid choice: '?(.*?)'?(?:, maybe you meant .*?)? \(choose from (.+)\)"),
        r"\1{} : « \2 » n’est pas un choix possible (\3)",
    ),
    (re.compile(r"argument (.+?): expected (?:one|at least one) argument"), r"\1{} : il manque la valeur"),
    (
        re.compile(r"argument (.+?): ignored explicit argument (.+)"),
        r"\1{} : cette option ne prend pas de valeur (\2)",
    ),
    (re.compile(r"argument (.+?): not allowed with argument (.+)"), r"\1 ne va pas avec \2"),
    (re.compile(r"argument (.+?): (.+)"), r"\1{} : \2"),
    (re.compile(r"ambiguous option: (.+?) could match (.+)"), r"\1 est ambigu{} : \2"),
]


def usage_error(message: str) -> str:
    """The French sentence for what argparse says is wrong."""
    for pattern, sentence in USAGE_ERRORS:
        found = pattern.fullmatch(message)
        if found:
            return found.expand(sentence.replace("{} :", f"{THIN}:").replace("« ", "«\u00a0").replace(" »", "\u00a0»"))
    return message


def wrong_usage(prog: str, sentence: str) -> str:
    """How a wrong usage ends."""
    return f"Erreur d’utilisation{THIN}: {sentence}\nAide{THIN}: {prog} --help\n"


def not_a_root(path: str) -> str:
    """The directory is there, but is no root."""
    return f"le dossier {path} ne contient pas de dossier data/{THIN}: ce n’est pas la racine d’un site"


def no_such_directory(path: str) -> str:
    """The directory is not there."""
    return f"le dossier {path} n’existe pas"


def not_a_directory(path: str) -> str:
    """A file stands where a directory is wanted."""
    return f"{path} n’est pas un dossier"


def not_a_date(text: str) -> str:
    """``--today`` takes one day."""
    return f"«\u00a0{text}\u00a0» n’est pas une date (attendu{THIN}: AAAA-MM-JJ, par exemple 2026-03-04)"


def not_a_number(text: str, lowest: int, highest: int) -> str:
    """A count or a port out of bounds."""
    return f"«\u00a0{text}\u00a0» n’est pas un nombre entre {lowest} et {highest}"


def not_an_address(text: str) -> str:
    """``--site-url`` takes an absolute address."""
    return f"«\u00a0{text}\u00a0» n’est pas une adresse complète (attendu{THIN}: https://exemple.fr)"


def bad_epoch(text: str) -> str:
    """SOURCE_DATE_EPOCH is a number of seconds."""
    return f"la variable SOURCE_DATE_EPOCH doit être un nombre de secondes, pas «\u00a0{text}\u00a0»"


# --- problems ---------------------------------------------------------------------------------------------
WARNING = "avertissement"
PHASES = {"read": "Lecture", "check": "Vérification"}
FINE = f"Tout est en ordre{THIN}: aucune erreur, aucun avertissement."


def visible(text: str) -> str:
    """A file name as it can be shown: control characters, which could move the cursor or forge a line,
    become ``?``.
    """
    return "".join(character if character.isprintable() else "?" for character in text)


def plural(count: float, singular: str, several: str | None = None) -> str:
    """``1 erreur``, ``1 200 erreurs``; zero is singular in French."""
    word = singular if count < 2 else several or singular + "s"  # noqa: PLR2004  # the French plural starts at two
    return f"{number(count)} {word}"


def number(value: float, decimals: int = 0) -> str:
    """A number with the French thousands and decimal signs."""
    return f"{value:,.{decimals}f}".replace(",", THIN).replace(".", ",")


def count_problems(problems: Sequence[Problem]) -> str:
    """The last line of a report."""
    if not problems:
        return FINE
    errors = sum(found.severity == "error" for found in problems)
    warnings = len(problems) - errors
    parts = [plural(errors, "erreur")] * bool(errors) + [plural(warnings, WARNING)] * bool(warnings)
    files = plural(len({found.path for found in problems}), "fichier")
    return f"{' et '.join(parts)} dans {files}. Chaque code entre crochets est expliqué dans docs/codes.md."


# --- build ------------------------------------------------------------------------------------------------
WRITING = "Fabrication du site"
OTHER_PAGES = "Autres pages"
NOT_BUILT = (
    f"Le site n’a pas été fabriqué{THIN}: corrigez d’abord les erreurs. L’ancien site, s’il existe, reste en place."
)
BUILD_FAILED = "Le site n’a pas pu être fabriqué, alors que le contenu est en ordre."
TRACE_HINT = "Pour tous les détails, relancez avec la variable CIRCULAR_TRACE=1."


def output_has_sources(path: str) -> str:
    """``--output`` would be replaced, and it holds what nobody wants replaced."""
    return f"le dossier {path} contient ou touche des sources (content, data ou .git){THIN}: choisissez un autre dossier de sortie"


def output_is_no_site(path: str) -> str:
    """``--output`` holds files that no build has made."""
    return f"le dossier {path} n’est pas un site fabriqué{THIN}: choisissez un autre dossier de sortie"


def pelican_said(message: str) -> str:
    """An error that Pelican logged."""
    return f"{BUILD_FAILED}\nPelican signale{THIN}: {message}"


def pelican_warned(message: str) -> str:
    """A warning that Pelican logged."""
    return f"Pelican avertit{THIN}: {message}"


def wrong_schemas(said: str) -> str:
    """What is wrong with files of ``data/schemas``, a line for each fault, as the schemas' own check says it."""
    head = (
        f"Le contenu n’a pas été lu{THIN}: des schémas sont faux (data/schemas). À corriger, fichier par fichier{THIN}:"
    )
    return f"{head}\n{said}\n"


def failed_at(place: str, kind: str, said: str) -> str:
    """An exception that began in one of our files."""
    return f"{place}{THIN}: {said} ({kind})"


def failed_somewhere(kind: str, said: str) -> str:
    """An exception from outside our files."""
    return f"{said} ({kind})"


def built(pages: int, seconds: float) -> str:
    """What a build made, and how fast."""
    return f"Site fabriqué en {number(seconds, 1)} s{THIN}: {plural(pages, 'page')}."


def counts(counts: Mapping[str, int], output: str) -> str:
    """The last lines of a build: pages by kind, where to look."""
    width = max(map(len, counts), default=0)
    figures = {kind: number(count) for kind, count in counts.items()}
    wide = max(map(len, figures.values()), default=0)
    lines = [f"  {kind:<{width}}  {figure:>{wide}}" for kind, figure in figures.items()]
    return "\n".join([*lines, f"À voir{THIN}: {output} (make serve le montre dans un navigateur)."]) + "\n"


# --- new --------------------------------------------------------------------------------------------------
YES_BY_DEFAULT, NO_BY_DEFAULT = "(O/n)", "(o/N)"
ANSWER_YES_OR_NO = "Répondez par oui ou non."
ANSWER_REQUIRED = "Une réponse est nécessaire."
OPTIONAL = "(facultatif, Entrée pour passer)"
SEVERAL = f"Plusieurs réponses possibles{THIN}: séparez-les par des virgules."
ONE_OF_SEVERAL = "Il faut au moins l’un de ces champs"
BODY_LATER = "Une phrase suffit ici\u202f: vous pourrez continuer dans le fichier."
MORE_FIELDS = f"L’essentiel est là. Remplir aussi des champs facultatifs{THIN}?"
FILL_GROUP = f"Le remplir{THIN}?"
ADD_ITEM = f"En ajouter un{THIN}?"
MAP_KEY = f"  Identifiant (Entrée pour finir){THIN}: "
MAP_VALUE = f"  Réponse{THIN}: "
NEW_ABANDONED = f"Les réponses se sont arrêtées avant la fin{THIN}: rien n’a été écrit."
NEW_NEEDS_SITE = f"Ce dossier n’est pas encore un site{THIN}: corrigez d’abord ce qui précède."
NEW_NEXT = f"Ensuite{THIN}: complétez le texte dans le fichier, puis make check pour vérifier et make serve pour voir."


def yes_or_no(text: str, *, default: bool | None) -> bool | None:
    """What an answer means; ``default`` if it is empty, None if it is neither yes nor no."""
    word = text.strip().lower().rstrip(".")
    if not word:
        return default
    return {"o": True, "oui": True, "true": True, "n": False, "non": False, "false": False}.get(word)


def new_opening(article: str, singular: str) -> str:
    """The first line of the conversation."""
    return f"Nous allons écrire {article} {singular}. Ctrl+C pour abandonner{THIN}: rien n’est écrit avant la fin."


def new_written(path: str) -> str:
    """Where the new file is."""
    return f"\nFichier écrit{THIN}: {path}"


def unknown_type(asked: str, types: Mapping[str, str]) -> str:
    """There is no such type; these are."""
    listed = "".join(f"\n  {name:<14}{singular}" for name, singular in types.items())
    head = f"le type « {asked} » n’existe pas" if asked else "indiquez le type de la fiche"
    return f"{head}. Types possibles{THIN}:{listed}"


def one_of(labels: Sequence[str]) -> str:
    """One of several fields has to be given."""
    return f"{ONE_OF_SEVERAL}{THIN}: {', '.join(labels)}."


def fill_section(label: str, fields: str) -> str:
    """An optional section is offered."""
    return f"{label} ({fields}){THIN}?"


def example(text: str) -> str:
    """A value that may be written."""
    return f"Exemple{THIN}: {text}"


def by_default(text: str) -> str:
    """What an empty answer means."""
    return f"Entrée pour {text}"


def known_like(names: Sequence[str]) -> str:
    """What the answer may have meant."""
    return f"    Connus{THIN}: {', '.join(names)}"


def answer_number(text: str) -> str:
    """A number was wanted."""
    return f"« {text} » n’est pas un nombre."


def answer_choice(text: str, count: int) -> str:
    """One of the listed choices was wanted."""
    return f"« {text} » n’est pas dans la liste{THIN}: répondez par un numéro de 1 à {count}."


# --- derive -----------------------------------------------------------------------------------------------
FIELDS_BODY = "Le texte commence ici, après l’en-tête."


def derive_stale(path: str) -> str:
    """A derived file does not say what it would say now."""
    return f"{path} n’est plus à jour{THIN}: lancez make derive."


def derive_written(path: str) -> str:
    """A derived file was written."""
    return f"Écrit{THIN}: {path}"


# --- serve ------------------------------------------------------------------------------------------------
SERVE_STOPPED = "\nServeur arrêté."
ANOTHER_HOST = f"Ce serveur ne répond qu’à cette machine{THIN}: ouvrez-le sous le nom 127.0.0.1 ou localhost."
NOTHING_BUILT_PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>Le site n’a pas encore pu être fabriqué</title></head>
<body style="font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem">
<h1>Le site n’a pas encore pu être fabriqué</h1>
<p>Corrigez ce qui suit et enregistrez\u202f: la page se rechargera d’elle-même.</p>
<pre style="white-space:pre-wrap">{problems}</pre>
</body>
</html>
"""


def serving(address: str) -> str:
    """Where to look, once the server answers."""
    return (
        f"Le site est visible sur {address}/ (Ctrl+C pour arrêter).\n"
        f"Les propositions envoyées par ses formulaires se relisent sur {address}/relecture/"
    )


def changed(paths: Sequence[str]) -> str:
    """What made a rebuild start."""
    shown = ", ".join(paths[:3]) + (f" et {plural(len(paths) - 3, 'autre')}" if len(paths) > 3 else "")  # noqa: PLR2004
    return f"Modification{THIN}: {shown}. Le site est refait…"


def no_place(path: str, reason: str) -> str:
    """The folder in which proposals are kept cannot be written."""
    return f"les propositions ne peuvent pas être gardées dans {path} ({reason})"


def repository_elsewhere(path: str) -> str:
    """The repository has files checked out that are not those of the root."""
    return (
        f"le dépôt {path} a ses propres fichiers, ailleurs que dans la racine{THIN}: "
        "choisissez un dépôt sans fichiers (git init --bare)"
    )


def no_repository(path: str, said: str) -> str:
    """Git does not open or make the repository."""
    return f"git ne peut pas ouvrir ou préparer le dépôt {path} ({said})"


def port_taken(port: int) -> str:
    """Another program has the port."""
    return f"le port {port} est déjà pris{THIN}: arrêtez l’autre programme ou choisissez un autre port avec --port"


def port_forbidden(port: int) -> str:
    """The system does not give this port to this user."""
    return f"le système refuse le port {port}{THIN}: choisissez-en un autre, au-dessus de 1024, avec --port"


def build_died(code: int) -> str:
    """A build that ended without a word, by a signal for instance."""
    return f"La fabrication du site s’est arrêtée sans message (code {code})."
