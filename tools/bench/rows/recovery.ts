/**
 * B5: a journal verified, decoded and folded, against rows of JSON in SQLite that are read into XState
 * actors. Both sides come to the same totals.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { emptyState } from "../../../core/state.ts";
import { openNodeDisk } from "../../../runtime/adapters/node-disk.ts";
import { JournalFold } from "../../../runtime/boot.ts";
import { inspectJournal } from "../../../runtime/store/inspect.ts";
import { cpuSeconds, inTurn, mustEqual } from "../measure.ts";
import { rowOf } from "../row.ts";
import type { BenchRow } from "../row.ts";
import { openTill } from "../sale/journal.ts";
import { eventsOfSale } from "../sale/sale.ts";
import { EPOCH, TERMINAL } from "../sale/shop.ts";
import { saleEvents, xstateSales } from "../sale/xstate-sale.ts";
import type { SaleEvent } from "../sale/xstate-sale.ts";

const LINES_COUNT = 6;
const SALES_COUNT = 3000;
const ROUNDS_COUNT = 7;

/** The row. Works in a folder of its own below the system's temporary one. */
export async function benchRecovery(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "tillwright-bench-"));
  try {
    return await measured(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(folder: string): Promise<readonly BenchRow[]> {
  const journalFolder = join(folder, "till");
  const till = await openTill(await openNodeDisk(journalFolder));
  const database = new DatabaseSync(join(folder, "sales.db"));
  database.exec("create table event (seq integer primary key, sale integer, body text)");
  database.exec("begin");
  const insert = database.prepare("insert into event (sale, body) values (?, ?)");
  for (let ordinal = 0; ordinal < SALES_COUNT; ordinal += 1) {
    await till.sell(ordinal, LINES_COUNT);
    for (const event of saleEvents(ordinal, LINES_COUNT)) insert.run(ordinal, JSON.stringify(event));
  }
  database.exec("commit");
  const eventCount = till.journal.head.seq;
  await till.journal.close();

  const peer = xstateSales();
  let [ourTotal, peerTotal] = [0, 0];
  const ours = async (): Promise<number> => {
    const disk = await openNodeDisk(journalFolder);
    const seconds = await cpuSeconds(async () => {
      const fold = new JournalFold(emptyState(TERMINAL, EPOCH), () => {});
      await inspectJournal(disk, TERMINAL, (block) => fold.block(block));
      ourTotal = 0;
      for (const { order } of fold.state.orders.values()) ourTotal += order.checks[0]?.dueMinor ?? 0;
    });
    return eventCount / seconds;
  };
  const theirs = async (): Promise<number> => {
    const seconds = await cpuSeconds(() => {
      peerTotal = recover(database, (events) => peer.actor(events).totalMinor);
    });
    return (SALES_COUNT * eventsOfSale(LINES_COUNT)) / seconds;
  };
  await ours();
  await theirs();
  mustEqual("what all sales come to", ourTotal, peerTotal);
  const { ours: rate, peer: peerRate, ratio } = await inTurn(ROUNDS_COUNT, ours, theirs);
  database.close();
  return [
    rowOf({
      id: "B5",
      what: "recovery: verify, decode, fold",
      ours: rate,
      peer: peerRate,
      peerName: "SQLite rows, JSON, XState actor",
      ratio,
      judged: "ratio",
      better: "more",
      reach: 8,
      dream: 12,
      unit: "events per CPU second",
      note: `${eventCount} events`,
    }),
  ];
}

/** Reads all rows and replays each sale; answers the sum of what `total` says of them. */
function recover(database: DatabaseSync, total: (events: readonly SaleEvent[]) => number): number {
  let sum = 0;
  let sale = -1;
  let events: SaleEvent[] = [];
  for (const row of database.prepare("select sale, body from event order by seq").iterate()) {
    if (row["sale"] !== sale) {
      if (events.length > 0) sum += total(events);
      sale = Number(row["sale"]);
      events = [];
    }
    const event: SaleEvent = JSON.parse(String(row["body"]));
    events.push(event);
  }
  return sum + total(events);
}
