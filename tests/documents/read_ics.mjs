// Reads a calendar as a JavaScript calendar program does, with ical.js: `node read_ics.mjs UNTIL < agenda.ics`.
// Writes [{uid, summary, status, location, starts}, …] as JSON; starts are moments in UTC up to the day UNTIL, by the file's own VTIMEZONEs.
import { readFileSync } from "node:fs";
import ICAL from "../node/node_modules/ical.js/dist/ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf-8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const until = ICAL.Time.fromDateString(process.argv[2]);

function starts(event) {
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.compare(until) < 0; next = iterator.next()) {
    found.push(next.isDate ? `${next}` : next.toJSDate().toISOString());
    if (!event.isRecurring()) break;
  }
  return found;
}

const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const { uid, summary, location } = event;
  return { uid, summary, location, status: component.getFirstPropertyValue("status"), starts: starts(event) };
});
process.stdout.write(JSON.stringify(events));
