"""What the command ``redirects`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.french.commands import THIN, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMARY = "garde dans data/redirects.yaml l’adresse des pages renommées ou supprimées"
BASE = "branche, étiquette ou commit d’où part la modification, par exemple origin/main"
NOTHING = f"Aucune adresse à garder{THIN}: data/redirects.yaml ne change pas."
UNREADABLE = f"data/redirects.yaml ou data/site.yaml est fautif{THIN}: corrigez-le d’abord (python -m scripts check)."
GONE = "page supprimée"


def written(lines: Mapping[str, str]) -> str:
    """What was written."""
    told = (f"  {visible(old)} → {GONE if new == 'gone' else visible(new)}" for old, new in lines.items())
    return "\n".join([f"Écrit dans data/redirects.yaml{THIN}:", *told])


def dropped(old: str) -> str:
    """A line that is not needed any more."""
    return f"  {visible(old)}{THIN}: ligne retirée, une page s’y trouve de nouveau"
