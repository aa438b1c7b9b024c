// What part of the earth the map shows, and how it gets elsewhere. Web Mercator; knows nothing of pictures or points.

const TILE = 256; // pixels of the whole earth at zoom 0, as tile servers count
const EDGE = 22; // pixels around everything there is to see: half a mark and a little more
const GLIDE = 220; // milliseconds of a movement that one can follow
const WAY = 4; // steps of zoom that even the smallest region has
const EARLY = 0.3; // of a step of zoom before which clusters part
const REST = 140; // milliseconds without movement after which the view has come to rest

export const worldX = (lon) => lon / 360 + 0.5;
export const worldY = (lat) => {
  const sine = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
const lonAt = (x) => (x - 0.5) * 360;
const latAt = (y) => (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
const between = (low, value, high) => Math.max(low, Math.min(high, value));

/**
 * Events: `move` at each change, `rest` once it has stopped. `x`, `y` are the middle in shares of the world, `zoom` as tile servers count.
 * `bounds` is [west, south, east, north] of what there is to see; `nearest` the highest zoom.
 */
export class View extends EventTarget {
  constructor(bounds, nearest) {
    super();
    const [west, south, east, north] = bounds;
    this.box = [worldX(west), worldY(north), worldX(east), worldY(south)];
    this.nearest = nearest;
    this.width = this.height = 1;
    this.x = (this.box[0] + this.box[2]) / 2;
    this.y = (this.box[1] + this.box[3]) / 2;
    this.zoom = 0;
    this.whole = true; // whether it shows everything because nobody has moved it
  }

  get scale() {
    return TILE * 2 ** this.zoom;
  }

  /** The whole step of zoom by which points are gathered: clusters keep apart however far it is to the next. */
  get level() {
    return Math.floor(this.zoom + EARLY);
  }

  get farthest() {
    return Math.min(this.zoomFor(this.box) - 0.5, this.nearest - WAY);
  }

  get lat() {
    return latAt(this.y);
  }

  get lon() {
    return lonAt(this.x);
  }

  resize(width, height) {
    Object.assign(this, { width, height });
    if (this.whole) this.fitAll({ glide: false });
    else this.put(this.x, this.y, this.zoom);
  }

  /** Where a point of the world stands in the window, in pixels. */
  place(x, y) {
    return [(x - this.x) * this.scale + this.width / 2, (y - this.y) * this.scale + this.height / 2];
  }

  /** West, south, east, north in degrees of what is seen, and of `margin` windows around it. */
  seen(margin = 0) {
    const across = ((0.5 + margin) * this.width) / this.scale;
    const down = ((0.5 + margin) * this.height) / this.scale;
    return [lonAt(this.x - across), latAt(this.y + down), lonAt(this.x + across), latAt(this.y - down)];
  }

  put(x, y, zoom) {
    this.zoom = between(this.farthest, zoom, this.nearest);
    this.x = between(this.box[0], x, this.box[2]);
    this.y = between(this.box[1], y, this.box[3]);
    this.dispatchEvent(new Event("move"));
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.dispatchEvent(new Event("rest")), REST);
  }

  /** To a place in degrees. */
  go(lat, lon, zoom, options) {
    this.whole = false;
    this.glideTo(worldX(lon), worldY(lat), zoom, options);
  }

  drag(across, down) {
    this.stop();
    this.whole = false;
    this.put(this.x - across / this.scale, this.y - down / this.scale, this.zoom);
  }

  /** By whole or broken steps; what is at `x`, `y` of the window (its middle, if not given) stays where it is. */
  zoomBy(steps, { x = this.width / 2, y = this.height / 2, glide = false } = {}) {
    this.stop();
    this.whole = false;
    const zoom = between(this.farthest, this.zoom + steps, this.nearest);
    const share = (1 / this.scale - 1 / (TILE * 2 ** zoom));
    const to = [this.x + (x - this.width / 2) * share, this.y + (y - this.height / 2) * share, zoom];
    if (glide) this.glideTo(...to);
    else this.put(...to);
  }

  zoomFor([left, top, right, bottom], room = 28) {
    const wide = Math.max(this.width - 2 * room, 1) / Math.max(right - left, 1e-9);
    const high = Math.max(this.height - 2 * room, 1) / Math.max(bottom - top, 1e-9);
    return Math.log2(Math.min(wide, high) / TILE);
  }

  fitAll(options) {
    this.fit(this.box, { room: EDGE, ...options });
    this.whole = true;
  }

  /** To a box of the world (left, top, right, bottom). */
  fit([left, top, right, bottom], { room = 48, most = this.nearest, ...options } = {}) {
    this.whole = false;
    const zoom = Math.min(this.zoomFor([left, top, right, bottom], room), most);
    this.glideTo((left + right) / 2, (top + bottom) / 2, zoom, options);
  }

  /** To a box of points {x, y}. */
  fitPoints(points, options) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y } of points) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    if (points.length) this.fit(box, options);
  }

  /** At once, where people want no movement or `glide` is false. */
  glideTo(x, y, zoom, { glide = true } = {}) {
    this.stop();
    if (!glide || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.put(x, y, zoom);
      return;
    }
    const from = [this.x, this.y, this.zoom];
    const to = [between(this.box[0], x, this.box[2]), between(this.box[1], y, this.box[3]), between(this.farthest, zoom, this.nearest)];
    const begun = performance.now();
    const step = (now) => {
      const time = between(0, (now - begun) / GLIDE, 1);
      const eased = 1 - (1 - time) ** 3;
      const nowAt = from[2] + (to[2] - from[2]) * eased;
      // Moved as far as the scale has changed: what is at the target then comes closer in a straight line.
      const turn = to[2] === from[2] ? eased : (2 ** -nowAt - 2 ** -from[2]) / (2 ** -to[2] - 2 ** -from[2]);
      this.put(from[0] + (to[0] - from[0]) * turn, from[1] + (to[1] - from[1]) * turn, nowAt);
      this.frame = time < 1 ? requestAnimationFrame(step) : 0;
    };
    this.frame = requestAnimationFrame(step);
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }
}
