"""What is dated in the future is nowhere before its day: the site is byte for byte the one that does not know of it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from plugins.model.load import load_site
from plugins.model.of_the_day import hold_back
from tests.site.building import SMALL, TODAY, build, command, files_of

if TYPE_CHECKING:
    from pathlib import Path

TO_COME = """---
title: Une annonce qui attend son jour
summary: Elle parle de ce que personne ne doit savoir avant le premier janvier.
date: 2027-01-01
authors: [ines-falaise]
pillars: [partager]
clubs: [outilleurs]
kind: actualite
tags: [Secret jusque-là, outils]
---
## Quand

Un texte qui attend.
"""
LINKS = """

Voir [cette **annonce**](/actualites/2027/annonce/), [la même]({filename}../2027/annonce.md#quand) et [le club](/clubs/).
"""
WORDS = "\n\nVoir cette **annonce**, la même et [le club](/clubs/).\n"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, Path]:
    """A root in which one entry is to come, which another names and links to; and one that never heard of it."""
    knowing, other = tmp_path / "knowing", tmp_path / "other"
    for root in (knowing, other):
        shutil.copytree(SMALL, root)
    entry = knowing / "content" / "articles" / "2027" / "annonce.md"
    entry.parent.mkdir()
    entry.write_text(TO_COME, "utf-8")
    text = (SMALL / ARTICLE).read_text("utf-8")
    (other / ARTICLE).write_text(text.rstrip() + WORDS, "utf-8")
    named = text.replace("\n---\n", "\nrelated: [articles/2027/annonce]\n---\n", 1)
    (knowing / ARTICLE).write_text(named.rstrip() + LINKS, "utf-8")
    return knowing, other


@pytest.mark.slow
def test_before_its_day_nothing_shows_that_it_is_there(roots: tuple[Path, Path], tmp_path: Path) -> None:
    knowing, other = (files_of(build(root, tmp_path / f"site-{root.name}")) for root in roots)
    assert knowing == other


@pytest.mark.slow
def test_on_its_day_it_appears(roots: tuple[Path, Path], tmp_path: Path) -> None:
    done = command("build", "--root", str(roots[0]), "--output", str(tmp_path / "site"), "--today", "2027-01-01")
    assert done.returncode == 0, done.stderr
    assert "paraîtra" not in done.stderr
    assert (tmp_path / "site" / "actualites" / "2027" / "annonce" / "index.html").is_file()
    article = (tmp_path / "site" / "actualites" / "2025" / "une-echelle-pour-dix" / "index.html").read_text("utf-8")
    assert article.count('href="/actualites/2027/annonce/') >= 3


@pytest.mark.slow
def test_a_build_says_what_it_holds_back(roots: tuple[Path, Path], tmp_path: Path) -> None:
    done = command("build", "--root", str(roots[0]), "--output", str(tmp_path / "site"), "--today", TODAY)
    assert "content/articles/2027/annonce.md : ne paraîtra que le 2027-01-01." in done.stderr


def test_it_is_checked_like_all_others(roots: tuple[Path, Path]) -> None:
    entry = roots[0] / "content" / "articles" / "2027" / "annonce.md"
    entry.write_text(TO_COME.replace("ines-falaise", "personne"), "utf-8")
    problems = load_site(roots[0], today=dt.date(2026, 11, 24)).problems
    assert [(fault.path, fault.code) for fault in problems if fault.severity == "error"] == [
        ("content/articles/2027/annonce.md", "unknown-reference")
    ]


def test_an_answer_waits_for_its_consultation(roots: tuple[Path, Path]) -> None:
    folder = roots[0] / "content"
    consultation, answer = folder / "consultations/2027/horaires.md", folder / "contributions/2026/oui.md"
    common = (
        "title: {} sur les horaires\nsummary: Quand ouvrir l’outilthèque de la place, le matin ou le soir en semaine.\n"
    )
    common += "authors: [ines-falaise]\npillars: [partager]\n"
    asks = "date: 2027-02-01\nlevel: consultation\nopens: 2027-02-01\ncloses: 2027-03-01\n"
    asks += "questions: [{id: quand, text: Quand ouvrir ?, kind: libre}]\n"
    says = (
        "date: 2026-03-02\nconsultation: consultations/2027/horaires\nauthor: ines-falaise\nanswers: {quand: Le soir}\n"
    )
    for path, text in ((consultation, asks), (answer, says)):
        path.parent.mkdir(parents=True)
        path.write_text(f"---\n{common.format('Avis')}{text}---\nTexte.\n", "utf-8")
    loaded = load_site(roots[0], today=dt.date(2026, 11, 24))
    assert loaded.site is not None
    assert loaded.is_publishable, loaded.problems
    held = [entry.id for entry in hold_back(loaded.site)]
    assert held == ["contributions/2026/oui", "articles/2027/annonce", "consultations/2027/horaires"]
    assert not set(held) & set(loaded.site.entries)
