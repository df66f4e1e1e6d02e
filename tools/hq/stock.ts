/**
 * Takes counts of stock over and prints levels. Works beside a running headquarters and without one;
 * what runs low is said to the terminals by the one that runs.
 */
import { readFileSync } from "node:fs";
import { faultLine, HqFault } from "./fault.ts";
import { visitInstance } from "./instance.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";
import { createProjection } from "./project.ts";
import { projectAll } from "./projector.ts";
import { readStockFile } from "./stock-file.ts";

const HELP = `Stock levels: what was counted, less what was sold, plus what came back.

  node tools/hq/stock.ts --data DIR [--tenant demo]
  node tools/hq/stock.ts --data DIR [--tenant demo] --count FILE.csv

  --data DIR     headquarters' data folder; headquarters may be running or not
  --tenant NAME  whose stock
  --count FILE   takes this count over: a CSV with the header sku,counted,target and
                 perhaps threshold (percent of the target, 50 where it is missing).
                 All rows or none; what is wrong is said with its row
  --help         this text

Prints a line of JSON an item: {"sku","levelMilli","targetMilli","isLow"}.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "count"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant, file] = [dataDirIn(values, true), tenantIn(values), values["count"]];
  const read = file === undefined ? null : readStockFile(textOf(file));
  if (read !== null && !read.ok)
    throw new HqFault("hq/configuration", `--count: nothing was taken over\n${read.refusals.join("\n")}`);
  const { store, close } = await visitInstance(dataDir);
  try {
    // What moved before the count is not to count again after it.
    await projectAll(store, tenant, createProjection());
    if (read !== null) await store.countStock(tenant, read.counts);
    for (const level of await store.stock(tenant)) process.stdout.write(`${JSON.stringify(level)}\n`);
  } finally {
    await close();
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new HqFault("hq/configuration", `--count: ${file} cannot be read`, error);
  }
}
