// Says that a page of the same title is there already, before somebody writes it a second time.

import { beginning, isStopWord, words } from "./search-words.js";

const ALIKE = 0.75; // of the words that two titles hold together
const FULL = 700; // titles in the first file (MOST_AT_ONCE of plugins/search_index/suggestions.py): where there are fewer, it holds them all
const ASKED = 3; // words of a title for which further files are read: the longest, which the fewest titles share

const loaded = new Map(); // address → promise of what stands there
const json = (address) => {
  const given = () => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
  if (!loaded.has(address)) loaded.set(address, given().catch((error) => (loaded.delete(address), Promise.reject(error))));
  return loaded.get(address);
};

const alike = (one, other) => {
  const both = [...one].filter((word) => other.has(word)).length;
  return both / (one.size + other.size - both || 1);
};

export const telling = (title) => new Set(words(title).filter((word) => !isStopWord(word)));

const among = (rows, typed) => rows.find((row) => alike(typed, telling(row.t)) >= ALIKE);

/** A title that is there and says the same; the files of further ones are read where the first does not hold them all. */
export const twinOf = async (list, typed) => {
  const first = await json(list);
  const near = among(first, typed);
  if (near || first.length < FULL) return near;
  const folder = new URL("search-index/", new URL(list, document.baseURI));
  const pieces = new Set((await json(new URL("titles.json", folder).href)).pieces);
  const longest = [...typed].sort((one, other) => other.length - one.length).slice(0, ASKED);
  const names = new Set(longest.map((word) => beginning(word, pieces)).filter(Boolean));
  const found = await Promise.all([...names].map((name) => json(new URL(`${name}.json`, folder).href)));
  return among(found.flatMap(({ rows }) => rows), typed);
};

export const start = (form, { target }) => {
  const note = Object.assign(document.createElement("p"), { className: "help" });
  note.setAttribute("role", "status");
  target.after(note);
  const look = async () => {
    const asked = target.value;
    const typed = telling(asked);
    const twin = typed.size < 2 ? undefined : await twinOf(form.dataset.titles, typed).catch(() => undefined);
    if (target.value !== asked) return;
    if (!twin) return note.replaceChildren();
    const link = Object.assign(document.createElement("a"), { href: form.dataset.base + twin.a, textContent: twin.t, target: "_blank" });
    note.replaceChildren(`${form.dataset.twin} `, link);
  };
  target.addEventListener("change", look);
  look();
};
