/** What is known of people, of what is off sale and of the machine, from this terminal's own events. */
import { expect, test } from "vitest";
import { effects } from "../../../core/effect.ts";
import { PIN_TRIES_COUNT_MAX, PINS_CARRIED_COUNT_MAX, SOLD_OUT_COUNT_MAX } from "../../../core/limits.ts";
import { dayOf } from "../../../core/checkpoint.ts";
import { clerkId } from "../../../core/ids.ts";
import { clerk, refundOf, Till } from "../../support/day-till.ts";

const SAM = clerk("sam");

test("people and items of another terminal are not this one's", () => {
  const [a, b] = [new Till("A"), new Till("B")];
  b.wrongPin("sam");
  b.must({ type: "sign_off", clerk: SAM });
  b.must({ type: "set_sold_out", sku: "tea", isSoldOut: true });
  b.own({ type: "flag_clock", flag: "behind", byMs: 1 });
  b.record([{ type: "training_started" }], null);
  a.hear(b);
  const { pins, clerks, soldOut, clockFlag, isTraining } = a.state;
  expect([pins.size, clerks.has(SAM), soldOut.size, clockFlag, isTraining]).toEqual([
    0,
    true,
    0,
    "none",
    false,
  ]);
});

test("a checkpoint carries locks before single wrong tries, and no PIN that was right", () => {
  const till = new Till("A");
  for (let n = 0; n < 2 * PINS_CARRIED_COUNT_MAX; n += 1) {
    const event = { type: "pin_tried", clerk: clerkId(`c${n}`), purpose: "sign_on" } as const;
    till.record([event], null);
  }
  till.pin("boss", "approve");
  for (let n = 0; n < PIN_TRIES_COUNT_MAX; n += 1) till.wrongPin("sam");
  const { pins } = dayOf(till.state);
  expect(pins).toHaveLength(PINS_CARRIED_COUNT_MAX);
  expect(pins[0]).toEqual({ clerk: "sam", failureCount: PIN_TRIES_COUNT_MAX });
  expect(pins.some((its) => its.clerk === "boss")).toBe(false);
});

test("an item is off sale by right, on this terminal alone, until it is put back", () => {
  const till = new Till("A");
  const add = (sku: string, order: null | Parameters<Till["order"]>[0] = null): string =>
    till.says({ type: "add_item", order, sku, quantityMilli: 1000 });
  const set = (sku: string, isSoldOut: boolean, by = "boss"): string =>
    till.says({ type: "set_sold_out", sku, isSoldOut }, by);
  expect(set("tea", true, "sam")).toBe("clerk/right_missing stock");
  expect(set("wine", true)).toBe("item/unknown wine");
  expect(set("tea", true)).toBe("item_availability_set");
  expect(set("tea", true)).toBe("");
  expect(add("tea")).toBe("item/sold_out tea");
  expect(set("cake", false)).toBe("item_availability_set");
  expect(add("cake")).toBe("order_opened line_added");
  expect(set("tea", false)).toBe("item_availability_set");
  expect(add("tea")).toBe("order_opened line_added");
});

test("what is sold out may still be brought back", () => {
  const till = new Till("A");
  const order = till.sell(1, 250);
  till.must({ type: "set_sold_out", sku: "tea", isSoldOut: true });
  expect(till.says(refundOf(order, 1000))).toContain("units_returned");
});

test("of too many items that were set the longest untouched is forgotten", () => {
  const till = new Till("A");
  const set = (n: number): unknown =>
    till.record([{ type: "item_availability_set", sku: `s${n}`, isSoldOut: true }], null);
  for (let n = 0; n < SOLD_OUT_COUNT_MAX; n += 1) set(n);
  set(0);
  set(SOLD_OUT_COUNT_MAX);
  const { soldOut } = till.state;
  expect([soldOut.size, soldOut.has("s0"), soldOut.has("s1")]).toEqual([SOLD_OUT_COUNT_MAX, true, false]);
});

test("T19: in training nothing opens the drawer, and paper is asked for as ever", () => {
  const till = new Till("A");
  const typesOf = (): readonly string[] =>
    till.records.splice(0).flatMap((recorded) => effects(till.state, recorded).map(({ type }) => type));
  const day = (): readonly string[] => {
    typesOf();
    const shift = till.openShift(100);
    till.move("pay_in", 50);
    till.must({ type: "open_drawer", reason: "change" });
    till.refund(till.sell(1, 250), 1000);
    till.closeShift(shift);
    return typesOf();
  };
  expect(day().filter((type) => type === "open_drawer")).toHaveLength(5);
  till.record([{ type: "training_started" }], null);
  expect(day()).toEqual(["print_receipt", "print_receipt", "print_report"]);
});
