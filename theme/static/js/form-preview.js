// The page as it will look, beside the form on wide screens and over it on small ones. It is made anew when one pauses writing, as
// long as it is open; the latest request alone counts. Nothing is kept of what is sent for it. A picture is sent small, and not at
// all where data is to be spared: on a telephone that is once each time the preview is opened.

const PAUSE = 800; // milliseconds without a key
const WIDE = matchMedia("(min-width: 75rem)");
const WIDEST = 600; // pixels of a picture in a preview
const QUALITY = 0.7;
const LEFT_OUT = ["key", "captcha", "form-opened", "website"]; // what is needed to send, not to look

const panels = new WeakMap();
const small = new WeakMap(); // file → promise of a smaller one

const reduced = async (file) => {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, WIDEST / picture.width);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done) => canvas.toBlob(done, file.type === "image/jpeg" ? "image/jpeg" : "image/webp", QUALITY));
};

/** What the form says, with pictures as small as they are shown. */
const said = async (form) => {
  const data = new FormData(form);
  for (const name of LEFT_OUT) data.delete(name);
  for (const [name, file] of [...data]) {
    if (!(file instanceof File)) continue;
    data.delete(name);
    if (!file.size || navigator.connection?.saveData) continue;
    if (!small.has(file)) small.set(file, reduced(file).catch(() => null)); // what cannot be drawn is told on sending
    const made = await small.get(file);
    if (made) data.append(name, made, "image");
  }
  return data;
};

/** The frame's own page: the style sheets of the form's page and an empty body. No script runs in it. */
const blank = (title) => {
  const made = document.implementation.createHTMLDocument(title);
  made.documentElement.lang = document.documentElement.lang;
  for (const one of document.querySelectorAll("meta[name=color-scheme], link[rel=stylesheet]")) made.head.append(made.importNode(one));
  return `<!doctype html>${made.documentElement.outerHTML}`;
};

/** What of an answer is shown, made harmless once more: the page's own part, and the ring that its drawings refer to. */
const shown = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("main");
  for (const one of main?.querySelectorAll("script, form, iframe, object, embed") ?? []) one.remove();
  for (const link of main?.querySelectorAll("a[href]") ?? []) {
    const href = link.getAttribute("href");
    if (href.startsWith("#")) link.setAttribute("href", `about:srcdoc${href}`); // within the frame
    else Object.assign(link, { target: "_blank", rel: "noopener" });
  }
  const ring = page.querySelector("#page-ring")?.closest("svg");
  ring?.setAttribute("class", "hidden");
  return [ring, main].filter(Boolean);
};

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

class Panel {
  constructor(form, { formAction, dataset: words }) {
    this.form = form;
    this.address = formAction;
    this.words = words;
    this.frame = element("iframe", { title: words.frame });
    this.frame.sandbox = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"; // no script, no form
    this.status = element("p", {});
    this.status.setAttribute("role", "status");
    const title = element("h2", { id: "page-apercu", textContent: words.title });
    const close = element("button", { type: "button", className: "outline", textContent: words.close });
    this.dialog = element("dialog", { className: "preview" }, element("header", {}, title, close, this.status), this.frame);
    this.dialog.setAttribute("aria-labelledby", title.id);
    this.box = element("div", {});
    form.before(this.box);
    this.box.append(form, this.dialog);
    this.ready = new Promise((done) => this.frame.addEventListener("load", done, { once: true }));
    this.frame.srcdoc = blank(this.frame.title);
    this.ready.then(() => this.frame.contentDocument.addEventListener("keydown", (event) => this.onKey(event)));
    close.addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("close", () => this.onClose());
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    for (const type of ["input", "change"]) form.addEventListener(type, () => this.later());
    WIDE.addEventListener("change", () => {
      if (!this.dialog.open) return;
      this.turning = true;
      this.dialog.close();
      this.open(this.opener);
    });
  }

  open(opener) {
    this.opener = opener;
    const focused = document.activeElement;
    this.box.classList.toggle("with-preview", WIDE.matches);
    if (WIDE.matches) {
      this.dialog.show();
      focused?.focus({ preventScroll: true }); // one goes on writing
    } else this.dialog.showModal();
    opener.ariaExpanded = "true";
    this.make();
  }

  onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.dialog.open) return;
    event.preventDefault();
    this.dialog.close();
  }

  onClose() {
    if (this.turning) {
      this.turning = false; // from beside to above, or back
      return;
    }
    clearTimeout(this.timer);
    this.request?.abort();
    this.box.classList.remove("with-preview");
    this.opener.ariaExpanded = "false";
    if (!this.form.contains(document.activeElement)) this.opener.focus();
  }

  later() {
    if (!this.dialog.open) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.make(), PAUSE);
  }

  tell(name) {
    const text = this.words[name];
    if (this.status.textContent !== text) this.status.textContent = text; // said once, not after each word
  }

  async make() {
    clearTimeout(this.timer);
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    if (!this.made) this.tell("making");
    try {
      const body = await said(this.form);
      const answer = await fetch(this.address, { method: "POST", body, signal: request.signal, credentials: "omit" });
      if (!answer.ok && answer.status !== 422) throw answer.status;
      const parts = shown(await answer.text());
      await this.ready;
      if (request.signal.aborted) return;
      this.show(parts);
      this.made = true;
      this.tell("made");
    } catch (error) {
      if (!request.signal.aborted) this.tell(error === 429 ? "late" : "failed");
    }
  }

  /** In place of what was there: nothing flashes, and one stays where one was. */
  show(parts) {
    const page = this.frame.contentDocument;
    page.body.replaceChildren(...parts.map((part) => page.importNode(part, true)));
  }
}

/** Open the panel of a form, or close it; `button` is the form's own, which says the words and where to ask. */
export const open = (form, opener, button) => {
  if (!panels.has(form)) panels.set(form, new Panel(form, button));
  opener.focus({ preventScroll: true }); // the form has been moved
  const panel = panels.get(form);
  if (panel.dialog.open) panel.dialog.close();
  else panel.open(opener);
};
