// The map page: filters, map and list in step, and an address that says it all.

import { Choice } from "./map-choice.js";
import { gestures } from "./map-gestures.js";
import { Ground } from "./map-ground.js";
import { Here } from "./map-here.js";
import { List } from "./map-list.js";
import { Marks } from "./map-marks.js";
import { Points, ask } from "./map-points.js";
import { choices, clear, layers, offer, pairs, read, sieve, titles, wanted } from "./map-sieve.js";
import { View } from "./map-view.js";
import { named, part, say, tally, words } from "./map-words.js";

const [NEAREST, NEAREST_TILES] = [14, 18];
const MATCHING = 12; // zoom beyond which one does not go to show what the filters leave
const WRITE = 250; // milliseconds after which the address follows

const act = (name) => document.querySelector(`[data-do="${name}"]`);
const sheet = part("sheet");
const points = new Points();
let matching; // what the filters leave, once points have come
let view;
let marks;
let list;
let choice;
let here;

// ── Address ──

function address() {
  const where = view.whole ? [] : [["lat", view.lat.toFixed(4)], ["lon", view.lon.toFixed(4)], ["zoom", view.zoom.toFixed(2)]];
  const query = new URLSearchParams([...pairs(), ...where]).toString();
  return `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
}

let writing;
function remember() {
  clearTimeout(writing);
  writing = setTimeout(() => {
    if (address() !== location.pathname + location.search + location.hash) history.replaceState(history.state, "", address());
  }, WRITE);
}

function readView(query) {
  const [lat, lon, zoom] = ["lat", "lon", "zoom"].map((name) => (query.get(name) ? Number(query.get(name)) : NaN));
  if ([lat, lon, zoom].every(Number.isFinite) && Math.abs(lat) < 85) view.go(lat, lon, zoom, { glide: false });
}

// ── In step ──

function inView() {
  if (choice.group) return matching.filter((point) => choice.group.has(point));
  if (view.whole) return matching;
  const [west, south, east, north] = view.seen();
  return matching.filter(({ lat, lon }) => lon >= west && lon <= east && lat >= south && lat <= north);
}

function showList() {
  if (!matching) return;
  const shown = inView();
  list.show(shown, points.pillars);
  tally(shown.length, matching.length);
  act("more").hidden = list.isWhole;
  act("matching").hidden = shown.length === matching.length;
  act("unfilter").hidden = !Object.values(choices()).some(Boolean);
  for (const rest of document.querySelectorAll('[data-part="rest"]')) rest.remove();
  if (choice.point) list.mark(choice.point);
}

let offering;
function sift() {
  matching = points.matching(choices());
  choice.keep(matching);
  marks.load(matching);
  view.dispatchEvent(new Event("move")); // to be drawn anew
  showList();
  clearTimeout(offering);
  offering = setTimeout(() => offer(points.counts(choices())));
  remember();
}

async function load() {
  const names = wanted();
  const todo = [];
  for (const [place, [name, from]] of layers.entries()) {
    const shown = names.includes(name);
    if (!points.want(name, shown) && shown) todo.push(points.load(name, from, place, sift));
  }
  if (points.layers.size > todo.length || !names.length) sift();
  await Promise.all(todo);
}

function failed(error) {
  say(words("failed"));
  throw error; // for whoever looks into the console
}

// ── What people do ──

const actions = {
  nearer: () => view.zoomBy(1, { glide: true }),
  farther: () => view.zoomBy(-1, { glide: true }),
  whole() {
    choice.group = null;
    view.fitAll();
  },
  matching() {
    const refit = !choice.group;
    choice.group = null;
    if (refit) view.fitPoints(matching, { most: MATCHING });
    showList();
    list.focus({ preventScroll: true });
  },
  unfilter() {
    clear();
    sift();
  },
  more() {
    list.more();
    act("more").hidden = list.isWhole;
  },
  locate: () => here.locate(),
};

// ── Wiring ──

function unfold() {
  part("ground").append(part("live").content.cloneNode(true));
  part("live").remove();
  sheet.classList.add("moving");
  return part("surface");
}

function wireMap(surface, ground) {
  let waiting = 0;
  let { level } = view;
  function paint() {
    waiting = 0;
    if (view.level === level) marks.move();
    else {
      level = view.level;
      marks.sort();
    }
    ground.draw(); // last: names make room for the marks
    here.move();
  }
  new ResizeObserver(() => {
    view.resize(surface.clientWidth, surface.clientHeight);
    ground.resize();
    paint();
  }).observe(surface);
  view.addEventListener("move", () => {
    waiting ||= requestAnimationFrame(paint);
  });
  view.addEventListener("rest", () => {
    if (!view.whole) choice.group = null;
    marks.sort();
    ground.draw();
    showList();
    choice.show();
    remember();
  });
  surface.addEventListener("click", (event) => {
    if (!event.target.closest("button")) choice.drop();
  });
  surface.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    choice.drop();
    surface.focus();
  });
}

function wireFilters() {
  const toggle = part("toggle");
  toggle.addEventListener("click", () => toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true")));
  sieve.addEventListener("change", (event) => {
    choice.group = null;
    if (event.target.name === "type") load().catch(failed);
    else sift();
  });
  for (const button of document.querySelectorAll("[data-do]")) button.addEventListener("click", () => actions[button.dataset.do]());
}

async function begin() {
  const query = new URLSearchParams(location.search);
  read(query);
  for (const [name, from] of layers) if (wanted().includes(name)) ask(from).catch(() => {}); // early; told when it is loaded
  const data = await ask(sheet.dataset.ground);
  const surface = unfold();
  view = new View(data.bounds, sheet.dataset.tiles ? NEAREST_TILES : NEAREST);
  view.resize(surface.clientWidth, surface.clientHeight);
  readView(query);
  here = new Here(surface, view, () => (choice.group = null));
  marks = new Marks(part("marks"), view, (found) => named(found, surface.dataset.cluster));
  list = new List(part("list"), part("item"), titles);
  choice = new Choice(view, marks, list);
  choice.addEventListener("change", showList);
  const tools = surface.nextElementSibling;
  const ground = new Ground(surface.querySelector("canvas"), data, view, sheet.dataset.tiles);
  ground.obstacles = () => [...marks.boxes(), [tools.offsetLeft, tools.offsetTop, tools.offsetLeft + tools.offsetWidth, tools.offsetTop + tools.offsetHeight]];
  gestures(surface, view);
  wireMap(surface, ground);
  wireFilters();
  await load();
  sieve.querySelector("fieldset").disabled = false;
}

begin().catch(failed);
