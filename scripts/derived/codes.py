"""The paragraph of each problem code, from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.derived.wording import GENERATED, plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.problems import Kind

_HEAD = """# Les messages de la vérification

`make check`, les formulaires et la vérification des propositions parlent avec les mêmes messages. Chacun porte un code entre
crochets\u202f: le voici, avec ce qu’il veut dire et ce qu’on peut faire. Une **erreur** empêche la publication\u202f; un
**avertissement** la laisse passer.
"""
_SEVERITIES = {"error": "Erreur", "warning": "Avertissement"}


def render(catalogue: Mapping[str, Kind]) -> str:
    """The whole document, in the order of the catalogue."""
    return "\n".join([_HEAD, GENERATED, *map(_paragraph, catalogue.values())])


def _paragraph(kind: Kind) -> str:
    advice = f"À faire\u202f: {_quoted(kind.suggestion)}\n\n" if kind.suggestion else ""
    return (
        f"## {kind.code}\n\n{_SEVERITIES[kind.severity]}\u202f: {_quoted(kind.message)}\n\n{advice}{plain(kind.help)}\n"
    )


def _quoted(template: str) -> str:
    """A sentence as readers see it, with an ellipsis where a value of theirs would stand."""
    pieces, depth = [], 0
    for character in template.replace("{{", "\0").replace("}}", "\1"):
        if character == "{":
            depth += 1
            pieces.append("…")
        elif character == "}":
            depth -= 1
        elif not depth:
            pieces.append(character)
    return f"*{plain(''.join(pieces).replace(chr(0), '{').replace(chr(1), '}'))}*"
