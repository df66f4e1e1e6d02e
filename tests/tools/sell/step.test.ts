/** The words of the seller: what a line means, and what a step means now. */
import { expect, test } from "vitest";
import { clerkId } from "../../../core/ids.ts";
import { commandOf, isStep, SELL_HELP, stepOf } from "../../../tools/sell/step.ts";
import type { Step } from "../../../tools/sell/step.ts";
import { Writer } from "../../support/core-fixtures.ts";
import { table } from "../../support/table.ts";

const WORDS = table(
  ["line", "step"],
  `
  line                      | step
  on boss                   | {"do":"on","clerk":"boss"}
  on                        | {"do":"on","clerk":""}
  open                      | {"do":"open","kind":"sale","label":"","reason":""}
  open table 4              | {"do":"open","kind":"sale","label":"table 4","reason":""}
  return it was cold        | {"do":"open","kind":"return","label":"","reason":"it was cold"}
  item tea                  | {"do":"item","sku":"tea","quantityMilli":1000}
  item tea 3                | {"do":"item","sku":"tea","quantityMilli":3000}
  item plums 0.25           | {"do":"item","sku":"plums","quantityMilli":250}
  item plums 0.0005         | 0.0005 is no quantity
  item tea many             | many is no quantity
  price tea 1.99 last one   | {"do":"price","sku":"tea","name":"","quantityMilli":1000,"priceMinor":199,"reason":"last one"}
  price tea 2               | {"do":"price","sku":"tea","name":"","quantityMilli":1000,"priceMinor":200,"reason":""}
  price tea cheap           | cheap is no price
  price tea 1.999           | 1.999 is no price
  cash                      | {"do":"cash","handedMinor":"exact"}
  cash exact                | {"do":"cash","handedMinor":"exact"}
  cash 20                   | {"do":"cash","handedMinor":2000}
  cash 20.05                | {"do":"cash","handedMinor":2005}
  cash lots                 | lots is no amount
  payout                    | {"do":"payout"}
  close                     | {"do":"close"}
  copy                      | {"do":"copy"}
  show                      | {"do":"show"}
  void wrong table          | {"do":"void","reason":"wrong table"}
  dance                     | dance is no step: try help
  `,
);

test.each(WORDS)("plain words mean a step, or are told what is wrong: $title", (row) => {
  const step = stepOf(row.line.split(/\s+/), "GBP");
  expect(typeof step === "string" ? step : JSON.stringify(step)).toBe(row.step);
});

test("amounts have the decimals of the currency", () => {
  expect(stepOf(["cash", "500"], "JPY")).toEqual({ do: "cash", handedMinor: 500 });
  expect(stepOf(["cash", "5.5"], "JPY")).toBe("5.5 is no amount");
});

test("the help names every verb", () => {
  for (const row of WORDS) {
    const [verb = ""] = row.line.split(" ");
    if (verb !== "dance") expect(SELL_HELP).toMatch(new RegExp(`\\b${verb}\\b`));
  }
});

const ITEM: Step = { do: "item", sku: "tea", quantityMilli: 1000 };

test("a step works on the newest open order, and opens one when there is none", () => {
  const writer = new Writer("till-1").signOn("boss");
  expect(commandOf(ITEM, writer.state)).toMatchObject({ type: "add_item", order: null });
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const [order] = writer.state.orders.keys();
  for (const [step, type] of [
    [ITEM, "add_item"],
    [{ do: "price", sku: "x", name: "", quantityMilli: 1, priceMinor: 1, reason: "r" }, "add_open_item"],
    [{ do: "payout" }, "pay_out_cash"],
    [{ do: "close" }, "close_without_tender"],
    [{ do: "void", reason: "r" }, "void_order"],
  ] as const) {
    expect(commandOf(step, writer.state)).toMatchObject({ type, order });
  }
  expect(commandOf({ do: "on", clerk: "sam" }, writer.state)).toEqual({
    type: "sign_on",
    clerk: clerkId("sam"),
    attempt: null,
  });
});

test("exact cash is what the order comes to, or what is left of a check", () => {
  const writer = new Writer("till-1").signOn("boss");
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 2000 });
  const [order] = writer.state.orders.keys();
  const exact: Step = { do: "cash", handedMinor: "exact" };
  expect(commandOf(exact, writer.state)).toMatchObject({
    type: "take_cash",
    handedMinor: 500,
    leftMinor: null,
  });
  expect(commandOf({ do: "cash", handedMinor: 100 }, writer.state)).toMatchObject({ handedMinor: 100 });
  if (order !== undefined) writer.tap({ type: "take_cash", order, handedMinor: 120, leftMinor: null });
  expect(commandOf(exact, writer.state)).toMatchObject({
    type: "take_cash",
    handedMinor: 380,
    leftMinor: null,
  });
});

test("a copy is of the newest receipt, though a newer order is open", () => {
  const writer = new Writer("till-1").signOn("boss");
  expect(commandOf({ do: "copy" }, writer.state)).toBe("there is no receipt yet");
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  const [order] = writer.state.orders.keys();
  if (order !== undefined) writer.tap({ type: "take_cash", order, handedMinor: 250, leftMinor: null });
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  expect(commandOf({ do: "copy" }, writer.state)).toEqual({ type: "copy_receipt", order });
});

test("a step that means nothing now is told why", () => {
  const { state } = new Writer("till-1").signOn("boss");
  for (const step of [{ do: "cash", handedMinor: 1 }, { do: "payout" }, { do: "close" }] as const) {
    expect(commandOf(step, state)).toBe("there is no open order");
  }
  expect(commandOf({ do: "on", clerk: "not a code" }, state)).toBe("a clerk's code is 1 to 16 letters");
  expect(commandOf({ do: "show" }, state)).toBe("show is not a command");
});

test("JSON that is no step is told so, and does not end the seller", () => {
  const writer = new Writer("till-1").signOn("boss");
  writer.tap({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 });
  for (const step of [{}, { do: "dance" }, { do: 7 }]) {
    expect(commandOf(step as Step, writer.state)).toBe("this is no step: try help");
  }
});

const SHAPES = table(
  ["value", "is"],
  `
  value                                                        | is
  {"do":"on","clerk":"boss"}                                   | step
  {"do":"on"}                                                  | none
  {"do":"open","kind":"sale","label":"","reason":""}           | step
  {"do":"open","kind":"gift","label":"","reason":""}           | none
  {"do":"open"}                                                | none
  {"do":"item","sku":"tea","quantityMilli":1000}               | step
  {"do":"item","sku":7,"quantityMilli":1000}                   | none
  {"do":"price"}                                               | none
  {"do":"cash","handedMinor":"exact"}                          | step
  {"do":"cash","handedMinor":"all"}                            | none
  {"do":"payout"}                                              | step
  {"do":"dance"}                                               | none
  "cash"                                                       | none
  null                                                         | none
`,
);

test.each(SHAPES)("$value is a step or none", ({ value, is }) => {
  expect(isStep(JSON.parse(value))).toBe(is === "step");
});
