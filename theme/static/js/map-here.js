// Where the reader is: asked of the browser only when the reader asks, kept in this page, sent nowhere.

import { say, tallyAnew, words } from "./map-words.js";
import { worldX, worldY } from "./map-view.js";

const AROUND = 11; // zoom at which one's own surroundings are shown
const [PATIENCE, FRESH] = [15_000, 60_000]; // milliseconds to wait for a place, and for which one is good

export class Here {
  /** `arrived` is called before the view goes there. */
  constructor(surface, view, arrived) {
    Object.assign(this, { view, arrived, at: null, spot: document.createElement("span") });
    Object.assign(this.spot, { className: "here", hidden: true, title: surface.dataset.here });
    surface.append(this.spot);
  }

  locate() {
    if (!navigator.geolocation) return say(words("unknown"));
    say(words("wait"));
    return navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.arrive(coords),
      (error) => say(words(error.code === error.PERMISSION_DENIED ? "refused" : "unknown")),
      { timeout: PATIENCE, maximumAge: FRESH },
    );
  }

  arrive({ latitude, longitude }) {
    const [x, y] = [worldX(longitude), worldY(latitude)];
    const [left, top, right, bottom] = this.view.box;
    if (x < left || x > right || y < top || y > bottom) return say(words("outside"));
    this.spot.hidden = false;
    this.at = [x, y];
    this.arrived();
    tallyAnew(); // in place of « looking for your position »
    return this.view.go(latitude, longitude, AROUND);
  }

  /** Draw it where it stands in the window now. */
  move() {
    if (!this.at) return;
    const [left, top] = this.view.place(...this.at);
    this.spot.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
  }
}
