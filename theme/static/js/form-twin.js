// Says that a page of the same title is there already, before somebody writes it a second time.

const ALIKE = 0.75; // of the words that two titles hold together
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").toLowerCase();
const words = (text) => new Set(fold(text).match(/[a-z0-9]{2,}/g) ?? []);

const alike = (one, other) => {
  const both = [...one].filter((word) => other.has(word)).length;
  return both / (one.size + other.size - both || 1);
};

export const start = (form, { target }) => {
  const note = Object.assign(document.createElement("p"), { className: "help" });
  note.setAttribute("role", "status");
  target.after(note);
  fetch(form.dataset.titles)
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((titles) => {
      const known = titles.map((one) => ({ ...one, words: words(one.t) }));
      const look = () => {
        const typed = words(target.value);
        const [twin] = typed.size < 2 ? [] : known.filter((one) => alike(typed, one.words) >= ALIKE);
        if (!twin) return note.replaceChildren();
        const link = Object.assign(document.createElement("a"), { href: form.dataset.base + twin.a, textContent: twin.t, target: "_blank" });
        note.replaceChildren(`${form.dataset.twin} `, link);
      };
      target.addEventListener("change", look);
      look();
    }, () => note.remove());
};
