"""The form service: intake, worker, review pages; see docs/architecture.md."""

from __future__ import annotations

from scripts.bot.french import commands as french

SUMMARY = french.SUMMARY
