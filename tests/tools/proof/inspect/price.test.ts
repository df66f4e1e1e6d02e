/** `tools/inspect price`: what it reads, what it says, what it refuses, and that nothing makes it throw. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { complaintOf } from "../../../../tools/proof/inspect/fuzz.ts";
import { INSPECTORS } from "../../../../tools/proof/inspect/kinds.ts";
import { priceInspector } from "../../../../tools/proof/inspect/price.ts";
import { PRICE_SCHEMA } from "../../../../tools/proof/inspect/price-schema.ts";
import { runInspect } from "../../../../tools/proof/inspect/run.ts";
import { Dice } from "../../../support/dice.ts";

const SEED = Number(process.env["SEED"] ?? 1);
const MUTATION_COUNT = 5000;

const bytes = (text: string) => new TextEncoder().encode(text);

function run(input: string, ...args: readonly string[]) {
  const { out, exitCode } = runInspect(["price", ...args], bytes(input));
  const items = out
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  return { items, exitCode, out };
}

const V9 = {
  currency: "CNY",
  lines: [
    { id: "a", unitPriceMinor: 5800 },
    { id: "b", unitPriceMinor: 4200 },
    { id: "c", unitPriceMinor: 3600 },
  ],
  promotions: [{ id: "p", kind: "spend_once", barMinor: 10_000, offMinor: 3000 }],
};

/** A cart with every field there is. */
const FULL = {
  currency: "SEK",
  tax: { mode: "exclusive", grain: "line", rounding: "HALF_EVEN" },
  pipeline: "square",
  stages: [
    { number: 30, stage: "line_percent" },
    { number: 31, stage: "line_fixed" },
    { number: 40, stage: "sets" },
    { number: 50, stage: "order_percent" },
    { number: 60, stage: "order_fixed" },
    { number: 61, stage: "coupons" },
    { number: 65, stage: "points" },
  ],
  choice: "best",
  stackableGroups: ["g"],
  guestCount: 6,
  lines: [
    {
      id: "a",
      sku: "s",
      category: "food",
      kind: "goods",
      quantityMilli: 7000,
      unitPriceMinor: 1999,
      overrideMinor: 1899,
      taxPpm: 88_750,
      seat: "1",
      modifiers: [
        { id: "m", unitPriceMinor: -50 },
        { id: "n", unitPriceMinor: 300, taxPpm: 250_000 },
      ],
    },
    { id: "b", unitPriceMinor: 4200, quantityMilli: 755, taxPpm: 120_000 },
    { id: "c", sku: "t", unitPriceMinor: 900, quantityMilli: 2000, seat: "2" },
    { id: "d", kind: "deposit", unitPriceMinor: 100 },
    { id: "g", kind: "gift_card", unitPriceMinor: 5000 },
  ],
  promotions: [
    { id: "p1", kind: "line_percent", offPpm: 100_000, lines: ["a"], skus: ["s"], categories: ["food"] },
    { id: "p2", kind: "line_fixed", offMinor: 10, per: "unit", excludedCategories: ["food"] },
    { id: "p3", kind: "second_at", offPpm: 500_000, skus: ["t"] },
    { id: "p4", kind: "cheapest_free", takeCount: 3, freeCount: 1, group: "g", priorityIndex: 1 },
    { id: "p5", kind: "n_for_price", takeCount: 2, priceMinor: 3000, group: "g" },
    { id: "p6", kind: "bundle", parts: [{ skus: ["s"], unitCount: 2 }, { skus: ["t"] }], priceMinor: 4000 },
    { id: "p7", kind: "order_percent", payPpm: 950_000, barMinor: 1000 },
    { id: "p8", kind: "spend_every", barMinor: 5000, offMinor: 100, timesCountMax: 2 },
    {
      id: "p9",
      kind: "spend_ladder",
      steps: [
        { barMinor: 100, offMinor: 1 },
        { barMinor: 200, offMinor: 3 },
      ],
    },
    { id: "p10", kind: "points", pointsCount: 300, worthMinor: 1, perCount: 1, limitPpm: 500_000 },
    { id: "p11", kind: "spend_once", offMinor: 5, stage: "coupons" },
  ],
  coupons: [
    { id: "c1", offMinor: 100, barMinor: 500, group: "h" },
    { id: "c2", payPpm: 990_000 },
  ],
  fees: [
    { id: "packing", amountMinor: 150, taxPpm: 60_000 },
    { id: "service", ratePpm: 100_000, rounding: "HALF_UP", guestCountMin: 6 },
  ],
  tip: { ratePpm: 180_000, basis: "after_tax" },
  tipPresets: [150_000, 180_000],
  laterTip: { amountMinor: 100, ageMs: 1000 },
  cashRounding: { incrementMinor: 100, mode: "HALF_UP", takesExact: true },
  tenders: [
    { id: "t1", method: "bonus", amountMinor: 500 },
    { id: "t2", method: "cash", handedMinor: 1_000_000 },
  ],
  split: { seats: ["1", "2"] },
  refundPolicy: { mode: "keep_share", refundsFees: true, minimumMinor: 1, order: "operator" },
  refunds: [
    { lines: [{ line: "a", quantityMilli: 2000 }], includesTip: true, tenders: ["t1", "t2"] },
    { lines: [{ line: "b", amountMinor: 300 }], tenders: ["t2"] },
  ],
  earn: { pointsCount: 1, perMinor: 100, tierCount: 3, tierWholeCount: 2 },
  storedValue: {
    amountMinor: 9000,
    order: "proportional",
    returnedMinor: 1000,
    buckets: [
      { id: "p", kind: "principal", balanceMinor: 100_000 },
      { id: "b", kind: "bonus", balanceMinor: 20_000, startsAtDays: 1, expiresAtDays: 30 },
    ],
  },
};

test("one cart over several lines, and carts one a line, with and without --lines", () => {
  const pretty = JSON.stringify(V9, null, 2);
  const flat = `${JSON.stringify(V9)}\n${JSON.stringify(V9)}\n`;
  for (const args of [[], ["--lines"]]) {
    expect(run(pretty, ...args)).toMatchObject({ exitCode: 0, items: [{ totals: { totalMinor: 10_600 } }] });
    expect(run(flat, ...args).items).toHaveLength(2);
  }
});

test("every line has its gross, shares, net and tax", () => {
  expect(run(JSON.stringify(V9)).items).toMatchObject([
    {
      kind: "price",
      currency: "CNY",
      lines: [
        {
          id: "a",
          grossMinor: 5800,
          shares: [{ promotion: "p", amountMinor: 1279 }],
          netMinor: 4521,
          taxMinor: 0,
        },
        {
          id: "b",
          grossMinor: 4200,
          shares: [{ promotion: "p", amountMinor: 927 }],
          netMinor: 3273,
          taxMinor: 0,
        },
        {
          id: "c",
          grossMinor: 3600,
          shares: [{ promotion: "p", amountMinor: 794 }],
          netMinor: 2806,
          taxMinor: 0,
        },
      ],
    },
  ]);
});

test("refunds stand in their order, a refused one with its code and path", () => {
  const refunds = [
    ["b", 1000],
    ["b", 1],
    ["a", 1000],
  ].map(([line, quantityMilli]) => ({ lines: [{ line, quantityMilli }] }));
  expect(run(JSON.stringify({ ...V9, refunds })).items).toMatchObject([
    {
      refunds: [
        { totalMinor: 3273 },
        { error: "cart/refund_exceeds", path: "refunds[1].lines[0]" },
        { totalMinor: 4521 },
      ],
    },
  ]);
});

test.each([
  [{ even: 3 }, { even: [3534, 3533, 3533] }],
  [
    { seats: ["1", "2"] },
    {
      checks: [
        { id: "1", totalMinor: 5301 },
        { id: "2", totalMinor: 5299 },
      ],
    },
  ],
  [
    {
      checks: [
        { id: "x", parts: [{ line: "a" }, { line: "b", partCount: 1, wholeCount: 3 }] },
        { id: "y", parts: [{ line: "b", partCount: 2, wholeCount: 3 }, { line: "c" }] },
      ],
    },
    {
      checks: [
        { id: "x", totalMinor: 5612 },
        { id: "y", totalMinor: 4988 },
      ],
    },
  ],
])("split %j", (split, said) => {
  expect(run(JSON.stringify({ ...V9, split })).items).toMatchObject([said]);
});

test("a cart with every field is priced, and says what each of them came to", () => {
  const { items, exitCode } = run(JSON.stringify(FULL), "--explain", "total");
  expect(exitCode).toBe(0);
  expect(items).toMatchObject([
    {
      tipPresets: [{ ratePpm: 150_000 }, { ratePpm: 180_000 }],
      laterTip: { taken: true },
      tenders: [{ id: "t1" }, { id: "t2", cash: { changeMinor: expect.any(Number) } }],
      checks: [{ id: "1" }, { id: "2" }],
      refunds: [{ totalMinor: expect.any(Number) }, { totalMinor: expect.any(Number) }],
      earned: { pointsCount: expect.any(Number) },
      storedValue: [
        { id: "p", drawnMinor: 7500, returnedMinor: 0 },
        { id: "b", drawnMinor: 1500, returnedMinor: 1000 },
      ],
      explain: { rule: "total" },
    },
  ]);
});

function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [name, ...namesIn(item)]);
}

test("--help and docs/PRICE-CART.md hold the schema, and the schema names every field", () => {
  expect(runInspect(["price", "--help"], bytes("")).out).toContain(PRICE_SCHEMA);
  const docs = readFileSync(new URL("../../../../docs/PRICE-CART.md", import.meta.url), "utf8");
  expect(docs).toContain(PRICE_SCHEMA);
  for (const name of new Set([
    ...namesIn(FULL),
    "rounding",
    "form",
    "giftMinorMax",
    "asDiscount",
    "checks",
    "even",
  ]))
    expect(PRICE_SCHEMA).toMatch(new RegExp(`\\b${name}\\b`));
});

const line = { id: "a", unitPriceMinor: 1 };

test.each([
  ["cart/not_json", "", "nope"],
  ["cart/not_json", "", "\u{fffd}{"],
  ["cart/not_an_object", "", "[]"],
  ["cart/missing", "currency", "{}"],
  ["cart/missing", "lines[0].unitPriceMinor", { currency: "CNY", lines: [{ id: "a" }] }],
  ["cart/not_a_list", "lines", { currency: "CNY", lines: 1 }],
  ["cart/not_an_object", "lines[0]", { currency: "CNY", lines: [1] }],
  ["cart/not_an_integer", "lines[0].unitPriceMinor", { ...V9, lines: [{ id: "a", unitPriceMinor: 0.5 }] }],
  ["cart/not_an_integer", "lines[0].unitPriceMinor", { ...V9, lines: [{ id: "a", unitPriceMinor: "1" }] }],
  ["cart/out_of_range", "lines[0].taxPpm", { ...V9, lines: [{ ...line, taxPpm: 1_000_001 }] }],
  ["cart/out_of_range", "lines[0].quantityMilli", { ...V9, lines: [{ ...line, quantityMilli: 0 }] }],
  ["cart/out_of_range", "lines[0].unitPriceMinor", { ...V9, lines: [{ id: "a", unitPriceMinor: 1e15 }] }],
  ["cart/not_a_text", "currency", { ...V9, currency: "" }],
  [
    "cart/not_a_flag",
    "cashRounding.takesExact",
    { ...V9, cashRounding: { incrementMinor: 1, takesExact: 1 } },
  ],
  ["cart/unknown_field", "lines[0].price", { ...V9, lines: [{ ...line, price: 1 }] }],
  ["cart/unknown_value", "promotions[0].kind", { ...V9, promotions: [{ id: "p", kind: "free" }] }],
  ["cart/too_many", "tipPresets", { ...V9, tipPresets: [1, 2, 3, 4, 5] }],
  ["cart/out_of_range", "tipPresets[0]", { ...V9, tipPresets: [-1] }],
  ["cart/line_repeated", "lines[1].id", { ...V9, lines: [line, line] }],
  [
    "cart/bar_below_gift",
    "promotions[0].barMinor",
    { ...V9, promotions: [{ id: "p", kind: "spend_once", barMinor: 1, offMinor: 2 }] },
  ],
  ["cart/split_not_whole", "split", { ...V9, split: { checks: [] } }],
  ["cart/tender_short", "tenders", { ...V9, tenders: [{ id: "t", method: "card", amountMinor: 1 }] }],
  ["cart/stored_short", "storedValue", { ...V9, storedValue: { amountMinor: 1, buckets: [] } }],
])("%s at %j", (error, path, input) => {
  const { items, exitCode } = run(typeof input === "string" ? input : JSON.stringify(input));
  expect(exitCode).toBe(1);
  expect(items).toMatchObject([{ error, path }]);
});

test("--explain of what is not there is refused", () => {
  expect(run(JSON.stringify(V9), "--explain", "z").items).toMatchObject([{ error: "cart/unknown_line" }]);
});

const HOSTILE: readonly unknown[] = [
  ...[0, -1, 1, 0.1, 1e308, 1e12, 1e11, 1e9, 999, 1_000_000, Number.MAX_SAFE_INTEGER],
  ...["", "a", "cash", "JPY", "__proto__", null, true, [], {}, [null], { a: 1 }],
];

/** `value` with one place of it replaced, or left out. */
function mutated(value: unknown, dice: Dice): unknown {
  if (typeof value !== "object" || value === null || dice.chance(10)) return dice.pick(HOSTILE);
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.length === 0) return dice.pick(HOSTILE);
    const place = dice.below(items.length);
    return items.map((item, index) => (index === place ? mutated(item, dice) : item));
  }
  const entries = Object.entries(value);
  const place = dice.below(entries.length + 1);
  if (place === entries.length) return Object.fromEntries(entries.slice(1));
  return Object.fromEntries(
    entries.map(([name, item], index) => [name, index === place ? mutated(item, dice) : item]),
  );
}

test(`${MUTATION_COUNT} mutated carts of seed ${SEED} are priced or refused with a code and a path`, () => {
  const dice = new Dice(SEED);
  const own = INSPECTORS.indexOf(priceInspector);
  let pricedCount = 0;
  for (let index = 0; index < MUTATION_COUNT; index += 1) {
    let item: unknown = dice.chance(50)
      ? FULL
      : { ...V9, rounding: { form: "drop_tenths" }, tip: { amountMinor: 5 } };
    for (let times = dice.below(4); times >= 0; times -= 1) item = mutated(item, dice);
    const input = bytes(JSON.stringify(item));
    expect(complaintOf(own, input), JSON.stringify(item)).toBeNull();
    const said = priceInspector.inspect(input, {});
    if (said.ok) pricedCount += 1;
    else expect([typeof said.path, said.code.startsWith("cart/")]).toEqual(["string", true]);
  }
  expect(pricedCount).toBeGreaterThan(0);
});
