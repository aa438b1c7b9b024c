// The list beside the map: the same points, a line each. Lines that the build has written are used again.

import { arcs, svg } from "./map-marks.js";

const WHOLE = 300; // lines up to which the list beside the map is shown whole
const LENGTH = 100; // lines at once of a longer one
const BELOW = 12; // lines at first where the list is below the map, on narrow screens

/** Events: `point` with `detail` a point, and `leave`: which line is looked at. */
export class List extends EventTarget {
  constructor(list, pattern, titles) {
    super();
    Object.assign(this, { list, pattern, titles, points: [], length: 0 });
    this.lines = new Map([...list.children].map((line) => [line.dataset.point, line]));
    for (const kind of ["pointerover", "focusin"]) list.addEventListener(kind, (event) => this.tell(event.target.closest("li")));
    for (const kind of ["pointerout", "focusout"]) list.addEventListener(kind, () => this.dispatchEvent(new Event("leave")));
  }

  tell(line) {
    const point = line && this.byId.get(line.dataset.point);
    if (point) this.dispatchEvent(new CustomEvent("point", { detail: point }));
  }

  show(points, pillars) {
    const beside = points.length > WHOLE ? LENGTH : WHOLE;
    Object.assign(this, { points, pillars, length: matchMedia("(min-width: 60rem)").matches ? beside : BELOW });
    this.byId = new Map(points.map((point) => [point.id, point]));
    this.draw();
  }

  draw() {
    const lines = this.points.slice(0, this.length).map((point) => this.line(point));
    const held = this.list.contains(document.activeElement) && document.activeElement;
    if (lines.length !== this.list.children.length || lines.some((line, at) => line !== this.list.children[at])) this.list.replaceChildren(...lines);
    if (held && held.isConnected && held !== document.activeElement) held.focus({ preventScroll: true });
  }

  has(point) {
    return this.byId.has(point.id);
  }

  focus(options) {
    this.list.querySelector("a")?.focus(options);
  }

  get isWhole() {
    return this.length >= this.points.length;
  }

  more() {
    const first = this.points[this.length];
    this.length += LENGTH;
    this.draw();
    this.line(first).querySelector("a")?.focus();
  }

  /** Mark one line, and make sure that it is there. */
  mark(point, { scroll = false } = {}) {
    this.list.querySelector(".shown")?.classList.remove("shown");
    if (!point) return null;
    const line = this.line(point);
    if (!line.isConnected) {
      if (!scroll) return null;
      this.list.prepend(line);
    }
    line.classList.add("shown");
    if (scroll) line.scrollIntoView({ block: "nearest", behavior: "auto" });
    return line;
  }

  line(point) {
    let line = this.lines.get(point.id);
    if (!line) this.lines.set(point.id, (line = this.made(point)));
    return line;
  }

  made(point) {
    const line = this.pattern.content.firstElementChild.cloneNode(true);
    line.dataset.point = point.id;
    const link = line.querySelector("a");
    link.textContent = point.title;
    if (point.href) link.href = point.href;
    const texts = [point.sign ? this.titles[point.sign] : "", point.place, point.note].filter(Boolean);
    link.after(texts.join("\u00a0· "), " ");
    if (!point.demo) line.querySelector(".demo").remove();
    const ring = line.querySelector("svg");
    if (!point.ring.length) ring.remove();
    ring.querySelector("title").textContent = point.ring.map((place) => this.pillars[place].name).join(", ");
    ring.append(...point.ring.map((place) => svg("path", { class: `p${place}`, d: arcs[place] })));
    return line;
  }
}
