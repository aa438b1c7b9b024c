"""The problems of a root as text for people, machines and forges: one pure renderer per format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.report import github, gitlab, json_report, sarif, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from plugins.model.problems import Problem

FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": text.render,
    "json": json_report.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
}
