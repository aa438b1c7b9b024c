// Says what is wrong while one types, in the words of the server: data-short="5|Titre : il faut au moins 5 caractères, il y en a {length}."
// What it lets pass the server looks at again; what it refuses the server would refuse.

const QUOTED = 60; // characters of what is quoted in a sentence

const number = (text) => {
  const plain = text.replace(/[\s\u202f\u00a0]|euros?$|€$/g, "").replace(",", ".");
  return /^[+-]?\d{1,18}(\.\d{1,12})?$/.test(plain) ? Number(plain) : NaN;
};
const isUrl = (text) => {
  const { protocol, username, hostname } = URL.canParse(text) ? new URL(text) : {};
  return /^https?:$/.test(protocol ?? "") && !username && /^[^.]+(\.[^.]+)+$|^localhost$|^\[/.test(hostname) && !/[\s\\<>"{}|^`]/.test(text);
};
const parts = (text) => (text.trim().includes("\n") ? text.split("\n") : text.split(/;|,(?!(?<=\d,)\d)/)).filter((part) => part.trim()).length;
const length = (text) => [...text].length;
const quoted = (text) => (length(text) <= QUOTED ? text : `${[...text].slice(0, QUOTED - 1).join("")}…`);

// name of the rule → whether a value breaks it
const RULES = {
  url: (value) => !isUrl(value),
  email: (value) => !/^[^\s@<>()[\],;:\\"]{1,64}@[^\s@<>()[\],;:\\"]+\.[^\s@<>()[\],;:\\".]{2,63}$/.test(value),
  number: (value) => Number.isNaN(number(value)),
  whole: (value) => !Number.isInteger(number(value)),
  low: (value, limit) => number(value) < limit,
  high: (value, limit) => number(value) > limit,
  short: (value, limit) => length(value) < limit,
  long: (value, limit) => length(value) > limit,
  many: (value, limit) => parts(value) > limit,
};

const rule = (element, name) => {
  const text = element.dataset[name];
  if (text === undefined) return null;
  const bar = text.indexOf("|");
  return { limit: Number(text.slice(0, bar)), message: text.slice(bar + 1) };
};

const isFilled = (input) => (/^(checkbox|radio)$/.test(input.type) ? input.checked : input.value.trim() !== "" && input.type !== "hidden");

/** Whether an answer is needed here: always, or because others of its group are given. */
const isNeeded = (element) => {
  if (element.required || element.querySelector?.("[required]")) return true;
  const group = element.closest(".line-of, .group-of");
  if (!group) return element.matches("[data-group]");
  return group.dataset.part !== "rows" && [...group.querySelectorAll("input, select, textarea")].some(isFilled);
};

/** What is wrong with an input, or with a group of boxes; an empty text if nothing is. */
const faultOf = (element) => {
  const boxes = element.matches("fieldset") ? [...element.querySelectorAll("input:not([type=hidden])")] : null;
  const value = boxes ? boxes.filter(isFilled).map((box) => box.value).join("\n") : element.value.trim().replace(/\r\n/g, "\n");
  if (!value) return isNeeded(element) ? (rule(element, "missing")?.message ?? "") : "";
  for (const [name, breaks] of Object.entries(RULES)) {
    const found = rule(element, name);
    if (found && breaks(value, found.limit)) {
      const counted = name === "many" ? parts(value) : length(value);
      return found.message.replace("{length}", counted).replace("{value}", /^(low|high)$/.test(name) ? number(value) : quoted(value));
    }
  }
  return "";
};

const idOf = (element) => (element.id || element.querySelector("input[id]").id);

/** Write the sentence beside its input, or take it away. */
const tell = (element, message) => {
  const id = `${idOf(element)}-erreur`;
  const old = document.getElementById(id);
  const described = (element.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (message) described.unshift(id);
  if (described.length) element.setAttribute("aria-describedby", described.join(" "));
  else element.removeAttribute("aria-describedby");
  if (!message) {
    old?.remove();
    element.removeAttribute("aria-invalid");
    return;
  }
  element.setAttribute("aria-invalid", "true");
  const place = old ?? Object.assign(document.createElement("p"), { id, className: "fault" });
  place.textContent = message;
  if (old) return;
  if (element.matches("fieldset")) element.querySelector("legend").after(place);
  else element.before(place);
};

/** The list above the form of all that is wrong; each line leads to its input. */
const sum = (box, faults) => {
  const list = box.querySelector("ul");
  list.replaceChildren(
    ...faults.map(([element, message]) => {
      const link = Object.assign(document.createElement("a"), { href: `#${idOf(element)}`, textContent: message });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  box.hidden = !faults.length;
};

export const check = (form) => {
  const box = form.querySelector("[data-part=wrong]");
  const asked = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea, fieldset[data-group], fieldset.many")];
  const owner = (target) => target.closest("fieldset.many") ?? target;
  form.noValidate = true;
  // After a field is left, and from then on while it is typed in.
  const seen = new WeakSet([...form.querySelectorAll("[aria-invalid=true]")]);
  form.addEventListener("focusout", ({ target }) => {
    const element = owner(target);
    if (!element.matches("input, select, textarea, fieldset") || element.name === "website") return;
    const message = faultOf(element);
    if (message && !isFilled(target) && !seen.has(element)) return; // an empty field is told on sending, not in passing
    if (message) seen.add(element);
    if (seen.has(element)) tell(element, message);
  });
  form.addEventListener("input", ({ target }) => seen.has(owner(target)) && tell(owner(target), faultOf(owner(target))));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formNoValidate) return;
    const faults = asked().map((element) => [element, faultOf(element)]).filter(([, message]) => message);
    for (const [element, message] of faults) {
      seen.add(element);
      tell(element, message);
      for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    }
    sum(box, faults);
    if (!faults.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    box.focus();
  });
  box.addEventListener("click", (event) => {
    const target = event.target.closest("a") && document.querySelector(event.target.closest("a").getAttribute("href"));
    if (!target) return;
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    event.preventDefault();
    target.focus();
    target.closest("fieldset.many, label")?.scrollIntoView({ block: "nearest" });
  });
  // What the server found is read first.
  if (!box.hidden) box.focus();
};
