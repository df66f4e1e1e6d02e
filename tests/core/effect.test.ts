/** What the world must do for an event, and which events have to be on disk first. */
import { expect, test } from "vitest";
import { effects, needsDurable } from "../../core/effect.ts";
import type { Effect } from "../../core/effect.ts";
import { orderEvents, Shop } from "../support/attempts.ts";
import { id, placed, Writer } from "../support/core-fixtures.ts";
import { copied, ORDER } from "../support/order-events.ts";

function effectsOf(given: string): readonly Effect[] {
  const { a } = new Shop(given);
  return orderEvents(a).flatMap((recorded) => effects(a.state, recorded));
}

test("a closing with cash opens the drawer and prints the receipt, each with an id of the event's", () => {
  const [drawer, print, ...more] = effectsOf("sell tea 1; cash 5");
  expect(more).toEqual([]);
  expect(drawer).toMatchObject({ type: "open_drawer" });
  expect(print).toMatchObject({ type: "print_receipt", copyNumber: 0 });
  const closing = print?.type === "print_receipt" ? print.closing : "";
  expect(print).toMatchObject({ job: closing, id: `print:${closing}` });
  expect(drawer?.id).toBe(`drawer:${closing}`);
});

test.each([
  ["a closing without a tender only prints", "sell sample 1; close", ["print_receipt"]],
  ["paying out opens the drawer", "open return torn; add tea 1; pay_out", ["open_drawer", "print_receipt"]],
  ["lines, freezes and parts do nothing outside", "sell tea 2; freeze; cash 1", []],
  ["a copy prints", "sell sample 1; close; copy", ["print_receipt", "print_receipt"]],
  ["what another terminal did is its own to print", "B: sell tea 1; B: cash 5", []],
])("%s", (_, given, types) => {
  expect(effectsOf(given).map((effect) => effect.type)).toEqual(types);
});

test("a copy's job is the copy, its closing the receipt that is copied", () => {
  const { state } = new Writer("A");
  expect(effects(state, placed("A", 6, 6, copied("A/5", 2)))).toEqual([
    {
      type: "print_receipt",
      id: `print:${id("A/6")}`,
      job: id("A/6"),
      order: ORDER,
      closing: id("A/5"),
      copyNumber: 2,
    },
  ]);
});

test.each([
  ["tender_captured", true],
  ["check_closed", true],
  ["check_frozen", true],
  ["check_thawed", true],
  ["order_voided", true],
  ["receipt_copied", true],
  ["line_added", false],
  ["units_removed", false],
  ["print_finished", false],
  ["clerk_signed_on", false],
] as const)("%s is durable before it is shown: %s", (type, expected) => {
  expect(needsDurable(type)).toBe(expected);
});
