// An AsyncAPI document in; what the official parser says against it, one line each, and status 1 if it is an error, out.
// node check.mjs FILE [FILE ...]
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const LEVELS = ["error", "warning", "information", "hint"];
let errors = 0;
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, "utf8"));
  for (const found of diagnostics) {
    console.log(`${LEVELS[found.severity]} ${found.code} ${found.path.join("/")}: ${found.message}`);
    errors += found.severity === 0 ? 1 : 0;
  }
  if (document) console.log(`${document.version()} ${document.channels().length} channels, ${document.messages().length} messages`);
}
process.exit(errors ? 1 : 0);
