/**
 * Backs headquarters up while it runs, checks a backup, and takes one into a new data folder. What a
 * backup is stands in backup/format.ts.
 */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { noteBackup } from "./backup/note.ts";
import { checkBackup, restoreBackup, restoreKeys } from "./backup/restore.ts";
import { writeBackup } from "./backup/write.ts";
import { faultLine, HqFault } from "./fault.ts";
import { openInstance, visitInstance } from "./instance.ts";
import { dataDirIn, readOptions, tenantIn } from "./options.ts";

const HELP = `Headquarters' backup: signed batches as they came, its own among them with the
files they name, keys, and counts of stock.

  node tools/hq/backup.ts --data DIR --to FOLDER [--tenant demo] [--base OLDER]
  node tools/hq/backup.ts --check FOLDER
  node tools/hq/backup.ts --data NEW_DIR --from FOLDER

  --data DIR     headquarters' data folder. Backing up works beside a running headquarters;
                 restoring needs a folder without a store
  --to FOLDER    where the backup is written; it must not be there
  --base OLDER   an older backup: what retention has let go of is taken from it
  --from FOLDER  the backup to take over
  --check FOLDER holds every file of a backup to its manifest and changes nothing
  --tenant NAME  whose history
  --help         this text

After a restore the terminals send by themselves what was recorded since the backup. Nothing is
counted twice: every record has one place. The backup holds headquarters' private key: keep it so.
Prints a line of JSON.
`;

const EXIT_USAGE = 2;

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${faultLine(error)}\n`);
  process.exitCode = error instanceof HqFault && error.code === "hq/configuration" ? EXIT_USAGE : 1;
});

async function main(texts: readonly string[]): Promise<void> {
  const values = readOptions(texts, ["data", "tenant", "to", "from", "check", "base"]);
  if (values["help"] !== undefined) {
    process.stdout.write(HELP);
    return;
  }
  const { to, from, check } = values;
  const asked = [to, from, check].filter((value) => value !== undefined);
  if (asked.length !== 1) throw new HqFault("hq/configuration", "name one of --to, --from and --check");
  if (check !== undefined) {
    const { files, ...counts } = checkBackup(check);
    say({ checked: check, ...counts, fileCount: files.length });
  } else if (to !== undefined)
    await backUp(dataDirIn(values, true), tenantIn(values), to, values["base"] ?? null);
  else if (from !== undefined) await restore(dataDirIn(values, false), from);
}

async function backUp(dataDir: string, tenant: string, to: string, base: string | null): Promise<void> {
  const { store, close } = await visitInstance(dataDir);
  try {
    const { files, ...counts } = await writeBackup(
      store,
      join(dataDir, "keys"),
      [tenant],
      to,
      Date.now(),
      base,
    );
    noteBackup(dataDir, { folder: resolve(to), madeAt: counts.madeAt, recordCount: counts.recordCount });
    say({ backedUp: to, ...counts, fileCount: files.length });
  } finally {
    await close();
  }
}

async function restore(dataDir: string, from: string): Promise<void> {
  const manifest = checkBackup(from);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0)
    throw new HqFault("hq/configuration", `--data: ${dataDir} is not empty. Restore into a new folder`);
  const keysDir = join(dataDir, "keys");
  restoreKeys(from, keysDir);
  const instance = await openInstance(dataDir);
  try {
    const recordCount = await restoreBackup(instance.store, from, manifest, keysDir, Date.now());
    say({ restored: from, recordCount, expectedRecordCount: manifest.recordCount });
    if (recordCount !== manifest.recordCount) process.exitCode = 1;
  } finally {
    await instance.close();
  }
}

function say(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
