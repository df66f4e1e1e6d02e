/**
 * Refunds of which a card gets some back: the return is opened and frozen, one reader after the other is
 * asked, and what is left goes out in cash with the last of them.
 *
 * B1 The rights of units and tenders are consumed with the closing; until then the return holds them.
 * B2 Money goes back to the tenders that it came from, in the order of the plan (refund-plan.ts). Cash
 *    in a card's place needs a second person.
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkGrant } from "../facts.ts";
import type { CheckId, ClerkId, OrderId, ShiftId, TenderId } from "../ids.ts";
import { milli, negate, sumWithin } from "../money.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { drawerShift } from "../shift/working.ts";
import type { State } from "../state.ts";
import { readerRefused } from "../tender/live.ts";
import { readerKnown } from "../tender/readers.ts";
import { isLive, liveCode } from "../tender/types.ts";
import type { CardTender } from "../tender/types.ts";
import type { Event } from "../types.ts";
import { may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { partsLeft, refundedTenders, refundPlan } from "./refund-plan.ts";
import type { RefundPart } from "./refund-plan.ts";
import { cashOfParts, closeReturn, pricedReturn } from "./return-parts.ts";
import type { Chosen, OpenedReturn } from "./return-parts.ts";
import { findClosing, returnedMilli } from "./returns.ts";
import type { SoldClosing } from "./returns.ts";
import type { Check, Order } from "./types.ts";

/** Opens the return and asks the first reader. */
export function decideCardRefund(
  state: State,
  context: Context,
  grant: ClerkGrant,
  opened: OpenedReturn,
  plan: readonly RefundPart[],
  shift: ShiftId | null,
): Decided {
  const asked = askNext(state, context, grant.clerk, opened.order.id, opened.check, plan, shift);
  return "ok" in asked ? asked : { ok: true, events: [...opened.before, asked] };
}

/** Goes on with a return whose card did not take the money back: the reader again, or cash by a second person. */
export function decideContinueRefund(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  { inCash }: Of<"continue_refund">,
): Decided {
  if (!may(grant, "refund")) return refuse("clerk/right_missing", "refund");
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  const check = order.checks.find(({ status }) => status === "frozen");
  const opened = check === undefined ? null : openedBefore(state, context, order, check);
  if (check === undefined || opened === null) return refuse("order/wrong_kind");
  const live = check.cards.find(isLive);
  if (live !== undefined) return refuse(liveCode(live), live.id);
  // B2
  if (inCash && !may(grant, "approve")) return refuse("clerk/right_missing", "approve");
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  // While it lay open another return may have taken the same units.
  if (opened.chosen.some((its) => its.quantityMilli > unitsLeft(opened.original, its)))
    return refuse("return/units_gone");
  const plan = refundPlan(opened.original, opened.totalMinor);
  if (plan === null) return refuse("return/units_gone");
  const left = partsLeft(plan, check.cards);
  if (inCash || left.every(({ card }) => card === null))
    return {
      ok: true,
      events: inCashNow(state, context, grant.clerk, opened, plan, check, shift?.id ?? null),
    };
  const asked = askNext(state, context, grant.clerk, order.id, check.id, left, shift?.id ?? null);
  return "ok" in asked ? asked : { ok: true, events: [asked] };
}

function unitsLeft({ order, check }: SoldClosing, { sold }: Chosen): number {
  return sold.quantityMilli - returnedMilli(order, check, sold.id);
}

function askNext(
  state: State,
  context: Context,
  clerk: ClerkId,
  order: OrderId,
  check: CheckId,
  parts: readonly RefundPart[],
  shift: ShiftId | null,
  ending: TenderId | null = null,
): Event | Refused {
  const next = parts.find(({ card }) => card !== null);
  const { card } = next ?? { card: null };
  if (next === undefined || card === null || card.result === null) return refuse("tender/not_captured");
  // What a host has not confirmed is not given back (ARITHMETIC section 10).
  if (card.status !== "captured") return refuse("tender/unknown", card.id);
  const serial = context.serialOf(card.reader);
  if (serial === null) return refuse("tender/reader_missing");
  const busy = readerRefused(state, { reader: card.reader, serial }, ending);
  if (busy !== null) return busy;
  return {
    type: "tender_requested",
    order,
    check,
    kind: "refund",
    reader: card.reader,
    serial,
    amountMinor: negate(next.amountMinor),
    watermark: readerKnown(state, serial).reference,
    original: card.id,
    originalReference: card.result.reference,
    clerk,
    shift,
  };
}

/**
 * What follows when a card took its part back: the next reader, or cash for the rest and the end (B1).
 * `aheadCount` events of the same command stand before these.
 */
export function afterCardRefund(
  state: State,
  context: Context,
  order: Order,
  done: CardTender,
  aheadCount: number,
): readonly Event[] {
  const check = order.checks.find(({ id, status }) => id === done.check && status === "frozen");
  const opened = check === undefined ? null : openedBefore(state, context, order, check);
  if (check === undefined || opened === null) return [];
  const plan = refundPlan(opened.original, opened.totalMinor);
  if (plan === null) return [];
  const cards = check.cards.map((its): CardTender =>
    its.id === done.id ? { ...its, status: "captured" } : its,
  );
  const paid = { ...check, cards };
  const left = partsLeft(plan, cards);
  if (left.every(({ card }) => card === null))
    return inCashNow(state, context, done.clerk, opened, plan, paid, done.shift, aheadCount);
  const asked = askNext(state, context, done.clerk, order.id, check.id, left, done.shift, done.id);
  // A reader that is not there, or at work, is asked again by a person.
  return "ok" in asked ? [] : [asked];
}

function inCashNow(
  state: State,
  context: Context,
  clerk: ClerkId,
  opened: OpenedReturn,
  plan: readonly RefundPart[],
  check: Pick<Check, "cards">,
  shift: ShiftId | null,
  aheadCount = 0,
): readonly Event[] {
  const left = partsLeft(plan, check.cards);
  const leftMinor = sumWithin(left.map(({ amountMinor }) => amountMinor));
  const taken = check.cards
    .filter(({ kind, status }) => kind === "refund" && status === "captured")
    .map(({ id, amountMinor }) => ({ tender: id, method: "card", amountMinor }) as const);
  const cashMinor = cashOfParts(opened.original, context, left);
  const refunded = refundedTenders(plan);
  return closeReturn(state, context, clerk, opened, {
    aheadCount,
    taken,
    leftMinor,
    cashMinor,
    shift,
    refunded,
  });
}

// The frozen return as its own lines say it: nothing about it is kept elsewhere.
function openedBefore(state: State, context: Context, order: Order, check: Check): OpenedReturn | null {
  const original = order.returnOf === null ? null : findClosing(state, order.returnOf.closing);
  if (original === null) return null;
  const chosen = check.lines.flatMap(({ returnOf, quantityMilli }): readonly Chosen[] => {
    const sold = original.check.lines.find(({ id }) => id === returnOf?.line);
    return sold === undefined ? [] : [{ sold, quantityMilli: milli(quantityMilli) }];
  });
  if (chosen.length !== check.lines.length) return null;
  const priced = pricedReturn(original, chosen, context);
  return {
    original,
    chosen,
    order,
    check: check.id,
    lines: check.lines,
    priced: priced === null || !priced.ok ? null : { ...priced, pricing: check.pricing ?? priced.pricing },
    totalMinor: negate(check.dueMinor),
    before: [],
  };
}
