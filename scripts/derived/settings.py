"""The settings of the form service, from the code that reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bot.french.settings import FROM_FILE, HELP
from scripts.bot.settings import VARIABLES
from scripts.derived.wording import GENERATED, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scripts.bot.settings import Variable

_HEAD = """# Les réglages du service des formulaires

Chaque réglage est une variable d’environnement, ou une ligne `NOM=valeur` du fichier que `CIRCULAR_SETTINGS` nomme\u202f;
l’environnement l’emporte. `python -m scripts bot doctor` dit tout ce qui ne va pas, en une fois. Comment s’en servir\u202f:
[exploiter le site](exploitation.md#le-service-des-formulaires).
"""

_SECRET = f"""Un secret {FROM_FILE.format(name="NOM")}\u202f: c’est ainsi que systemd et les conteneurs les donnent. Ceux du
travailleur ne sont pas même lus par la réception, qui est seule en face d’Internet.
"""


def render() -> str:
    """The whole document: what both processes read, then what only the worker may hold."""
    shared = {name: one for name, one in VARIABLES.items() if not one.worker_only}
    own = {name: one for name, one in VARIABLES.items() if one.worker_only}
    parts = ["## Les deux processus", _table(shared), "## Le travailleur seul", _table(own)]
    return "\n".join([_HEAD, GENERATED, *(f"{part}\n" if part.startswith("##") else part for part in parts), _SECRET])


def _table(variables: Mapping[str, Variable]) -> str:
    return table(("Réglage", "Ce qu’il dit", "Sans lui"), _rows(variables))


def _rows(variables: Mapping[str, Variable]) -> Iterator[tuple[str, str, str]]:
    for name, variable in variables.items():
        about = HELP[name] + (" (secret)" if variable.secret else "")
        yield f"`{name}`", about, _default(variable)


def _default(variable: Variable) -> str:
    if variable.default is None:
        return "nécessaire"
    return f"`{variable.default}`" if variable.default else "—"
