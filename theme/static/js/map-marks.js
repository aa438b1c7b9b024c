// The marks on the map: a point is the ring of its pillars around the sign of its layer, a cluster the ring of its shares around its number.
// They are buttons, few at any time. Tab reaches one of them, arrows lead from each to the nearest on that side.

import Supercluster from "./vendor/supercluster.js";
import { worldX, worldY } from "./map-view.js";

const APART = 58; // pixels within which points become a cluster
const SVG = "http://www.w3.org/2000/svg";
const [THINNEST, THICKEST] = [2, 9]; // of the arcs of a cluster, in a box of 32
const SIDES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const number = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact" });

export function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The arcs of the page's ring of pillars, in order. */
export const arcs = document.getElementById("page-ring").getAttribute("d").split(/(?=M)/);

/** Events: `choose` and `point` (or `leave`) with `detail` {points, level, button}: pressed, and looked at. */
export class Marks extends EventTarget {
  constructor(box, view, say) {
    super();
    Object.assign(this, { box, view, say, shown: new Map(), current: null });
    box.addEventListener("click", (event) => this.tell("choose", event.target.closest("button")));
    for (const kind of ["pointerover", "focusin"]) box.addEventListener(kind, (event) => this.tell("point", event.target.closest("button")));
    for (const kind of ["pointerout", "focusout"]) box.addEventListener(kind, () => this.dispatchEvent(new Event("leave")));
    box.addEventListener("focusin", (event) => this.reach(event.target.closest("button")));
    box.addEventListener("keydown", (event) => this.walk(event));
  }

  tell(kind, button) {
    const mark = button && this.shown.get(button.dataset.mark);
    if (mark) this.dispatchEvent(new CustomEvent(kind, { detail: { button, ...this.meaning(mark.feature) } }));
  }

  /** What a mark stands for, and the zoom at which it falls apart (none for a point or for points at one place). */
  meaning({ properties }) {
    if (!properties.cluster) return { points: [properties.point] };
    const points = this.leaves(properties);
    const level = this.index.getClusterExpansionZoom(properties.cluster_id);
    return { points, level: level > this.index.options.maxZoom ? undefined : level };
  }

  leaves({ cluster_id: id }) {
    return this.index.getLeaves(id, Infinity).map((leaf) => leaf.properties.point);
  }

  load(points) {
    const minZoom = Math.max(0, Math.floor(this.view.farthest));
    this.index = new Supercluster({ radius: APART, extent: 256, minZoom, maxZoom: this.view.nearest }).load(points.map((point) => ({ type: "Feature", properties: { point }, geometry: { type: "Point", coordinates: [point.lon, point.lat] } })));
    this.box.replaceChildren();
    this.shown.clear();
    this.sort();
  }

  /** The marks for what is seen now; those that stay are kept. */
  sort() {
    if (!this.index) return;
    const held = this.box.contains(document.activeElement) && document.activeElement;
    const { level } = this.view;
    const features = this.index.getClusters(this.view.seen(0.3), level);
    features.sort((one, other) => other.geometry.coordinates[1] - one.geometry.coordinates[1]);
    const next = new Map(features.map((feature) => [this.nameOf(feature), feature]));
    for (const [name, { button }] of this.shown) if (!next.has(name)) button.remove();
    const old = this.shown;
    this.shown = new Map([...next].map(([name, feature]) => [name, old.get(name) ?? this.mark(name, feature)]));
    let before = null;
    for (const { button } of this.shown.values()) {
      const after = before ? before.nextSibling : this.box.firstChild;
      if (after !== button) this.box.insertBefore(button, after);
      before = button;
    }
    this.move();
    this.reach((held && held.isConnected && held) || this.box.firstChild);
    if (held && !held.isConnected) (this.nearest(held.at) ?? this.box.parentElement).focus({ preventScroll: true });
  }

  nameOf({ properties }) {
    return properties.cluster ? `${properties.cluster_id}/${properties.point_count}` : properties.point.id;
  }

  mark(name, feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const points = feature.properties.cluster ? this.leaves(feature.properties) : [feature.properties.point];
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.dataset.mark = name;
    button.at = [worldX(lon), worldY(lat)];
    button.setAttribute("aria-label", this.say(points));
    button.append(points.length > 1 ? clusterRing(points) : pointRing(points[0]));
    button.className = points.length > 1 ? "cluster" : "point";
    return { button, feature, reach: points.length > 1 ? widthOf(points.length) / 2 : 14 };
  }

  /** Each mark to where it stands in the window now. */
  move() {
    for (const { button } of this.shown.values()) {
      const [x, y] = this.view.place(...button.at);
      button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
  }

  /** What the marks cover of the window: left, top, right, bottom. */
  boxes() {
    return [...this.shown.values()].map(({ button, reach }) => {
      const [x, y] = this.view.place(...button.at);
      return [x - reach, y - reach, x + reach, y + reach];
    });
  }

  show(point) {
    for (const { button, feature } of this.shown.values()) {
      const here = Boolean(point) && (feature.properties.cluster ? this.holds(feature, point) : feature.properties.point === point);
      button.classList.toggle("shown", here);
    }
  }

  holds({ properties, geometry }, point) {
    // A leaf cannot be far from its cluster: few clusters need to be opened.
    const reach = (4 * APART) / this.view.scale;
    if (Math.abs(worldX(geometry.coordinates[0]) - point.x) > reach || Math.abs(worldY(geometry.coordinates[1]) - point.y) > reach) return false;
    return this.leaves(properties).includes(point);
  }

  reach(button) {
    if (this.current) this.current.tabIndex = -1;
    this.current = button;
    if (button) button.tabIndex = 0;
  }

  walk(event) {
    const side = SIDES[event.key];
    const from = event.target.closest("button");
    if (!side || !from) return;
    event.preventDefault();
    event.stopPropagation();
    this.nearest(from.at, side, from)?.focus();
  }

  /** The mark nearest to a point of the world, or the one that comes next on one side of it; only what is in the window. */
  nearest([x, y], side, but) {
    let [best, found] = [Infinity, null];
    for (const { button } of this.shown.values()) {
      const [across, down] = [button.at[0] - x, button.at[1] - y];
      const ahead = side ? across * side[0] + down * side[1] : 0;
      const aside = side ? Math.abs(across * side[1] + down * side[0]) : 0;
      const far = side ? ahead + 2 * aside : Math.hypot(across, down);
      if (button === but || (side && ahead <= aside / 2) || far >= best || !this.inWindow(button)) continue;
      [best, found] = [far, button];
    }
    return found;
  }

  inWindow(button) {
    const [x, y] = this.view.place(...button.at);
    return x >= 0 && y >= 0 && x <= this.view.width && y <= this.view.height;
  }
}

function pointRing({ ring, sign }) {
  const full = ring.map((place) => svg("path", { class: `p${place}`, d: arcs[place] }));
  const middle = svg("use", { href: `#page-signe-${sign % 5}`, class: `sign p${ring[0]}` });
  return svg("svg", { class: "ring", viewBox: "-16 -16 32 32", "aria-hidden": "true" }, svg("circle", { r: 16, class: "disc" }), svg("use", { href: "#page-ring" }), ...full, middle);
}

function clusterRing(points) {
  const count = points.length;
  const counts = arcs.map(() => 0);
  for (const { ring } of points) for (const place of ring) counts[place] += 1;
  const most = Math.max(...counts, 1);
  const share = (held) => THINNEST + ((THICKEST - THINNEST) * held) / most;
  const full = counts.map((held, place) => svg("path", { class: held ? `p${place}` : "none", d: arcs[place], "stroke-width": held ? share(held).toFixed(1) : 1.6 }));
  const made = svg("svg", { class: "ring weighted", viewBox: "-16 -16 32 32", "aria-hidden": "true" }, svg("circle", { r: 18, class: "disc" }), ...full, svg("text", { dy: ".35em" }, number.format(count)));
  made.style.inlineSize = `${widthOf(count)}px`;
  return made;
}

const widthOf = (count) => Math.round(Math.min(34 + 5 * Math.log2(count), 64));
