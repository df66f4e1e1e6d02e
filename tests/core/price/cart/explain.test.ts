/** The tree of rules that touched a line or a total. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { explainLine, explainTotal } from "../../../../core/price/cart/explain.ts";
import type { Explained } from "../../../../core/price/cart/explain.ts";
import { amountOff, EXCLUSIVE, line, price, promotion } from "../../../support/cart-fixtures.ts";

function leaves(node: Explained): readonly Explained[] {
  return node.parts.length === 0 ? [node] : node.parts.flatMap(leaves);
}

const charge = { kind: "percent", ratePpm: ppm(100_000), rounding: "HALF_UP" } as const;
const more = {
  promotions: [
    promotion("member", { kind: "line_percent", percent: { of: "off", ratePpm: ppm(100_000) } }),
    promotion("spring", amountOff(100)),
  ],
  fees: [{ id: "service", charge, taxPpm: ppm(60_000), guestCountMin: 0 }],
  tip: { kind: "fixed", amountMinor: minor(50) },
  rounding: { form: "drop_cents", giftMinorMax: null, asDiscount: false },
} as const;
const of = [line("a", 1234, 1000, { taxPpm: ppm(130_000), overrideMinor: minor(1100) })];

test("a line's rules stand in the order of the stages, and their amounts sum to the line", () => {
  const priced = price(of, { ...more, tax: EXCLUSIVE });
  const [first] = priced.lines;
  if (first === undefined) throw new Error("No line");
  const tree = explainLine(priced.cart, first);
  expect(tree.parts.map(({ rule, stageNumber, amountMinor }) => [rule, stageNumber, amountMinor])).toEqual([
    ["list", 10, 1234],
    ["override", 20, -134],
    ["promotion member", 30, -110],
    ["promotion spring", 60, -100],
    ["fee service", 70, 94],
    ["tax", 80, 116],
  ]);
  expect(tree).toMatchObject({ rule: "line a", amountMinor: 1100, insideTaxMinor: 0 });
});

test("tax that is inside is said and not summed", () => {
  const priced = price(of, more);
  const tree = explainTotal(priced);
  expect(tree.insideTaxMinor).toBe(priced.totals.taxMinor);
  expect(tree.parts.map(({ rule }) => rule)).toEqual(["line a", "tip", "rounding"]);
  expect(leaves(tree).map(({ rule }) => rule)).not.toContain("tax");
});

test.each([EXCLUSIVE, { ...EXCLUSIVE, isInclusive: true }])(
  "the leaves of the total sum to it: %o",
  (tax) => {
    const priced = price(of, { ...more, tax });
    const total = leaves(explainTotal(priced)).reduce((sum, { amountMinor }) => sum + amountMinor, 0);
    expect(total).toBe(priced.totals.totalMinor);
  },
);
