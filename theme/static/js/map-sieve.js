// What may be on the map: the filters, one value each, and the layers that are shown. Both are in the address.

import { part } from "./map-words.js";

export const sieve = part("sift");
const sheet = part("sheet");
const filters = [...sieve.querySelectorAll("select[data-filter]")];
const kinds = [...sieve.querySelectorAll('input[name="type"]')];
const defaults = kinds.filter((kind) => kind.defaultChecked).map((kind) => kind.value);

/** All layers: [name, address of their points]. A page with one only has no boxes to tick. */
export const layers = kinds.length ? kinds.map((kind) => [kind.value, kind.dataset.points]) : [[sheet.dataset.name, sheet.dataset.points]];

/** What a thing of each layer is called, in the same order. */
export const titles = kinds.map((kind) => kind.dataset.title);

/** What is chosen: name of a filter → value, empty where nothing is. */
export function choices() {
  return Object.fromEntries(filters.map((filter) => [filter.dataset.filter, filter.value]));
}

/** The names of the layers that are shown. */
export function wanted() {
  return kinds.length ? kinds.filter((kind) => kind.checked).map((kind) => kind.value) : [sheet.dataset.name];
}

export function clear() {
  for (const filter of filters) filter.value = "";
  filters[0].focus();
}

/** The pairs of the address: filters that are set, and layers if they are not those at first. */
export function pairs() {
  const found = Object.entries(choices()).filter(([, value]) => value);
  const shown = wanted();
  if (kinds.length && String(shown) !== String(defaults)) found.push(...(shown.length ? shown : [""]).map((name) => ["type", name]));
  return found;
}

/** Set what an address says; a value that no control offers is none. */
export function read(query) {
  for (const filter of filters) {
    const value = query.get(filter.dataset.filter) ?? "";
    filter.value = [...filter.options].some((option) => option.value === value) ? value : "";
  }
  if (query.has("type")) for (const kind of kinds) kind.checked = query.getAll("type").includes(kind.value);
}

/** Put behind each value how many points it would leave (name of a filter → value → count). */
export function offer(found) {
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
