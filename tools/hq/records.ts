/**
 * Writes out every record that headquarters holds of a terminal, for comparing with its journal: a
 * line of JSON each, the record's bytes in hex.
 */
import { once } from "node:events";
import { isTerminalId } from "../../core/ids.ts";
import { faultLine, HqFault } from "./fault.ts";
import { heldRecords } from "./held-records.ts";
import { visitInstance } from "./instance.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";

const HELP = `Every record that headquarters holds of a terminal, one a line:
{"epoch":"<16 hex digits>","seq":1,"bytes":"<hex>"}

  node tools/hq/records.ts --data DIR --terminal NAME [--tenant demo]

  --data DIR       headquarters' data folder; headquarters may be running or not
  --terminal NAME  whose records
  --tenant NAME    whose terminal
  --help           this text
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "terminal"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant, terminal] = [dataDirIn(values, true), tenantIn(values), values["terminal"] ?? ""];
  if (!isTerminalId(terminal)) {
    throw new HqFault("hq/configuration", "--terminal: 1 to 32 of A-Z a-z 0-9 _ -");
  }
  const { store, close } = await visitInstance(dataDir);
  try {
    for await (const { epoch, seq, bytes } of heldRecords(store, { tenant, terminal })) {
      const line = JSON.stringify({ epoch, seq, bytes: Buffer.from(bytes).toString("hex") });
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, "drain");
    }
  } finally {
    await close();
  }
}
