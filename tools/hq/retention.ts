/**
 * Lets go of what a policy names and backups hold: says it first, and does it only when told to. May run
 * beside a running headquarters.
 */
import { join } from "node:path";
import { createSigner } from "../../protocol/sign.ts";
import { notedBackups } from "./backup/note.ts";
import { faultLine, HqFault } from "./fault.ts";
import { lookAtInstance } from "./instance.ts";
import { HqJournal } from "./journal/journal.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";
import type { OptionValues } from "./options.ts";
import { Evidence } from "./retention/evidence.ts";
import { applyRetention, planRetention } from "./retention/plan.ts";
import type { Done, Plan, PlanRow } from "./retention/plan.ts";
import type { Connection } from "./postgres/embedded.ts";
import { readPolicy } from "./retention/policy.ts";
import { lookAtPostgresStore } from "./store/postgres.ts";
import { Database } from "./store/sql.ts";
import type { Store } from "./store/store.ts";

const HELP = `Retention: what may go, why, and letting it go.

  node tools/hq/retention.ts --data DIR --dry-run | --apply [--tenant demo]

  --data DIR       headquarters' data folder; headquarters may be running or not
  --dry-run        says what would go and what stays, and changes nothing
  --apply          the same, and lets it go
  --policy FILE    the policy; DIR/retention.json by default, and without one nothing goes
  --backups A,B    folders of backups, beside those that backup.ts noted in DIR
  --tenant NAME    whose history
  --json           one line of JSON instead of a table
  --help           this text

A policy: {"rawBatches":{"days":400,"backups":2},"houseEvents":{"days":400},"blobs":"named"}; what it
does not name is kept for ever. Only what verified backups hold byte for byte goes. Of a batch its
place and hashes stay: nothing is counted again. A later backup then needs an older one (--base).
`;

const EXIT_USAGE = 2;
const SEED_BYTES = 32;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "policy", "backups"], ["dry-run", "apply", "json"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const [dataDir, tenant] = [dataDirIn(values, true), tenantIn(values)];
  const isApply = values["apply"] !== undefined;
  if (isApply === (values["dry-run"] !== undefined))
    throw new HqFault("hq/configuration", "name one of --dry-run and --apply");
  const policy = readPolicy(
    values["policy"] ?? join(dataDir, "retention.json"),
    values["policy"] !== undefined,
  );
  const evidence = new Evidence(tenant, backupsOf(values, dataDir));
  const look = await lookAtInstance(dataDir);
  if (look === null) throw new HqFault("hq/configuration", `--data: ${dataDir} has no database yet`);
  try {
    const { store, database: reading, step, newest } = await lookAtPostgresStore(look.connection);
    try {
      if (store === null) throw new HqFault("hq/store_newer", `step ${step} of ${newest}`);
      const namedBlobs = await namedIn(store, tenant);
      const plan = await planRetention(reading, { tenant, policy, evidence, namedBlobs, nowMs: Date.now() });
      const done = isApply ? await applied(look.connection, tenant, plan) : null;
      say(plan.rows, done, evidence, values["json"] !== undefined);
    } finally {
      await reading.close();
    }
  } finally {
    await look.close();
  }
}

async function applied(connection: Connection, tenant: string, plan: Plan): Promise<Done> {
  const database = new Database(connection);
  try {
    return await applyRetention(database, tenant, plan);
  } finally {
    await database.close();
  }
}

function backupsOf(values: OptionValues, dataDir: string): readonly string[] {
  const named = (values["backups"] ?? "").split(",").filter((folder) => folder !== "");
  return [...named, ...notedBackups(dataDir).map(({ folder }) => folder)];
}

/** Files that headquarters' own word names, in force or to come, by SHA-256 in hex. */
async function namedIn(store: Store, tenant: string): Promise<ReadonlySet<string>> {
  // Only read: it signs nothing.
  const signer = createSigner(new Uint8Array(SEED_BYTES));
  const journal = new HqJournal({ tenant, store, signer, kid: new Uint8Array(0), nowMs: Date.now });
  await journal.refresh();
  const { catalogues, pricings } = journal.view;
  return new Set([...catalogues, ...pricings].map(({ sha256 }) => Buffer.from(sha256).toString("hex")));
}

function say(
  rows: readonly PlanRow[],
  done: Done | null,
  { verified, refused }: Evidence,
  isJson: boolean,
): void {
  if (isJson) {
    process.stdout.write(`${JSON.stringify({ rows, done, verified, refused })}\n`);
    return;
  }
  const lines = rows.map(({ kind, terminal, does, count, bytes, why }) =>
    [
      does.padEnd(5),
      kind.padEnd(13),
      terminal.padEnd(12),
      String(count).padStart(9),
      sizeOf(bytes).padStart(11),
      ` ${why}`,
    ].join(" "),
  );
  const backups = [
    ...verified.map((folder) => `verified  ${folder}`),
    ...refused.map((why) => `proves nothing  ${why}`),
  ];
  const end = done === null ? "nothing was changed" : `gone: ${JSON.stringify(done)}`;
  process.stdout.write(`${[...backups, ...lines, end].join("\n")}\n`);
}

function sizeOf(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 1024)} KiB`;
}
