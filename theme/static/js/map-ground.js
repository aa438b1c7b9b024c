// The ground: outlines and towns from contours.json (plugins/documents/map_data.py), or tiles where the region has chosen some.

import { worldX, worldY } from "./map-view.js";

const UNIT = 2 ** 20; // canvas units in the width of the world, counted from the middle of the map: within what canvases keep apart
const TOWNS = 7; // named where the whole region is seen; four times as many with each step nearer
const BESIDE = [-12, 13, -38, 40]; // pixels from a town to the middle of its name: above, below, and the same clear of a mark
const KEPT = 200; // tiles

export class Ground {
  constructor(canvas, data, view, tiles) {
    Object.assign(this, { canvas, view, tiles });
    this.context = canvas.getContext("2d");
    this.obstacles = () => []; // what names keep clear of: left, top, right, bottom in pixels of the window
    this.middle = [view.x, view.y];
    this.land = data.departements.map((rings) => this.outline(rings, data.scale));
    this.inner = new Path2D();
    for (const rings of data.epci) this.inner.addPath(this.outline(rings, data.scale));
    this.towns = data.towns.map(([name, x, y]) => ({ name, x: worldX(x / data.scale), y: worldY(y / data.scale), wide: 0 }));
    this.colours();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.colours();
      this.draw();
    });
  }

  outline(rings, scale) {
    const path = new Path2D();
    for (const steps of rings) {
      let [lon, lat] = [0, 0];
      for (let at = 0; at < steps.length; at += 2) {
        lon += steps[at];
        lat += steps[at + 1];
        const x = (worldX(lon / scale) - this.middle[0]) * UNIT;
        const y = (worldY(lat / scale) - this.middle[1]) * UNIT;
        if (at) path.lineTo(x, y);
        else path.moveTo(x, y);
      }
      path.closePath();
    }
    return path;
  }

  colours() {
    const style = getComputedStyle(this.canvas);
    const colour = (name) => style.getPropertyValue(name).trim();
    this.colour = { land: colour("--shade"), rule: colour("--rule"), line: colour("--muted"), text: colour("--muted"), paper: colour("--paper") };
    this.font = `13px ${style.fontFamily}`;
  }

  resize() {
    this.ratio = Math.min(devicePixelRatio || 1, 2);
    this.canvas.width = Math.round(this.view.width * this.ratio);
    this.canvas.height = Math.round(this.view.height * this.ratio);
  }

  draw() {
    const { context, view, ratio } = this;
    const stretch = (view.scale / UNIT) * ratio;
    const [left, top] = view.place(...this.middle);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.tiles) this.drawTiles();
    context.setTransform(stretch, 0, 0, stretch, left * ratio, top * ratio);
    context.lineJoin = "round";
    context.fillStyle = this.colour.land;
    if (!this.tiles) for (const path of this.land) context.fill(path);
    if (!this.tiles && !this.land.length) context.fill(this.inner);
    context.lineWidth = (0.8 * ratio) / stretch;
    context.strokeStyle = this.colour.rule;
    context.stroke(this.inner);
    context.lineWidth = ratio / stretch;
    context.strokeStyle = this.colour.line;
    context.globalAlpha = 0.6;
    for (const path of this.land) context.stroke(path);
    context.globalAlpha = 1;
    if (!this.tiles) this.drawTowns();
  }

  /** The largest towns whose names have room beside one another and beside the marks. */
  drawTowns() {
    const { context, view, ratio } = this;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.font = this.font;
    context.textAlign = "center";
    context.lineWidth = 3;
    const count = TOWNS * 4 ** (view.zoom - view.farthest - 0.5);
    const taken = this.obstacles();
    for (const town of this.towns.slice(0, Math.ceil(count))) {
      const [x, y] = view.place(town.x, town.y);
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      town.wide ||= context.measureText(town.name).width / 2 + 6;
      const middle = Math.max(town.wide, Math.min(view.width - town.wide, x));
      const boxes = BESIDE.map((off) => [middle - town.wide, y + off - 9, middle + town.wide, y + off + 9]);
      const box = boxes.find((one) => !taken.some((other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1]));
      if (!box) continue;
      taken.push(box);
      context.fillStyle = this.colour.text;
      context.fillRect(x - 1.5, y - 1.5, 3, 3);
      context.strokeStyle = this.colour.land;
      context.strokeText(town.name, middle, box[1] + 13);
      context.fillText(town.name, middle, box[1] + 13);
    }
  }

  drawTiles() {
    const { view, ratio, context } = this;
    const level = Math.max(0, Math.min(19, Math.round(view.zoom)));
    const count = 2 ** level;
    const size = view.scale / count;
    const [left, top] = view.place(0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (let row = Math.floor(-top / size); row * size + top < view.height; row += 1) {
      for (let column = Math.floor(-left / size); column * size + left < view.width; column += 1) {
        if (row < 0 || row >= count) continue;
        const picture = this.tile(level, ((column % count) + count) % count, row);
        if (picture.complete && picture.naturalWidth) context.drawImage(picture, left + column * size, top + row * size, size, size);
      }
    }
  }

  tile(level, column, row) {
    this.pictures ??= new Map();
    const values = { z: level, x: column, y: row, s: "abc"[(column + row) % 3], r: "" };
    const address = this.tiles.replace(/\{(\w)\}/g, (whole, name) => values[name] ?? whole);
    let picture = this.pictures.get(address);
    if (!picture) {
      picture = new Image();
      picture.addEventListener("load", () => this.draw());
      picture.src = address;
    }
    // The one used last stands last, and the first goes when there are too many.
    this.pictures.delete(address);
    this.pictures.set(address, picture);
    if (this.pictures.size > KEPT) this.pictures.delete(this.pictures.keys().next().value);
    return picture;
  }
}
