/**
 * The command line of `tools/verify`. Works beside a running headquarters and without one; beside one it
 * takes a fraction of a second.
 */
import { join } from "node:path";
import { faultLine, HqFault } from "../../hq/fault.ts";
import { visitInstance } from "../../hq/instance.ts";
import { readTerminalKey } from "../../hq/keys.ts";
import { dataDirIn, readOptions, tenantIn } from "../../hq/options.ts";
import { referenceIn, verifyReceipt } from "./verify.ts";

const HELP = `Says whether headquarters holds the very event of a receipt.

  tools/verify --data DIR [--tenant demo] --receipt TEXT
  tools/verify --data DIR [--tenant demo] < TEXTS

  --data DIR      headquarters' data folder; headquarters may be running or not
  --tenant NAME   whose receipt
  --receipt TEXT  the receipt's record line ("till-1 117 9f03ab44"), or what its QR code
                  says. Without it receipts are read from stdin, one a line
  --help          this text

Prints a line of JSON a receipt. Verdicts: genuine; altered (another closing stands at its
place); not_a_receipt (no closing stands there); not_held (headquarters holds nothing there: it
may still be on its way); retired (its batch is only in backups: verify it on a restored one);
unproven (held, but not signed by a registered key); unreadable.
Exits with 0 when all are genuine, else with 1; 2 is a wrong command line.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "receipt"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant] = [dataDirIn(values, true), tenantIn(values)];
  const receipts = values["receipt"] === undefined ? await linesOfStdin() : [values["receipt"]];
  const { store, close } = await visitInstance(dataDir);
  try {
    for (const text of receipts) {
      const reference = referenceIn(text);
      const verified =
        reference === null
          ? { verdict: "unreadable", text: text.slice(0, 100) }
          : await verifyReceipt(store, (link) => keyOf(dataDir, link), tenant, reference);
      if (verified.verdict !== "genuine") process.exitCode = 1;
      process.stdout.write(`${JSON.stringify(verified)}\n`);
    }
  } finally {
    await close();
  }
}

async function keyOf(dataDir: string, link: Parameters<typeof readTerminalKey>[1]) {
  const key = await readTerminalKey(join(dataDir, "keys"), link);
  return key.kind === "known" ? key.verifier : null;
}

async function linesOfStdin(): Promise<readonly string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks)
    .toString("utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
}
