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

/** The page as it will look, beside the form: its button alone opens it in a tab. Another stands where one begins to write. */
const previews = (form) => {
  const button = form.querySelector("[data-part=preview]");
  if (!button) return;
  const early = Object.assign(document.createElement("button"), { type: "button", className: "outline early", textContent: button.textContent });
  form.querySelector("[data-part=wrong]").before(early);
  for (const one of [early, button]) {
    one.addEventListener("click", (event) => {
      event.preventDefault();
      import("./form-preview.js").then(({ open }) => open(form, one, button), () => form.requestSubmit(button));
    });
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
  previews(form);
  if (form.dataset.ground) maps(form);
  if (form.dataset.titles) later(form, "focusin", "[name=title]", () => import("./form-twin.js"));
};

document.querySelectorAll("form[data-form]").forEach(begin);
