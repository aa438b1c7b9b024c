// Completes names while one types, from lists that are loaded once somebody wants them. What is chosen is put in as people write it:
// the server knows names as well as ids, so nothing depends on this.

const MOST = 12; // names offered at once
const LETTERS = 2; // typed before something is offered
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/[’']/g, "'").toLowerCase();

const loaded = new Map();
const load = (address) => {
  if (!address) return Promise.reject(new Error("no list"));
  if (!loaded.has(address)) loaded.set(address, fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
  return loaded.get(address);
};

/** Names as one may write them: with the code or id behind where two share the name. */
const told = (things) => {
  const counts = new Map();
  for (const [, name] of things) counts.set(fold(name), (counts.get(fold(name)) ?? 0) + 1);
  return things.map(([id, name, more]) => ({ text: counts.get(fold(name)) > 1 ? `${name} (${id})` : name, keys: [fold(name), String(more ?? "")] }));
};

const sources = (form, input) => {
  if (input.dataset.words) return Promise.resolve(input.dataset.words.split(", ").map((name) => ({ text: name, keys: [fold(name)] })));
  const kinds = input.dataset.complete.split(" ");
  const lists = kinds.map((kind) =>
    kind === "communes"
      ? load(form.dataset.communes).then((communes) => told(communes))
      : load(form.dataset.names).then((names) => told(names[kind].map(([id, name]) => [id, name]))),
  );
  return Promise.all(lists).then((found) => found.flat());
};

const isMany = (input) => input.dataset.words !== undefined || /^(authors|clubs|territories|partners|pillars)$/.test(input.name);

/** What stands before the name that is being typed, and that name. */
const cut = (input) => {
  const at = isMany(input) ? Math.max(input.value.lastIndexOf(","), input.value.lastIndexOf("\n"), input.value.lastIndexOf(";")) + 1 : 0;
  const typed = input.value.slice(at).trimStart();
  return { before: input.value.slice(0, input.value.length - typed.length), typed };
};

const offer = (list, names, { before, typed }) => {
  const wanted = fold(typed);
  const starts = (name) => name.keys.some((key) => key.startsWith(wanted));
  const holds = (name) => name.keys.some((key) => key.includes(wanted));
  const hits = wanted.length < LETTERS ? [] : [...names.filter(starts), ...names.filter((name) => !starts(name) && holds(name))];
  list.replaceChildren(...hits.slice(0, MOST).map(({ text }) => Object.assign(document.createElement("option"), { value: before + text })));
};

const wire = (form, input) => {
  if (input.list || input.matches("textarea")) return;
  const list = Object.assign(document.createElement("datalist"), { id: `${input.id}-noms` });
  input.after(list);
  input.setAttribute("list", list.id);
  sources(form, input).then(
    (names) => {
      offer(list, names, cut(input));
      input.addEventListener("input", () => offer(list, names, cut(input)));
    },
    () => input.removeAttribute("list"),
  );
};

export const start = (form, { target }) => {
  const named = (element) => element.closest?.("[data-complete], [data-words]");
  if (named(target)) wire(form, target);
  form.addEventListener("focusin", (event) => named(event.target) && wire(form, event.target));
};
