/**
 * A walk over every phase of an order and every command, with parameters that fit and that do not:
 * decide never throws, never changes the state, leaves no events when it refuses, and what it
 * accepts keeps the sums.
 */
import { expect, test } from "vitest";
import type { Command, CommandType } from "../../core/command.ts";
import { decide } from "../../core/decide.ts";
import { isOrderEvent } from "../../core/evolve.ts";
import type { Decided } from "../../core/order/decide-lines.ts";
import { foldOrder } from "../../core/order/fold.ts";
import { linesTotal } from "../../core/order/lines.ts";
import type { Order } from "../../core/order/types.ts";
import { businessView } from "../../core/order/view.ts";
import { REFUSAL_WORDS } from "../../core/refusal.ts";
import type { State } from "../../core/state.ts";
import type { CheckClosed } from "../../core/types.ts";
import { NO_EVENT, Shop } from "../support/attempts.ts";
import { CARD_COMMANDS } from "../support/card-commands.ts";
import { pricingCommands } from "../support/pricing-commands.ts";
import { CONTEXT, STAFF } from "../support/core-fixtures.ts";

const PHASES: Readonly<Record<string, string>> = {
  "no order": "",
  "an empty order": "open sale",
  "an open order": "sell tea 2; add plums 0.755; add sample 1",
  "an order of nothing but samples": "sell sample 1",
  "a frozen order": "sell tea 2; freeze",
  "a frozen order with a part taken": "sell tea 2; cash 1",
  "a closed order": "sell tea 2; cash 5",
  "a closed order with copies": "sell tea 2; cash 5; copy; print failed printer/silent",
  "a voided order": "sell tea 2; void left",
  "an empty return": "open return torn",
  "an open return": "open return torn; add tea 2; add bun 0.5",
  "a frozen return": "open return torn; add tea 2; freeze",
  "a closed return": "open return torn; add tea 2; pay_out",
  "an order of another terminal": "B: sell tea 2",
  "a frozen order of another terminal": "B: sell tea 2; B: freeze",
};

const NUMBERS = [0, 1, 500, 1000, 2000, -1, 0.5, 1e9, 1e12, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
const SKUS = ["tea", "gold", "wine", "", "x".repeat(80)];
const TEXTS = ["", "because", "bad\nline", "y".repeat(300)];

const PRICING_COMMANDS = pricingCommands<Shop>({
  numbers: NUMBERS,
  texts: TEXTS,
  ordersOf: heldOrders,
  linesOf,
});

// Every command of a type with everything that may stand in it, and some that may not.
const COMMANDS: Readonly<Record<CommandType, (shop: Shop) => readonly Command[]>> = {
  sign_on: () =>
    [...STAFF, { clerk: "ghost" as never }].map(({ clerk }) => ({ type: "sign_on", clerk, attempt: null })),
  open_order: () =>
    (["sale", "return"] as const).flatMap((kind) =>
      TEXTS.flatMap((text): Command[] => [
        { type: "open_order", kind, label: text, reason: "because" },
        { type: "open_order", kind, label: "", reason: text },
      ]),
    ),
  add_item: (shop) =>
    ordersOf(shop).flatMap((order) =>
      SKUS.flatMap((sku) =>
        NUMBERS.map((quantityMilli): Command => ({ type: "add_item", order, sku, quantityMilli })),
      ),
    ),
  add_open_item: (shop) =>
    ordersOf(shop).flatMap((order) =>
      NUMBERS.flatMap((number) =>
        TEXTS.flatMap((text): Command[] => {
          const open = { type: "add_open_item", order, sku: "gift", name: text } as const;
          return [
            { ...open, quantityMilli: number, unitPriceMinor: 500, reason: "because" },
            { ...open, quantityMilli: 1000, unitPriceMinor: number, reason: text },
            { ...open, quantityMilli: 1e9, unitPriceMinor: number, reason: "because" },
          ];
        }),
      ),
    ),
  add_units: (shop) => unitsOf(shop).map((units) => ({ type: "add_units", ...units })),
  remove_units: (shop) =>
    unitsOf(shop).flatMap((units) =>
      TEXTS.map((reason): Command => ({ type: "remove_units", ...units, reason })),
    ),
  set_note: (shop) =>
    heldOrders(shop).flatMap((order) =>
      [null, ...linesOf(shop)].flatMap((line) =>
        TEXTS.map((text): Command => ({ type: "set_note", order, line, text })),
      ),
    ),
  void_order: (shop) =>
    heldOrders(shop).flatMap((order) =>
      TEXTS.map((reason): Command => ({ type: "void_order", order, reason })),
    ),
  freeze_check: (shop) => heldOrders(shop).map((order) => ({ type: "freeze_check", order })),
  thaw_check: (shop) =>
    heldOrders(shop).flatMap((order) =>
      [NO_EVENT, ...(shop.order?.checks ?? []).map((check) => check.id)].map((check): Command => ({
        type: "thaw_check",
        order,
        check,
      })),
    ),
  take_cash: (shop) =>
    heldOrders(shop).flatMap((order) =>
      NUMBERS.map((handedMinor): Command => ({ type: "take_cash", order, handedMinor, leftMinor: null })),
    ),
  pay_out_cash: (shop) => heldOrders(shop).map((order) => ({ type: "pay_out_cash", order })),
  close_without_tender: (shop) => heldOrders(shop).map((order) => ({ type: "close_without_tender", order })),
  copy_receipt: (shop) => heldOrders(shop).map((order) => ({ type: "copy_receipt", order })),
  finish_print: (shop) =>
    heldOrders(shop).flatMap((order) =>
      [NO_EVENT, ...(shop.order?.jobs ?? []).map((job) => job.id)].flatMap((job) =>
        TEXTS.map((code): Command => ({
          type: "finish_print",
          order,
          job,
          outcome: "failed",
          code,
          mark: "none",
        })),
      ),
    ),
  add_labelled_item: (shop) =>
    ordersOf(shop).flatMap((order) =>
      SKUS.flatMap((sku) =>
        NUMBERS.map((unitPriceMinor): Command => ({ type: "add_labelled_item", order, sku, unitPriceMinor })),
      ),
    ),
  sign_off: () => STAFF.map(({ clerk }) => ({ type: "sign_off", clerk })),
  try_pin: () => STAFF.map(({ clerk }) => ({ type: "try_pin", clerk, purpose: "sign_on" })),
  pass_pin: (shop) =>
    STAFF.flatMap(({ clerk }) =>
      [NO_EVENT, ...heldOrders(shop)].map((attempt): Command => ({ type: "pass_pin", clerk, attempt })),
    ),
  unlock_clerk: () => STAFF.map(({ clerk }) => ({ type: "unlock_clerk", clerk })),
  park_order: (shop) =>
    heldOrders(shop).flatMap((order) =>
      TEXTS.map((label): Command => ({ type: "park_order", order, label })),
    ),
  recall_order: (shop) => heldOrders(shop).map((order) => ({ type: "recall_order", order })),
  undo: (shop) => heldOrders(shop).map((order) => ({ type: "undo", order })),
  refund: (shop) =>
    closingsOf(shop).flatMap((closing) =>
      linesOf(shop).flatMap((line) =>
        NUMBERS.flatMap((quantityMilli) =>
          TEXTS.map((reason): Command => ({
            type: "refund",
            closing,
            lines: [{ line, quantityMilli }],
            reason,
          })),
        ),
      ),
    ),
  open_shift: () =>
    CONTEXT.drawers.flatMap((drawer) =>
      NUMBERS.map((floatMinor): Command => ({ type: "open_shift", drawer, floatMinor })),
    ),
  join_shift: (shop) => shiftsOf(shop).map((shift) => ({ type: "join_shift", shift })),
  move_cash: () =>
    (["pay_in", "pay_out", "drop"] as const).flatMap((kind) =>
      NUMBERS.flatMap((amountMinor) =>
        TEXTS.map((reason): Command => ({ type: "move_cash", kind, amountMinor, reason })),
      ),
    ),
  open_drawer: () => TEXTS.map((reason) => ({ type: "open_drawer", reason })),
  count_drawer: (shop) =>
    shiftsOf(shop).flatMap((shift) =>
      NUMBERS.flatMap((number): Command[] => [
        { type: "count_drawer", shift, denominations: [{ valueMinor: 500, count: number }] },
        { type: "count_drawer", shift, denominations: [{ valueMinor: number, count: 1 }] },
      ]),
    ),
  report_shift: (shop) => shiftsOf(shop).map((shift) => ({ type: "report_shift", shift })),
  close_shift: (shop) =>
    shiftsOf(shop).flatMap((shift) =>
      TEXTS.map((reason): Command => ({ type: "close_shift", shift, reason })),
    ),
  print_report: (shop) => shiftsOf(shop).map((closing) => ({ type: "print_report", closing })),
  set_sold_out: () =>
    SKUS.flatMap((sku) =>
      [true, false].map((isSoldOut): Command => ({ type: "set_sold_out", sku, isSoldOut })),
    ),
  flag_clock: () => NUMBERS.map((byMs): Command => ({ type: "flag_clock", flag: "behind", byMs })),
  trust_clock: () => [{ type: "trust_clock" }],
  finish_report: (shop) =>
    [NO_EVENT, ...shop.a.state.reportJobs].flatMap((job) =>
      TEXTS.map((code): Command => ({ type: "finish_report", job, outcome: "failed", code, mark: "none" })),
    ),
  ...CARD_COMMANDS,
  ...PRICING_COMMANDS,
};

function shiftsOf(shop: Shop): readonly Order["id"][] {
  return [NO_EVENT, ...shop.a.state.shifts.keys()];
}

function closingsOf(shop: Shop): readonly Order["id"][] {
  return [NO_EVENT, ...(shop.order?.checks ?? []).flatMap((check) => check.closings.map((its) => its.id))];
}

function heldOrders(shop: Shop): readonly Order["id"][] {
  return shop.order === null ? [NO_EVENT] : [NO_EVENT, shop.order.id];
}

function ordersOf(shop: Shop): readonly (Order["id"] | null)[] {
  return [null, ...heldOrders(shop)];
}

function linesOf(shop: Shop): readonly Order["id"][] {
  const { order } = shop;
  const held = order?.checks.flatMap((check) => check.lines) ?? [];
  return [NO_EVENT, ...[...(order?.lines ?? []), ...held].map((line) => line.id)];
}

function unitsOf(shop: Shop): { order: Order["id"]; line: Order["id"]; quantityMilli: number }[] {
  return heldOrders(shop).flatMap((order) =>
    linesOf(shop).flatMap((line) => NUMBERS.map((quantityMilli) => ({ order, line, quantityMilli }))),
  );
}

/** All that a state says, as one text. */
function textOf(state: State): string {
  const orders = [...state.orders.values()].map(({ order, events }) => [
    businessView(order),
    order.marks,
    events.length,
  ]);
  const { epoch, seq, lamport, receiptSeries, nextReceiptNumber, clerks, views } = state;
  return JSON.stringify([
    orders,
    epoch,
    seq,
    lamport,
    receiptSeries,
    nextReceiptNumber,
    [...clerks],
    [...views],
  ]);
}

const walk = Object.entries(PHASES).flatMap(([phase, given]) =>
  Object.values(COMMANDS).map(
    (commands, index) => [Object.keys(COMMANDS)[index], phase, given, commands] as const,
  ),
);

test.each(walk)(
  "%s on %s never throws, changes nothing by itself and keeps the sums",
  (_, __, given, commands) => {
    const shop = new Shop(given);
    const before = textOf(shop.a.state);
    const tried = commands(shop);
    const answers = tried.flatMap((command) =>
      ["boss", "sam", "idle", "stranger"].map((clerk): readonly [Command, Decided] => {
        const cause = { ...shop.a.nextCause(clerk), view: 9 };
        return [command, decide(shop.a.state, command, cause, CONTEXT)];
      }),
    );
    expect(answers.length).toBeGreaterThan(0);
    expect(textOf(shop.a.state)).toBe(before);
    for (const [, decided] of answers) {
      if (decided.ok) continue;
      expect(Object.keys(decided).sort()).toEqual(["ok", "refusal"]);
      expect(REFUSAL_WORDS).toHaveProperty([decided.refusal.code]);
    }
    const seen = new Set<string>();
    for (const [command, decided] of answers) {
      const shape = decided.ok ? `${command.type} ${decided.events.map((event) => event.type).join()}` : "";
      if (!decided.ok || seen.has(shape)) continue;
      seen.add(shape);
      expectSums(given, command);
    }
  },
);

// The command again in a shop of its own, recorded and folded this time.
function expectSums(given: string, command: Command): void {
  const shop = new Shop(given);
  const numberBefore = shop.a.state.nextReceiptNumber;
  const decided = shop.a.tap(command);
  const closings = decided.ok
    ? decided.events.filter((event): event is CheckClosed => event.type === "check_closed")
    : [];
  expect(shop.a.state.nextReceiptNumber).toBe(numberBefore + closings.length);
  expect(closings.map((closing) => closing.receipt.number)).toEqual(closings.map(() => numberBefore));
  for (const { order, events } of shop.a.state.orders.values()) {
    expect(order).toEqual(foldOrder(order.id, events));
    expect(events.every(({ event }) => isOrderEvent(event))).toBe(true);
    expect(order.openTotalMinor).toBe(linesTotal(order.lines));
    const sign = order.kind === "sale" ? 1 : -1;
    for (const check of order.checks) {
      expect(check.dueMinor).toBe(sign * linesTotal(check.lines) + 0);
      for (const { facts } of check.closings) {
        expect(facts.totalMinor).toBe(check.dueMinor);
        expect(facts.tenders.reduce((sum, tender) => sum + tender.amountMinor, 0)).toBe(facts.totalMinor);
        expect(facts.taxes.reduce((sum, tax) => sum + tax.netMinor + tax.taxMinor, 0)).toBe(facts.totalMinor);
      }
    }
  }
}

test("each phase that the walk names is reached", () => {
  const phases = new Set(Object.values(PHASES).map((given) => new Shop(given).order?.phase ?? "none"));
  expect([...phases].sort()).toEqual(["closed", "frozen", "none", "open", "voided"]);
});
