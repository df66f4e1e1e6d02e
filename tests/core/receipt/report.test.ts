/** X and Z on paper: the same document each time, and an X that leaves the count blind. */
import { expect, test } from "vitest";
import { effects } from "../../../core/effect.ts";
import { decimalText, minor } from "../../../core/money.ts";
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import { REPORT_WORDS } from "../../../core/receipt/report-words.ts";
import { reportBlocks } from "../../../core/receipt/report.ts";
import type { Recorded } from "../../../core/types.ts";
import { encodeReceipt } from "../../../drivers/printer/encode.ts";
import { ALL_PRINTER_MODELS } from "../../../drivers/printer/models.ts";
import { idleReceiptShop } from "../../support/day-report.ts";
import { HOUR_MS, Till } from "../../support/day-till.ts";

function linesOf(blocks: readonly ReceiptBlock[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "pair") return [`${block.left}: ${block.right}`];
    if (block.kind === "text") return [block.text];
    return block.kind === "rule" ? ["-"] : [];
  });
}

function worked(): { readonly till: Till; readonly shift: ReturnType<Till["openShift"]> } {
  const till = new Till("A");
  const shift = till.openShift(77_777);
  till.move("pay_in", 33_333);
  till.move("pay_out", 22_222);
  till.move("drop", 11_111);
  till.refund(till.sell(2, 1000), 1000);
  return { till, shift };
}

function paperOf(till: Till, recorded: readonly Recorded[]): readonly ReceiptBlock[] {
  const printed = recorded.flatMap((each) => effects(till.state, each));
  const report = printed.find((effect) => effect.type === "print_report");
  if (report?.type !== "print_report") throw new Error("nothing is printed");
  return reportBlocks(report.report, idleReceiptShop);
}

function closed({ till, shift }: ReturnType<typeof worked>): readonly Recorded[] {
  till.count(shift, 77_000);
  return till.must({ type: "close_shift", shift, reason: "short" });
}

test("a Z says every figure of its shift", () => {
  const day = worked();
  expect(linesOf(paperOf(day.till, closed(day)))).toEqual([
    "Corner Shop",
    "Z 1",
    "-",
    "Terminal: A",
    "Drawer: 1",
    "Business date: 2026-11-22",
    "Opened by: boss",
    "Opened: 2026-11-22 10:00",
    "Closed: 2026-11-22 10:00",
    "-",
    "Sales 1: 5.00",
    "Returns 1: -2.50",
    "Turnover: 2.50",
    "Tax 25 %  Net 2.00: 0.50",
    "Voids: 0",
    "Receipt copies: 0",
    "Drawer without sale: 0",
    "-",
    "Cash 2: 2.50",
    "Cash rounding: 0.00",
    "Float: 777.77",
    "Paid in: 333.33",
    "Paid out: -222.22",
    "To the safe: -111.11",
    "Cash taken: 10.00",
    "Change given: -5.00",
    "Cash refunds: -2.50",
    "Expected: 780.27",
    "Counted: 770.00",
    "Difference: -10.27",
    "Reason: short",
    "-",
    expect.stringMatching(/^Journal: A \d+$/),
  ]);
});

test("T12: a Z printed again is byte-equal, in blocks and on every printer", () => {
  const day = worked();
  const recorded = closed(day);
  const first = paperOf(day.till, recorded);
  const closing = [...day.till.state.reports.keys()].at(-1);
  if (closing === undefined) throw new Error("no Z");
  day.till.nowMs += 5 * HOUR_MS;
  day.till.closeShift(day.till.openShift(0));
  const again = paperOf(day.till, day.till.must({ type: "print_report", closing }));
  expect(JSON.stringify(again)).toBe(JSON.stringify(first));
  for (const model of ALL_PRINTER_MODELS) {
    const bytes = (blocks: readonly ReceiptBlock[]): Uint8Array[] =>
      encodeReceipt(blocks, model).map((chunk) => chunk.bytes);
    expect(bytes(again)).toEqual(bytes(first));
  }
});

test("T12: the count is blind: no X says what is expected, nor the cash it could be added up from", () => {
  const { till, shift } = worked();
  const lines = linesOf(paperOf(till, till.must({ type: "report_shift", shift })));
  const { expectedMinor, floatMinor, payInMinor, payOutMinor, dropMinor, cashInMinor } = till.report(shift);
  for (const secret of [expectedMinor, floatMinor, payInMinor, payOutMinor, dropMinor, cashInMinor])
    expect(lines.join("\n")).not.toContain(decimalText(minor(secret), 2));
  const words = REPORT_WORDS.en;
  for (const word of [words.expected, words.float, words.payIn, words.drop, words.cashIn, words.methods.cash])
    expect(lines.some((line) => line.startsWith(word))).toBe(false);
  expect(lines).toContain("X");
  expect(lines).toContain("Sales 1: 5.00");
  expect(till.shift(shift).countedMinor).toBeNull();
});

test("training stands at head and foot of a Z in either language", () => {
  const day = worked();
  closed(day);
  const [report] = [...day.till.state.reports.values()];
  if (report === undefined) throw new Error("no Z");
  for (const language of ["en", "zh"] as const) {
    const lines = linesOf(reportBlocks(report, { ...idleReceiptShop, language, isTraining: true }));
    expect([lines[0], lines.at(-1)]).toEqual([
      REPORT_WORDS[language].training,
      REPORT_WORDS[language].training,
    ]);
    expect(lines[0]).toContain("TRAINING");
  }
});

test("a drawer that holds what is expected has no reason on its Z", () => {
  const till = new Till("A");
  till.closeShift(till.openShift(0));
  const [report] = [...till.state.reports.values()];
  if (report === undefined) throw new Error("no Z");
  expect(linesOf(reportBlocks(report, idleReceiptShop)).join()).not.toContain("Reason");
});
