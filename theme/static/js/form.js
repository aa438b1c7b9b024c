// A form that is sent to the service, made more pleasant. Without this script it works all the same: what is here saves a way to the
// server and back, or typing. Texts that people read stand in the page.

import "./form-captcha.js";
import { check } from "./form-check.js";
import { keep } from "./form-draft.js";
import { grow } from "./form-rows.js";

const later = (form, type, selector, name) => {
  const load = (event) => {
    if (!event.target.closest(selector)) return;
    form.removeEventListener(type, load);
    name().then(({ start }) => start(form, event), () => {});
  };
  form.addEventListener(type, load);
};

/** An event of whole days has days, others have moments: the inputs follow the box. */
const days = (form) => {
  const box = form.elements.namedItem("all_day");
  const inputs = ["start", "end"].map((name) => form.elements.namedItem(name)).filter(Boolean);
  const follow = () => {
    for (const input of inputs) {
      const type = box.checked ? "date" : "datetime-local";
      if (input.type === type || input.type === "text") continue;
      const { value } = input;
      input.type = type;
      if (box.checked) input.value = value.slice(0, 10);
      else if (value) input.value = `${value}T09:00`;
    }
  };
  if (!box) return;
  box.addEventListener("change", follow);
  follow();
};

/** Where coordinates are asked, a map to take them from, once that part is unfolded. */
const maps = (form) => {
  for (const input of form.querySelectorAll("[name=lat], [name$='.lat']")) {
    const part = input.closest("details");
    const load = () => {
      if (!part.open) return;
      part.removeEventListener("toggle", load);
      import("./form-pin.js").then(({ start }) => start(form, part), () => {});
    };
    part?.addEventListener("toggle", load);
    if (part?.open) load();
  }
};

const begin = (form) => {
  const key = form.elements.namedItem("key");
  // The same key is sent again with the same form: a second click is no second proposal.
  if (key && !key.value && globalThis.crypto?.randomUUID) key.value = crypto.randomUUID();
  grow(form);
  check(form); // before keep: what is refused is not marked as sent
  keep(form);
  days(form);
  later(form, "focusin", "[data-complete], [data-words]", () => import("./form-complete.js"));
  later(form, "change", "[type=file]", () => import("./form-picture.js"));
  if (form.dataset.ground) maps(form);
  if (form.dataset.titles) later(form, "focusin", "[name=title]", () => import("./form-twin.js"));
};

document.querySelectorAll("form[data-form]").forEach(begin);
