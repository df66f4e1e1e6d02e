/** Pricing rules from their documents: what is taken, and the code and place of everything that is not. */
import { expect, test } from "vitest";
import { readRules } from "../../../../core/price/rules/read.ts";
import { Dice } from "../../../support/dice.ts";

const WHOLE = {
  currency: "CNY",
  tax: { mode: "exclusive", grain: "line", rounding: "HALF_EVEN" },
  taxFreeKeepsPrice: true,
  pipeline: "square",
  choice: "priority",
  stackableGroups: ["g"],
  promotions: [
    { id: "line", kind: "line_percent", payPpm: 880_000, group: "g", priorityIndex: 1, categories: ["tea"] },
    { id: "fix", kind: "line_fixed", offMinor: 100, per: "unit", skus: ["101"] },
    { id: "second", kind: "second_at", offPpm: 500_000, excludedCategories: ["tea"] },
    { id: "free", kind: "cheapest_free", takeCount: 3, freeCount: 1 },
    { id: "three", kind: "n_for_price", takeCount: 3, priceMinor: 1000 },
    {
      id: "menu",
      kind: "bundle",
      parts: [{ skus: ["101"] }, { skus: ["102"], unitCount: 2 }],
      priceMinor: 900,
    },
    { id: "tier", kind: "order_percent", payPpm: 950_000, barMinor: 5000, tiers: ["gold"] },
    {
      id: "m100",
      nameEn: "30 off 100",
      nameZh: "满100减30",
      kind: "spend_once",
      barMinor: 10_000,
      offMinor: 3000,
    },
    { id: "every", kind: "spend_every", barMinor: 100, offMinor: 20, timesCountMax: 3 },
    {
      id: "ladder",
      kind: "spend_ladder",
      steps: [
        { barMinor: 100, offMinor: 10 },
        { barMinor: 200, offMinor: 30 },
      ],
    },
    { id: "c10", kind: "spend_once", offMinor: 1000, couponCodes: ["AUTUMN10", "A-2"] },
  ],
  priceLists: [
    {
      id: "gold",
      tiers: ["gold"],
      stores: ["s"],
      channels: ["counter"],
      prices: [{ sku: "101", priceMinor: 0 }],
    },
  ],
  fees: [
    { id: "service", ratePpm: 100_000, rounding: "UP", taxPpm: 60_000, guestCountMin: 6 },
    { id: "box", amountMinor: 100, weekdays: [6, 7], dayParts: [{ fromMinute: 1320, untilMinute: 120 }] },
  ],
  rounding: { form: "drop_cents", giftMinorMax: 99 },
  tips: { presetsPpm: [100_000, 150_000, 180_000, 200_000], basis: "after_tax", laterMs: 3_600_000 },
  manual: { ratePpmMax: 200_000, amountMinorMax: 5000 },
  taxes: [
    {
      id: "food",
      categories: ["food"],
      rates: [{ ratePpm: 60_000 }, { fromMs: 1_800_000_000_000, ratePpm: 90_000 }],
    },
  ],
  refunds: { mode: "recompute", refundsFees: true, minimumMinor: 100 },
};

function problemsOf(document: object): readonly string[] {
  const read = readRules(JSON.stringify(document), "en");
  return read.ok ? [] : read.problems.map(({ code, path }) => `${code} ${path}`);
}

test("a document with everything in it is read, names in the language of the receipts", () => {
  const read = readRules(JSON.stringify(WHOLE), "zh");
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const { promotions, priceLists, lowersTaxFree, pipeline, manual } = read.value;
  expect(promotions.map(({ name }) => name)).toContain("满100减30");
  // A coupon stands at the stage of coupons, whatever its rule.
  expect(promotions.at(-1)).toMatchObject({ stage: "coupons", couponCodes: ["AUTUMN10", "A-2"] });
  expect(priceLists[0]?.prices.get("101")).toBe(0);
  expect([lowersTaxFree, pipeline.name, manual.amountMinorMax]).toEqual([false, "square", 5000]);
});

test("a document that names only its currency is plain rules", () => {
  const read = readRules('{"currency":"SEK"}', "en");
  expect(read).toMatchObject({
    ok: true,
    value: {
      tax: { isInclusive: true, grain: "bucket", rounding: "HALF_UP" },
      refunds: { mode: "keep_share", refundsFees: false, minimumMinor: 0 },
      ...{ promotions: [], fees: [], rounding: null, tips: null, lowersTaxFree: true },
    },
  });
});

const P = { id: "p", kind: "line_percent", offPpm: 1 };
const LIST = { id: "l", prices: [{ sku: "1", priceMinor: 1 }] };

test.each([
  ["no object", [], ["rules/not_an_object ", "rules/missing currency", "rules/unknown_value currency"]],
  ["a currency in words", { currency: "yuan" }, ["rules/unknown_value currency"]],
  ["no currency", {}, ["rules/missing currency", "rules/unknown_value currency"]],
  ["a field that nobody knows", { currency: "CNY", promotion: [] }, ["rules/unknown_field promotion"]],
  ["a rate above 100 %", rules({ ...P, offPpm: 1_000_001 }), ["rules/out_of_range promotions[0].offPpm"]],
  [
    "an amount beyond the range",
    rules({ id: "p", kind: "spend_once", offMinor: 2 ** 53 }),
    ["rules/out_of_range promotions[0].offMinor"],
  ],
  ["a rate that is not whole", rules({ ...P, offPpm: 0.1 }), ["rules/not_an_integer promotions[0].offPpm"]],
  ["an id with a blank", rules({ ...P, id: "a b" }), ["rules/unknown_value promotions[0].id"]],
  [
    "a name that is too long",
    rules({ ...P, nameEn: "x".repeat(61) }),
    ["rules/not_a_text promotions[0].nameEn"],
  ],
  ["a promotion for lines", rules({ ...P, lines: ["1"] }), ["rules/unknown_field promotions[0].lines"]],
  ["points", rules({ id: "p", kind: "points", pointsCount: 1 }), ["rules/unknown_value promotions[0].kind"]],
  [
    "a code in small letters",
    rules({ ...P, couponCodes: ["a"] }),
    ["rules/unknown_value promotions[0].couponCodes[0]"],
  ],
  [
    "a weekday that is none",
    rules({ ...P, weekdays: [8] }),
    ["rules/out_of_range promotions[0].weekdays[0]"],
  ],
  ["a flag in words", { currency: "CNY", taxFreeKeepsPrice: "no" }, ["rules/not_a_flag taxFreeKeepsPrice"]],
  ["promotions that are no list", { currency: "CNY", promotions: {} }, ["rules/not_a_list promotions"]],
  [
    "too many of them",
    { currency: "CNY", promotions: Array.from({ length: 65 }, (_, id) => ({ ...P, id: `p${id}` })) },
    ["rules/too_many promotions"],
  ],
  [
    "two prices of one item",
    { currency: "CNY", priceLists: [{ ...LIST, prices: [...LIST.prices, ...LIST.prices] }] },
    ["rules/repeated priceLists[0].prices[1].sku"],
  ],
  [
    "the code of no item",
    { currency: "CNY", priceLists: [{ id: "l", prices: [{ sku: "x".repeat(65), priceMinor: 1 }] }] },
    ["rules/not_a_text priceLists[0].prices[0].sku"],
  ],
])("%s is refused", (_, document, problems) => {
  expect(problemsOf(document)).toEqual(problems);
});

function rules(...promotions: readonly object[]): object {
  return { currency: "CNY", promotions };
}

test("what is no JSON is refused with rules/not_json", () => {
  expect(readRules("{", "en")).toMatchObject({ ok: false, problems: [{ code: "rules/not_json" }] });
});

const SEED = Number(process.env["SEED"] ?? 1);

function mutated(dice: Dice, value: unknown): unknown {
  if (dice.below(200) === 0) return dice.pick([null, -1, 0.5, 1e300, "", "x".repeat(300), [], {}, true]);
  if (Array.isArray(value)) return value.map((its: unknown) => mutated(dice, its));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => dice.below(200) > 0)
      .map(([key, its]: [string, unknown]) => [dice.below(200) === 0 ? `${key}_` : key, mutated(dice, its)]),
  );
}

test(`2000 mutated documents of seed ${SEED} are read or refused with a code, and none throws`, () => {
  const dice = new Dice(SEED);
  let readCount = 0;
  for (let run = 0; run < 2000; run += 1) {
    const read = readRules(JSON.stringify(mutated(dice, WHOLE)), "en");
    if (read.ok) readCount += 1;
    else expect(read.problems.every(({ code }) => code.startsWith("rules/"))).toBe(true);
  }
  expect(readCount).toBeGreaterThan(0);
});
