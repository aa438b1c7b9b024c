"""Commands are found, not listed: a module of a package that says what it is for (``SUMMARY``) is one.

A package that says so has commands of its own, in its package ``commands``: ``python -m scripts bot intake``.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import Parser
from scripts.french import commands as french

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

_SAYS_SO = "\nSUMMARY = "


def command_names(package: str = "scripts") -> list[str]:
    """The commands of a package, by alphabet; no module is imported for that."""
    folder = _folder(package)
    modules = {path.stem: path for path in folder.glob("*.py")}
    modules |= {path.parent.name: path for path in folder.glob("*/__init__.py")}
    return sorted(name for name, path in modules.items() if _SAYS_SO in path.read_text("utf-8"))


def add_commands(parser: argparse.ArgumentParser, arguments: Sequence[str], package: str = "scripts") -> None:
    """One subparser a command. Where ``arguments`` begin with a command, only its module is imported."""
    names = command_names(package)
    commands = parser.add_subparsers(
        title=french.COMMANDS, dest=package, metavar=french.COMMAND, required=True, parser_class=Parser
    )
    for name in [name for name in names if name in arguments[:1]] or names:
        module = import_module(f"{package}.{name}")
        child = commands.add_parser(name, help=module.SUMMARY, description=module.SUMMARY)
        if _has_commands(f"{package}.{name}"):
            add_commands(child, arguments[1:], f"{package}.{name}.commands")
        else:
            module.add_arguments(child)
            child.set_defaults(run=module.run)


def command_paths(package: str = "scripts") -> Iterator[tuple[str, ...]]:
    """Every command as it is typed: ``("check",)``, ``("bot", "intake")``."""
    for name in command_names(package):
        if _has_commands(f"{package}.{name}"):
            yield from ((name, *below) for below in command_paths(f"{package}.{name}.commands"))
        else:
            yield (name,)


def module_of(path: Sequence[str]) -> str:
    """The module of a command as it is typed."""
    return "scripts." + ".commands.".join(path)


def _has_commands(module: str) -> bool:
    return (_folder(module) / "commands").is_dir()


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    origin = Path(spec.origin)
    return origin.parent if origin.name == "__init__.py" else origin.with_suffix("")
