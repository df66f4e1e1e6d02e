/** The seller as a process, from its first line to its last: plain words, JSON, and what it refuses. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openNodeDisk } from "../../runtime/adapters/node-disk.ts";
import type { Step } from "../../tools/sell/step.ts";
import { SellerShop } from "../support/sell-process.ts";
import type { SellerProcess } from "../support/sell-process.ts";
import { readJournal, receiptsIn } from "../support/terminal-harness.ts";

const shop = new SellerShop();

beforeAll(async () => {
  await shop.prepare();
});
afterAll(() => shop.remove());

/** The answer to one line: what is said next. */
async function ask(seller: SellerProcess, line: string): Promise<unknown> {
  const before = seller.said.length;
  seller.line(line);
  await seller.until(({ said }) => said.length > before);
  return seller.said[before] ?? expect.fail(`No answer to ${line}: ${seller.stderr}`);
}

async function ready(seller: SellerProcess): Promise<SellerProcess> {
  expect(await seller.until(({ said }) => said.length > 0), seller.stderr).toBe(true);
  return seller;
}

test("a sale in plain words is answered step by step and stands in the journal", async () => {
  const data = shop.data("words");
  const seller = await ready(shop.start(data));
  expect(seller.said[0]).toMatchObject({ ready: true, lastN: 0, receipt: 1 });
  expect(await ask(seller, "item tea")).toMatchObject({ n: 1, ok: false, code: "clerk/not_signed_on" });
  expect(await ask(seller, "on boss")).toMatchObject({ ok: true, events: ["clerk_signed_on"] });
  expect(await ask(seller, "item tea 2")).toMatchObject({ ok: true, events: ["order_opened", "line_added"] });
  expect(await ask(seller, "item unicorn")).toMatchObject({
    ok: false,
    code: "item/unknown",
    about: "unicorn",
  });
  expect(await ask(seller, "price tea 1.99 last one")).toMatchObject({ ok: true, events: ["line_added"] });
  expect(await ask(seller, "show")).toMatchObject({
    phase: "open",
    total: "6.99",
    lines: [
      ["tea", "Tea", 2000, 250],
      ["tea", "Tea", 1000, 199],
    ],
    link: "none",
  });
  expect(await ask(seller, "dance")).toMatchObject({ ok: false, code: "sell/step" });
  expect(await ask(seller, "cash 10")).toMatchObject({
    ok: true,
    events: ["check_frozen", "tender_captured", "check_closed"],
  });
  expect(await ask(seller, "show")).toMatchObject({ order: null, total: null });
  expect(await ask(seller, "copy")).toMatchObject({ ok: true, events: ["receipt_copied"] });
  expect(await ask(seller, "help")).toHaveProperty("help");
  seller.end();
  expect(await seller.ended).toBe(0);
  const { records } = await readJournal(await openNodeDisk(data));
  expect(records.filter((record) => record.event.type === "check_closed")).toMatchObject([
    { event: { totalMinor: 699, receipt: { number: 1 } } },
  ]);
});

test("steps in JSON carry their number and time; what is recorded already is not looked at again", async () => {
  const data = shop.data("json");
  const first = await ready(shop.start(data));
  first.step(1, { do: "on", clerk: "boss" });
  first.step(2, { do: "item", sku: "tea", quantityMilli: 1000 });
  first.step(3, { do: "cash", handedMinor: "exact" });
  first.end();
  expect(await first.ended).toBe(0);
  const second = await ready(shop.start(data));
  expect(second.said[0]).toMatchObject({ ready: true, lastN: 3, receipt: 2 });
  expect(await ask(second, JSON.stringify({ n: 3, step: { do: "cash", handedMinor: "exact" } }))).toEqual({
    n: 3,
    ok: true,
    repeated: true,
  });
  expect(
    await ask(second, JSON.stringify({ n: 4, step: { do: "item", sku: "bun", quantityMilli: 1000 } })),
  ).toMatchObject({
    n: 4,
    ok: true,
  });
  for (const line of [
    "{",
    "{}",
    '{"n":5}',
    '{"n":"5","step":{}}',
    '{"n":5,"step":null}',
    '{"n":0,"step":{}}',
  ]) {
    expect(await ask(second, line)).toMatchObject({ ok: false, code: "sell/step" });
  }
  second.end();
  expect(await second.ended).toBe(0);
  const { records, epochs } = await readJournal(await openNodeDisk(data));
  expect(epochs).toHaveLength(2);
  expect(receiptsIn(records)).toHaveLength(1);
  const sale = records.find((record) => record.event.type === "check_frozen");
  expect(sale?.at).toBe(1_291_191_963_000);
});

/** Signs on, then sells one tea after the other. */
function stepAt(n: number): Step {
  if (n === 1) return { do: "on", clerk: "boss" };
  return n % 2 === 0 ? { do: "item", sku: "tea", quantityMilli: 1000 } : { do: "cash", handedMinor: "exact" };
}

test("a seller that dies in the middle of a write goes on behind what its journal holds", async () => {
  const data = shop.data("dying");
  const openings: string[] = [];
  for (let write = 2; write <= 9; write += 1) {
    const seller = shop.start(data, "--die-at-write", String(write));
    if (await seller.until(({ said }) => said.length > 0)) {
      const lastN = Number(seller.said[0]?.["lastN"]);
      for (let n = lastN + 1; n <= lastN + 60; n += 1) seller.step(n, stepAt(n));
    }
    expect(await seller.ended).toBe(null);
  }
  const last = await ready(shop.start(data));
  last.end();
  expect(await last.ended).toBe(0);
  const { recovered, records } = await readJournal(await openNodeDisk(data));
  for (const { event } of records) if (event.type === "epoch_started") openings.push(event.opening);
  expect(recovered.continuity).toBe("kept");
  expect(openings).not.toContain("rot");
  expect(openings).toContain("torn");
  const [series = ""] = receiptsIn(records)[0]?.split(" ") ?? [];
  expect(receiptsIn(records)).toEqual(receiptsIn(records).map((_, index) => `${series} ${index + 1}`));
  expect(receiptsIn(records).length).toBeGreaterThan(2);
});

test("a second seller on the same folder is refused with data/in_use; the first one is not disturbed", async () => {
  const data = shop.data("twice");
  const first = await ready(shop.start(data));
  const second = shop.start(data);
  expect(await second.ended).toBe(1);
  expect(second.stderr).toMatch(/^data\/in_use: Another terminal runs on /);
  expect(second.said).toEqual([]);
  expect(await ask(first, "on boss")).toMatchObject({ ok: true });
  first.kill();
  await first.ended;
  const third = await ready(shop.start(data));
  third.end();
  expect(await third.ended).toBe(0);
});

test("two starts leave one key, and the journal of a folder belongs to its terminal", async () => {
  const data = shop.data("keys");
  const key = (): string => readFileSync(join(data, "keys/terminal.key"), "utf8");
  const first = await ready(shop.start(data));
  const made = key();
  first.end();
  await first.ended;
  const second = await ready(shop.start(data));
  second.end();
  await second.ended;
  expect(key()).toBe(made);
});
