// The search page: takes the question from the address, shows what it finds, and keeps the address as one would share it.

import { Finder } from "./search-find.js";
import { clear, count, field, form, isNarrowed, offer, part, readAddress, remember, state } from "./search-question.js";
import { element, item, titleItem } from "./search-shown.js";

const PAGE = 10; // results at once
const PAUSE = 300; // milliseconds without a key before one searches
const SHORTEST = 3; // letters from which on one searches while typing

const finder = new Finder(form.dataset.search);

let facets; // a promise of them, once they are needed
let found = { hits: [], whole: 0, corrected: [] }; // what the question found, before filters
let shown = []; // what is left of it, in order
let run = 0; // counts searches: an answer that comes late is thrown away

// ── Searching ──

async function search() {
  const mine = (run += 1);
  const { question, chosen, byDay } = state();
  const filtered = byDay || Object.values(chosen).some(Boolean);
  if (!question && !filtered) {
    found = { hits: [], whole: 0, corrected: [] };
    return blank();
  }
  say("Recherche en cours…");
  try {
    const answer = question ? await finder.find(question) : await finder.all();
    if (mine !== run) return undefined;
    found = answer;
    if (filtered) await needFacets();
    return mine === run ? await show() : undefined;
  } catch {
    return mine === run ? fail() : undefined;
  }
}

function needFacets() {
  facets ??= (async () => {
    const data = new URL("facets.json", new URL(form.dataset.search, document.baseURI));
    const [{ Facets }, answer] = await Promise.all([import("./search-facets.js"), fetch(data)]);
    return new Facets(await answer.json());
  })();
  return facets;
}

/** The filters and the order as they are now, over what was found. */
async function show() {
  const { question, chosen, byDay } = state();
  const known = facets && (await facets);
  shown = known ? found.hits.filter((hit) => known.has(hit, chosen)) : found.hits;
  if (known && (byDay || !question)) shown = known.byDay(shown);
  if (known) count((name) => known.counts(found.hits, chosen, name));
  part("results").replaceChildren();
  await more();
  tell(question, byDay);
  part("indexes").hidden = shown.length > 0;
  part("empty").hidden = shown.length > 0;
  if (!shown.length) await advise(question, chosen);
}

async function more() {
  const mine = run;
  const list = part("results");
  const next = shown.slice(list.querySelectorAll("[data-result]").length).slice(0, PAGE);
  const rows = await Promise.all(next.map(async (hit) => [hit, item(await hit.data(), hit.words)]));
  if (mine !== run) return undefined;
  for (const [hit, row] of rows) {
    if (hit === firstPartial()) list.append(element("li", { class: "aside" }, element("p", { class: "quiet" }, "Avec une partie des mots seulement")));
    list.append(row);
  }
  part("more").hidden = list.querySelectorAll("[data-result]").length >= shown.length;
  return rows[0]?.[1];
}

/** The first result that does not hold all the words, where some before it do and the order is that of relevance. */
function firstPartial() {
  const { byDay, question } = state();
  if (byDay || !question || !found.whole) return undefined;
  const whole = new Set(found.hits.slice(0, found.whole));
  return whole.has(shown[0]) ? shown.find((hit) => !whole.has(hit)) : undefined;
}

// ── Saying ──

function say(text) {
  part("status").textContent = text;
}

function tell(question, byDay) {
  const count = shown.length;
  const of = question ? ` pour «\u202f${question}\u202f»` : "";
  const how = byDay && count > 1 ? ", du plus récent au plus ancien" : "";
  say(count ? `${count.toLocaleString("fr")}\u00a0${count > 1 ? "résultats" : "résultat"}${of}${how}` : `Aucun résultat${of}`);
  const corrected = found.corrected.map(([word, meant]) => `Aucune page ne dit «\u202f${word}\u202f»\u00a0: voici ce que donne «\u202f${meant}\u202f».`);
  part("corrected").textContent = corrected.join(" ");
  part("corrected").hidden = !corrected.length || !count;
}

function blank() {
  say("");
  part("results").replaceChildren();
  for (const name of ["more", "empty", "corrected"]) part(name).hidden = true;
  part("indexes").hidden = false;
}

/** What to try where nothing was found. */
async function advise(question, chosen) {
  const mine = run;
  const filtered = Object.values(chosen).some(Boolean);
  part("unfilter").hidden = !(filtered && found.hits.length);
  part("near").hidden = true;
  const guesses = question && !found.hits.length ? await finder.guesses(question) : [];
  if (mine !== run || !guesses.length) return;
  const links = guesses.map((guess) => element("a", { href: `${location.pathname}?${new URLSearchParams({ q: guess })}` }, guess));
  part("near").replaceChildren("Vouliez-vous dire ", ...links.flatMap((link, place) => (place ? [", ", link] : [link])), "\u202f?");
  part("near").hidden = false;
}

/** Without Pagefind: titles and names only. */
async function titlesOnly() {
  const mine = (run += 1);
  const { question } = state();
  if (!question) return blank();
  const { Titles } = await import("./search-titles.js");
  titles ??= new Titles(form.dataset.titles);
  const rows = await titles.find(question, 50);
  if (mine !== run) return undefined;
  shown = rows;
  found = { hits: rows, whole: rows.length, corrected: [] };
  part("results").replaceChildren(...rows.map(titleItem));
  tell(question, false);
  part("titles-only").hidden = false;
  part("indexes").hidden = part("empty").hidden = rows.length > 0;
  return undefined;
}

let titles;

function fail() {
  if (form.dataset.titles && !titles) {
    begin = titlesOnly;
    withFilters(false);
    return titlesOnly().catch(fail);
  }
  blank();
  return say("La recherche n’a pas pu être chargée. Vérifiez votre connexion, ou parcourez les rubriques ci-dessous.");
}

// ── Wiring ──

const filterBox = form.querySelector("fieldset");
let begin = search;
let timer;

const seen = new ResizeObserver(() => {
  if (!filterBox.offsetParent) return;
  offer();
  seen.disconnect();
});
seen.observe(filterBox);

function withFilters(can) {
  filterBox.disabled = !can;
  filterBox.hidden = part("narrow").hidden = !can;
}

/** On phones the filters are behind a button. */
function unfold(open) {
  part("narrow").setAttribute("aria-expanded", String(open));
}

function later(way, pause = 0) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    remember(way);
    begin();
  }, pause);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  later("pushState");
});
field.addEventListener("input", () => {
  if (!field.value.trim() || field.value.trim().length >= SHORTEST) later("replaceState", PAUSE);
});
form.addEventListener("change", (event) => {
  if (event.target !== field) later("pushState");
});
// How many results each choice would leave is loaded when one is about to choose.
filterBox.addEventListener(
  "focusin",
  async () => {
    const known = await needFacets();
    offer();
    count((name) => known.counts(found.hits, state().chosen, name));
  },
  { once: true },
);
part("narrow").addEventListener("click", () => unfold(part("narrow").getAttribute("aria-expanded") === "false"));
part("more").addEventListener("click", async () => (await more())?.querySelector("a").focus());
part("unfilter").addEventListener("click", () => {
  clear();
  later("pushState");
  field.focus();
});
addEventListener("popstate", () => {
  readAddress();
  begin();
});

if (Finder.canRun()) withFilters(true);
else {
  withFilters(false);
  begin = () => titlesOnly().catch(fail);
}
part("found").hidden = false;
readAddress();
if (isNarrowed()) unfold(true);
remember("replaceState");
begin();
