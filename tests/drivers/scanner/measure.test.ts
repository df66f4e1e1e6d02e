/** Patterns of codes that scales print: what compiles, and what each reads. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkDigitFor, measureCheckDigitFor } from "../../../drivers/scanner/check-digit.ts";
import { compileMeasure, readMeasure } from "../../../drivers/scanner/measure.ts";
import { measurePattern } from "./scan-codes.ts";

const withCheck = (body: string): string => `${body}${checkDigitFor(body)}`;

test("a weight in grams is thousandths of a kilogram", () => {
  const patterns = [measurePattern("2[0-9]IIIIIWWWWWC")];
  expect(readMeasure(withCheck("211234500755"), patterns, 2)).toEqual({
    kind: "item",
    name: { kind: "sku", sku: "12345" },
    quantityMilli: 755,
    priceMinor: undefined,
  });
});

test("a price with its inner check digit, and a wrong one is scan/measure_check", () => {
  for (const [body, price] of [
    ["22IIIIIVPPPPC", "2875"],
    ["22IIIIVPPPPPC", "14685"],
  ] as const) {
    const item = body.includes("PPPPP") ? "1234" : "12345";
    const good = measureCheckDigitFor(price) ?? expect.fail("no inner check digit");
    const patterns = [measurePattern(body)];
    expect(readMeasure(withCheck(`22${item}${good}${price}`), patterns, 2)).toMatchObject({
      name: { sku: item },
      priceMinor: Number(price),
    });
    expect(readMeasure(withCheck(`22${item}${(good + 1) % 10}${price}`), patterns, 2)).toEqual({
      kind: "rejected",
      code: "scan/measure_check",
    });
  }
});

test("the inner check digit is the weight's where there is no price", () => {
  const patterns = [measurePattern("23IIIIIVWWWWC")];
  expect(readMeasure(withCheck("231234592875"), patterns, 2)).toMatchObject({ quantityMilli: 2875 });
});

test("eighteen digits hold weight and price", () => {
  const patterns = [measurePattern("21IIIIIWWWWWPPPPPC")];
  expect(readMeasure(withCheck("21123450075503012"), patterns, 2)).toMatchObject({
    quantityMilli: 755,
    priceMinor: 3012,
  });
});

test("decimals are the row's and the currency's", () => {
  const compiled = compileMeasure({ pattern: "20IIIIIWWPPPC", weightDecimalCount: 1, priceDecimalCount: 1 });
  const patterns = compiled.ok ? [compiled.value] : [];
  expect(readMeasure(withCheck("201234515125"), patterns, 2)).toMatchObject({
    quantityMilli: 1500,
    priceMinor: 1250,
  });
  expect(readMeasure(withCheck("201234515125"), patterns, 0)).toEqual({
    kind: "rejected",
    code: "scan/measure",
  });
});

test("a wrong check digit is scan/check_digit and a weight of nothing scan/measure", () => {
  const patterns = [measurePattern("21IIIIIWWWWWC")];
  const good = withCheck("211234500755");
  const wrong = `${good.slice(0, -1)}${(Number(good.at(-1)) + 1) % 10}`;
  expect(readMeasure(wrong, patterns, 2)).toEqual({ kind: "rejected", code: "scan/check_digit" });
  expect(readMeasure(withCheck("211234500000"), patterns, 2)).toEqual({
    kind: "rejected",
    code: "scan/measure",
  });
});

test("the first pattern of the shape decides; no shape is no answer", () => {
  const patterns = [measurePattern("2[13-5]IIIIIWWWWWC"), measurePattern("2.IIIIIPPPPPC")];
  expect(readMeasure(withCheck("241234500755"), patterns, 2)).toMatchObject({ quantityMilli: 755 });
  expect(readMeasure(withCheck("221234500755"), patterns, 2)).toMatchObject({ priceMinor: 755 });
  expect(readMeasure(withCheck("301234500755"), patterns, 2)).toBeUndefined();
});

test.each([
  ["2IIIIIWWWWWX", 11],
  ["[IIIIIIWWWWWC", 0],
  ["2[]IIIIIWWWWC", 1],
  ["2[9-0]IIIIIWWWWWC", 1],
  ["[0-9][9-0]IIIIIWWWWWC", 5],
  ["2IIIIIWWWWW", 11],
  ["2CIIIIIWWWWWC", 13],
  ["2WWWWWWWWWWC", 12],
  ["2IIIIIIIIIIC", 12],
  ["2IIIIIVVPPPPC", 13],
  ["2IIIIIIVPPPC", 12],
  ["2IWC", 4],
  ["", 0],
  [`2I${"W".repeat(40)}C`, 43],
])("pattern %s is refused with scan/pattern", (pattern, offset) => {
  const row = { pattern, weightDecimalCount: 3, priceDecimalCount: 2 };
  expect(compileMeasure(row)).toEqual({ ok: false, code: "scan/pattern", offset });
});

test.each([-1, 7, 0.5])("%d decimals are refused with scan/pattern", (count) => {
  const pattern = "21IIIIIWWWWWC";
  const row = { pattern, weightDecimalCount: count, priceDecimalCount: 2 };
  expect(compileMeasure(row)).toMatchObject({ ok: false, code: "scan/pattern" });
});

const LABELS = [
  // Flag, department, item, weight, price: as counter scales in China print it.
  { pattern: "2..IIIIIWWWWWPPPPC", weightDecimalCount: 3, priceDecimalCount: 1 },
  { pattern: "21IIIIIWWWWWPPPPPC", weightDecimalCount: 3, priceDecimalCount: 2 },
  { pattern: "20IIIIIPPPPPWWWWWC", weightDecimalCount: 3, priceDecimalCount: 2 },
  { pattern: "02IIIIIVPPPPPWWWWC", weightDecimalCount: 3, priceDecimalCount: 2 },
] as const;

test.each(LABELS)(
  "every 18-digit label of $pattern is read as it was printed, and no digit may be another",
  (row) => {
    const compiled = compileMeasure(row);
    if (!compiled.ok) return expect.fail(`refused at ${compiled.offset}`);
    const digits = (role: string): number => row.pattern.split(role).length - 1;
    const part = (role: string) => fc.integer({ min: 1, max: 10 ** digits(role) - 1 });
    const wrongDigit = fc.record({ index: fc.nat(17), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(part("I"), part("W"), part("P"), wrongDigit, (item, weight, price, wrong) => {
        const said = new Map(
          Object.entries({ I: item, W: weight, P: price }).map(([role, value]) => [
            role,
            String(value).padStart(digits(role), "0"),
          ]),
        );
        const inner = String(measureCheckDigitFor(said.get("P") ?? "") ?? "");
        const taken = new Map<string, number>();
        const body = row.pattern
          .slice(0, -1)
          .split("")
          .map((letter) => {
            if (letter === "V") return inner;
            const index = taken.get(letter) ?? 0;
            taken.set(letter, index + 1);
            return said.get(letter)?.[index] ?? (letter === "." ? "7" : letter);
          });
        const code = withCheck(body.join(""));
        expect(code).toHaveLength(18);
        expect(readMeasure(code, [compiled.value], 2)).toEqual({
          kind: "item",
          name: { kind: "sku", sku: said.get("I") },
          quantityMilli: weight,
          priceMinor: price * 10 ** (2 - row.priceDecimalCount),
        });
        const digit = (Number(code[wrong.index]) + wrong.by) % 10;
        const misread = code.slice(0, wrong.index) + String(digit) + code.slice(wrong.index + 1);
        expect(readMeasure(misread, [compiled.value], 2)?.kind ?? "rejected").toBe("rejected");
      }),
      { numRuns: 300 },
    );
  },
);
