/**
 * kill -9 of the real process, 200 times, at moments that a seed chooses: in its start, between two
 * answers, in the middle of a write. It is started again on the same folder and goes on behind the last
 * step that its journal remembers. In the end the journal holds exactly the script.
 */
import { randomInt } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Recorded } from "../../core/types.ts";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import type { Step } from "../../tools/sell/step.ts";
import { Dice } from "../support/dice.ts";
import { SellerShop } from "../support/sell-process.ts";
import type { SellerProcess } from "../support/sell-process.ts";
import { readJournal, receiptsIn } from "../support/terminal-harness.ts";

const KILL_COUNT = 200;
const SALE_COUNT = 40;
/** Kills of one folder: each start adds a segment, which the next one reads. */
const KILLS_EACH_COUNT_MAX = 25;
const TIMEOUT_MS = 240_000;

const SEED = Number(process.env["SEED"] ?? randomInt(1_000_000));
const shop = new SellerShop();

beforeAll(async () => {
  await shop.prepare();
});
afterAll(() => shop.remove());

const item = (sku: string, quantityMilli = 1000): Step => ({ do: "item", sku, quantityMilli });

/** Sales in turn: exact, with change, in two parts, a return, an order that comes to nothing. */
const SALES: readonly (readonly Step[])[] = [
  [item("tea"), { do: "cash", handedMinor: "exact" }],
  [item("tea", 3000), item("bun"), item("bun", 2000), { do: "cash", handedMinor: 5000 }],
  [item("bun"), { do: "cash", handedMinor: 50 }, { do: "cash", handedMinor: "exact" }],
  [
    { do: "open", kind: "return", label: "", reason: "cold" },
    { do: "price", sku: "tea", name: "", quantityMilli: 1000, priceMinor: 199, reason: "as paid" },
    { do: "payout" },
  ],
  [item("sample"), { do: "close" }],
  [
    item("cake-stand"),
    { do: "price", sku: "x", name: "X", quantityMilli: 500, priceMinor: 999, reason: "new" },
    { do: "cash", handedMinor: "exact" },
  ],
];
const TOTALS_MINOR = [250, 1110, 120, -199, 0, 500];

const SCRIPT: readonly Step[] = [
  { do: "on", clerk: "boss" },
  ...Array.from({ length: SALE_COUNT }, (_, index) => SALES[index % SALES.length] ?? []).flat(),
];
/** Steps that are refused leave nothing: an item that the catalogue does not know. */
const RECORDED = SCRIPT.flatMap((step, index) =>
  step.do === "item" && step.sku === "cake-stand" ? [] : [index + 1],
);
const MONEY = new Set(["cash", "payout", "close"]);

interface Folder {
  readonly data: string;
  /** The highest step whose money was answered. */
  safeN: number;
  readyCount: number;
}

/** Runs one process until a moment that the dice choose, then kills it. Answers whether it was still there. */
async function runAndKill(folder: Folder, dice: Dice): Promise<boolean> {
  const seller = shop.start(folder.data);
  const isTimed = dice.chance(40);
  const byteCount = dice.below(dice.pick([200, 2000]));
  const moment = isTimed
    ? delay(dice.below(dice.pick([30, 160])))
    : seller.until(() => seller.byteCount >= byteCount);
  const feeding = feed(seller, folder);
  await moment;
  const wasRunning = seller.isRunning;
  seller.kill();
  await seller.ended;
  await feeding;
  note(seller, folder);
  return wasRunning;
}

/** Feeds all that the journal does not remember, at once. */
async function feed(seller: SellerProcess, folder: Folder): Promise<void> {
  if (!(await seller.until(({ said }) => said.length > 0))) return;
  const [ready] = seller.said;
  expect(ready).toMatchObject({ ready: true });
  const lastN = Number(ready?.["lastN"]);
  // What was answered as money is there after any kill.
  expect(lastN).toBeGreaterThanOrEqual(folder.safeN);
  folder.readyCount += 1;
  SCRIPT.forEach((step, index) => {
    if (index + 1 > lastN) seller.step(index + 1, step);
  });
  seller.end();
}

function note(seller: SellerProcess, folder: Folder): void {
  for (const line of seller.said) {
    const n = Number(line["n"] ?? 0);
    const step = SCRIPT[n - 1];
    if (line["ok"] === true && step !== undefined && MONEY.has(step.do))
      folder.safeN = Math.max(folder.safeN, n);
    if (line["ok"] === false) expect(line).toMatchObject({ code: "item/unknown" });
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** The journal holds exactly the script: every step once, every sale once, receipts without a gap. */
async function expectScript(folder: Folder): Promise<readonly Recorded[]> {
  const { recovered, records } = await readJournal(await openNodeDisk(folder.data));
  expect(recovered).toMatchObject({ verdict: "clean", continuity: "kept" });
  expect(records.flatMap((record) => (record.cause === null ? [] : [record.cause.n]))).toEqual(RECORDED);
  const closings = records.flatMap(({ event }) => (event.type === "check_closed" ? [event] : []));
  expect(closings.map((event) => event.totalMinor)).toEqual(
    Array.from({ length: SALE_COUNT }, (_, index) => TOTALS_MINOR[index % TOTALS_MINOR.length]),
  );
  const [series = ""] = receiptsIn(records)[0]?.split(" ") ?? [];
  expect(receiptsIn(records)).toEqual(closings.map((_, index) => `${series} ${index + 1}`));
  for (const { event } of records) {
    if (event.type === "epoch_started") expect(["new", "clean", "torn"]).toContain(event.opening);
  }
  return records;
}

test(
  `a process that is killed 200 times loses and doubles nothing [SEED=${SEED}]`,
  async () => {
    const dice = new Dice(SEED);
    const openings = new Map<string, number>();
    let killCount = 0;
    let folderCount = 0;
    let readyCount = 0;
    while (killCount < KILL_COUNT) {
      folderCount += 1;
      const folder: Folder = { data: shop.data(`data-${folderCount}`), safeN: 0, readyCount: 0 };
      for (let kills = 0; kills < KILLS_EACH_COUNT_MAX && killCount < KILL_COUNT; kills += 1) {
        if (!(await runAndKill(folder, dice))) break;
        killCount += 1;
      }
      readyCount += folder.readyCount;
      // The last run is left to end.
      const seller = shop.start(folder.data);
      await feed(seller, folder);
      expect(await seller.ended, seller.stderr).toBe(0);
      for (const { event } of await expectScript(folder)) {
        if (event.type === "epoch_started")
          openings.set(event.opening, (openings.get(event.opening) ?? 0) + 1);
      }
    }
    const found = [...openings].map(([opening, count]) => `${count} ${opening}`).join(", ");
    console.log(
      `kills: ${killCount} of processes on ${folderCount} folders, ${readyCount} of them after they were ready; ` +
        `starts recorded: ${found} (SEED=${SEED})`,
    );
  },
  TIMEOUT_MS,
);
