// What the map page says, and where. Its texts stand in the page (data-… of the status line); no French is here.

export const part = (name) => document.querySelector(`[data-part="${name}"]`);

const status = part("status");
const number = new Intl.NumberFormat(document.documentElement.lang);

/** A text of the status line, with its {names} filled in; numbers as the page's language writes them. */
export function words(name, values = {}) {
  return filled(status.dataset[name], values);
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, key) => (typeof values[key] === "number" ? number.format(values[key]) : (values[key] ?? "")));
}

export function say(text) {
  if (status.textContent !== text) status.textContent = text; // what has not changed is not read out again
}

let tallied = "";

/**
 * How many of all points that the filters leave are seen. Said when it changes, so that a map which only settles does not talk over
 * what was said about a position.
 */
export function tally(n, all) {
  const some = n ? "some" : "away";
  const every = n === 1 ? "one" : "many";
  const text = words(!all ? "none" : n === all ? every : some, { n, all });
  if (text !== tallied) say(text);
  tallied = text;
}

/** Let the next tally be said, also where it is what it was. */
export function tallyAnew() {
  tallied = "";
}

/** Below the map: what is looked at or chosen; nothing brings the help back. */
export function told(...pieces) {
  part("told").replaceChildren(...pieces);
  part("told").hidden = !pieces.length;
  part("help").hidden = pieces.length > 0;
}

/** A point in one line. */
export function line({ title, place, note }) {
  return [title, place, note].filter(Boolean).join(" · ");
}

/** The line below the map for a point that is chosen, its title a link. */
export function linked(point) {
  const link = document.createElement("a");
  link.textContent = point.title;
  if (point.href) link.href = point.href;
  return [link, [point.place, point.note].filter(Boolean).map((text) => ` · ${text}`).join("")];
}

/** What a mark is called; `pattern` is the text for several points. */
export function named(points, pattern) {
  return points.length === 1 ? line(points[0]) : filled(pattern, { n: points.length, place: points[0].place });
}
