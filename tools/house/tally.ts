/**
 * Prints how runs of tests ended: `node tools/house/tally.ts unit integration e2e` reads
 * build/reports/<run>.json, names every reason for a skip, and closes with the sum.
 * Only reports: whether a run was green is the exit code of the run itself.
 */
import { existsSync, readFileSync } from "node:fs";

import { closingLine, skipLines, total, type RunCounts } from "./counts.ts";

const names = process.argv.slice(2);
const runs: RunCounts[] = [];
for (const name of names) {
  const path = `build/reports/${name}.json`;
  if (!existsSync(path)) {
    console.log(`${name}: no report (nothing was run, or the run broke off)`);
    continue;
  }
  const counts: RunCounts = JSON.parse(readFileSync(path, "utf8"));
  for (const line of skipLines(counts)) console.log(`${name}: ${line}`);
  if (names.length > 1) console.log(`${name}: ${closingLine(counts)}`);
  runs.push(counts);
}
console.log(`${names.length > 1 ? "" : `  ${names[0] ?? ""}: `}${closingLine(total(runs))}`);
