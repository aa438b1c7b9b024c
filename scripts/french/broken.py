"""What ``build --skip-broken`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.french.commands import THIN, plural, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

SKIP_BROKEN = (
    "publie malgré les erreurs : un fichier fautif reste à sa dernière bonne version, ou est laissé de côté "
    "(code de retour 1)".replace(" :", f"{THIN}:")
)
REPORT = "avec --skip-broken, fichier où écrire ce qui a été fait, en JSON"
REPORT_ALONE = "--report va avec --skip-broken"
WHOLE = f"Aucun fichier fautif{THIN}: rien n’est laissé de côté."
TAKEN_BACK = f"Restent à leur dernière bonne version{THIN}:"
LEFT_OUT = f"Laissés de côté, faute d’une bonne version{THIN}:"
DEGRADED = f"Renvois devenus du texte, ou retirés{THIN}:"
SHALLOW = (
    f"Le clone est trop court pour remonter plus loin{THIN}: une version plus ancienne est peut-être bonne "
    "(git fetch --unshallow)."
)
NO_GIT = f"Sans dépôt git, aucune version plus ancienne n’est à portée{THIN}: ce qui est fautif est laissé de côté."
TO_CORRECT = "Le site est publié sans ces erreurs. Corrigez les fichiers ci-dessus pour qu’ils paraissent de nouveau."
STILL_BROKEN = (
    "Le site n’a pas été fabriqué\u202f: des erreurs restent après avoir laissé de côté les fichiers fautifs."
)


def no_place_for_report(path: str) -> str:
    """``--report`` leads nowhere."""
    return f"--report : aucun fichier ne peut être écrit à {path}, le dossier manque ou c’est un dossier"


def cannot_do_without(path: str) -> str:
    """A file without which there is no site has no good version."""
    return (
        f"Le site n’a pas été fabriqué{THIN}: {path} est fautif ou manque, aucune version passée n’est bonne, "
        "et le site ne peut pas se faire sans lui. Corrigez-le."
    )


def taken_back(path: str, day: str, commit: str) -> str:
    """A file that stays at an earlier version."""
    return f"  {visible(path)} (version du {day}, {commit[:10]})"


def left_out(path: str) -> str:
    """A file that is not published."""
    return f"  {visible(path)}"


def degraded(path: str, value: str, kept: str) -> str:
    """Something that leads nowhere now."""
    shown = f"  {visible(path)}{THIN}: «\u00a0{visible(value)}\u00a0»"
    return f"{shown}, remplacé par «\u00a0{visible(kept)}\u00a0»" if kept else shown


def more(count: int) -> str:
    """How many lines are not shown."""
    return f"  et {plural(count, 'autre')}"


def section(title: str, lines: Sequence[str]) -> str:
    """A title and its lines; nothing where there are none."""
    return "\n".join([title, *lines, ""]) if lines else ""
