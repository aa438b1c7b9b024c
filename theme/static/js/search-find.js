// What a question finds: Pagefind asked with the stems of its words; where that is little, slips put right and words one by one.

import { fold, isStopWord, words } from "./search-words.js";
import { stem } from "./search-stem.js";

const MOST = 12; // words of a question; who pastes a page gets an answer all the same
const FEW = 5; // results below which pages with only some of the words are shown too
const BEST = 10; // pages that are ranked by their titles too; they are shown first, so they are loaded anyway
const NAMED = 1.5; // how much a title that is all asked for counts
const BEGINNING = 4; // letters of a word that is not finished
const RANKING = { pageLength: 0.5, termFrequency: 1, termSaturation: 1.2, metaWeights: { title: 4 } };

export class Finder {
  /** `data` is the address of Pagefind's files, with a slash at its end. */
  constructor(data) {
    this.data = new URL(data, document.baseURI);
  }

  /** Whether this browser and the site's security policy let WebAssembly run. */
  static canRun() {
    try {
      return Boolean(new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
    } catch {
      return false;
    }
  }

  /** Load Pagefind. */
  async open() {
    this.opened ??= (async () => {
      const pagefind = await import(new URL("pagefind.js", this.data).href);
      // Its worker would be another copy of its script; addresses in the index are whole already.
      await pagefind.options({ noWorker: true, baseUrl: "/", ranking: RANKING });
      await pagefind.init();
      return pagefind;
    })();
    return this.opened;
  }

  /** Every page, in the order of the index. */
  async all() {
    const { results } = await (await this.open()).search(null);
    return { hits: results, whole: results.length, corrected: [] };
  }

  /**
   * The pages that a question finds: `hits`, best first, of which the first `whole` hold all words, and `corrected`, pairs of a word
   * that is on no page and the one it was taken for.
   */
  async find(question) {
    const corrected = [];
    const terms = new Map();
    for (const word of telling(question)) {
      const term = closed(word);
      if ((await this.#search([term])).length) terms.set(term, word);
      else for (const [other, meant, shown] of await this.#instead(word)) {
        terms.set(other, meant);
        if (shown) corrected.push([typed(question, word), shown]);
      }
    }
    const asked = [...terms.keys()];
    const whole = asked.length ? await this.#ranked(await this.#search(asked), [...terms.values()]) : [];
    return { ...(await this.#relaxed(asked, whole)), corrected };
  }

  /** For a word that is on no page: the words that it begins, else those it was probably meant to be; nothing for one like no other. */
  async #instead(word) {
    if (word.length >= BEGINNING && (await this.#search([word])).length) return [[word, word]];
    const [shown] = (await this.spelling()).near(word);
    return shown ? telling(shown).map((meant) => [closed(meant), meant, shown]) : [];
  }

  /** Questions that may have been meant, for one that found nothing. */
  async guesses(question, most = 3) {
    const spelling = await this.spelling();
    return [...new Set(telling(question).flatMap((word) => spelling.near(word, { most, loose: true })))].slice(0, most);
  }

  async spelling() {
    this.words ??= (async () => {
      const [{ Spelling }, answer] = await Promise.all([import("./search-spelling.js"), fetch(new URL("words.txt", this.data))]);
      return new Spelling(answer.ok ? await answer.text() : "");
    })();
    return this.words;
  }

  async #search(terms) {
    const { results } = await (await this.open()).search(terms.join(" "));
    return results;
  }

  /** The best pages once more by how much of their titles was asked for: who types a name looks for the page of that name. */
  async #ranked(hits, asked) {
    const stems = new Set(asked.map(stem));
    const best = await Promise.all(
      hits.slice(0, BEST).map(async (hit) => {
        const title = telling((await hit.data()).meta.title).map(stem);
        const named = title.filter((root) => stems.has(root)).length;
        return { hit, score: hit.score * (1 + NAMED * (named / (title.length || 1)) * (named / stems.size)) };
      }),
    );
    return [...best.sort((one, other) => other.score - one.score).map(({ hit }) => hit), ...hits.slice(BEST)];
  }

  /** After the pages that hold all words, if they are few, those that hold some. */
  async #relaxed(terms, whole) {
    if (whole.length >= FEW || terms.length < 2) return { hits: whole, whole: whole.length };
    const known = new Set(whole.map(({ id }) => id));
    const found = new Map();
    for (const term of terms) {
      for (const hit of await this.#search([term])) {
        if (known.has(hit.id)) continue;
        const sum = found.get(hit.id) ?? { hit, score: 0, count: 0, places: [] };
        found.set(hit.id, { hit, score: sum.score + hit.score, count: sum.count + 1, places: [...sum.places, ...hit.words] });
      }
    }
    const some = [...found.values()]
      .sort((one, other) => other.score * other.count - one.score * one.count)
      .map(({ hit, places }) => ({ id: hit.id, words: places, data: () => hit.data() }));
    return { hits: [...whole, ...some], whole: whole.length };
  }
}

/** The words of a question that say something. */
function telling(question) {
  return [...new Set(words(question))].filter((word) => !isStopWord(word)).slice(0, MOST);
}

/** A folded word as it was typed. */
function typed(question, word) {
  return question.match(/[\p{L}\p{N}]+/gu).find((one) => fold(one) === word) ?? word;
}

/** A word as the index holds it: its stem, closed so that it is not taken for the beginning of others. */
function closed(word) {
  return `${stem(word)}0`;
}
