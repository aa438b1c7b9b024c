// Keeps what is being written on this device until it is sent: a closed tab or an empty battery costs nothing.

const PREFIX = "brouillon:";
const WAIT = 400; // milliseconds after the last change
const OLD = 60 * 24 * 3600 * 1000; // a draft of two months is nobody's any more
const LEFT_OUT = new Set(["key", "captcha", "form-opened", "website", "seen", "base", "target", "action"]);

const read = (place) => {
  try {
    return JSON.parse(localStorage.getItem(place));
  } catch {
    return null; // no storage, or something else stands there
  }
};

const write = (place, draft) => {
  try {
    if (draft) localStorage.setItem(place, JSON.stringify(draft));
    else localStorage.removeItem(place);
    return true;
  } catch {
    return false; // private windows and full stores: then nothing is kept, and nothing says it is
  }
};

/** What differs from what the page came with; all that is filled in where `whole`. */
const values = (form, whole) => {
  const found = [];
  for (const input of form.elements) {
    if (!input.name || input.type === "hidden" || input.type === "file" || LEFT_OUT.has(input.name)) continue;
    if (/^(checkbox|radio)$/.test(input.type)) {
      if (input.checked !== input.defaultChecked || (whole && input.checked)) found.push([input.name, input.value, input.checked]);
    } else if (input.type !== "submit" && (input.value !== initial(input) || (whole && input.value))) found.push([input.name, input.value]);
  }
  return found;
};

const initial = (input) => {
  if (input.type !== "select-one") return input.defaultValue ?? "";
  return [...input.options].find((option) => option.defaultSelected)?.value ?? input.options[0]?.value ?? "";
};

const fill = (form, draft) => {
  for (const [name, value, checked] of draft) {
    let found = form.elements.namedItem(name);
    if (!found) {
      // A group that was added: its button adds it again.
      form.dispatchEvent(new CustomEvent("want", { detail: name }));
      found = form.elements.namedItem(name);
    }
    const inputs = found instanceof RadioNodeList ? [...found] : [found];
    if (checked === undefined && inputs[0]) inputs[0].value = value;
    else for (const input of inputs) if (input?.value === value && input.type !== "hidden") input.checked = checked;
  }
  for (const fold of form.querySelectorAll("details")) fold.open ||= [...fold.querySelectorAll("input, textarea, select")].some(isChanged);
};

const isChanged = (input) => (/^(checkbox|radio)$/.test(input.type) ? input.checked !== input.defaultChecked : input.type !== "file" && input.value !== initial(input));

export const keep = (form) => {
  const about = ["target", "consultation"].map((name) => form.elements.namedItem(name)?.value ?? "").join("");
  const place = `${PREFIX}${form.dataset.form}:${about}`;
  const note = form.querySelector("[data-part=draft]");
  const draft = read(place);
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const isReturned = !form.querySelector("[data-part=wrong]").hidden; // the server has given back what was sent
  const key = form.elements.namedItem("key");
  let timer;

  if (draft && (Date.now() - draft.at > OLD || (draft.sent && !isBack))) write(place, null);
  else if (draft && !isReturned) {
    fill(form, draft.values);
    if (key && draft.key) key.value = draft.key; // the same proposal still
    form.querySelector("section").before(note); // what is filled in by itself is explained first
    note.hidden = false;
  }
  const save = () => {
    const found = values(form, isReturned);
    note.hidden = !(found.length && write(place, { at: Date.now(), key: key?.value, values: found }));
  };
  const change = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  note.querySelector("[data-part=forget]").addEventListener("click", () => {
    clearTimeout(timer);
    write(place, null);
    note.hidden = true;
    form.reset();
    form.dispatchEvent(new Event("change"));
    clearTimeout(timer);
    form.querySelector("input:not([type=hidden]):not([tabindex]), textarea")?.focus();
  });
  // Sent is not yet arrived: who comes back finds the draft, who comes anew does not.
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.formTarget) return; // a preview in another tab is not sent
    clearTimeout(timer);
    write(place, { at: Date.now(), key: key?.value, values: values(form, isReturned), sent: true });
  });
};
