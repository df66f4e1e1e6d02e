/** Discounts of lines, and the order of stages as data. */
import { expect, test } from "vitest";
import { minor, ppm } from "../../../../core/money.ts";
import { PIPELINES } from "../../../../core/price/cart/pipeline.ts";
import type { Rule } from "../../../../core/price/cart/types.ts";
import {
  amountOff,
  EVERYTHING,
  line,
  lines,
  nets,
  price,
  promotion,
  sharesOf,
} from "../../../support/cart-fixtures.ts";

const tenth = { of: "off", ratePpm: ppm(100_000) } as const;

test("a percentage is counted once on the sum and then shared", () => {
  // 10 % of 0.05 three times would be 0.01 each; of 0.15 it is 0.02.
  const priced = price(lines(5, 5, 5), {
    promotions: [promotion("p", { kind: "line_percent", percent: tenth })],
  });
  expect(sharesOf(priced)).toEqual([{ p: 1 }, { p: 1 }, {}]);
});

test("an amount off each line, or off each unit and each part of one, never pushes a line below zero", () => {
  const off = (per: "line" | "unit"): Rule => ({ kind: "line_fixed", offMinor: minor(300), per });
  const of = [line("a", 1000, 2500), line("b", 200)];
  const byLine = price(of, { promotions: [promotion("p", off("line"))] });
  expect(nets(byLine)).toEqual([2200, 0]);
  expect(byLine.applied).toMatchObject([{ givenMinor: 500, forfeitedMinor: 100 }]);
  expect(nets(price(of, { promotions: [promotion("p", off("unit"))] }))).toEqual([1750, 0]);
});

test("an amount by unit that no till could pay is capped like any other", () => {
  const rule: Rule = { kind: "line_fixed", offMinor: minor(1_000_000_000_000), per: "unit" };
  expect(nets(price([line("a", 1, 1_000_000_000)], { promotions: [promotion("p", rule)] }))).toEqual([0]);
});

test.each([
  // 100.00: 10 % of the line, 5.00 off the line, 10 % of the order, 5.00 off the order.
  ["house", 10_000 - 1000 - 500 - 850 - 500],
  ["square", 10_000 - 1000 - 900 - 500 - 500],
  ["clover", 10_000 - 1000 - 500 - 500 - 800],
])("the %s pipeline takes the same four discounts in its own order", (name, total) => {
  const promotions = [
    promotion("order-amount", amountOff(500)),
    promotion("order-percent", { kind: "order_percent", percent: tenth, barMinor: minor(0) }),
    promotion("line-amount", { kind: "line_fixed", offMinor: minor(500), per: "line" }),
    promotion("line-percent", { kind: "line_percent", percent: tenth }),
  ];
  const pipeline = PIPELINES.find((its) => its.name === name);
  expect(pipeline).toBeDefined();
  if (pipeline === undefined) return;
  const priced = price(lines(10_000), { promotions, pipeline });
  expect(priced.totals.totalMinor).toBe(total);
  const numbers = priced.lines.flatMap(({ shares }) => shares.map(({ stageNumber }) => stageNumber));
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

test("an override replaces the price and keeps the list price; a promotion knows lines, SKUs and categories", () => {
  const of = [
    line("a", 1000, 1000, { overrideMinor: minor(800) }),
    line("b", 1000, 1000, { category: "drink" }),
  ];
  const on = (selection: object) =>
    price(of, {
      promotions: [
        promotion(
          "p",
          { kind: "line_percent", percent: tenth },
          { selection: { ...EVERYTHING, ...selection } },
        ),
      ],
    });
  expect(on({}).lines[0]).toMatchObject({ listMinor: 1000, grossMinor: 800, netMinor: 720 });
  expect(nets(on({ lines: ["b"] }))).toEqual([800, 900]);
  expect(nets(on({ skus: ["a"] }))).toEqual([720, 1000]);
  expect(nets(on({ categories: ["drink"] }))).toEqual([800, 900]);
  expect(nets(on({ excludedCategories: ["drink"] }))).toEqual([720, 1000]);
});
