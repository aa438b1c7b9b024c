// What the reader looks at or has chosen: one point, or all at one place. Mark, line of the list and the words below the map go together.

import { line, linked, part, told } from "./map-words.js";

/** Events: `change`, when the list has to show something else. */
export class Choice extends EventTarget {
  constructor(view, marks, list) {
    super();
    Object.assign(this, { view, marks, list });
    this.group = null; // points at one place that were asked for together
    this.point = null; // the point that is chosen
    this.looked = null; // the point whose line is under the pointer or has the focus
    this.wire();
  }

  wire() {
    const { marks, list } = this;
    let pressed = false;
    marks.box.addEventListener("pointerdown", () => (pressed = true), true);
    marks.box.addEventListener("keydown", () => (pressed = false), true);
    marks.addEventListener("choose", ({ detail }) => this.choose({ ...detail, byKeyboard: !pressed }));
    marks.addEventListener("point", ({ detail }) => {
      this.look(detail.button.getAttribute("aria-label"));
      if (!this.point && detail.points.length === 1) list.mark(detail.points[0]);
    });
    list.addEventListener("point", ({ detail }) => this.look(line(detail), detail));
    for (const side of [marks, list]) side.addEventListener("leave", () => this.point || this.drop());
  }

  choose({ points, level, button, byKeyboard }) {
    this.group = null;
    if (points.length === 1) return this.choosePoint(points[0], byKeyboard);
    this.point = null;
    if (level !== undefined) return this.view.fitPoints(points, { most: Math.max(level, this.view.zoom + 1) });
    this.group = new Set(points);
    button.classList.add("shown");
    this.dispatchEvent(new Event("change"));
    told(button.getAttribute("aria-label"));
    if (byKeyboard) this.list.focus();
    return undefined;
  }

  choosePoint(point, byKeyboard) {
    if (!this.list.has(point)) this.dispatchEvent(new Event("change"));
    this.point = point;
    this.show();
    const wide = matchMedia("(min-width: 60rem)").matches;
    const row = this.list.mark(point, { scroll: wide || byKeyboard });
    if (byKeyboard) row.querySelector("a")?.focus();
    told(...linked(point));
    part("said").textContent = line(point);
  }

  look(text, point = null) {
    if (this.point) return;
    told(text);
    this.looked = point;
    if (point) this.show();
  }

  /** Neither looked at nor chosen any more. */
  drop() {
    this.point = this.looked = null;
    this.list.mark(null);
    this.show();
    told();
  }

  /** Forget what is not among these points. */
  keep(points) {
    if (this.group && !points.some((point) => this.group.has(point))) this.group = null;
    if (this.point && !points.includes(this.point)) this.point = null;
  }

  /** Mark it on the map, whose marks may be others than before. */
  show() {
    this.marks.show(this.point ?? this.looked);
  }
}
