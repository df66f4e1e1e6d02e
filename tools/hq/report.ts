/**
 * Prints headquarters' report as JSON, with everything that is held projected first. Works beside a
 * running headquarters and without one.
 */
import { faultLine, HqFault } from "./fault.ts";
import { visitInstance } from "./instance.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";
import { createProjection } from "./project.ts";
import { projectAll } from "./projector.ts";
import { reportOf } from "./report-of.ts";

const HELP = `Headquarters' figures as JSON on one line.

  node tools/hq/report.ts --data DIR [--tenant demo]

  --data DIR     headquarters' data folder; headquarters may be running or not
  --tenant NAME  whose figures
  --help         this text
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
    await projectAll(store, tenant, createProjection());
    process.stdout.write(`${JSON.stringify(await reportOf(store, tenant))}\n`);
  } finally {
    await close();
  }
}
