// Titles and names found by lunr, from indexes made by plugins/search_index: for the search box, and for the search page where
// WebAssembly is not allowed.

import lunr from "./vendor/lunr.js";
import { beginning, isStopWord, words } from "./search-words.js";
import { stem } from "./search-stem.js";

// Namesakes of the two functions in lunr_index.py; an index names those that it was made with.
lunr.Pipeline.registerFunction((token) => words(token.toString()).filter((word) => !isStopWord(word)).map((word) => token.clone(() => word)), "fr-fold");
lunr.Pipeline.registerFunction((token) => {
  const root = stem(token.toString());
  return root === token.toString() ? token : [token.clone(() => root), token];
}, "fr-stem");

const EXACT = 10; // what the word itself counts beside its beginning
const BEGINS = 3; // what a title counts that begins with the question
const LONG = 5; // letters from which on a slip is forgiven, from 8 on two

export class Titles {
  /** `address` is that of search-index.json. */
  constructor(address) {
    this.list = new URL(address, document.baseURI);
    this.site = new URL(".", this.list);
    this.pieces = new Map();
  }

  /** The titles nearest to a question, best first, as {title, address, kind}; addresses are whole. */
  async find(question, most) {
    const asked = words(question).filter((word) => !isStopWord(word));
    if (!asked.length) return [];
    const found = new Map();
    for (const piece of await this.#open(asked)) {
      for (const [row, score] of hits(piece, asked)) {
        const before = found.get(row.a);
        if (!before || before.score < score) found.set(row.a, { title: row.t, address: new URL(`.${row.a}`, this.site).href, kind: row.k, score });
      }
    }
    return [...found.values()].sort((one, other) => other.score - one.score).slice(0, most);
  }

  /** The first file, and of the pieces those that hold words with these beginnings. */
  async #open(asked) {
    this.first ??= this.#first();
    const first = await this.first;
    const names = new Set(asked.map((word) => beginning(word, first.pieces)).filter(Boolean));
    return [first, ...(await Promise.all([...names].map((name) => this.#piece(name))))];
  }

  async #first() {
    const [rows, titles] = await Promise.all([json(this.list), json(new URL("search-index/titles.json", this.site))]);
    return { rows, index: lunr.Index.load(titles.index), pieces: new Set(titles.pieces) };
  }

  #piece(name) {
    if (!this.pieces.has(name)) {
      const address = new URL(`search-index/${name}.json`, this.site);
      this.pieces.set(name, json(address).then(({ rows, index }) => ({ rows, index: lunr.Index.load(index) })));
    }
    return this.pieces.get(name);
  }
}

/** The rows of a piece that hold all the words, or if none does, some of them, with their scores. */
function hits({ rows, index }, asked) {
  const found = asked.map((word) => near(index, word)).filter((scores) => scores.size);
  const sums = new Map();
  for (const scores of found) for (const [ref, score] of scores) sums.set(ref, (sums.get(ref) ?? 0) + score);
  const whole = [...sums].filter(([ref]) => found.length === asked.length && found.every((scores) => scores.has(ref)));
  return (whole.length ? whole : asked.length > 1 ? [...sums].map(([ref, score]) => [ref, score / asked.length / 4]) : []).map(([ref, score]) => [rows[ref], score * (begins(rows[ref], asked[0]) ? BEGINS : 1)]);
}

/** Whether a title's first telling word begins with this one. */
function begins({ t }, word) {
  return words(t).find((one) => !isStopWord(one))?.startsWith(word);
}

/** What one word finds: itself, what begins with it, else what differs by a slip. */
function near(index, word) {
  const look = (ask) => new Map(index.query(ask).map(({ ref, score }) => [ref, score]));
  const found = look((query) => {
    query.term(stem(word), { usePipeline: false, boost: EXACT });
    query.term(word, { usePipeline: false, boost: EXACT });
    query.term(word, { usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
  });
  if (found.size || word.length < LONG) return found;
  return look((query) => query.term(word, { usePipeline: false, editDistance: word.length < LONG + 3 ? 1 : 2 }));
}

async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}
