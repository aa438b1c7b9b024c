"""What the administrator's guide and the threat model name is there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from scripts.arguments import Parser
from scripts.bot.settings import VARIABLES
from scripts.command_tree import command_names, module_of

PROJECT = Path(__file__).parents[2]
GUIDE = (PROJECT / "docs" / "exploitation.md").read_text("utf-8")
THREATS = (PROJECT / "docs" / "menaces.md").read_text("utf-8")


def test_the_guide_s_commands_and_options_exist() -> None:
    used = re.findall(r"(?:^|`|scripts bot )(?:circular )([a-z]+)([^\n|`]*)", GUIDE, re.MULTILINE)
    assert {name for name, _ in used} >= {
        "doctor",
        "backup",
        "restore",
        "erase",
        "export",
        "move",
        "digest",
        "password",
    }
    for name, rest in used:
        parser = Parser(name, name)
        import_module(module_of(("bot", name))).add_arguments(parser)
        known = set(parser._option_string_actions)
        assert set(re.findall(r"(?<!\S)--[a-z-]+", rest)) <= known, name


def test_the_guide_s_settings_exist() -> None:
    assert set(re.findall(r"\bCIRCULAR_[A-Z_]+\b", GUIDE)) - set(VARIABLES) <= {"CIRCULAR_TRACE"}


def test_what_shows_that_a_threat_is_met_is_there() -> None:
    named = re.findall(r"`(tests/[\w/.]+)`", THREATS)
    assert len(named) > 10
    assert [path for path in named if not (PROJECT / path).exists()] == []


def test_every_command_of_the_service_is_in_the_guide() -> None:
    commands = set(command_names("scripts.bot.commands"))
    told = set(re.findall(r"(?:circular|bot) ([a-z]+)", GUIDE))
    assert commands - told - {"purge"} == set()
