// Checks HTML files with html-validate, all in one process: `node validate_html.mjs < list-of-paths`.
// Writes [{path, rule, line, column, message}, …] as JSON.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const CONFIG = {
  root: true,
  extends: ["html-validate:recommended", "html-validate:document", "html-validate:a11y"],
  // Every rule that is not as strict as it comes has its reason here.
  rules: {
    // HTML is indifferent to its case (13.1.1); ours is the one that formatters write.
    "doctype-style": ["error", { style: "lowercase" }],
    // Contributors may write titles of 120 characters, and search engines cut them by themselves.
    "long-title": "off",
    // A table wider than the screen scrolls in a box that the keyboard reaches, which must have a role and a name. A <section> would
    // tell listeners that another part of the text starts there.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // Our own files come from the same server as the page: who could change one could change the other.
    "require-sri": ["error", { target: "crossorigin" }],
    // Ids of headings are made of their words, as « 2019-les-premiers-laureats »; HTML allows all but spaces.
    "valid-id": ["error", { relaxed: true }],
  },
};

const paths = readFileSync(0, "utf-8").split("\n").filter(Boolean);
const validator = new HtmlValidate(new StaticConfigLoader(CONFIG));
const findings = [];
for (const path of paths) {
  const report = await validator.validateString(readFileSync(path, "utf-8"), path);
  for (const { messages } of report.results) {
    for (const { ruleId, line, column, message } of messages) {
      findings.push({ path, rule: ruleId, line, column, message });
    }
  }
}
process.stdout.write(JSON.stringify(findings));
