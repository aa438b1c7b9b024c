"""Texts that look like French articles: lengths, headings, lists, tables, links."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.generated import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

SHORTEST, LONGEST = 50, 1600  # words
SPREAD = 0.42  # of the logarithm of lengths: nine texts in ten within a factor of two of the median
PLACES_NAMED = 26  # half of the circumstances are then a place


class Prose:
    """An author: every text comes from one stream of random numbers, and sometimes names one of ``places``."""

    def __init__(self, random: Random, places: Sequence[str]) -> None:
        self.random = random
        self.circumstances = (
            *words.CIRCUMSTANCES,
            *(f"à {place}" for place in places[:PLACES_NAMED]),
        )

    def pick(self, choices: Sequence[str]) -> str:
        """One of ``choices``; faster than ``random.choice``."""
        return choices[int(self.random.random() * len(choices))]

    def clause(self) -> str:
        """Subject, verb, complement."""
        predicate = self.pick(words.PREDICATES)
        if "{" in predicate:
            predicate = predicate.format(n=int(2 + self.random.random() * 180), p=int(5 + self.random.random() * 70))
        return f"{self.pick(words.SUBJECTS)} {predicate}"

    def sentence(self) -> str:
        """One sentence of ten to forty words."""
        shape = self.random.random()
        if shape < 0.3:
            text = f"{self.clause()} {self.pick(self.circumstances)}"
        elif shape < 0.6:
            text = f"{self.pick(words.OPENINGS)}, {self.clause()}"
        elif shape < 0.8:
            text = f"{self.clause()}, {self.pick(words.CONNECTORS)} {self.clause()}"
        else:
            text = f"{self.pick(words.OPENINGS)}, {self.clause()} {self.pick(self.circumstances)}"
        return text[0].upper() + text[1:] + "."

    def paragraph(self, length: int) -> str:
        """Sentences until ``length`` words."""
        sentences: list[str] = []
        count = 0
        while count < length:
            sentences.append(self.sentence())
            count += sentences[-1].count(" ") + 1
        return " ".join(sentences)

    def summary(self) -> str:
        """One or two sentences within the bounds of a summary (40 to 300 characters)."""
        first, second = self.sentence(), self.sentence()
        return f"{first} {second}" if len(first) + len(second) < 280 else first

    def length(self, median: int) -> int:
        """A number of words, log-normal around ``median``."""
        return max(SHORTEST, min(LONGEST, int(self.random.lognormvariate(math.log(median), SPREAD))))

    def body(self, median: int, links: Sequence[str], picture: str = "") -> str:
        """A Markdown text of about ``median`` words with ``links`` (Markdown links) spread over its
        paragraphs.
        """
        length = self.length(median)
        waiting = list(links)
        blocks = [self._linked(min(70, length), waiting)]
        written = 70
        if picture:
            blocks.append(f"![{self.clause().capitalize()}]({picture})")
        while written < length:
            share = min(length - written, 60 + int(self.random.random() * 120))
            if share > 60 or self.random.random() < 0.5:
                blocks.append(f"## {self.pick(words.HEADINGS)}")
            blocks.append(self._linked(share, waiting))
            blocks.extend(self._extra(below_heading=any(block.startswith("## ") for block in blocks)))
            written += share
        if waiting:
            blocks.append("Voir aussi " + ", ".join(waiting) + ".")
        return "\n\n".join(blocks) + "\n"

    def _linked(self, length: int, waiting: list[str]) -> str:
        text = self.paragraph(length)
        if waiting and self.random.random() < 0.6:
            text += f" Voir {waiting.pop()}."
        return text

    def _extra(self, *, below_heading: bool) -> list[str]:
        """Now and then a list, a table, a quotation or, below a heading of the second level, one of the third."""
        chance = self.random.random()
        if chance < 0.18:
            return ["\n".join(f"- {self.clause()}" for _ in range(3 + int(chance * 20)))]
        if chance < 0.23:
            return [self._table()]
        if chance < 0.28:
            return [f"> {self.sentence()}"]
        if chance < 0.31 and below_heading:
            return [f"### {self.pick(words.HEADINGS)}", self.paragraph(30)]
        return []

    def _table(self) -> str:
        rows = [f"| {self.pick(words.MEASURES)} | {int(self.random.random() * 900)} |" for _ in range(4)]
        return "\n".join(["| Mesure | Valeur |", "|---|---|", *rows])
