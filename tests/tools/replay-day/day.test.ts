/** A file becomes a day: columns and values, orders, refused rows, exact sums. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { microText, readDay } from "../../../tools/replay-day/day.ts";
import type { Day } from "../../../tools/replay-day/day.ts";
import { DAY_HEAD, dayFile, dayRow } from "../../support/day-files.ts";
import type { RowFields } from "../../support/day-files.ts";

function dayIn(rows: readonly (string | Partial<RowFields>)[]): Day {
  const read = readDay(dayFile(rows));
  return read.ok ? read.value : expect.fail(read.message);
}

const UNREADABLE: readonly (readonly [string, Partial<RowFields>, string])[] = [
  ["price that is a word", { price: "free" }, 'UnitPrice "free" is no price'],
  ["price of NaN", { price: "NaN" }, 'UnitPrice "NaN" is no price'],
  ["price that is empty", { price: "" }, 'UnitPrice "" is no price'],
  ["price with an exponent", { price: "1e3" }, 'UnitPrice "1e3" is no price'],
  ["price of seven decimals", { price: "1.0000001" }, "is no price"],
  ["price with a comma for a point", { price: '"2,50"' }, 'UnitPrice "2,50" is no price'],
  ["quantity that is empty", { quantity: "" }, 'Quantity "" is no whole number'],
  ["quantity that is a fraction", { quantity: "1.5" }, 'Quantity "1.5" is no whole number'],
  ["time without seconds", { time: "2020-02-29 09:30" }, "InvoiceDate"],
  ["time on a day that is none", { time: "2021-02-29 09:30:00" }, "InvoiceDate"],
  ["time at an hour that is none", { time: "2020-02-29 24:00:01" }, "InvoiceDate"],
  ["invoice that is empty", { invoice: "" }, 'InvoiceNo "" is no invoice number'],
  ["code that is empty", { sku: " " }, 'StockCode "" is no code'],
  ["code of 65 letters", { sku: "X".repeat(65) }, "is no code"],
];

test.each(UNREADABLE)("a %s refuses the file with day/rows and names the row", (_, fields, words) => {
  const read = readDay(dayFile([{}, fields, {}]));
  expect(read).toMatchObject({ ok: false, code: "day/rows" });
  expect(read).toHaveProperty("message", expect.stringContaining(`row 3: `));
  expect(read).toHaveProperty("message", expect.stringContaining(words));
});

test("a row with another number of fields than the head refuses the file with day/rows", () => {
  const read = readDay(dayFile([dayRow(), "100001,MUG"]));
  expect(read).toMatchObject({ ok: false, code: "day/rows" });
  expect(read).toHaveProperty(
    "message",
    expect.stringContaining("row 3: 2 fields where the head has 8 columns"),
  );
});

test("ten unreadable rows are named and the others counted", () => {
  const read = readDay(dayFile(Array.from({ length: 13 }, () => ({ price: "?" }))));
  expect(read).toHaveProperty("message", expect.stringMatching(/row 11: .*; and 3 more$/));
});

const HEADS: readonly (readonly [string, string, string])[] = [
  ["without a column", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate", "lacks the columns UnitPrice"],
  ["in another language", "Rechnung,Preis", "lacks the columns InvoiceNo, StockCode"],
  ["with a column twice", `${DAY_HEAD},Quantity`, "has twice the columns Quantity"],
  ["that is a row", dayRow(), "lacks the columns InvoiceNo"],
];

test.each(HEADS)("a head %s is refused with day/columns", (_, head, words) => {
  const read = readDay(new TextEncoder().encode(`${head}\n${dayRow()}\n`));
  expect(read).toMatchObject({ ok: false, code: "day/columns" });
  expect(read).toHaveProperty("message", expect.stringContaining(words));
});

test("columns are found by name, in any order and among others", () => {
  const text = `\uFEFFUnitPrice,Note,Quantity,InvoiceNo,InvoiceDate,StockCode,Description\r\n0.5,x,3,7,2020-02-29 10:00:00,A,B\r\n`;
  const read = readDay(new TextEncoder().encode(text));
  expect(read).toMatchObject({ ok: true, value: { netMinor: 150, orders: [{ invoice: "7" }] } });
});

test("a file that is no CSV is refused with the reader's code", () => {
  expect(readDay(Uint8Array.of(0xff))).toMatchObject({ ok: false, code: "csv/encoding" });
  expect(readDay(new Uint8Array(0))).toMatchObject({ ok: false, code: "csv/empty" });
});

const REFUSED: readonly (readonly [string, Partial<RowFields>, string])[] = [
  ["negative quantity without a C", { quantity: "-3" }, "row/stock_note"],
  ["negative quantity without a C at no price", { quantity: "-3", price: "0" }, "row/stock_note"],
  ["positive quantity on a cancellation", { invoice: "C100001", quantity: "3" }, "row/quantity_positive"],
  ["quantity of zero", { quantity: "0" }, "row/quantity_zero"],
  ["quantity of minus zero", { quantity: "-0" }, "row/quantity_zero"],
  ["negative price", { price: "-11062.06" }, "row/price_negative"],
  ["price of three decimals", { price: "0.001" }, "row/price_not_exact"],
  ["price beyond a till", { price: "1000000000.01" }, "row/out_of_range"],
  ["quantity beyond a till", { quantity: "1000001", price: "0" }, "row/out_of_range"],
  ["amount beyond an order", { quantity: "1000000", price: "999999999" }, "row/out_of_range"],
];

test.each(REFUSED)("a row with a %s is listed and not sold", (_, fields, reason) => {
  const day = dayIn([{ invoice: "1", quantity: "2" }, fields]);
  expect(day.refusedRows).toEqual([{ rowNumber: 3, reason }]);
  expect(day).toMatchObject({ lineCount: 2, netMinor: 500, orders: [{ invoice: "1" }] });
});

test("lines and money beyond what one order holds are listed and not sold", () => {
  const lines = dayIn(Array.from({ length: 2001 }, () => ({})));
  expect(lines.refusedRows).toEqual([{ rowNumber: 2002, reason: "row/order_full" }]);
  const money = dayIn(Array.from({ length: 3 }, () => ({ quantity: "5", price: "999999999" })));
  expect(money.refusedRows).toEqual([{ rowNumber: 4, reason: "row/order_full" }]);
});

test("invoices are counted by number, with those of which nothing can be sold", () => {
  const day = dayIn([
    { invoice: "1" },
    { invoice: "C2", quantity: "-1" },
    { invoice: "3", quantity: "-1" },
    { invoice: "1" },
    { invoice: "C4", quantity: "1" },
  ]);
  expect([day.lineCount, day.invoiceCount, day.cancellationCount]).toEqual([5, 2, 2]);
  expect(day.orders.map(({ invoice, kind, lines }) => [invoice, kind, lines.length])).toEqual([
    ["1", "sale", 2],
    ["C2", "return", 1],
  ]);
});

test("the net is what sales bring less what returns cost; the file's sum holds the refused rows too", () => {
  const day = dayIn([
    { invoice: "1", quantity: "3", price: "2.10" },
    { invoice: "C2", quantity: "-2", price: "0.95" },
    { invoice: "3", price: "0.001" },
    { invoice: "4", price: "-100" },
  ]);
  expect(day.netMinor).toBe(440);
  expect(microText(day.fileSumMicro)).toBe("-95.599");
});

test("one day or month of a file of many is kept by its date", () => {
  const file = dayFile([{ time: "2020-02-28 23:59:59" }, { quantity: "2" }, { time: "2020-03-01 00:00:00" }]);
  expect(readDay(file, "2020-02-29")).toMatchObject({ ok: true, value: { lineCount: 1, netMinor: 500 } });
  expect(readDay(file, "2020-02")).toMatchObject({ ok: true, value: { lineCount: 2, netMinor: 750 } });
});

test("millionths are written with two decimals at least", () => {
  const texts = [0n, 10_000n, -1n, 58_635_560_000n, -12_345_678n].map(microText);
  expect(texts).toEqual(["0.00", "0.01", "-0.000001", "58635.56", "-12.345678"]);
});

function booksIn(rows: readonly Partial<RowFields>[]): Day {
  const read = readDay(dayFile(rows), null, "books");
  return read.ok ? read.value : expect.fail(read.message);
}

const ROUNDED: readonly (readonly [string, string, readonly [number, number], string])[] = [
  ["1", "0.001", [1, 0], "0.001"],
  ["1", "0.005", [1, 1], "-0.005"],
  ["4", "0.125", [1, 50], "0.00"],
  ["3", "0.333", [1, 100], "-0.001"],
  ["2", "0.004", [1, 1], "-0.002"],
  ["200", "0.005", [1, 100], "0.00"],
  ["5", "0.0499", [1, 25], "-0.0005"],
];

test.each(ROUNDED)("%s × %s is booked rounded half up, once a line", (quantity, price, worth, difference) => {
  const day = booksIn([{ quantity, price }]);
  const lines = day.orders.flatMap((order) => order.lines);
  const amountMinor = lines.reduce((sum, line) => sum + line.quantityCount * line.unitPriceMinor, 0);
  expect(amountMinor).toBe(worth[0] * worth[1]);
  expect(day.roundedRows.map(({ differenceMicro }) => microText(differenceMicro))).toEqual(
    difference === "0.00" ? [] : [difference],
  );
});

test("a price with other decimals than pence is sold at its quantity where the amount allows it", () => {
  const [order] = booksIn([
    { quantity: "200", price: "0.005" },
    { quantity: "4", price: "0.2499" },
  ]).orders;
  expect(order?.lines.map(({ quantityCount, unitPriceMinor }) => [quantityCount, unitPriceMinor])).toEqual([
    [1, 100],
    [4, 25],
  ]);
});

test("a negative price is money paid out, in an order of its own beside the invoice's", () => {
  const day = booksIn([
    { invoice: "A1", price: "11062.06" },
    { invoice: "A2", price: "-11062.06" },
    { invoice: "3", quantity: "2", price: "1.00" },
    { invoice: "3", quantity: "1", price: "-0.50" },
  ]);
  expect(day.orders.map(({ invoice, kind, totalMinor }) => [invoice, kind, totalMinor])).toEqual([
    ["A1", "sale", 1_106_206],
    ["A2", "return", 1_106_206],
    ["3", "sale", 200],
    ["3", "return", 50],
  ]);
  expect([day.netMinor, day.refusedRows.length]).toEqual([150, 0]);
});

test("under either rules the file's sum is the net, what is refused and what rounding took, to the millionth", () => {
  const price = fc
    .tuple(fc.integer({ min: -20_000, max: 2_000_000 }), fc.constantFrom(2, 3, 6))
    .map(([value, decimals]) => (value / 1000).toFixed(decimals));
  const row = fc.record({
    invoice: fc.constantFrom("1", "2", "A3", "C4"),
    quantity: fc.integer({ min: -20, max: 50 }).map(String),
    price,
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 30 }),
      fc.constantFrom("till", "books"),
      (rows, rules) => {
        const read = readDay(dayFile(rows), null, rules);
        if (!read.ok) return expect.fail(read.message);
        const { netMinor, refusedSumMicro, roundedRows, fileSumMicro } = read.value;
        const tookMicro = roundedRows.reduce((sum, { differenceMicro }) => sum + differenceMicro, 0n);
        expect(BigInt(netMinor) * 10_000n + refusedSumMicro + tookMicro).toBe(fileSumMicro);
      },
    ),
  );
});
