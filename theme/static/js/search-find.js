// What a question finds: Pagefind asked with folded words; if that is little, the slips put right and the words one by one.

import { isStopWord, words } from "./search-words.js";
import { stem } from "./search-stem.js";
import { Spelling } from "./search-spelling.js";

const FEW = 5; // results below which pages with only some of the words are shown too
const SHORT = 3; // letters; see plugins/search_index/copies.py
const RANKING = { termSimilarity: 1.5, pageLength: 0.5, termFrequency: 1, termSaturation: 1.2, metaWeights: { title: 4 } };

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
    const asked = telling(question);
    if (!asked.length) return { hits: [], whole: 0, corrected: [] };
    const first = await this.#search(asked);
    if (await met(asked, first)) return this.#relaxed(asked, first, []);
    const spelling = await this.spelling();
    const unknown = new Map(asked.filter((word) => !spelling.knows(word)).map((word) => [word, spelling.near(word)[0]]));
    if (!unknown.size) return this.#relaxed(asked, first, []);
    // A word that is nowhere and like none is left out: Pagefind would take its first letters for another word.
    const meant = [...new Set(asked.flatMap((word) => (unknown.has(word) ? words(unknown.get(word) ?? "") : [word])))];
    const corrected = [...unknown].filter(([, shown]) => shown);
    return this.#relaxed(meant, meant.length ? await this.#search(meant) : [], corrected);
  }

  /** Questions that may have been meant, for one that found nothing. */
  async guesses(question, most = 3) {
    const spelling = await this.spelling();
    const unknown = telling(question).filter((word) => !spelling.knows(word));
    return [...new Set(unknown.flatMap((word) => spelling.near(word, { most, loose: true })))].slice(0, most);
  }

  async spelling() {
    this.words ??= fetch(new URL("words.txt", this.data)).then(async (answer) => new Spelling(answer.ok ? await answer.text() : ""));
    return this.words;
  }

  async #search(asked) {
    const { results } = await (await this.open()).search(asked.map(indexed).join(" "));
    return results;
  }

  /** After the pages that hold all words, if they are few, those that hold some. */
  async #relaxed(asked, whole, corrected) {
    if (whole.length >= FEW || asked.length < 2) return { hits: whole, whole: whole.length, corrected };
    const known = new Set(whole.map(({ id }) => id));
    const found = new Map();
    for (const word of asked) {
      for (const hit of await this.#search([word])) {
        if (known.has(hit.id)) continue;
        const sum = found.get(hit.id) ?? { hit, score: 0, count: 0, places: [] };
        found.set(hit.id, { hit, score: sum.score + hit.score, count: sum.count + 1, places: [...sum.places, ...hit.words] });
      }
    }
    const some = [...found.values()]
      .sort((one, other) => other.score * other.count - one.score * one.count)
      .map(({ hit, places }) => ({ id: hit.id, words: places, data: () => hit.data() }));
    return { hits: [...whole, ...some], whole: whole.length, corrected };
  }
}

/** The words of a question that say something. */
function telling(question) {
  return [...new Set(words(question))].filter((word) => !isStopWord(word));
}

/** A word as the index holds it: a short one is closed, so that it is not taken for the beginning of others. */
function indexed(word) {
  const bare = word.length === SHORT + 1 ? word.replace(/[sx]$/, "") : word;
  return bare.length <= SHORT ? `${bare}0` : word;
}

/** Whether the best page really holds all the words. Pagefind leaves out a word that it does not know, or takes its first letters. */
async function met(asked, hits) {
  if (!hits.length) return false;
  const { content } = await hits[0].data();
  const places = hits[0].words;
  const shown = content.split(" ");
  if (places.some((place) => place >= shown.length)) return true; // a word that the page means without saying it
  const held = new Set(places.flatMap((place) => words(shown[place])));
  return asked.every((word) => {
    const root = stem(word);
    return word.length <= SHORT || [...held].some((one) => one.startsWith(word) || one.startsWith(root) || stem(one) === root);
  });
}
