// The points of all layers (plugins/documents/map_data.py), and which of them the filters leave.

import { worldX, worldY } from "./map-view.js";

const PAUSE = 1000; // milliseconds between two pieces that are shown while others are on their way

const ZONE = "Europe/Paris"; // where days end for the build too

const asked = new Map(); // address → promise of what stands there

/** What stands at an address, as JSON; asked only once. */
export function ask(address) {
  if (!asked.has(address)) asked.set(address, answered(address));
  return asked.get(address);
}

async function answered(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return await answer.json();
  } catch (error) {
    asked.delete(address); // to be asked again
    throw error;
  }
}

export class Points {
  constructor() {
    this.layers = new Map(); // name → {points, wanted}
    this.pillars = [];
  }

  /** Load a layer once, piece by piece; `each` is called when the first has come, then from time to time, and when all are there. */
  async load(name, address, sign, each) {
    const layer = { points: [], wanted: true };
    this.layers.set(name, layer);
    let told = -Infinity;
    const today = new Intl.DateTimeFormat("sv", { timeZone: ZONE }).format(Date.now()); // as in 2026-12-07
    try {
      for (let next = address; next; ) {
        const piece = await ask(next);
        this.pillars = piece.pillars;
        const places = new Map(piece.pillars.map(({ id }, place) => [id, place]));
        for (const point of piece.points) {
          // What has taken place or expired since the site was built is gone.
          if (point.until && point.until < today) continue;
          const ring = (point.pillars ?? []).map((id) => places.get(id));
          layer.points.push({ ...point, layer: name, sign, ring, x: worldX(point.lon), y: worldY(point.lat) });
        }
        next = piece.next;
        if (next && performance.now() - told < PAUSE) continue;
        each();
        told = performance.now();
      }
    } catch (error) {
      this.layers.delete(name);
      throw error;
    }
  }

  want(name, wanted) {
    const layer = this.layers.get(name);
    if (layer) layer.wanted = wanted;
    return Boolean(layer);
  }

  *all() {
    for (const layer of this.layers.values()) if (layer.wanted) yield* layer.points;
  }

  matching(chosen) {
    const wanted = Object.entries(chosen).filter(([, value]) => value);
    return [...this.all()].filter((point) => wanted.every(([name, value]) => has(point, name, value)));
  }

  /** For each filter, how many points each of its values would leave, the other filters staying as they are. */
  counts(chosen) {
    const found = Object.fromEntries(Object.keys(chosen).map((name) => [name, new Map()]));
    const wanted = Object.entries(chosen).filter(([, value]) => value);
    for (const point of this.all()) {
      const against = wanted.filter(([name, value]) => !has(point, name, value));
      // With one filter against it, a point counts for that filter's other values only.
      const names = against.length ? [against[0][0]] : Object.keys(found);
      if (against.length > 1) continue;
      for (const name of names) for (const value of [point[name] ?? []].flat()) found[name].set(value, (found[name].get(value) ?? 0) + 1);
    }
    return found;
  }
}

function has(point, name, value) {
  const held = point[name];
  return Array.isArray(held) ? held.includes(value) : held === value;
}
