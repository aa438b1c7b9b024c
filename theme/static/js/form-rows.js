// Groups that may come several times: empty ones are hidden but for the first, and a button shows or makes the next.

const MOST = 50;

const isEmpty = (row) => [...row.querySelectorAll("input, select, textarea")].every((input) => !input.value);

/** A further group, with the number after the last one's in its names and ids. */
const next = (row, name, number) => {
  const made = row.cloneNode(true);
  made.querySelector("legend").textContent = number + 1;
  for (const fault of made.querySelectorAll(".fault")) fault.remove();
  for (const input of made.querySelectorAll("input, select, textarea")) {
    const end = input.name.slice(`${name}.${number - 1}`.length);
    input.id = input.id.replace(`-${number - 1}-`, `-${number}-`);
    input.name = `${name}.${number}${end}`;
    input.defaultValue = input.value = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  return made;
};

const wire = (form, box) => {
  const rows = () => [...box.querySelectorAll(".line-of")];
  const button = Object.assign(document.createElement("button"), { type: "button", className: "outline", textContent: form.dataset.add });
  const show = () => {
    const all = rows();
    let row = all.find((one) => one.hidden);
    if (!row && all.length < MOST) {
      row = next(all.at(-1), box.dataset.name, all.length);
      all.at(-1).after(row);
    }
    if (row) row.hidden = false;
    button.hidden = rows().length >= MOST && !rows().some((one) => one.hidden);
    return row;
  };
  const first = Math.max(1, rows().findLastIndex((row) => !isEmpty(row)) + 1);
  rows().forEach((row, place) => (row.hidden = place >= first));
  box.append(button);
  button.addEventListener("click", () => show()?.querySelector("input, select, textarea").focus());
  // A draft may name a group that is not there, or hidden.
  form.addEventListener("want", ({ detail }) => {
    const number = Number(detail.slice(box.dataset.name.length + 1).split(".")[0]);
    if (!detail.startsWith(`${box.dataset.name}.`) || !(number < MOST)) return;
    while (rows().filter((row) => !row.hidden).length <= number) show();
  });
};

export const grow = (form) => {
  for (const box of form.querySelectorAll("[data-part=rows]")) wire(form, box);
};
