"""The small region with a consultation, a redirect and entries that name each other; and proposals for it."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.forms.posted import FieldFault, Posted, read_post
from plugins.forms.proposal import Proposal, Proposer
from plugins.model.load import load_site

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.problems import Problem

SMALL = Path(__file__).parents[1] / "roots" / "outre-brume"
TODAY = dt.date(2026, 12, 1)
SENDER = (("contact.name", "Zoé Nouvelle"), ("contact.email", "zoe@example.org"))
EVENT_ID = "events/2026/pret-d-outils"
CONSULTATION_ID = "consultations/2026/un-lavoir"
MORE = {
    f"content/{CONSULTATION_ID}.md": """---
title: Que faire du lavoir ?
summary: Le lavoir ne sert plus depuis dix ans. Dites ce que vous en feriez, et dans quel ordre.
date: 2026-11-01
authors: [ines-falaise]
pillars: [partager, reparer]
level: consultation
opens: 2026-11-01
closes: 2026-12-31
related: [events/2026/pret-d-outils]
questions:
  - {id: avis, text: Qu’en feriez-vous ?}
  - {id: lieux, text: Quels lieux ?, kind: choix, choices: [Le bac, Le toit, La cour]}
  - {id: ordre, text: Dans quel ordre ?, kind: ordre, choices: [Le bac, Le toit, La cour]}
---
Venez [au prêt](/agenda/2026/pret-d-outils/#ce-qu-il-faut-apporter), voyez [ce mot](/etiquettes/outils/).
""",
    "data/redirects.yaml": "/agenda/2026/vieux-titre/: /agenda/2026/pret-d-outils/\n/etiquettes/tabou/: /etiquettes/\n",
    "data/members/val-clair.yaml": "name: Val-Clair\nkind: collectivite\n",
}
ENTRY = (
    ("title", "Un atelier au lavoir"),
    ("summary", "Venez réparer une lessiveuse avec nous, et repartez avec ce qu’il faut pour la garder."),
    ("pillars", "reparer"),
)
VALID: Mapping[str, Sequence[tuple[str, str]]] = {
    "article": (*ENTRY, ("kind", "actualite")),
    "event": (*ENTRY, ("start", "2026-12-14T18:30"), ("place.commune", "Port-Brume")),
    "initiative": (*ENTRY, ("stage", "pilote"), ("commune", "98100")),
    "resource": (*ENTRY, ("kind", "Guide"), ("url", "https://example.org/guide")),
    "call": (*ENTRY, ("opens", "2026-12-01"), ("closes", "31/12/2026")),
    "research": (*ENTRY, ("kind", "these")),
    "member": (("name", "Zoé Nouvelle"), ("kind", "citoyen")),
    "contribution": (("consultation", CONSULTATION_ID), ("answers.avis", "En faire une laverie.")),
}
"""What makes a valid post of each type; offers apart, whose vocabulary this region does not have."""


def make_root(directory: Path) -> Path:
    shutil.copytree(SMALL, directory, dirs_exist_ok=True)
    for path, text in MORE.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text, encoding="utf-8")
    return directory


@dataclass(frozen=True)
class Region:
    """A root on the disk, and proposals for it."""

    root: Path
    site: Site
    proposer: Proposer

    def read(
        self, type_name: str, *pairs: tuple[str, str], files: Mapping[str, str] | None = None
    ) -> tuple[Posted, list[FieldFault]]:
        flat, member = (self.site.schemas.flattened(name) for name in (type_name, "member"))
        return read_post(flat, [*SENDER, *pairs], files or {}, today=TODAY, member=member)

    def propose(
        self,
        type_name: str,
        *pairs: tuple[str, str],
        pictures: Mapping[str, bytes] | None = None,
        taken: Sequence[str] = (),
    ) -> Proposal:
        named = dict(zip(["image.file"], pictures or (), strict=False))
        posted, faults = self.read(type_name, *pairs, files=named)
        assert faults == []
        return self.proposer.propose(
            posted, pictures or {}, today=TODAY, source=self.source, taken=lambda identifier: identifier in taken
        )

    def source(self, path: str) -> bytes | None:
        return (self.root / path).read_bytes() if (self.root / path).is_file() else None

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def problems_with(self, proposal: Proposal) -> list[Problem]:
        """The errors that ``check`` finds once the files of a proposal are written; the root is put back as it was."""
        before = {path: self.source(path) for path in proposal.files}
        try:
            write(self.root, proposal.files)
            problems = load_site(self.root, today=TODAY).problems
        finally:
            write(self.root, before)
        return [problem for problem in problems if problem.severity == "error"]


def write(root: Path, files: Mapping[str, bytes | None]) -> None:
    for path, content in files.items():
        if content is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


def load_region(root: Path) -> Region:
    loaded = load_site(root, today=TODAY)
    assert loaded.is_publishable, loaded.problems
    assert loaded.site is not None
    return Region(root, loaded.site, Proposer(loaded.site))
