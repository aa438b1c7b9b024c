// Measures pages with Lighthouse, one after the other, as a phone on a slow network sees them (Lighthouse's own profile):
// `node measure.mjs CHROMIUM < pages`, a line of JSON {address, skip: [audits]} each. Writes a line of JSON for each:
// {scores: {category: 0–100}, metrics: {name: milliseconds, or a share}, missed: [{category, audit, title, where: [selectors or addresses]}]}.
import { createInterface } from "node:readline";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
  si: "speed-index",
};
const TRIES = 3;
const SHOWN = 5; // places at which an audit is missed

function placesOf({ details }) {
  const items = Array.isArray(details?.items) ? details.items : [];
  return items.map((item) => item.node?.selector ?? item.url ?? item.description ?? item.source?.url).filter(Boolean).slice(0, SHOWN);
}

/** The audits that take something from a category's score; most metrics of performance always take a hundredth or two. */
function missedIn(category, { auditRefs }, audits) {
  const enough = category === "performance" ? 0.9 : 1;
  const weighed = auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < enough);
  return weighed.map(({ id }) => ({ category, audit: id, title: audits[id].title, where: placesOf(audits[id]) }));
}

/** Lighthouse's result, from a browser that has seen nothing yet. */
async function visited(address, skip) {
  const chromium = await launch({
    chromePath: process.argv[2],
    // In containers /dev/shm is small, and root has no sandbox.
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
    logLevel: "silent",
  });
  try {
    const flags = { port: chromium.port, output: "json", logLevel: "silent", onlyCategories: CATEGORIES, skipAudits: skip };
    return (await lighthouse(address, flags)).lhr;
  } finally {
    chromium.kill();
  }
}

/** The same, tried again where the browser has lost its trace, as Lighthouse asks for. */
async function measured(address, skip) {
  for (let left = TRIES; ; left -= 1) {
    const result = await visited(address, skip);
    if (!result.runtimeError) return result;
    if (left === 1) throw new Error(`${address}: ${result.runtimeError.message}`);
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { address, skip } = JSON.parse(line);
  const { categories, audits } = await measured(address, skip);
  const found = Object.entries(categories);
  const report = {
    scores: Object.fromEntries(found.map(([name, { score }]) => [name, Math.round(score * 100)])),
    metrics: Object.fromEntries(Object.entries(METRICS).map(([name, audit]) => [name, audits[audit].numericValue])),
    missed: found.flatMap(([name, category]) => missedIn(name, category, audits)),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
