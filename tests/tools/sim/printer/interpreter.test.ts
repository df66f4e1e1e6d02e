/**
 * What the virtual printer puts on paper for given bytes, so that it may be trusted as the judge of the
 * encoder.
 */

import { expect, test } from "vitest";
import { Interpreter, RECEIPT_LINES_MAX } from "../../../../tools/sim/printer/interpreter.ts";
import type { PrinterHappening } from "../../../../tools/sim/printer/interpreter.ts";
import { plainLines } from "../../../../tools/sim/printer/paper.ts";
import type { Receipt } from "../../../../tools/sim/printer/paper.ts";
import { Tokenizer } from "../../../../tools/sim/printer/tokenizer.ts";
import { fromHex } from "../../../support/hex.ts";
import { table } from "../../../support/table.ts";

// A printer of 8 columns; lines are separated by ";".
const rows = table(
  ["what", "hex", "lines"],
  `
  what                                        | hex                              | lines
  plain text                                  | 546561 0a                        | Tea
  text without a line feed                    | 546561                           | Tea
  Chinese after FS &                          | 1c26 b2e8 41 0a                  | 茶A
  the same bytes outside the Chinese mode     | b2e8 41 0a                       | □□A
  Chinese mode left again                     | 1c26 b2e8 1c2e b2 0a             | 茶□
  ESC @ leaves the Chinese mode               | 1c26 1b40 b2 0a                  | □
  a pair that is no character                 | 1c26 ffff 0a                     | □□
  a lead byte cut off by a line feed          | 1c26 b2 0a 41 0a                 | ;A
  a line too long wraps as the device does    | 414243444546474849 0a            | ABCDEFGH;I
  a wide character does not hang over         | 1c26 41424344454647 b2e8 0a      | ABCDEFG;茶
  double width fills the line twice as fast   | 1d2111 4142434445 0a             | ABCD;E
  centred                                     | 1b6101 4142 0a                   | ___AB
  to the right                                | 1b6102 4142 0a                   | ______AB
  feed three lines                            | 41 0a 1b6403 42 0a               | A;;;;B
  a carriage return prints nothing            | 41 0d 42 0a                      | AB
  `,
);

test.each(rows)("$what", ({ hex, lines }) => {
  const happenings = feed(new Interpreter(8), hex, true);
  expect(plainLines(receiptOf(happenings)).join(";").replaceAll(" ", "_")).toBe(lines);
});

test("a cut ends a receipt, tearing one that has no cut, and nothing is no receipt", () => {
  const interpreter = new Interpreter(32);
  const first = receiptOf(feed(interpreter, "41 0a 1d564200", false));
  expect(first).toMatchObject({ number: 1, endedBy: "cut", columnCount: 32 });
  const second = receiptOf(feed(interpreter, "42 0a", true));
  expect(second).toMatchObject({ number: 2, endedBy: "torn" });
  expect(feed(interpreter, "1b40 1d564200", true)).toEqual([]);
});

test("styles make runs of their own", () => {
  const receipt = receiptOf(
    feed(new Interpreter(48), "41 1b4501 42 1b4500 1d4201 43 1d4200 1b2d01 44 1d2111 45 0a", true),
  );
  expect(receipt.lines[0]?.heightScale).toBe(2);
  expect(receipt.lines[0]?.runs).toMatchObject([
    { text: "A", columnIndex: 0, bold: false },
    { text: "B", columnIndex: 1, bold: true },
    { text: "C", columnIndex: 2, reverse: true },
    { text: "D", columnIndex: 3, underline: true },
    { text: "E", columnIndex: 4, columnCount: 2, widthScale: 2, heightScale: 2 },
  ]);
});

test("modes do not outlive the paper that is torn off", () => {
  const interpreter = new Interpreter(8);
  feed(interpreter, "1b6102 1c26 41 0a", true);
  expect(plainLines(receiptOf(feed(interpreter, "b2 0a", true)))).toEqual(["□"]);
});

test("drawer pulses and the marker are told, in their place", () => {
  const happenings = feed(new Interpreter(48), "1b70 00 19 fa 1014 01 00 02 1d7201 1014 02 00 00", false);
  expect(happenings).toEqual([{ kind: "drawer" }, { kind: "drawer" }, { kind: "status_wanted", query: 1 }]);
});

test("what cannot be shown is listed", () => {
  const receipt = receiptOf(
    feed(new Interpreter(48), "1d2a0101ffffffffffffffff 01 1d6b00313233 00 41 0a", true),
  );
  expect(receipt.notShown).toEqual(["garbage 1d", "garbage 01", "garbage 01", "garbage 01", "GS k"]);
});

test("a receipt longer than the printer keeps is cut", () => {
  const interpreter = new Interpreter(48);
  const happenings = feed(interpreter, "1b64c8".repeat(RECEIPT_LINES_MAX / 200), false);
  expect(receiptOf(happenings)).toMatchObject({ endedBy: "length" });
  expect(receiptOf(happenings).lines).toHaveLength(RECEIPT_LINES_MAX);
});

function feed(interpreter: Interpreter, hex: string, isEnd: boolean): readonly PrinterHappening[] {
  const happenings = new Tokenizer().push(fromHex(hex)).flatMap((token) => interpreter.push(token));
  return isEnd ? [...happenings, ...interpreter.tearOff()] : happenings;
}

function receiptOf(happenings: readonly PrinterHappening[]): Receipt {
  const [happening, ...rest] = happenings;
  expect(rest).toEqual([]);
  return happening?.kind === "receipt" ? happening.receipt : expect.fail("No receipt");
}
