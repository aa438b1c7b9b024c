// Filters above a list. Rows that are all in the page (data-values) are shown or hidden; of a list in pages, the index of each
// chosen field is loaded and then the rows that answer, which the build has printed (see plugins/views/listing/list_index.py).
// The address keeps what is chosen, so that it can be shared. Texts stand in the page.

const PAGE = 20; // rows shown at once
const PAUSE = 250; // milliseconds without a key before typed words count

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const filters = part("filters");
const controls = [...filters.querySelectorAll("[data-filter]")];
const status = part("status");
const before = status.textContent; // what is said while nothing is chosen
const title = part("narrow").textContent; // of the button that opens the filters on phones
const { rows: base, size } = filters.dataset;
const loaded = new Map(); // name of a file → promise of its content
let hits = []; // places of the rows that answer
let run = 0; // counts choices: what was loaded for an earlier one is thrown away

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const chosen = () => controls.filter((control) => control.value.trim());

/** What can be chosen is many elements: the page holds it folded until the filters are seen, on phones behind their button. */
function offer() {
  for (const folded of filters.querySelectorAll("select > template")) folded.replaceWith(folded.content);
  showCounts();
}

// ── The address ──

function readAddress() {
  if (location.search) offer();
  const query = new URLSearchParams(location.search);
  for (const control of controls) {
    const value = query.get(control.name) ?? "";
    const offered = !control.options || [...control.options].some((option) => option.value === value);
    control.value = offered ? value : "";
  }
}

function writeAddress(way) {
  const query = new URLSearchParams(location.search);
  for (const control of controls) {
    query.delete(control.name);
    if (control.value.trim()) query.set(control.name, control.value.trim());
  }
  const search = query.size || [...query].length ? `?${query}` : "";
  if (search !== location.search) history[way](null, "", location.pathname + search + location.hash);
}

// ── What is left ──

function say(count) {
  const text = count === null ? before : status.dataset[count > 1 ? "many" : count ? "one" : "none"];
  status.textContent = text.replace("{n}", count);
  const names = chosen().length;
  part("unfilter").hidden = !names;
  part("narrow").textContent = names ? `${title} (${names})` : title;
  showCounts();
  const kept = new URLSearchParams(chosen().map((control) => [control.name, control.value.trim()]));
  for (const link of document.querySelectorAll("a[data-keep]")) link.search = kept;
}

/** Put behind each option how many it would leave: counted where all rows are in the page, else as the build has counted them. */
function showCounts() {
  for (const control of controls) {
    const others = chosen().filter((one) => one !== control);
    const counts = base ? null : countsOf(others.map((one) => `${one.name}:${one.value}`));
    for (const option of control.options ?? []) {
      if (!option.value) continue;
      option.dataset.name ??= option.textContent;
      // The build's number is that of the whole list: nobody knows it while another control is set.
      const count = counts ? (counts.get(`${control.name}:${option.value}`)?.size ?? 0) : others.length ? "" : option.dataset.count;
      option.textContent = count === "" ? option.dataset.name : `${option.dataset.name} (${count})`;
    }
  }
}

/** For each value of the rows in the page that have all of some values: what they lead to, once each. */
function countsOf(wanted) {
  const found = new Map();
  for (const row of document.querySelectorAll("[data-values]")) {
    const values = row.dataset.values.split(" ");
    if (!wanted.every((value) => values.includes(value))) continue;
    for (const value of values) found.set(value, (found.get(value) ?? new Set()).add(target(row)));
  }
  return found;
}

const target = (row) => row.querySelector("a")?.href ?? row;

/** Rows of the page: an event that comes again or lasts several days counts once. */
function sift() {
  const wanted = chosen().map((control) => `${control.name}:${control.value}`);
  const left = new Set();
  for (const row of document.querySelectorAll("[data-values]")) {
    const values = row.dataset.values.split(" ");
    row.hidden = !wanted.every((value) => values.includes(value));
    if (!row.hidden) left.add(target(row));
  }
  for (const folded of part("list").querySelectorAll("details")) folded.open = wanted.length > 0;
  say(wanted.length ? left.size : null);
}

function load(name) {
  if (!loaded.has(name)) {
    const answer = fetch(`${base}${name}.json`).then((found) => (found.ok ? found.json() : Promise.reject(found.status)));
    answer.catch(() => loaded.delete(name));
    loaded.set(name, answer);
  }
  return loaded.get(name);
}

/** The places of the rows that have a control's value; typed words answer wherever they stand in what a row says. */
async function places(control) {
  const index = await load(control.name);
  const value = control.value.trim();
  const values = control.options ? [value] : Object.keys(index).filter((text) => fold(text).includes(fold(value)));
  const found = new Set();
  for (const one of values) {
    let place = 0;
    for (const step of index[one] ?? []) found.add((place += step));
  }
  return found;
}

async function find() {
  const mine = ++run;
  const asked = chosen();
  try {
    const [first, ...others] = await Promise.all(asked.map(places));
    if (mine !== run) return;
    hits = [...(first ?? [])].filter((place) => others.every((found) => found.has(place))).sort((a, b) => a - b);
    const shown = asked.length ? await printed(0) : [];
    if (mine !== run) return;
    part("found").replaceChildren();
    part("found").hidden = !asked.length;
    part("list").hidden = asked.length > 0;
    show(shown, 0);
    say(asked.length ? hits.length : null);
  } catch {
    if (mine === run) status.textContent = status.dataset.failed;
  }
}

/** The rows that answer, from the one numbered `start` on. */
function printed(start) {
  return Promise.all(
    hits.slice(start, start + PAGE).map(async (place) => (await load(Math.floor(place / size)))[place % size]),
  );
}

/** The list below the heading for a state; the page has a template of each. */
function listOf(state) {
  const found = part("found");
  const place = () => (state ? found.querySelector(`[data-state="${state}"]`) : found);
  if (!place()?.querySelector("ul")) {
    found.append(document.querySelector(`template[data-state="${state}"]`).content.cloneNode(true));
  }
  place().hidden = false;
  return place().querySelector("ul");
}

function show(rows, start) {
  for (const [state, row] of rows) listOf(state).insertAdjacentHTML("beforeend", row);
  part("more").hidden = start + rows.length >= hits.length || part("found").hidden;
  document.dispatchEvent(new Event("rows"));
}

async function showMore() {
  const start = part("found").querySelectorAll("li:is(.row, .person)").length;
  const mine = run;
  const rows = await printed(start).catch(() => []);
  if (mine !== run) return;
  show(rows, start);
  part("found").querySelectorAll("li:is(.row, .person)")[start]?.querySelector("a")?.focus();
}

// ── What people do ──

const apply = base ? find : sift;
let pause;

function change(way) {
  clearTimeout(pause);
  writeAddress(way);
  apply();
}

filters.addEventListener("change", (event) => event.target.dataset.filter && change("pushState"));
filters.addEventListener("input", ({ target }) => {
  clearTimeout(pause);
  if (!target.options) pause = setTimeout(change, PAUSE, "replaceState");
});
part("more")?.addEventListener("click", showMore);
part("unfilter").addEventListener("click", () => {
  for (const control of controls) control.value = "";
  change("pushState");
  (controls.find((control) => control.offsetParent) ?? part("narrow")).focus();
});
part("narrow").addEventListener("click", ({ currentTarget: button }) => {
  button.setAttribute("aria-expanded", button.getAttribute("aria-expanded") !== "true");
});
// Suggested words are many: they come with the first use of their field.
filters.addEventListener("focusin", ({ target }) => {
  const words = target.list?.querySelector("template");
  words?.replaceWith(words.content);
});
addEventListener("popstate", () => {
  readAddress();
  apply();
});

const box = filters.querySelector("fieldset");
box.disabled = false;
readAddress();
const seen = new ResizeObserver(() => {
  if (!box.offsetParent) return;
  offer();
  seen.disconnect();
});
seen.observe(box);
if (chosen().length) apply();
