/** What is wrong with rules as a whole, and which promotions overlap. */
import { expect, test } from "vitest";
import { readRules } from "../../../../core/price/rules/read.ts";
import { overlapsIn } from "../../../../core/price/rules/refuse.ts";
import { rulesFrom } from "../../../support/priced-shop.ts";

const OFF = { id: "a", kind: "spend_once", offMinor: 100 };
const PERCENT = { kind: "line_percent", offPpm: 100_000 };
const [MAY, JUNE, JULY] = [1_777_593_600_000, 1_780_272_000_000, 1_782_864_000_000];

function codesOf(document: object): readonly string[] {
  const read = readRules(JSON.stringify({ currency: "CNY", ...document }), "en");
  return read.ok ? [] : read.problems.map(({ code, path }) => `${code} ${path}`);
}

test.each([
  ["an id twice", { promotions: [OFF, { ...OFF, offMinor: 2 }] }, "rules/repeated promotions[1].id"],
  [
    "the house's own name",
    { promotions: [{ ...OFF, id: "rounding" }] },
    "rules/id_reserved promotions[0].id",
  ],
  [
    "a line's rule at the order's stage",
    { promotions: [{ id: "a", ...PERCENT, stage: "order_fixed" }] },
    "rules/stage_rule promotions[0].stage",
  ],
  [
    "a bar below its gift",
    { promotions: [{ ...OFF, barMinor: 50 }] },
    "rules/bar_below_gift promotions[0].barMinor",
  ],
  [
    "a step below its gift",
    { promotions: [{ id: "a", kind: "spend_ladder", steps: [{ barMinor: 1, offMinor: 2 }] }] },
    "rules/bar_below_gift promotions[0].steps[0].barMinor",
  ],
  [
    "steps that fall",
    {
      promotions: [
        {
          id: "a",
          kind: "spend_ladder",
          steps: [
            { barMinor: 5, offMinor: 2 },
            { barMinor: 4, offMinor: 3 },
          ],
        },
      ],
    },
    "rules/steps_order promotions[0].steps[1].barMinor",
  ],
  [
    "as many free as taken",
    { promotions: [{ id: "a", kind: "cheapest_free", takeCount: 2, freeCount: 2 }] },
    "rules/set_size promotions[0].freeCount",
  ],
  [
    "a validity that ends before it starts",
    { promotions: [{ ...OFF, fromMs: JUNE, untilMs: MAY }] },
    "rules/validity_order promotions[0].untilMs",
  ],
  [
    "a validity of no time",
    { fees: [{ id: "f", amountMinor: 1, fromMs: JUNE, untilMs: JUNE }] },
    "rules/validity_order fees[0].untilMs",
  ],
  [
    "a part of a day of no time",
    { priceLists: [{ id: "l", dayParts: [{ fromMinute: 60, untilMinute: 60 }] }] },
    "rules/validity_never priceLists[0].dayParts[0]",
  ],
  [
    "a code of two coupons",
    {
      promotions: [
        { ...OFF, couponCodes: ["X"] },
        { ...OFF, id: "b", couponCodes: ["X"] },
      ],
    },
    "rules/coupon_repeated promotions[1].couponCodes[0]",
  ],
  [
    "overlapping exclusive promotions",
    {
      choice: "priority",
      promotions: [
        { ...OFF, group: "g" },
        { ...OFF, id: "b", group: "g" },
      ],
    },
    "rules/exclusive_overlap promotions[1].priorityIndex",
  ],
  ["a tax row without rates", { taxes: [{ id: "t" }] }, "rules/rates_missing taxes[0].rates"],
  [
    "rates that begin together",
    {
      taxes: [
        {
          id: "t",
          rates: [
            { fromMs: MAY, ratePpm: 1 },
            { fromMs: MAY, ratePpm: 2 },
          ],
        },
      ],
    },
    "rules/rates_order taxes[0].rates[1].fromMs",
  ],
  [
    "rounding as a discount of prices without tax",
    { tax: { mode: "exclusive" }, rounding: { form: "drop_cents", asDiscount: true } },
    "rules/rounding_exclusive rounding.asDiscount",
  ],
  [
    "a stage twice",
    {
      stages: [
        { number: 30, stage: "sets" },
        { number: 31, stage: "sets" },
      ],
    },
    "rules/pipeline stages",
  ],
])("%s is refused", (_, document, problem) => {
  expect(codesOf(document)).toEqual([problem]);
});

test("rounding in a currency without decimals is refused with rules/rounding_currency", () => {
  expect(codesOf({ currency: "JPY", rounding: { form: "drop_cents" } })).toEqual([
    "rules/rounding_currency rounding.form",
  ]);
});

test.each([
  ["another priority", { priorityIndex: 1 }],
  ["another group", { group: "h" }],
  ["another time", { fromMs: JULY }],
  ["another day", { weekdays: [2] }],
  ["another store", { stores: ["two"] }],
  ["another tier", { tiers: ["gold"] }],
  ["other goods", { categories: ["tea"] }],
])("with %s two promotions do not exclude each other by their names alone", (_, other) => {
  const first = {
    ...OFF,
    group: "g",
    untilMs: JUNE,
    weekdays: [1],
    stores: ["one"],
    tiers: ["silver"],
    categories: ["food"],
  };
  const second = { ...first, id: "b" };
  expect(codesOf({ choice: "priority", promotions: [first, second] })).toHaveLength(1);
  expect(
    codesOf({ choice: "priority", promotions: [first, { ...second, untilMs: undefined, ...other }] }),
  ).toEqual([]);
});

test("overlaps are told by pairs: in time and goods, where only a catalogue could say no as well", () => {
  const rules = rulesFrom({
    promotions: [
      { ...OFF, id: "0", categories: ["tea"] },
      { ...OFF, id: "1", skus: ["101"] },
      { ...OFF, id: "2", categories: ["food"], excludedCategories: ["tea"] },
      { ...OFF, id: "3", excludedCategories: ["tea"], fromMs: JUNE, untilMs: JULY },
      { ...OFF, id: "4", skus: ["102"] },
    ],
  });
  expect(overlapsIn(rules)).toEqual([
    [0, 1],
    [0, 4],
    [1, 2],
    [1, 3],
    [2, 3],
    [2, 4],
    [3, 4],
  ]);
});
