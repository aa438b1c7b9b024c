// A point on the map instead of two numbers: the map moves below a cross, and what is below the cross can be taken.

import { gestures } from "./map-gestures.js";
import { Ground } from "./map-ground.js";
import { View } from "./map-view.js";

const [NEAREST, NEAREST_TILES] = [14, 18];
const [AROUND, CLOSE] = [11, 13]; // zoom at which a commune and a point are shown
const DIGITS = 5; // of a degree: a metre
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
const number = (text) => (text.trim() ? Number(text.trim().replace(",", ".")) : NaN);
const spell = (degrees) => degrees.toFixed(DIGITS).replace(".", ",");
const ask = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));

class Pin {
  constructor(form, box, lat, lon, ground) {
    Object.assign(this, { form, box, lat, lon });
    this.surface = box.querySelector(".surface");
    this.status = box.querySelector("[role=status]");
    this.view = new View(ground.bounds, form.dataset.tiles ? NEAREST_TILES : NEAREST);
    this.ground = new Ground(this.surface.querySelector("canvas"), ground, this.view, form.dataset.tiles);
    this.wire();
  }

  get point() {
    const [lat, lon] = [number(this.lat.value), number(this.lon.value)];
    return Number.isFinite(lat) && Number.isFinite(lon) ? [lat, lon] : null;
  }

  wire() {
    const { view, ground, surface, box } = this;
    let waiting = 0;
    const paint = () => {
      waiting = 0;
      ground.draw();
    };
    new ResizeObserver(() => {
      if (!surface.clientWidth) return; // folded away
      view.resize(surface.clientWidth, surface.clientHeight);
      ground.resize();
      paint();
    }).observe(surface);
    view.addEventListener("move", () => (waiting ||= requestAnimationFrame(paint)));
    gestures(surface, view);
    surface.addEventListener("click", (event) => this.centre(event));
    surface.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the form is not sent from here
      this.take();
    });
    const acts = { take: () => this.take(), locate: () => this.locate(), drop: () => this.drop() };
    for (const button of box.querySelectorAll("[data-do]")) button.addEventListener("click", acts[button.dataset.do]);
    for (const input of [this.lat, this.lon]) input.addEventListener("change", () => this.show());
  }

  /** A click brings its place below the cross, and takes it. */
  centre(event) {
    const { left, top } = this.surface.getBoundingClientRect();
    const { view } = this;
    view.whole = false;
    const at = [view.x + (event.clientX - left - view.width / 2) / view.scale, view.y + (event.clientY - top - view.height / 2) / view.scale];
    view.glideTo(...at, view.zoom, { glide: false });
    this.take();
  }

  take() {
    [this.lat.value, this.lon.value] = [spell(this.view.lat), spell(this.view.lon)];
    this.changed();
  }

  drop() {
    this.lat.value = this.lon.value = "";
    this.changed();
  }

  changed() {
    for (const input of [this.lat, this.lon]) input.dispatchEvent(new Event("input", { bubbles: true }));
    this.tell();
  }

  tell() {
    const words = this.status.dataset;
    this.status.textContent = this.point ? words.set.replace("{lat}", spell(this.point[0])).replace("{lon}", spell(this.point[1])) : words.none;
  }

  show() {
    if (this.point) this.view.go(...this.point, Math.max(CLOSE, this.view.zoom), { glide: false });
    this.tell();
  }

  /** To the commune that is named, as long as no point is taken. */
  follow(commune, communes) {
    const typed = fold(commune.value);
    const code = /\((\w{5})\)$/.exec(commune.value.trim())?.[1] ?? commune.value.trim();
    const found = communes.find(([insee, name]) => insee === code || fold(name) === typed);
    if (found && !this.point && found[3] !== null) this.view.go(found[3], found[4], AROUND, { glide: false });
  }

  locate() {
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => {
        [this.lat.value, this.lon.value] = [spell(coords.latitude), spell(coords.longitude)];
        this.changed();
        this.show();
      },
      () => (this.status.textContent = this.status.dataset.unknown),
    );
  }
}

const open = async (form, lat, lon) => {
  const ground = await ask(form.dataset.ground);
  const made = form.querySelector("template[data-part=pin]").content.cloneNode(true).firstElementChild;
  lon.after(made);
  const pin = new Pin(form, made, lat, lon, ground);
  pin.show();
  const commune = form.elements.namedItem(lat.name.replace("lat", "commune"));
  if (!commune) return;
  const communes = await ask(form.dataset.communes);
  const follow = () => pin.follow(commune, communes);
  commune.addEventListener("change", follow);
  follow();
};

/** A map in a folded part that holds the inputs of a latitude and a longitude. */
export const start = (form, part) => {
  const [lat, lon] = ["lat", "lon"].map((name) => part.querySelector(`[name="${name}"], [name$=".${name}"]`));
  if (lat && lon) open(form, lat, lon).catch(() => {}); // without the ground, the two inputs do
};
