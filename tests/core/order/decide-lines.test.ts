/** Commands that put lines on an order and change them, one attempt a line, refusals in order of precedence. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import { ORDER_LINES_COUNT_MAX } from "../../../core/limits.ts";
import { fits, isWhole } from "../../../core/order/decide-lines.ts";
import { attempt, NO_EVENT, Shop } from "../../support/attempts.ts";
import { Writer } from "../../support/core-fixtures.ts";
import { table } from "../../support/table.ts";

const attempts = table(
  ["given", "command", "answer"],
  `
  given                       | command                    | answer

  // Open an order.
                              | idle> open return faulty   | clerk/right_missing sell
                              | sam> open return faulty    | clerk/right_missing blind_return
                              | open return                | order/reason_missing
                              | open sale                  | opened sale
                              | sam> open sale table 4     | opened sale table 4
                              | open return faulty         | opened return faulty
                              | may_blind_return> open return torn | opened return torn
  sell tea 1                  | open sale                  | opened sale

  // Add an item of the catalogue.
                              | sell wine 0                | item/unknown wine
                              | sell cake 0                | item/sold_out cake
                              | sell tea 0                 | command/out_of_range quantity
                              | sell tea -1                | command/out_of_range quantity
                              | sell tea 0.0005            | command/out_of_range quantity
                              | sell tea 1000000.001       | command/out_of_range quantity
                              | add tea 1                  | order/unknown
  sell tea 1; freeze          | add tea 1                  | order/frozen
  sell tea 1; cash 2.50       | add tea 1                  | order/not_open
  sell tea 1; void left       | add tea 1                  | order/not_open
  sell tea 1                  | add gold 12                | command/out_of_range amount
  sell gold 11                | add gold 1                 | command/out_of_range amount
  sell gold 11                | add tea 1                  | line tea 1 x 2.50
                              | sell tea 1                 | opened sale, line tea 1 x 2.50
                              | sam> sell plums 0.755      | opened sale, line plums 0.755 x 29.99
  sell tea 1                  | add bun 3                  | line bun 3 x 1.20
  sell tea 1                  | add tea 1                  | line tea 1 x 2.50
  open return faulty          | add tea 1                  | line tea 1 x 2.50
  open return faulty          | add cake 1                 | line cake 1 x 4.00
  B: sell tea 1               | add bun 1                  | line bun 1 x 1.20

  // Add an item at a price by hand.
                              | sam> price gift -1 -1      | clerk/right_missing open_price
                              | price gift 0 -0.01         | command/out_of_range price
                              | price gift 0 1000000000.01 | command/out_of_range price
                              | price gift 0 5.00          | order/reason_missing
                              | price gift 0 5.00 no label | command/out_of_range quantity
  sell tea 1; freeze          | price gift 1 5.00 no label | order/frozen
  sell tea 1; cash 2.50       | price gift 1 5.00 no label | order/not_open
                              | price gift 1000 1000000000.00 no label | command/out_of_range amount
                              | price gift 1 5.00 no label | opened sale, line gift 1 x 5.00 by hand no label
                              | may_open_price> price tea 2 0.00 staff drink | opened sale, line tea 2 x 0.00 by hand staff drink
                              | price cake 1 2.00 broken   | opened sale, line cake 1 x 2.00 by hand broken
  sell tea 1                  | price tea 1 2.00 dented    | line tea 1 x 2.00 by hand dented

  // Add units.
                              | more 1 1                   | order/unknown
  sell tea 1                  | more 9 0                   | command/out_of_range quantity
  sell tea 1; freeze          | more 9 1                   | order/frozen
  sell tea 1; cash 2.50       | more 1 1                   | order/not_open
  sell tea 1                  | more 9 1                   | line/unknown
  sell tea 1; less 1 1        | more 1 1                   | line/unknown
  sell gold 11                | more 1 1                   | command/out_of_range amount
  sell tea 1                  | more 1 2                   | more 1 2
  sell tea 1; add bun 1       | more 2 0.5                 | more 2 0.5
  B: sell tea 1               | more 1 1                   | more 1 1

  // Remove units.
                              | less 1 1                   | order/unknown
  sell tea 1                  | less 9 0                   | command/out_of_range quantity
  sell tea 1; freeze          | less 9 1                   | order/frozen
  sell tea 1; cash 2.50       | less 1 1                   | order/not_open
  sell tea 1                  | less 9 1                   | line/unknown
  sell tea 1                  | less 1 2                   | line/units_missing
  sell tea 1; less 1 1        | less 1 1                   | line/unknown
  sell tea 2                  | less 1 1 mistake           | less 1 1 mistake
  sell tea 2; more 1 1        | less 1 3                   | less 1 3
  B: sell tea 1               | sam> less 1 1              | less 1 1

  // Notes.
                              | note 1 hot                 | order/unknown
  sell tea 1; freeze          | note 9 hot                 | order/frozen
  sell tea 1; cash 2.50       | note 1 hot                 | order/not_open
  sell tea 1                  | note 9 hot                 | line/unknown
  sell tea 1                  | note 1 no sugar            | note 1 no sugar
  sell tea 1; note 1 hot      | note 1                     | note 1
  open sale                   | note 0 window seat         | note 0 window seat

  // Void.
                              | void left                  | order/unknown
  sell tea 1                  | sam> void                  | clerk/right_missing void
  sell tea 1; freeze          | void                       | order/frozen
  sell tea 1; cash 2.50       | void                       | order/not_open
  sell tea 1; void left       | void left                  | order/not_open
  sell tea 1                  | void                       | order/reason_missing
  sell tea 1                  | may_void> void guest left  | voided guest left
  open sale                   | void mistake               | voided mistake
  B: sell tea 1               | void left                  | voided left
  `,
);

test.each(attempts)("$title", ({ given, command, answer }) => {
  expect(attempt(given, command)).toBe(answer);
});

const long = "x".repeat(201);
const texts: readonly (readonly [about: string, command: Command])[] = [
  ["label", { type: "open_order", kind: "sale", label: long, reason: "" }],
  ["reason", { type: "open_order", kind: "return", label: "", reason: "two\nlines" }],
  ["sku", openItem({ sku: "x".repeat(65) })],
  ["name", openItem({ name: "bell \u0007" })],
  ["reason", openItem({ reason: long })],
  ["reason", { type: "remove_units", order: NO_EVENT, line: NO_EVENT, quantityMilli: 1, reason: "\ud800" }],
  ["note", { type: "set_note", order: NO_EVENT, line: null, text: long }],
  ["reason", { type: "void_order", order: NO_EVENT, reason: long }],
];

function openItem(part: {
  readonly sku?: string;
  readonly name?: string;
  readonly reason?: string;
}): Command {
  const item = { sku: "gift", name: "", quantityMilli: 1000, unitPriceMinor: 500, reason: "no label" };
  return { type: "add_open_item", order: null, ...item, ...part };
}

test.each(texts)(
  "a %s that is too long or holds control characters is refused with command/out_of_range",
  (about, command) => {
    const shop = new Shop("sell tea 1");
    const order = shop.order?.id ?? NO_EVENT;
    const aimed: Command = "order" in command && command.order !== null ? { ...command, order } : command;
    expect(shop.a.tap(aimed)).toEqual({ ok: false, refusal: { code: "command/out_of_range", about } });
  },
);

test("an open price takes name and rate from the catalogue where it knows the item", () => {
  const shop = new Shop("price bun 1 1.00 day old; price gift 1 5.00 no label");
  const lines = shop.order?.lines ?? [];
  expect(lines.map((line) => [line.name, line.taxPpm, line.priceSource])).toEqual([
    ["Bun", 120_000, "open"],
    ["gift", 250_000, "open"],
  ]);
});

test("a line beyond the bound of an order is refused with order/too_many_lines", () => {
  const shop = new Shop("sell sample 1");
  for (let count = 1; count < ORDER_LINES_COUNT_MAX; count += 1) shop.a.tap(shop.commandOf("add sample 1"));
  expect(shop.order?.lines).toHaveLength(ORDER_LINES_COUNT_MAX);
  expect(shop.textOf(shop.a.tap(shop.commandOf("add tea 1")))).toBe("order/too_many_lines");
  expect(shop.textOf(shop.a.tap(shop.commandOf("more 1 1")))).toBe("more 1 1");
});

test.each([
  [0, true],
  [10, true],
  [-1, false],
  [11, false],
  [0.5, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
])("whether %s is whole and from 0 to 10: %s", (value, expected) => {
  expect(isWhole(value, 0, 10)).toBe(expected);
});

test.each([
  ["", true],
  ["茶 5", true],
  ["12345", true],
  ["123456", false],
  ["a\tb", false],
  ["a\u0085b", false],
  ["\udc00", false],
])("whether %j fits 5 units: %s", (text, expected) => {
  expect(fits(text, 5)).toBe(expected);
});

test("a label's price is that of one unit, under the item's name and tax, and needs no right but to sell", () => {
  const writer = new Writer("A").signOn("sam").signOn("idle");
  const label = (sku: string, unitPriceMinor: number, clerk = "sam") =>
    writer.tap({ type: "add_labelled_item", order: null, sku, unitPriceMinor }, clerk);
  const refused = (code: string, about: string) => ({ ok: false, refusal: { code, about } });
  expect(label("plums", 1850, "idle")).toEqual(refused("clerk/right_missing", "sell"));
  expect(label("wine", 0)).toEqual(refused("item/unknown", "wine"));
  expect(label("cake", 0)).toEqual(refused("item/sold_out", "cake"));
  for (const price of [0, -1, 0.5, Number.NaN, 100_000_000_001])
    expect(label("plums", price)).toEqual(refused("command/out_of_range", "price"));
  expect(label("plums", 1850)).toMatchObject({
    ok: true,
    events: [
      { type: "order_opened", kind: "sale" },
      {
        type: "line_added",
        name: "Plums",
        quantityMilli: 1000,
        unitPriceMinor: 1850,
        taxPpm: 60_000,
        priceSource: "label",
        reason: "",
      },
    ],
  });
});
