/** The field table: lengths, forms, totals, the last four digits, and both directions of every row. */

import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  BMP_FIELDS,
  TOTAL_BRANDS,
  bmpField,
  bmpLastFour,
  bmpNumber,
  bmpText,
  bmpTotals,
  decodeBmps,
  encodeBmps,
} from "../../../../drivers/reader/zvt/bmp.ts";
import type { BmpField } from "../../../../drivers/reader/zvt/bmp.ts";
import { fromHex, joinBytes, toHex } from "../../../../drivers/reader/zvt/bytes.ts";

test("every field has one row, and every row one length", () => {
  expect(new Set(BMP_FIELDS.map(({ tag }) => tag)).size).toBe(BMP_FIELDS.length);
  expect(new Set(BMP_FIELDS.map(({ name }) => name)).size).toBe(BMP_FIELDS.length);
});

test("every field that is not kept is skipped by its length and zeroed", () => {
  for (const { tag, name, length, form } of BMP_FIELDS) {
    if (form !== "drop") continue;
    const value = new Uint8Array(typeof length === "number" ? length : 7).fill(0x99);
    const bytes = joinBytes([encodeBmps([bmpField(name, { raw: value }), bmpField("result", 5)])]);
    const { fields, dropped } = decodeBmps(bytes);
    expect(fields).toEqual([bmpField("result", 5)]);
    expect(dropped.tags).toEqual([tag]);
    expect(toHex(bytes)).not.toContain("99");
  }
});

test("a field that is longer than the bytes ends the fields", () => {
  const { fields, dropped } = decodeBmps(fromHex("22 F0 F9 40 12 88 88 88 88 18 81"));
  expect(fields).toEqual([]);
  expect(dropped).toEqual({ tags: [], malformedCount: 1, unknown: { tag: 0x22, byteCount: 11 } });
});

test.each([
  ["F0 F8 EE EE EE EE EE EE 18 81", "1881"],
  ["F0 F8 40 12 88 88 88 88 18 81", "1881"],
  // Fifteen digits and a filler.
  ["F0 F8 37 82 82 24 63 10 00 5F", "0005"],
  // Nineteen digits and a filler.
  ["F1 F0 67 05 64 00 12 34 56 78 90 1F", "8901"],
  // A card file of a girocard: separator and more behind the number.
  ["F1 F3 67 26 42 89 00 12 34 56 78 9D 25 12 FF", "6789"],
  ["F0 F3 EE EE 12", ""],
  ["F0 F0", ""],
  ["F0 F1 FF", ""],
])("card number %s leaves %s", (hex, lastFour) => {
  const { fields } = decodeBmps(joinBytes([Uint8Array.of(0x22), fromHex(hex)]));
  expect(bmpLastFour(fields)).toBe(lastFour);
});

test("totals of a day have a count and a sum for each brand", () => {
  const sums = TOTAL_BRANDS.map((brand, index) => ({ brand, count: index, amountMinor: index * 100_000 }));
  const field = bmpField("totals", { receiptFrom: "0068", receiptTo: "0071", sums });
  const bytes = encodeBmps([field]);
  expect(toHex(bytes.subarray(0, 15))).toBe("60F0F5F3006800710000000000" + "0000");
  expect(bmpTotals(decodeBmps(bytes).fields)).toEqual(field.value);
  const short = decodeBmps(joinBytes([fromHex("60 F0 F5 F2"), bytes.slice(4, -1)]));
  expect(short).toEqual({ fields: [], dropped: { tags: [], malformedCount: 1, unknown: undefined } });
});

test("a card's name ends at its NUL, a contract number at its spaces", () => {
  const bytes = joinBytes([
    fromHex("8B F0 F5 56 49 53 41 00"),
    fromHex("2A"),
    new TextEncoder().encode("GENO 71        "),
  ]);
  const { fields } = decodeBmps(bytes);
  expect(bmpText(fields, "card_name")).toBe("VISA");
  expect(bmpText(fields, "contract")).toBe("GENO 71");
});

test("the largest amount passes, and no receipt is FFFF", () => {
  const bytes = encodeBmps([bmpField("amount", 999_999_999_999), bmpField("receipt", "FFFF")]);
  const { fields } = decodeBmps(bytes);
  expect(bmpNumber(fields, "amount")).toBe(999_999_999_999);
  expect(bmpText(fields, "receipt")).toBe("FFFF");
});

test("an unknown field behind known ones leaves them, in any order", () => {
  const known = [bmpField("receipt", "0042"), bmpField("amount", 5), bmpField("result", 0)];
  for (const order of [known, known.toReversed()]) {
    const { fields, dropped } = decodeBmps(joinBytes([encodeBmps(order), fromHex("FE 01 02")]));
    expect(fields).toEqual(order);
    expect(dropped.unknown).toEqual({ tag: 0xfe, byteCount: 3 });
  }
});

test("fields in any order come back as they were", () => {
  const digits = (length: number): fc.Arbitrary<string> =>
    fc.integer({ min: 0, max: 10 ** length - 1 }).map((value) => String(value).padStart(length, "0"));
  const field: fc.Arbitrary<BmpField> = fc.oneof(
    fc.integer({ min: 0, max: 999_999_999_999 }).map((value) => bmpField("amount", value)),
    fc.integer({ min: 0, max: 255 }).map((value) => bmpField("result", value)),
    digits(6).map((value) => bmpField("trace", value)),
    digits(8).map((value) => bmpField("terminal", value)),
    digits(4).map((lastFour) => bmpField("card_number", { lastFour })),
    fc.stringMatching(/^[A-Za-z]{0,99}$/).map((value) => bmpField("card_name", value)),
  );
  fc.assert(
    fc.property(fc.array(field, { maxLength: 9 }), (fields) => {
      expect(decodeBmps(encodeBmps(fields)).fields).toEqual(fields);
    }),
  );
});
