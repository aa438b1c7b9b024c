"""The commands and their options, from the parsers that read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.derived.wording import GENERATED, table

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

_HEAD = """# Les commandes

`make` appelle pour vous `python -m scripts COMMANDE` avec l’environnement de `.venv/`. Toutes les commandes acceptent
n’importe quelle racine\u202f: un dossier qui contient `content/` et `data/`. Elles rendent 0 si tout va bien, 1 s’il y a des
erreurs dans le contenu, 2 si la commande est mal écrite. `make help` dit les raccourcis.
"""


def render(parsers: Mapping[str, argparse.ArgumentParser]) -> str:
    """The whole document, one section a command."""
    return "\n".join([_HEAD, GENERATED, *(_section(name, parser) for name, parser in parsers.items())])


def _section(name: str, parser: argparse.ArgumentParser) -> str:
    actions = [action for action in parser._actions if action.dest != "help"]  # noqa: SLF001  # argparse has no public list
    usage = " ".join(["python -m scripts", name, *(_usage(action) for action in actions)])
    rows = table(("Option", "Ce qu’elle dit"), _rows(actions)) if actions else ""
    summary = parser.description or ""
    return f"## {name}\n\n{summary[:1].upper()}{summary[1:]}.\n\n```\n{usage}\n```\n\n{rows}"


def _usage(action: argparse.Action) -> str:
    needed = action.required if action.option_strings else action.nargs != "?"
    return _spelled(action) if needed else f"[{_spelled(action)}]"


def _spelled(action: argparse.Action) -> str:
    value = "|".join(map(str, action.choices)) if action.choices else action.metavar or ""
    return " ".join(filter(None, [action.option_strings[-1] if action.option_strings else "", str(value)]))


def _rows(actions: list[argparse.Action]) -> Iterator[tuple[str, str]]:
    for action in actions:
        yield f"`{_spelled(action)}`", action.help or ""
