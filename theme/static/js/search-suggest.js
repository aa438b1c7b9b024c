// Suggestions below the search box: an editable combobox with a list, as the ARIA Authoring Practices describe it
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Enter without a choice asks the search page, as it does without this script.

import { Titles } from "./search-titles.js";

const MOST = 8;
const SHORTEST = 2; // letters
const PAUSE = 120; // milliseconds without a key

/** Attach to a text field; its `data-suggest` is the address of the titles. */
export function suggest(input) {
  const titles = new Titles(input.dataset.suggest);
  const list = listBox(input);
  const status = element("p", { role: "status", class: "hidden" });
  input.after(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let timer;
  let asked = ""; // the question whose answer is wanted: an older answer that comes late is thrown away

  function close() {
    list.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function open() {
    const question = (asked = input.value.trim());
    if (question.length < SHORTEST) return close();
    let found;
    try {
      found = await titles.find(question, MOST);
    } catch {
      return close(); // without titles the box is a plain form again
    }
    if (question !== asked || document.activeElement !== input) return undefined;
    if (!list.hidden && list.dataset.for === question) return undefined;
    if (!found.length) {
      status.textContent = "Aucune suggestion.";
      return close();
    }
    const before = list.querySelector('[aria-selected="true"]')?.dataset.href;
    list.replaceChildren(...found.map(option));
    list.dataset.for = question;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose([...list.children].find((one) => one.dataset.href === before)); // who had chosen one keeps it
    status.textContent = found.length > 1 ? `${found.length} suggestions, flèches pour les parcourir.` : "1 suggestion.";
    return undefined;
  }

  /** Mark an option, or the field itself where there is none. */
  function choose(one) {
    list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    if (!one) return input.removeAttribute("aria-activedescendant");
    one.setAttribute("aria-selected", "true");
    one.scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", one.id);
  }

  function move(step) {
    const options = [...list.children];
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    // From the last one back to the field itself, and from there to the first.
    choose(options[(at + 1 + step + options.length + 1) % (options.length + 1) - 1]);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(open, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const chosen = list.querySelector('[aria-selected="true"]');
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      location.assign(chosen.dataset.href);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape closes the list, the next one empties the field as browsers do
      clearTimeout(timer);
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus while one presses
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) location.assign(chosen.dataset.href);
  });
  if (input.value.trim()) open();
}

function listBox(input) {
  return element("ul", { role: "listbox", id: `${input.id}-suggestions`, class: "suggestions", "aria-label": `Suggestions\u00a0: ${input.ariaLabel}`, hidden: "" });
}

function option({ title, address, kind }, place, all) {
  const kinds = element("span", { class: "quiet" }, kind);
  const one = element("li", { role: "option", id: `page-suggestion-${place + 1}`, "aria-selected": "false", "aria-setsize": all.length, "aria-posinset": place + 1 });
  one.dataset.href = address;
  one.append(element("span", {}, title), " ", kinds);
  return one;
}

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}
