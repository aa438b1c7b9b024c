// What time does to a page that was built some days ago: rows whose end (data-end) has come move to the part that says so, an event
// that comes again shows its next day, and today is marked. Days begin where the page says (data-zone), by default as in French clocks.

const zone = document.querySelector("[data-zone]")?.dataset.zone ?? "Europe/Paris";
const lang = document.documentElement.lang;
const dayOf = (moment) => new Intl.DateTimeFormat("sv", { timeZone: zone }).format(moment); // as in 2026-12-07
const isOver = (moment, now) => Date.parse(moment) <= now;

/** Write a day into a block: the word for today, or its weekday, with number, short month and, if it is another, its year. */
function paint(block, day, today, word) {
  const date = new Date(`${day}T12:00Z`);
  const say = (how) => new Intl.DateTimeFormat(lang, { ...how, timeZone: "UTC" }).format(date);
  block.dateTime = day;
  block.querySelector(".weekday").textContent = day === today && word ? word : say({ weekday: "long" });
  block.querySelector("b").textContent = date.getUTCDate();
  const year = /\d{4}/.test(block.lastChild.data) ? ` ${day.slice(0, 4)}` : "";
  block.lastChild.data = ` ${say({ month: "short" })}${year}`;
  mark(block, day === today);
}

function mark(element, isToday) {
  if (isToday) element.setAttribute("aria-current", "date");
  else element.removeAttribute("aria-current");
}

/** Put a row whose time is over into the part for it, which is made if the page has none yet. */
function move(row, from) {
  const around = from.parentElement;
  const name = `[data-state="${from.dataset.then}"]`;
  let to = around.querySelector(`:scope > ${name}:not(template)`);
  if (!to) {
    const made = around.querySelector(`template${name}`) ?? document.querySelector(`template${name}`);
    if (!made) return;
    from.after(made.content.cloneNode(true));
    to = from.nextElementSibling;
  }
  to.querySelector("ul").prepend(row);
  if (from.querySelector("li")) return;
  from.hidden = true;
  const none = around.querySelector('[data-part="none"]');
  if (none) none.hidden = false;
}

/** Show the next time of an event that comes again, among its neighbours by day. Whether there is one. */
function comeAgain(row, now) {
  const times = (row.dataset.later ?? "").split(" ").map((time) => time.split("/"));
  const next = times.findIndex(([, end]) => end && !isOver(end, now));
  if (next < 0) return false;
  const [day, end] = times[next];
  row.dataset.end = end;
  row.dataset.later = times.slice(next + 1).map((time) => time.join("/")).join(" ");
  const block = row.querySelector("time.block");
  paint(block, day);
  const after = [...row.parentElement.children].find((other) => other !== row && other.querySelector("time.block")?.dateTime > day);
  row.parentElement.insertBefore(row, after ?? null);
  return true;
}

function settle() {
  const now = Date.now();
  const today = dayOf(now);
  for (const row of [...document.querySelectorAll("[data-end]")]) {
    if (!isOver(row.dataset.end, now) || comeAgain(row, now)) continue;
    row.classList.add("over");
    delete row.dataset.end;
    const from = row.closest("[data-then]");
    if (from) move(row, from);
  }
  for (const block of document.querySelectorAll("[data-today] time.block, time.block[aria-current]")) {
    const isToday = block.dateTime === today;
    const word = block.closest("[data-today]")?.dataset.today;
    if (isToday !== block.hasAttribute("aria-current")) paint(block, block.dateTime, today, word);
  }
  for (const cell of document.querySelectorAll("[data-day]")) mark(cell, cell.dataset.day === today);
  for (const link of document.querySelectorAll("[data-now]")) {
    const month = today.slice(0, 7);
    if (!link.dataset.now.split(" ").includes(month)) continue;
    link.pathname = link.pathname.replace(/\d{4}-\d\d/, month);
    if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  for (const element of document.querySelectorAll("[data-until]")) element.hidden = isOver(element.dataset.until, now);
  for (const element of document.querySelectorAll("[data-from]")) element.hidden = !isOver(element.dataset.from, now);
}

settle();
document.addEventListener("rows", settle);
document.addEventListener("visibilitychange", settle);
