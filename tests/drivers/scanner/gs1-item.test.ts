/** The item of GS1 elements: weight, count and price in the till's unit and currency, or a refusal. */

import { expect, test } from "vitest";
import { readElementString } from "../../../drivers/scanner/gs1.ts";
import { itemOfElements } from "../../../drivers/scanner/gs1-item.ts";
import { table } from "../../support/table.ts";
import { GS } from "./scan-codes.ts";

const CHINA = { weightUnit: "kg", currencyNumber: "156", currencyDecimalCount: 2 } as const;
const PIECE = "0109501101530003";
const MEASURED = "0199501101530006";

const rows = table(
  ["data", "answer"],
  `
  data                        | answer
  PIECE                       | 09501101530003
  PIECE 10 L1                 | 09501101530003
  MEASURED 3103 000755        | 99501101530006 755 milli
  MEASURED 3102 000755        | 99501101530006 7550 milli
  MEASURED 3105 075500        | 99501101530006 755 milli
  MEASURED 3105 075501        | scan/measure
  MEASURED 3103 000000        | scan/measure
  MEASURED 3203 000755        | scan/measure_unit
  MEASURED 3203 1 3103 000755 | scan/gs1_length
  MEASURED                    | scan/measure_unit
  MEASURED 3113 000755        | scan/measure_unit
  MEASURED 30 12              | 99501101530006 12000 milli
  MEASURED 30 0               | scan/measure
  PIECE 3103 000755           | 09501101530003 755 milli
  PIECE 3203 000755           | scan/measure_unit
  PIECE 3922 1990             | 09501101530003 1990 minor
  PIECE 3920 19               | 09501101530003 1900 minor
  PIECE 3923 19901            | scan/measure
  PIECE 3922 0                | scan/measure
  PIECE 3932 1561990          | 09501101530003 1990 minor
  PIECE 3932 9781990          | scan/currency
  PIECE 3922 1990 3932 156199 | scan/ambiguous
  MEASURED 3103 000755 3922 3012 | 99501101530006 755 milli 3012 minor
  00 395011015300000011       | scan/gs1_no_item
  02 09501101530003 37 5      | scan/gs1_no_item
  01 00000000000000           | scan/gs1_no_item
  8110 COUPON                 | scan/gs1_no_item
  `,
);

test.each(rows)("$title", ({ data, answer }) => {
  const [head = "", ...rest] = data.replace("PIECE", PIECE).replace("MEASURED", MEASURED).split(" ");
  const pieces = head.length > 4 ? [head, ...rest] : [head + (rest.shift() ?? ""), ...rest];
  // Identifier and value by turns, a separator behind each value.
  const [first = "", ...others] = pieces;
  const text = first + GS + others.map((piece, index) => (index % 2 === 0 ? piece : piece + GS)).join("");
  const read = readElementString(text);
  const result = read.ok ? itemOfElements(read.value, CHINA) : { kind: "rejected" as const, code: read.code };
  expect(told(result)).toBe(answer);
});

test("a shop that sells by the pound reads pounds and refuses kilograms with scan/measure_unit", () => {
  const units = { ...CHINA, weightUnit: "lb" } as const;
  const elements = (ai: string) => [
    { ai: "01", value: "99501101530006" },
    { ai, value: "000755" },
  ];
  expect(itemOfElements(elements("3203"), units)).toMatchObject({ quantityMilli: 755 });
  expect(itemOfElements(elements("3103"), units)).toEqual({ kind: "rejected", code: "scan/measure_unit" });
});

test("a currency without decimals takes whole prices only", () => {
  const units = { ...CHINA, currencyNumber: "392", currencyDecimalCount: 0 };
  const elements = (value: string) => [
    { ai: "01", value: "09501101530003" },
    { ai: "3932", value },
  ];
  expect(itemOfElements(elements("39219900"), units)).toMatchObject({ priceMinor: 199 });
  expect(itemOfElements(elements("39219901"), units)).toEqual({ kind: "rejected", code: "scan/measure" });
});

function told(result: ReturnType<typeof itemOfElements>): string {
  if (result.kind !== "item") return result.kind === "rejected" ? result.code : result.kind;
  const { name, quantityMilli, priceMinor } = result;
  return [
    name.kind === "gtin" ? name.gtin : name.sku,
    ...(quantityMilli === undefined ? [] : [`${quantityMilli} milli`]),
    ...(priceMinor === undefined ? [] : [`${priceMinor} minor`]),
  ].join(" ");
}
