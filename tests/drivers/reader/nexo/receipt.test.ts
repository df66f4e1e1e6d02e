/**
 * Slips laid out from the lines that a terminal sends.
 */

import { expect, test } from "vitest";
import { slipsOf } from "../../../../drivers/reader/nexo/receipt.ts";
import type { Scanned } from "../../../../drivers/reader/nexo/scan.ts";

function receipt(copy: string, ...outputs: readonly (readonly [string, Scanned][])[]): Scanned {
  return new Map<string, Scanned>([
    ["DocumentQualifier", copy],
    ["OutputContent", new Map([["OutputText", outputs.map((output) => new Map(output))]])],
  ]);
}
const text = (value: string): [string, Scanned] => ["Text", new Map([["text", value]])];

test("lines are laid out, parts without an end of line belong together", () => {
  const slips = slipsOf([
    receipt(
      "CashierReceipt",
      [text("A"), ["CharacterStyle", "Bold"], ["Alignment", "Centred"]],
      [text("B"), ["EndOfLineFlag", false]],
      [text("C\u0007"), ["EndOfLineFlag", true]],
      [text("D"), ["EndOfLineFlag", false]],
    ),
  ]);
  expect(slips).toEqual([
    {
      copy: "merchant",
      lines: [
        { text: "A", isBold: true, isCentred: true },
        { text: "BC", isBold: false, isCentred: false },
        { text: "D", isBold: false, isCentred: false },
      ],
    },
  ]);
});

test("a slip of a kind that nobody prints, and one without lines, are left out", () => {
  expect(slipsOf([receipt("Voucher", [text("A")]), receipt("CustomerReceipt")])).toEqual([]);
});

test("name and value stand at the two edges, and apart where there is no room", () => {
  const line = (name: string, value: string): Scanned =>
    receipt("SaleReceipt", [
      [
        "Text",
        new Map([
          ["name", name],
          ["value", value],
        ]),
      ],
    ]);
  expect(slipsOf([line("TOTAL", "13.40")])[0]?.lines[0]?.text).toBe(`TOTAL${" ".repeat(22)}13.40`);
  expect(slipsOf([line("x".repeat(30), "13.40")])[0]?.lines[0]?.text).toBe(`${"x".repeat(30)} 13.40`);
});

test("a card number that comes in parts of one line is masked as well", () => {
  const slips = slipsOf([
    receipt("CustomerReceipt", [text("41111111"), ["EndOfLineFlag", false]], [text("\u000711111111")]),
  ]);
  expect(slips[0]?.lines[0]?.text).toBe("************1111");
});
