// Filters and dates of results, from facets.json (see plugins/search_index/facets.py).

export class Facets {
  constructor({ pages, values, days }) {
    this.places = new Map(pages.map((page, place) => [page, place]));
    this.days = days;
    // For each filter, the values of each page.
    this.of = new Map(
      Object.entries(values).map(([name, pagesOf]) => {
        const held = pages.map(() => []);
        for (const [value, steps] of Object.entries(pagesOf)) {
          let place = 0;
          for (const step of steps) held[(place += step)].push(value);
        }
        return [name, held];
      }),
    );
  }

  /** Whether a result has the chosen values (name → value; an empty one is no choice), `but` for one filter. */
  has({ id }, chosen, but = "") {
    const place = this.places.get(id);
    return Object.entries(chosen).every(([name, value]) => !value || name === but || this.of.get(name)?.[place]?.includes(value));
  }

  /** How many of the results each value of a filter would leave, the other filters staying as chosen. */
  counts(hits, chosen, name) {
    const found = new Map();
    for (const hit of hits) {
      if (!this.has(hit, chosen, name)) continue;
      for (const value of this.of.get(name)?.[this.places.get(hit.id)] ?? []) found.set(value, (found.get(value) ?? 0) + 1);
    }
    return found;
  }

  /** The results with the latest first; those without a day last, as they were. */
  byDay(hits) {
    const day = ({ id }) => this.days[this.places.get(id)] ?? -Infinity;
    return [...hits].sort((one, other) => (day(other) === day(one) ? 0 : day(other) > day(one) ? 1 : -1));
  }
}
