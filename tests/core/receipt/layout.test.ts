/** Receipts as blocks: what is printed comes from the closing and what its check froze. */
import { expect, test } from "vitest";
import { minor } from "../../../core/money.ts";
import type { Order } from "../../../core/order/types.ts";
import type { ReceiptBlock } from "../../../core/receipt/block.ts";
import { receiptBlocks, receiptNumberText } from "../../../core/receipt/layout.ts";
import type { ReceiptShop } from "../../../core/receipt/layout.ts";
import { RECEIPT_WORDS } from "../../../core/receipt/words.ts";
import { NO_EVENT, Shop } from "../../support/attempts.ts";
import { placed } from "../../support/core-fixtures.ts";

const shop: ReceiptShop = {
  name: "The Corner",
  addressLines: ["1 High Street"],
  footer: "Come again",
  language: "en",
  zoneMinutes: 60,
  isTraining: false,
};

function printed(order: Order | null, copyNumber = 0, language: "en" | "zh" = "en"): readonly ReceiptBlock[] {
  const closing = order?.checks.at(-1)?.closings[0];
  if (order === null || closing === undefined) throw new Error("There is no closing");
  return receiptBlocks(order, closing, { ...shop, language }, copyNumber);
}

/** The receipt as text: pairs as "left … right". */
function textOf(blocks: readonly ReceiptBlock[]): readonly string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "text") return block.text;
    if (block.kind === "pair") return `${block.left} … ${block.right}`;
    return block.kind === "rule" ? "---" : [];
  });
}

test("a receipt names the shop, the sale, its lines, its money, its taxes and its record", () => {
  const { order, a } = new Shop("sell tea 2; add plums 0.755; note 2 ripe; note 0 window seat; cash 30");
  const closing = order?.checks[0]?.closings[0];
  const seq = a.state.seq;
  const hash = [...(closing?.facts.viewHash.slice(0, 4) ?? [])].map((byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  expect(textOf(printed(order))).toEqual([
    "The Corner",
    "1 High Street",
    "---",
    "Receipt No. … A-S1-1",
    "2010-12-01 09:26 … Served by boss",
    "window seat",
    "---",
    "Tea",
    "  2 x 2.50 … 5.00",
    "Plums",
    "  0.755 x 29.99 … 22.64",
    "  * ripe",
    "---",
    "Total SEK … 27.64",
    "Cash … 30.00",
    "Change … 2.36",
    "---",
    "Tax 6 %  Net 21.36 … 1.28",
    "Tax 25 %  Net 4.00 … 1.00",
    `Record A ${seq} ${hash.join("")}`,
    "Come again",
  ]);
});

test("a return says what was paid out, without a sign", () => {
  const lines = textOf(printed(new Shop("open return torn; add tea 1; pay_out").order));
  expect(lines).toContain("Refund No. … A-S1-1");
  expect(lines).toContain("Refunded SEK … 2.50");
  expect(lines).toContain("Cash … 2.50");
  expect(lines).toContain("Tax 25 %  Net -2.00 … -0.50");
});

test("a copy differs from the original by its banner alone, whatever came in later", () => {
  const till = new Shop("sell tea 1; note 0 window seat; cash 2.50");
  const original = printed(till.order);
  const order = till.order?.id ?? NO_EVENT;
  const lineId = till.order?.checks[0]?.lines[0]?.id ?? NO_EVENT;
  const units = { quantityMilli: 1000, checksSeenCount: 0 } as never;
  till.a.hear(placed("C", 1, 99, { type: "note_set", order, line: null, text: "door" }));
  till.a.hear(placed("C", 2, 100, { type: "note_set", order, line: lineId, text: "cold" }));
  till.a.hear(
    placed("C", 3, 101, { type: "units_added", order, line: lineId, ...(units as object) } as never),
  );
  expect(till.order).toMatchObject({ note: "door", openTotalMinor: minor(250) });
  const copy = printed(till.order, 2);
  expect(copy.slice(1)).toEqual(original);
  expect(textOf(copy)[0]).toBe("*** COPY 2 ***");
});

test("a receipt of nothing has no tender, and one of several parts has each", () => {
  expect(
    textOf(printed(new Shop("sell sample 1; close").order)).filter((each) => each.startsWith("Cash")),
  ).toEqual([]);
  const parts = textOf(printed(new Shop("sell tea 1; cash 1; cash 5").order));
  expect(parts.filter((each) => /^(Cash|Change)/.test(each))).toEqual([
    "Cash … 1.00",
    "Cash … 5.00",
    "Change … 3.50",
  ]);
});

test("a Chinese receipt has no English word in it but names", () => {
  const blocks = textOf(printed(new Shop("sell tea 2; cash 10").order, 1, "zh"));
  const english = Object.values(RECEIPT_WORDS.en);
  expect(blocks.filter((each) => english.some((word) => each.includes(word)))).toEqual([]);
  expect(blocks).toContain("合计 SEK … 5.00");
  expect(Object.keys(RECEIPT_WORDS.zh)).toEqual(Object.keys(RECEIPT_WORDS.en));
});

test("a receipt's number is written with its terminal and series", () => {
  const closing = new Shop("sell tea 1; cash 5").order?.checks[0]?.closings[0];
  expect(closing && receiptNumberText(closing)).toBe("A-S1-1");
});

test("a receipt without a footer has no empty line for it, and ends in a cut", () => {
  const { order } = new Shop("sell tea 1; cash 5");
  const closing = order?.checks[0]?.closings[0];
  if (order === null || closing === undefined) throw new Error("There is no closing");
  const blocks = receiptBlocks(order, closing, { ...shop, footer: "" }, 0);
  expect(textOf(blocks).at(-1)).toContain("Record A");
  expect(blocks.at(-1)).toEqual({ kind: "cut" });
});

test.each([
  ["JPY", ["  2 x 250 … 500", "Total JPY … 2764", "Cash … 3000", "Change … 236"]],
  ["KWD", ["  2 x 0.250 … 0.500", "Total KWD … 2.764", "Cash … 3.000", "Change … 0.236"]],
  ["BHD", ["  0.755 x 2.999 … 2.264", "Total BHD … 2.764", "Tax 6 %  Net 2.136 … 0.128"]],
])("amounts in %s have the decimals of their currency, quantities have not", (currency, lines) => {
  const { order } = new Shop("sell tea 2; add plums 0.755; cash 30");
  expect(textOf(printed(order === null ? null : { ...order, currency }))).toEqual(
    expect.arrayContaining(lines),
  );
});
