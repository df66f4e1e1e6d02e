/**
 * What never happens whatever clerks tap and readers answer: a second charge while one is not known, two
 * requests at one reader, a customer who pays what the former one owed. fast-check prints the seed.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Command } from "../../core/command.ts";
import type { OrderId } from "../../core/ids.ts";
import type { Order } from "../../core/order/types.ts";
import { leftToPay } from "../../core/order/fold.ts";
import { liveTenders } from "../../core/tender/live.ts";
import type { ReaderSays } from "../../core/tender/recovery.ts";
import { heldMinor } from "../../core/tender/types.ts";
import type { CardTender } from "../../core/tender/types.ts";
import { CardTill, idsOf, LAST_ONLY, moneyOf } from "../support/card-world.ts";

/** One thing that somebody does; numbers choose among what is there. */
type Step =
  | { readonly kind: "sell"; readonly items: number }
  /** The usual way, up to one of its steps: sell, ask, approve, capture. */
  | { readonly kind: "sale"; readonly depth: number; readonly reader: number; readonly reference: number }
  | { readonly kind: "ask"; readonly order: number; readonly reader: number; readonly part: number | null }
  | { readonly kind: "cash"; readonly order: number; readonly handed: number }
  | { readonly kind: "approve"; readonly card: number; readonly offBy: number; readonly reference: number }
  | { readonly kind: "end"; readonly card: number; readonly how: "capture" | "decline" | "doubt" }
  | { readonly kind: "settle"; readonly card: number; readonly says: ReaderSays; readonly reference: number }
  | { readonly kind: "person"; readonly card: number; readonly as: "override" | "captured" | "failed" }
  | { readonly kind: "back"; readonly card: number }
  | { readonly kind: "restart" };

const small = fc.nat({ max: 5 });
const reference = fc.nat({ max: 12 });
const usual = fc.record({
  kind: fc.constant("sale" as const),
  depth: fc.integer({ min: 2, max: 4 }),
  reader: fc.nat({ max: 1 }),
  reference,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  usual,
  usual,
  usual,
  fc.record({ kind: fc.constant("sell" as const), items: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    kind: fc.constant("ask" as const),
    order: small,
    reader: fc.nat({ max: 1 }),
    part: fc.option(fc.integer({ min: 1, max: 400 })),
  }),
  fc.record({ kind: fc.constant("cash" as const), order: small, handed: fc.nat({ max: 900 }) }),
  fc.record({
    kind: fc.constant("approve" as const),
    card: small,
    offBy: fc.constantFrom(0, 0, 0, 1, -250),
    reference,
  }),
  fc.record({
    kind: fc.constant("end" as const),
    card: small,
    how: fc.constantFrom("capture", "decline", "doubt"),
  }),
  fc.record({
    kind: fc.constant("settle" as const),
    card: small,
    says: fc.constantFrom("found", "absent", "other", "in_progress", "unreachable", "unanswerable"),
    reference,
  }),
  fc.record({
    kind: fc.constant("person" as const),
    card: small,
    as: fc.constantFrom("override", "captured", "failed"),
  }),
  fc.record({ kind: fc.constant("back" as const), card: small }),
  fc.constant({ kind: "restart" as const }),
);

function cardsOf(till: CardTill): readonly CardTender[] {
  return [...till.writer.state.orders.values()].flatMap(({ order }) =>
    order.checks.flatMap((check) => check.cards),
  );
}

function pick<T>(list: readonly T[], index: number): T | undefined {
  // The newest are the ones that things happen to.
  return list.at(-1 - (index % Math.max(1, list.length)));
}

function commandOf(till: CardTill, its: Step): Command | null {
  const orders: readonly OrderId[] = [...till.writer.state.orders.keys()];
  const cards = cardsOf(till);
  const card = "card" in its ? pick(cards, its.card) : undefined;
  switch (its.kind) {
    case "ask": {
      const order = pick(orders, its.order);
      const reader = `r${its.reader}`;
      return order === undefined
        ? null
        : {
            type: "request_card",
            order,
            amountMinor: its.part,
            leftMinor: null,
            reader,
            serial: `S${reader}`,
          };
    }
    case "cash": {
      const order = pick(orders, its.order);
      return order === undefined
        ? null
        : { type: "take_cash", order, handedMinor: its.handed, leftMinor: null };
    }
    case "approve": {
      if (card === undefined) return null;
      const money = moneyOf(card, `R${its.reference}`);
      return {
        type: "approve_tender",
        ...idsOf(card),
        ...money,
        amountMinor: Math.max(0, money.amountMinor + its.offBy),
      };
    }
    case "end":
      if (card === undefined) return null;
      if (its.how === "capture") return { type: "capture_tender", ...idsOf(card) };
      return its.how === "decline"
        ? { type: "decline_tender", ...idsOf(card), code: "reader/declined", text: "" }
        : { type: "doubt_tender", ...idsOf(card), code: "reader/link_lost" };
    case "settle": {
      if (card === undefined) return null;
      const money =
        its.says === "found" || its.says === "other"
          ? moneyOf(card, card.result?.reference ?? `R${its.reference}`)
          : null;
      const serial = card.serial;
      return {
        type: "settle_tender",
        ...idsOf(card),
        says: its.says,
        serial,
        money,
        capabilities: LAST_ONLY,
      };
    }
    case "person":
      if (card === undefined) return null;
      return its.as === "override"
        ? { type: "override_tender", ...idsOf(card), reason: "waits" }
        : { type: "judge_tender", ...idsOf(card), as: its.as, reason: "asked" };
    case "back":
      return card === undefined ? null : { type: "reverse_card", ...idsOf(card), serial: card.serial };
    default:
      return null;
  }
}

function play(till: CardTill, its: Step): void {
  if (its.kind === "sell") {
    till.sell(...Array.from({ length: its.items }, () => "tea"));
    return;
  }
  if (its.kind === "sale") {
    const order = till.sell("tea");
    const { reader } = its;
    const usualSteps: readonly Step[] = [
      { kind: "ask", order: 0, reader, part: null },
      { kind: "approve", card: 0, offBy: 0, reference: its.reference },
      { kind: "end", card: 0, how: "capture" },
    ];
    for (const next of usualSteps.slice(0, its.depth - 1)) {
      // A reader that owes a result refuses: what follows would be about another sale.
      if (next.kind !== "ask" && till.order(order).checks.length === 0) return;
      play(till, next);
    }
    return;
  }
  if (its.kind === "restart") {
    till.writer.start();
    till.writer.signOn("boss");
    return;
  }
  const command = commandOf(till, its);
  if (command !== null) till.writer.tap(command);
}

const days = fc.array(step, { minLength: 5, maxLength: 60 });

/** Orders in which no second person said otherwise. */
function undisputed(till: CardTill): readonly Order[] {
  return [...till.writer.state.orders.values()]
    .map(({ order }) => order)
    .filter((order) => order.checks.every((check) => check.cards.every((card) => !card.isOverridden)));
}

test("a check never takes more than is due while any of its cards is not known, but by two people's word", () => {
  fc.assert(
    fc.property(days, (steps) => {
      const till = new CardTill();
      for (const its of steps) {
        play(till, its);
        for (const order of undisputed(till)) {
          for (const check of order.checks)
            expect(
              leftToPay(check) - heldMinor(check.cards.filter(({ kind }) => kind === "pay")),
            ).toBeGreaterThanOrEqual(0);
          expect(order.marks).not.toContain("overpaid");
        }
      }
    }),
    { numRuns: 400 },
  );
});

test("a reader has one request at a time, over restarts and over orders", () => {
  fc.assert(
    fc.property(days, (steps) => {
      const till = new CardTill();
      for (const its of steps) {
        play(till, its);
        const readers = liveTenders(till.writer.state).map(({ reader }) => reader);
        expect(new Set(readers).size).toBe(readers.length);
      }
    }),
    { numRuns: 400 },
  );
});

test("what is captured is what was asked for on that check, and one movement of money counts once", () => {
  fc.assert(
    fc.property(days, (steps) => {
      const till = new CardTill();
      for (const its of steps) play(till, its);
      const standing = cardsOf(till).filter(({ status }) => status === "captured");
      for (const card of standing) {
        const order = till.order(card.order);
        const tender = order.checks.flatMap((check) => check.tenders).find(({ id }) => id === card.id);
        expect(tender?.amountMinor).toBe(card.amountMinor);
      }
      // A person who judges names no reference; every other one is of one tender.
      const named = standing.flatMap((card) =>
        card.result === null ? [] : [`${card.result.serial} ${card.result.reference}`],
      );
      expect(new Set(named).size).toBe(named.length);
    }),
    { numRuns: 400 },
  );
});
