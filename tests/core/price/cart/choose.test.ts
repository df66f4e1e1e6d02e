/** Groups, stacking, and the best of several promotions. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { CANDIDATES_COUNT_MAX } from "../../../../core/price/cart/choose.ts";
import type { Cart, Promotion } from "../../../../core/price/cart/types.ts";
import {
  amountOff,
  EVERYTHING,
  EXCLUSIVE,
  line,
  lines,
  price,
  promotion,
  sharesOf,
} from "../../../support/cart-fixtures.ts";

const off = (id: string, amount: number, group: string, more: Partial<Promotion> = {}) =>
  promotion(id, amountOff(amount), { group, ...more });

function won(promotions: readonly Promotion[], more: Partial<Cart> = {}) {
  return price(lines(10_000), { promotions, ...more }).applied.map((its) => its.promotion);
}

test.each([
  ["of one group the best wins", [off("a", 100, "g"), off("b", 200, "g")], {}, ["b"]],
  ["a tie goes to the lower id", [off("b", 100, "g"), off("a", 100, "g")], {}, ["a"]],
  ["groups stack", [off("a", 100, "g"), off("b", 200, "h")], {}, ["a", "b"]],
  [
    "groups that do not stack: the best alone",
    [off("a", 100, "g"), off("b", 200, "h")],
    { stackableGroups: [] },
    ["b"],
  ],
  [
    "a pair that stacks beats a better one alone",
    [off("a", 100, "g"), off("b", 150, "h"), off("c", 200, "i")],
    { stackableGroups: ["g", "h"] },
    ["a", "b"],
  ],
  [
    "what has no group counts always",
    [off("a", 100, ""), off("b", 200, "g")],
    { stackableGroups: [] },
    ["a", "b"],
  ],
  [
    "by priority, not by gift",
    [off("a", 200, "g", { priorityIndex: 1 }), off("b", 100, "g")],
    { choice: "priority" },
    ["b"],
  ],
  [
    "by priority, one that gives nothing steps aside",
    [promotion("a", amountOff(100, 20_000), { group: "g" }), off("b", 50, "g", { priorityIndex: 1 })],
    { choice: "priority" },
    ["b"],
  ],
  [
    "by priority, what does not stack is passed over",
    [off("a", 50, "g"), off("b", 500, "h", { priorityIndex: 1 })],
    { choice: "priority", stackableGroups: ["g"] },
    ["a"],
  ],
] as const)("%s", (_, promotions, more, expected) => {
  expect(won(promotions, more)).toEqual(expected);
});

test("of two that together give less than one alone, the customer gets the one", () => {
  // The line discount pushes the goods below the bar of the other.
  const small = promotion("a", { kind: "line_fixed", offMinor: minor(100), per: "line" }, { group: "g" });
  expect(won([small, promotion("b", amountOff(3000, 10_000), { group: "h" })])).toEqual(["b"]);
});

test("where tax is on top, the tax that is saved counts", () => {
  const of = [line("a", 1000, 1000, { taxPpm: ppm(250_000) }), line("b", 1000)];
  const on = (id: string, selected: string) =>
    off(id, 100, "g", { selection: { ...EVERYTHING, lines: [selected] } });
  expect(sharesOf(price(of, { tax: EXCLUSIVE, promotions: [on("x", "b"), on("y", "a")] }))).toEqual([
    { y: 100 },
    {},
  ]);
});

test("candidates beyond the eighth by priority do not count, and none for goods that are not there", () => {
  const many = Array.from({ length: CANDIDATES_COUNT_MAX }, (_, index) => off(`p${index}`, 1, "g"));
  const late = off("z", 500, "g", { priorityIndex: 1 });
  expect(won([late, ...many])).toEqual(["p0"]);
  const elsewhere = { selection: { ...EVERYTHING, skus: ["none"] } };
  expect(won([late, ...many.map((its) => ({ ...its, ...elsewhere }))])).toEqual(["z"]);
});
