"""``bot doctor``: looks at everything the service needs and says what to do."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from scripts.bot.administration import mailbox
from scripts.bot.doctor.examination import examine
from scripts.bot.doctor.instruments import Instruments
from scripts.bot.french import doctor as french

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from scripts.bot.doctor.finding import Finding, Health

SUMMARY = french.SUMMARY
SIGNS: Final[dict[Health, str]] = {"fine": "✓", "wrong": "✗", "untold": "–"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--format``, ``--send``."""
    parser.add_argument("--format", choices=["text", "json"], default="text", help=french.FORMAT)
    parser.add_argument("--send", default="", metavar="ADRESSE", help=french.SEND)


def run(args: argparse.Namespace) -> int:
    """A line for each finding, as it is found; 1 where something is to be put right."""
    send_to = mailbox(args.send) if args.send else ""
    findings = examine(os.environ, Instruments(), send_to=send_to)
    found = list(_told(findings) if args.format == "text" else findings)
    failed = sum(finding.health == "wrong" for finding in found)
    if args.format == "text":
        sys.stdout.write(f"\n{french.summary(failed)}\n")
    else:
        told = {"fine": not failed, "findings": [asdict(finding) for finding in found]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    return int(bool(failed))


def _told(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        sys.stdout.write(f"{SIGNS[finding.health]} {finding.subject}{french.THIN}: {finding.said}\n")
        if finding.advice:
            sys.stdout.write(f"    {french.TO_DO}{finding.advice}\n")
        sys.stdout.flush()
        yield finding
