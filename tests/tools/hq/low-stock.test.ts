/** Which items run low: asked once at a time, a new list only when it changed, kept over a failing store. */
import { expect, test } from "vitest";
import { NOTICE_ITEMS_COUNT_MAX } from "../../../protocol/limits.ts";
import { LowStock } from "../../../tools/hq/low-stock.ts";
import type { StockLevel } from "../../../tools/hq/store/rows.ts";

function level(sku: string, levelMilli: number, isLow = true): StockLevel {
  return { sku, levelMilli, targetMilli: 10_000, thresholdPpm: 500_000, isLow };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

test("the emptiest items stand first, those that do not run low are left out, and a bound holds", async () => {
  const many = Array.from({ length: 60 }, (_, index) => level(`m${index}`, 3000 + index));
  const levels = [level("tea", 2000), level("bun", 9000, false), level("rice", -500), ...many];
  const stock = new LowStock({ stock: () => Promise.resolve(levels) }, "demo", () => {});
  expect(stock.low).toEqual([]);
  stock.refresh();
  await settled();
  expect(stock.low.slice(0, 3).map(({ sku }) => sku)).toEqual(["rice", "tea", "m0"]);
  expect(stock.low).toHaveLength(NOTICE_ITEMS_COUNT_MAX);
});

test("the same levels leave the same list, so that nobody is told twice", async () => {
  const stock = new LowStock({ stock: () => Promise.resolve([level("tea", 1)]) }, "demo", () => {});
  stock.refresh();
  await settled();
  const { low } = stock;
  stock.refresh();
  await settled();
  expect(stock.low).toBe(low);
});

test("a store that fails is logged, leaves the list as it is, and is asked again", async () => {
  const lines: string[] = [];
  let isDown = false;
  const stock = new LowStock(
    { stock: () => (isDown ? Promise.reject(new Error("away")) : Promise.resolve([level("tea", 1)])) },
    "demo",
    (line) => lines.push(line),
  );
  stock.refresh();
  await settled();
  isDown = true;
  stock.refresh();
  await settled();
  expect(stock.low.map(({ sku }) => sku)).toEqual(["tea"]);
  expect(lines).toEqual(["stock/not_asked"]);
});

test("what is asked for while an answer is awaited is asked once more, not each time", async () => {
  const answers: ((levels: readonly StockLevel[]) => void)[] = [];
  const stock = new LowStock(
    { stock: () => new Promise((resolve) => void answers.push(resolve)) },
    "demo",
    () => {},
  );
  for (let count = 0; count < 5; count += 1) stock.refresh();
  expect(answers).toHaveLength(1);
  answers[0]?.([]);
  await settled();
  expect(answers).toHaveLength(2);
  answers[1]?.([]);
  await settled();
  expect(answers).toHaveLength(2);
});
