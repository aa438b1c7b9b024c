// The map page: filters, map and list in step, and an address that says it all.

import { gestures } from "./map-gestures.js";
import { Ground } from "./map-ground.js";
import { List } from "./map-list.js";
import { Marks } from "./map-marks.js";
import { Points, ask } from "./map-points.js";
import { View, worldX, worldY } from "./map-view.js";

const [NEAREST, NEAREST_TILES] = [14, 18];
const AROUND_ME = 11; // zoom at which one's own surroundings are shown
const WRITE = 250; // milliseconds after which the address follows

const part = (name) => document.querySelector(`[data-part="${name}"]`);
const act = (name) => document.querySelector(`[data-do="${name}"]`);
const [sheet, sieve, status] = [part("sheet"), part("sift"), part("status")];
const filters = [...sieve.querySelectorAll("select[data-filter]")];
const kinds = [...sieve.querySelectorAll('input[name="type"]')];
const layers = kinds.length ? kinds.map((kind) => [kind.value, kind.dataset.points]) : [[sheet.dataset.name, sheet.dataset.points]];
const defaults = new Set(kinds.filter((kind) => kind.defaultChecked).map((kind) => kind.value));
const number = new Intl.NumberFormat(document.documentElement.lang);

const points = new Points();
let matching; // what the filters leave, once points have come
let group = null; // points at one place that were asked for together
let chosen = null; // the point whose line is marked
let view;
let marks;
let list;

// ── Words ──

function words(name, values = {}) {
  return status.dataset[name].replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? number.format(values[key]) : values[key]));
}

function say(text) {
  if (status.textContent !== text) status.textContent = text;
}

let tallied = "";
/** How many are shown; said when it changes, so that a map which only settles does not talk over what was said about a position. */
function tally(shown) {
  const [n, all] = [shown.length, matching.length];
  const name = !all ? "none" : n === all ? (n === 1 ? "one" : "many") : n ? "some" : "away";
  const text = words(name, { n, all });
  if (text !== tallied) say(text);
  tallied = text;
}

/** Below the map: what is looked at or chosen; nothing brings the help back. */
function told(...pieces) {
  part("told").replaceChildren(...pieces);
  part("told").hidden = !pieces.length;
  part("help").hidden = pieces.length > 0;
}

const line = ({ title, place, note }) => [title, place, note].filter(Boolean).join(" · ");

// ── Address ──

function choices() {
  return Object.fromEntries(filters.map((filter) => [filter.dataset.filter, filter.value]));
}

function wanted() {
  return kinds.length ? kinds.filter((kind) => kind.checked).map((kind) => kind.value) : [sheet.dataset.name];
}

function address() {
  const pairs = Object.entries(choices()).filter(([, value]) => value);
  const shown = wanted();
  if (kinds.length && (shown.length !== defaults.size || shown.some((name) => !defaults.has(name)))) {
    pairs.push(...(shown.length ? shown : [""]).map((name) => ["type", name]));
  }
  if (!view.whole) pairs.push(["lat", view.lat.toFixed(4)], ["lon", view.lon.toFixed(4)], ["zoom", view.zoom.toFixed(2)]);
  const query = new URLSearchParams(pairs).toString();
  return `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
}

let writing;
function remember() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    if (address() !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address());
  }, WRITE);
}

function readChoices(query) {
  for (const filter of filters) {
    const value = query.get(filter.dataset.filter) ?? "";
    filter.value = [...filter.options].some((option) => option.value === value) ? value : "";
  }
  if (query.has("type")) for (const kind of kinds) kind.checked = query.getAll("type").includes(kind.value);
}

function readView(query) {
  const [lat, lon, zoom] = ["lat", "lon", "zoom"].map((name) => (query.get(name) ? Number(query.get(name)) : NaN));
  if ([lat, lon, zoom].every(Number.isFinite) && Math.abs(lat) < 85) view.go(lat, lon, zoom, { glide: false });
}

// ── In step ──

function inView() {
  if (group) return matching.filter((point) => group.has(point));
  if (view.whole) return matching;
  const [west, south, east, north] = view.seen();
  return matching.filter(({ lat, lon }) => lon >= west && lon <= east && lat >= south && lat <= north);
}

function showList() {
  if (!matching) return;
  const shown = inView();
  list.show(shown, points.pillars);
  tally(shown);
  act("more").hidden = list.isWhole;
  act("matching").hidden = shown.length === matching.length;
  act("unfilter").hidden = !Object.values(choices()).some(Boolean);
  for (const rest of document.querySelectorAll('[data-part="rest"]')) rest.remove();
  if (chosen) list.mark(chosen);
}

function sift() {
  matching = points.matching(choices());
  if (group && !matching.some((point) => group.has(point))) group = null;
  if (chosen && !matching.includes(chosen)) chosen = null;
  marks.load(matching);
  view.dispatchEvent(new Event("move")); // names make room for the marks
  showList();
  clearTimeout(offering);
  offering = setTimeout(offer);
  remember();
}

let offering;

/** Put behind each value of the filters how many points it would leave. */
function offer() {
  const found = points.counts(choices());
  for (const filter of filters) {
    const counts = found[filter.dataset.filter];
    for (const option of filter.options) {
      if (!option.value) continue;
      option.dataset.name ??= option.textContent;
      const count = counts.get(option.value) ?? 0;
      option.textContent = `${option.dataset.name} (${count})`;
      option.disabled = !count && !option.selected;
    }
  }
}

async function load() {
  const names = wanted();
  const todo = [];
  for (const [place, [name, from]] of layers.entries()) {
    const here = names.includes(name);
    if (!points.want(name, here) && here) todo.push(points.load(name, from, place, sift));
  }
  if (points.layers.size > todo.length || !names.length) sift();
  await Promise.all(todo);
}

function failed(error) {
  say(words("failed"));
  throw error; // for whoever looks into the console
}

// ── What people do ──

function choose({ points: found, level, button, byKeyboard }) {
  group = null;
  if (found.length === 1) return choosePoint(found[0], byKeyboard);
  chosen = null;
  if (level !== undefined) return view.fitPoints(found, { most: Math.max(level, view.zoom + 1) });
  group = new Set(found);
  button.classList.add("shown");
  showList();
  told(button.getAttribute("aria-label"));
  if (byKeyboard) list.list.querySelector("a")?.focus();
  return undefined;
}

function choosePoint(point, byKeyboard) {
  if (!inView().includes(point)) showList();
  chosen = point;
  marks.show(point);
  const wide = matchMedia("(min-width: 60rem)").matches;
  const row = list.mark(point, { scroll: wide || byKeyboard });
  if (byKeyboard) row.querySelector("a")?.focus();
  const link = document.createElement("a");
  link.textContent = point.title;
  if (point.href) link.href = point.href;
  told(link, [point.place, point.note].filter(Boolean).map((text) => ` · ${text}`).join(""));
  part("said").textContent = line(point);
}

function look(text, point) {
  if (chosen) return;
  told(text);
  if (point !== undefined) marks.show(point);
}

function unchoose() {
  chosen = null;
  list.mark(null);
  marks.show(null);
  told();
}

function locate() {
  if (!navigator.geolocation) return say(words("unknown"));
  say(words("wait"));
  return navigator.geolocation.getCurrentPosition(
    ({ coords }) => arrive(coords),
    (error) => say(words(error.code === error.PERMISSION_DENIED ? "refused" : "unknown")),
    { timeout: 15000, maximumAge: 60000 },
  );
}

function arrive({ latitude, longitude }) {
  const [x, y] = [worldX(longitude), worldY(latitude)];
  const [left, top, right, bottom] = view.box;
  if (x < left || x > right || y < top || y > bottom) return say(words("outside"));
  here.hidden = false;
  here.at = [x, y];
  group = null;
  tallied = ""; // where one stands replaces « looking for your position », also where the number stays
  return view.go(latitude, longitude, AROUND_ME);
}

let here;
function placeHere() {
  if (!here.at) return;
  const [left, top] = view.place(...here.at);
  here.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
}

const actions = {
  nearer: () => view.zoomBy(1, { glide: true }),
  farther: () => view.zoomBy(-1, { glide: true }),
  whole() {
    group = null;
    view.fitAll();
  },
  matching() {
    const refit = !group;
    group = null;
    if (refit) view.fitPoints(matching, { most: 12 });
    showList();
    list.list.querySelector("a")?.focus({ preventScroll: true });
  },
  unfilter() {
    for (const filter of filters) filter.value = "";
    sift();
    filters[0].focus();
  },
  more() {
    list.more();
    act("more").hidden = list.isWhole;
  },
  locate,
};

// ── Wiring ──

function unfold() {
  part("ground").append(part("live").content.cloneNode(true));
  const surface = part("surface");
  part("live").remove();
  here = document.createElement("span");
  Object.assign(here, { className: "here", hidden: true, title: surface.dataset.here });
  surface.append(here);
  sheet.classList.add("moving");
  return surface;
}

function wireMap(surface, ground) {
  new ResizeObserver(() => {
    view.resize(surface.clientWidth, surface.clientHeight);
    ground.resize();
    paint();
  }).observe(surface);
  let waiting = 0;
  let level = Math.round(view.zoom);
  function paint() {
    waiting = 0;
    ground.draw();
    if (Math.round(view.zoom) === level) marks.move();
    else {
      level = Math.round(view.zoom);
      marks.sort();
    }
    placeHere();
  }
  view.addEventListener("move", () => {
    waiting ||= requestAnimationFrame(paint);
  });
  view.addEventListener("rest", () => {
    if (group && !view.whole) group = null;
    marks.sort();
    showList();
    marks.show(chosen);
    remember();
  });
}

function wireMarks() {
  let pressed = false;
  marks.box.addEventListener("pointerdown", () => (pressed = true), true);
  marks.box.addEventListener("keydown", () => (pressed = false), true);
  marks.addEventListener("choose", ({ detail }) => choose({ ...detail, byKeyboard: !pressed }));
  marks.addEventListener("point", ({ detail }) => {
    look(detail.points.length === 1 ? line(detail.points[0]) : detail.button.getAttribute("aria-label"));
    if (!chosen && detail.points.length === 1) list.mark(detail.points[0]);
  });
  marks.addEventListener("leave", () => {
    if (!chosen) unchoose();
  });
  list.addEventListener("point", ({ detail }) => look(line(detail), detail));
  list.addEventListener("leave", () => {
    if (!chosen) unchoose();
  });
}

function wireFilters() {
  const toggle = part("toggle");
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true")));
  sieve.addEventListener("change", (event) => {
    group = null;
    if (event.target.name === "type") load().catch(failed);
    else sift();
  });
  for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => actions[button.dataset.do]());
}

async function begin() {
  const query = new URLSearchParams(location.search);
  readChoices(query);
  for (const [name, from] of layers) if (wanted().includes(name)) ask(from).catch(() => {}); // early; told when it is loaded
  const data = await ask(sheet.dataset.ground);
  const surface = unfold();
  view = new View(data.bounds, sheet.dataset.tiles ? NEAREST_TILES : NEAREST);
  view.resize(surface.clientWidth, surface.clientHeight);
  readView(query);
  const ground = new Ground(surface.querySelector("canvas"), data, view, sheet.dataset.tiles);
  const tools = surface.nextElementSibling;
  ground.obstacles = () => [...marks.boxes(), [tools.offsetLeft, tools.offsetTop, tools.offsetLeft + tools.offsetWidth, tools.offsetTop + tools.offsetHeight]];
  const cluster = (all) => surface.dataset.cluster.replace("{n}", number.format(all.length)).replace("{place}", all[0].place ?? "");
  marks = new Marks(part("marks"), view, (all) => (all.length > 1 ? cluster(all) : line(all[0])));
  list = new List(part("list"), part("item"), kinds.map((kind) => kind.dataset.title));
  gestures(surface, view);
  surface.addEventListener("click", (event) => {
    if (!event.target.closest("button")) unchoose();
  });
  surface.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    unchoose();
    surface.focus();
  });
  wireMap(surface, ground);
  wireMarks();
  wireFilters();
  await load();
  sieve.querySelector("fieldset").disabled = false;
}

begin().catch(failed);
