// How a result looks: like a row of any list, its extract chosen and marked here. Texts are put in as text: nothing of a page is markup.

const SVG = "http://www.w3.org/2000/svg";
const LENGTH = 30; // words of an extract
const SENTENCE = 7; // words of the shortest block that an extract is taken from
const STOP = /[.!?…:;][^\p{L}\p{N}]*$/u; // how the last word of a sentence ends
const GLUE = "\u2060"; // begins a word that follows the one before without a space (plugins/search_index/folding.py)
const END = "\u2029"; // closes the last word of a block (plugins/search_index/copies.py)

/** The list item of a result: `data` is its fragment, `places` those of the found words. */
export function item({ url, content, meta }, places) {
  const row = element("li", { class: "row", "data-result": "" });
  const link = element("a", { href: url }, meta.title);
  row.append(element("p", { class: "quiet" }, meta.label), element("h3", {}, link), extract(content, meta, places));
  const facts = [meta.when, meta.place].filter(Boolean).join("\u00a0· ");
  const made = meta.demo ? [facts && "\u2003", element("span", { class: "badge demo" }, "Démonstration")] : [];
  if (facts || meta.demo) row.append(element("p", { class: "meta" }, facts, ...made));
  row.append(...ring(meta.ring));
  return row;
}

/** A title that lunr found. */
export function titleItem({ title, address, kind }) {
  const row = element("li", { class: "row", "data-result": "" });
  row.append(element("p", { class: "quiet" }, kind), element("h3", {}, element("a", { href: address }, title)));
  return row;
}

/** The page's summary with the found words marked; if none is there, the stretch of the text that holds most of them. */
function extract(content, meta, places) {
  const all = content.split(" ");
  const [from, to] = (meta.extract ?? "0 0").split(" ").map(Number);
  const found = new Set(places.filter((place) => place >= from && place < all.length));
  const inText = [...found].filter((place) => place < to || isSentence(all, place));
  const summed = to > from && (!inText.length || inText.some((place) => place < to));
  const begun = summed ? from : begin(all, densest(inText.length ? inText : [...found], to, all.length), to);
  const [start, end] = summed ? [from, to] : stretch(all, begun, inText, to);
  const text = element("p", {}, start > to && !ends(all[start - 1]) ? "… " : "");
  for (let place = start; place < end; place += 1) {
    const glued = all[place].startsWith(GLUE);
    const word = all[place].replace(GLUE, "").replace(END, "");
    if (place > start && !glued) text.append(between(all[place - 1]));
    text.append(found.has(place) ? element("mark", {}, word) : word);
  }
  if (end < all.length && !ends(all[end - 1])) text.append(" …");
  text.normalize();
  return text;
}

/** Some words from `start` on, with `found` among them: where labels and names follow their block, it ends there and begins earlier. */
function stretch(all, start, found, from) {
  const end = Math.min(start + LENGTH, all.length);
  const last = Math.max(...found.filter((place) => place >= start && place < end));
  const close = last < 0 ? end : 1 + all.findIndex((word, place) => place >= last && ends(word));
  if (close <= last || close >= end || isSentence(all, close)) return [start, end];
  let begun = Math.max(from, Math.min(start, close - LENGTH));
  while (begun < start && !isSentence(all, begun)) begun += 1;
  return [begun, close];
}

/** Whether a word stands in a block that says something: not in a label or a name, short or without a full stop. */
function isSentence(all, place) {
  let [from, to] = [place, place];
  while (from > 0 && !ends(all[from - 1])) from -= 1;
  while (to < all.length - 1 && !ends(all[to])) to += 1;
  return to - from >= SENTENCE - 1 && STOP.test(all[to]);
}

function ends(word) {
  return word.endsWith(END);
}

/** What stands between a word and the next: a dot on the line between two blocks of which the first is no sentence. */
function between(word) {
  return ends(word) && !STOP.test(word) ? " · " : " ";
}

/** A little before `place`, where a block begins if one does. */
function begin(all, place, from) {
  for (let at = place; at > Math.max(from, place - LENGTH / 2); at -= 1) if (ends(all[at - 1] ?? "")) return at;
  return Math.max(from, place - 4);
}

/** Where the stretch with the most found words begins. */
function densest(places, from, all) {
  const sorted = places.sort((one, other) => one - other);
  let best = sorted[0] ?? from;
  let most = 0;
  for (const [at, place] of sorted.entries()) {
    const held = sorted.slice(at).filter((other) => other < place + LENGTH / 2).length;
    if (held > most) [best, most] = [place, held];
  }
  return Math.min(best, Math.max(from, all - 1));
}

/** The ring of the page's pillars, drawn with the arcs of the ring in the header. */
function ring(places) {
  const arcs = document.querySelectorAll(".masthead .mark path");
  if (!places || !arcs.length) return [];
  const drawn = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ class: "ring", viewBox: "-16 -16 32 32", "aria-hidden": "true", focusable: "false" })) drawn.setAttribute(name, value);
  const whole = document.createElementNS(SVG, "use");
  whole.setAttribute("href", "#page-ring");
  drawn.append(whole, ...places.split(" ").map((place) => arcs[Number(place)]?.cloneNode()).filter(Boolean));
  return [drawn];
}

/** An element with attributes and content. */
export function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content.filter((part) => part !== undefined));
  return made;
}
