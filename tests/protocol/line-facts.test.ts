/** The prices of a check's lines as one list of numbers: what is written, read back, and not read. */
import fc from "fast-check";
import { expect, test } from "vitest";

import {
  CHECK_FEES_COUNT_MAX,
  CHECK_PROMOTIONS_COUNT_MAX,
  ORDER_LINES_COUNT_MAX,
} from "../../core/limits.ts";
import { epochId, terminalId } from "../../core/ids.ts";
import { minor } from "../../core/money.ts";
import type { LineFact } from "../../core/price/order/types.ts";
import { UNREAD } from "../../protocol/field.ts";
import { lineFacts } from "../../protocol/line-facts.ts";

const ORIGIN = { terminal: terminalId("A"), epoch: epochId("0000000000000001") };
const plain: LineFact = {
  listMinor: minor(1800),
  grossMinor: minor(1800),
  shares: [],
  taxMinor: minor(102),
  fees: [],
};
const lowered: LineFact = {
  ...plain,
  grossMinor: minor(1500),
  shares: [{ promotionIndex: 0, amountMinor: minor(120) }],
  fees: [{ feeIndex: 1, amountMinor: minor(138), taxMinor: minor(8) }],
};

test.each([
  ["no line", [], []],
  ["a plain line is three numbers", [plain], [0, 1800, 102]],
  ["shares and fees follow the tax", [lowered], [197, 1800, 1500, 102, 0, 120, 1, 138, 8]],
  ["lines stand one behind the other", [plain, plain], [0, 1800, 102, 0, 1800, 102]],
] as const)("%s", (_, lines, numbers) => {
  expect(lineFacts.write(lines, ORIGIN)).toEqual(numbers);
  expect(lineFacts.read(numbers, ORIGIN)).toEqual(lines);
});

test.each([
  ["no list", 7],
  ["nothing", undefined],
  ["a text among the numbers", [0, "1800", 102]],
  ["a line that is cut off", [0, 1800]],
  ["a share that is cut off", [2, 1800, 102, 0]],
  ["a head below zero", [-2, 1800, 102]],
  ["a gross that is the list price", [1, 1800, 1800, 102]],
  ["a promotion below zero", [2, 1800, 102, -1, 5]],
  ["a fee below zero", [194, 1800, 102, -1, 5, 0]],
  ["more fees than a check has", [2 * 97 * (CHECK_FEES_COUNT_MAX + 1), 1800, 102]],
  ["more lines than an order has", Array.from({ length: 3 * (ORDER_LINES_COUNT_MAX + 1) }, () => 0)],
] as const)("%s is not read", (_, value) => {
  expect(lineFacts.read(value, ORIGIN)).toBe(UNREAD);
});

test("what is written is read as it was, whatever the lines, and written so again", () => {
  const amount = fc.maxSafeInteger().map(minor);
  const place = fc.nat(200);
  const share = fc.record({ promotionIndex: place, amountMinor: amount });
  const fee = fc.record({ feeIndex: place, amountMinor: amount, taxMinor: amount });
  const line = fc.record({
    listMinor: amount,
    grossMinor: amount,
    shares: fc.array(share, { maxLength: CHECK_PROMOTIONS_COUNT_MAX }),
    taxMinor: amount,
    fees: fc.array(fee, { maxLength: CHECK_FEES_COUNT_MAX }),
  });
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.constant(plain)), { maxLength: 20 }), (lines) => {
      expect(lineFacts.read(lineFacts.write(lines, ORIGIN), ORIGIN)).toEqual(lines);
    }),
  );
  const anything = fc.array(fc.oneof(fc.nat(8), fc.nat(400), fc.maxSafeInteger()), { maxLength: 12 });
  fc.assert(
    fc.property(anything, (numbers) => {
      const read = lineFacts.read(numbers, ORIGIN);
      if (read !== UNREAD) expect(lineFacts.write(read, ORIGIN)).toEqual(numbers);
    }),
  );
});
