/**
 * Makes headquarters' projections again from the signed batches, and says whether they came out the
 * same. May run beside a running headquarters.
 */
import { isTerminalId } from "../../core/ids.ts";
import { faultLine, HqFault } from "./fault.ts";
import { visitInstance } from "./instance.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";
import { createProjection } from "./project.ts";
import { projectAll } from "./projector.ts";
import { retiredWriters } from "./retired.ts";

const HELP = `Projections from the batches anew: orders, closings, shifts, stock.

  node tools/hq/rebuild.ts --data DIR [--tenant demo]

  --data DIR     headquarters' data folder; headquarters may be running or not
  --tenant NAME  whose projections
  --help         this text

Prints a line of JSON: whether every table is what it was before, and which are not. A release with
other rules makes other tables; the same release makes the same ones.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant] = [dataDirIn(values, true), tenantIn(values)];
  const { store, close } = await visitInstance(dataDir);
  try {
    const links = (await store.figures(tenant)).terminals.flatMap(({ terminal }) =>
      isTerminalId(terminal) ? [{ tenant, terminal }] : [],
    );
    const retired = await retiredWriters(store, links);
    // What was folded of them could not be folded again.
    if (retired.length > 0) throw new HqFault("hq/batches_retired", retired.join(", "));
    const projection = createProjection();
    await projectAll(store, tenant, projection);
    const before = await store.projectionDigests(tenant);
    await store.clearProjections(tenant);
    await projectAll(store, tenant, projection);
    const after = await store.projectionDigests(tenant);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    process.stdout.write(
      `${JSON.stringify({ rebuilt: tenant, isSame: changed.length === 0, changed, tables: after })}\n`,
    );
  } finally {
    await close();
  }
}
