/**
 * Sells on a file system of its own and prints what its block device saw: flushes and KiB written per
 * sale. Started by rows/flushes.ts: flush-child.ts SIDE FOLDER.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { encodeRecord } from "../../protocol/record.ts";
import type { Recorded } from "../../core/types.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import { openTill } from "./sale/journal.ts";
import { saleCommands } from "./sale/sale.ts";
import { Till } from "./sale/shop.ts";

/** Ours fill a few segments, so that making the next one ahead counts with the share of each sale. */
const OUR_SALES_COUNT = 2000;
const SQLITE_SALES_COUNT = 150;
const WARM_UP_SALES_COUNT = 20;
/** One sale is 12 events. */
const LINES_COUNT = 5;
const SECTOR_BYTES = 512;
/** Fields of /sys/dev/block/<device>/stat, from 0. */
const [SECTORS_WRITTEN, FLUSHES] = [6, 15];

const [side = "", folder = ""] = process.argv.slice(2);
const salesCount = side.startsWith("ours") ? OUR_SALES_COUNT : SQLITE_SALES_COUNT;
const sell = side.startsWith("ours")
  ? await ourSales(side === "ours-slow")
  : sqliteSales(side === "sqlite-sale");
for (let ordinal = 0; ordinal < WARM_UP_SALES_COUNT; ordinal += 1) await sell(ordinal);
const before = counters();
for (let ordinal = 0; ordinal < salesCount; ordinal += 1) await sell(ordinal);
const after = counters();
const perSale = (index: number): number => ((after[index] ?? 0) - (before[index] ?? 0)) / salesCount;
process.stdout.write(
  JSON.stringify({ flushCount: perSale(FLUSHES), kib: (perSale(SECTORS_WRITTEN) * SECTOR_BYTES) / 1024 }),
);
process.exit(0);

function counters(): readonly number[] {
  const { dev } = statSync(folder);
  const [major, minor] = [(dev >> 8) & 0xfff, (dev & 0xff) | ((dev >> 12) & 0xfff00)];
  return readFileSync(`/sys/dev/block/${major}:${minor}/stat`, "utf8").trim().split(/\s+/).map(Number);
}

/** Ours: taps follow each other at once, or each waits until the disk has what came before it. */
async function ourSales(isSlow: boolean): Promise<(ordinal: number) => Promise<void>> {
  const till = await openTill(await openNodeDisk(join(folder, "till")));
  return (ordinal) =>
    isSlow ? till.sell(ordinal, LINES_COUNT, () => till.journal.commit()) : till.sell(ordinal, LINES_COUNT);
}

/** SQLite with the same records: a transaction for each event, or one for the sale. */
function sqliteSales(isOnePerSale: boolean): (ordinal: number) => Promise<void> {
  const database = new DatabaseSync(join(folder, "sales.db"));
  database.exec("pragma journal_mode = wal; pragma synchronous = full;");
  database.exec("create table record (seq integer primary key, bytes blob)");
  const insert = database.prepare("insert into record (bytes) values (?)");
  let pending: Recorded[] = [];
  const till = new Till((recorded) => pending.push(recorded));
  return async (ordinal) => {
    pending = [];
    for (const command of saleCommands(till.state, ordinal, LINES_COUNT)) till.tap(command);
    if (isOnePerSale) database.exec("begin");
    for (const recorded of pending) insert.run(encodeRecord(recorded));
    if (isOnePerSale) database.exec("commit");
    await Promise.resolve();
  };
}
