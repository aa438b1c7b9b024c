// What is asked on the search page: words, filters and order, in the form and in the address, as one would share it.

export const part = (name) => document.querySelector(`[data-part="${name}"]`);
export const form = document.querySelector("form[data-search]");
export const field = form.elements.namedItem("q");

const filters = [...form.querySelectorAll("[data-filter]")];
const sort = form.elements.namedItem("sort");
const title = document.title;

/** The question, the value of each filter (empty where nothing is chosen), and whether the latest come first. */
export function state() {
  const chosen = Object.fromEntries(filters.map((filter) => [filter.dataset.filter, filter.value]));
  return { question: field.value.trim(), chosen, byDay: sort?.value === "date" };
}

/** Whether a filter or an order is chosen. */
export function isNarrowed() {
  return [...filters, sort].some((control) => control?.value);
}

function address() {
  const { question, chosen, byDay } = state();
  const pairs = [["q", question], ...Object.entries(chosen), ["sort", byDay ? "date" : ""]].filter(([, value]) => value);
  const query = new URLSearchParams(pairs).toString();
  return `${location.pathname}${query ? `?${query}` : ""}`;
}

/** Write what is asked into the address, by `pushState` or `replaceState`. */
export function remember(way) {
  const { question } = state();
  document.title = question ? `${question} — ${title}` : title;
  if (address() !== location.pathname + location.search) history[way](null, "", address());
}

export function readAddress() {
  if (location.search) offer();
  const query = new URLSearchParams(location.search);
  field.value = query.get("q") ?? "";
  for (const filter of filters) choose(filter, query.get(filter.dataset.filter) ?? "");
  if (sort) sort.value = query.get("sort") === "date" ? "date" : "";
}

/** A value that the control does not offer is no choice. */
function choose(control, value) {
  control.value = [...control.options].some((option) => option.value === value) ? value : "";
}

export function clear() {
  for (const filter of filters) filter.value = "";
}

/** What can be chosen is many elements: the page holds it folded until the filters are seen, on phones behind their button. */
export function offer() {
  for (const folded of form.querySelectorAll("select > template")) folded.replaceWith(folded.content);
}

/** Put behind each value of the filters how many results it would leave; `countsOf` a filter's name gives value → count. */
export function count(countsOf) {
  for (const filter of filters) {
    const counts = countsOf(filter.dataset.filter);
    for (const option of filter.options) {
      if (!option.value) continue;
      option.dataset.name ??= option.textContent;
      const left = counts.get(option.value) ?? 0;
      option.textContent = `${option.dataset.name} (${left})`;
      option.disabled = !left && !option.selected;
    }
  }
}
