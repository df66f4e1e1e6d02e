/** Filters and cursors of an address. */
import { expect, test } from "vitest";
import {
  houseTypesIn,
  orderCursorIn,
  orderCursorText,
  orderFilterIn,
  searchIn,
  timeCursorIn,
  timeCursorText,
} from "../../../../tools/hq/console/query.ts";

const asking =
  (filters: Readonly<Record<string, string>>) =>
  (name: string): string =>
    filters[name] ?? "";

test.for([
  ["phase", "shut"],
  ["kind", "gift"],
  ["terminal", "no such/name"],
  ["clerk", "a b"],
  ["marked", "yes"],
  ["from", "yesterday"],
  ["q", "x".repeat(101)],
] as const)("the filter %s=%s is refused with console/query", ([name, value]) => {
  expect(() => orderFilterIn(asking({ [name]: value }), 0)).toThrow(
    expect.objectContaining({ code: "console/query", field: name }),
  );
});

test("the last day of a filter is in it", () => {
  const { span } = orderFilterIn(asking({ from: "2026-11-22", to: "2026-11-22" }), 0);
  expect(span).toEqual({ fromMs: Date.UTC(2026, 10, 22), toMs: Date.UTC(2026, 10, 23) });
});

test.for([
  ["17", { receipt: { terminal: "", series: "", number: 17 }, amountMinor: 1700 }],
  ["12.50", { receipt: null, amountMinor: 1250 }],
  ["12,5", { receipt: null, amountMinor: 1250 }],
  ["T1-A-17", { receipt: { terminal: "T1", series: "A", number: 17 }, amountMinor: null }],
  ["T1/0123456789abcdef/7", { order: "T1/0123456789abcdef/7", receipt: null, amountMinor: null }],
  [" Table 7 ", { order: null, receipt: null, amountMinor: null, label: "table 7" }],
] as const)("the search %j is understood", ([text, meaning]) => {
  expect(searchIn(text)).toMatchObject(meaning);
});

test("a cursor is the place that it was made of, whatever the item's code", () => {
  const cursor = { atMs: -5, terminal: "T1", epoch: "0123456789abcdef", seq: 7, sku: "a~b & c" };
  expect(timeCursorIn(asking({ after: timeCursorText(cursor) }))).toEqual(cursor);
  const order = { openedAtMs: 1_767_600_000_000, order: "T1/0123456789abcdef/7" };
  expect(orderCursorIn(asking({ after: orderCursorText(order) }))).toEqual(order);
});

test.for(["x", "1~T1", "1~T1~e~x~", "~~~~", "99999999999999999~T1~e~1~"])(
  "the cursor %j is refused with console/query",
  (after) => {
    const refusal = expect.objectContaining({ code: "console/query", field: "after" });
    expect(() => timeCursorIn(asking({ after }))).toThrow(refusal);
    expect(() => orderCursorIn(asking({ after }))).toThrow(refusal);
  },
);

test("kinds of records are named one by one, and an unknown one is refused with console/query", () => {
  expect(houseTypesIn(asking({ types: "drawer_opened,override_granted" }))).toEqual([
    "drawer_opened",
    "override_granted",
  ]);
  expect(houseTypesIn(asking({}))).not.toContain("pin_passed");
  expect(() => houseTypesIn(asking({ types: "drawer_opened,x" }))).toThrow(
    expect.objectContaining({ field: "types" }),
  );
});
