// Slips in a question put right with the words of the site (words.txt, see plugins/search_index/spelling.py). Loaded when a word of a
// question is on no page.

import { fold } from "./search-words.js";

const SHORTEST = 4; // letters; a shorter word is like too many others

export class Spelling {
  /** `text` is the content of words.txt: lines of words, the most frequent first. */
  constructor(text) {
    const lines = text.trim().split("\n");
    this.words = lines.flatMap((line, place) =>
      line.split(" ").map((shown) => {
        const word = fold(shown);
        return { shown, word, bare: bare(word), sound: sound(word), rare: place / lines.length };
      }),
    );
  }

  /** The words that a folded word was probably meant to be, best first, as the site spells them. */
  near(word, { most = 1, loose = false } = {}) {
    const wanted = bare(word);
    const heard = sound(word);
    if (wanted.length < SHORTEST || /\d/.test(wanted)) return [];
    const limit = (wanted.length < 7 ? 1 : wanted.length < 10 ? 2 : 3) + (loose && wanted.length > 4 ? 1 : 0);
    const found = [];
    for (const one of this.words) {
      if (Math.abs(one.bare.length - wanted.length) > limit && one.sound !== heard) continue;
      const steps = Math.min(distance(wanted, one.bare, limit), one.sound === heard ? 1 : Infinity);
      // Whoever slips seldom slips at the first letter, and means a frequent word rather than a rare one.
      if (steps <= limit) found.push({ shown: one.shown, cost: steps + (one.bare[0] === wanted[0] ? 0 : 0.6) + one.rare * 0.5 });
    }
    return found.sort((one, other) => one.cost - other.cost || (one.shown < other.shown ? -1 : 1)).slice(0, most).map(({ shown }) => shown);
  }
}

/** A word without the mark of the plural. */
function bare(word) {
  return word.length > 3 ? word.replace(/[sx]$/, "") : word;
}

/** Roughly what a French word sounds like. */
function sound(word) {
  return word
    .replace(/ph/g, "f")
    .replace(/(?:eau|au)/g, "o")
    .replace(/qu?|ck|c(?=[^eiyh]|$)/g, "k")
    .replace(/c|ss/g, "s")
    .replace(/h/g, "")
    .replace(/y/g, "i")
    .replace(/(.)\1+/g, "$1")
    .replace(/[esxtd]+$/, "");
}

/** How many letters are wrong, missing, too many or changed places (optimal string alignment); Infinity beyond `limit`. */
function distance(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return Infinity;
  let before = [];
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1];
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > limit) return Infinity;
    before = row;
    row = next;
  }
  return row[other.length] <= limit ? row[other.length] : Infinity;
}
