/**
 * Commands that freeze a check, take money for it and close it.
 *
 * C1 Only the order's owner freezes, thaws, takes money and closes: it alone knows what is under way.
 * C2 A check closes in the same command that captures the last of what is due.
 * C3 A closed check's facts are computed once, here, from what the check froze.
 */
import type { CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import type { CheckId, ClerkId, ShiftId } from "../ids.ts";
import {
  CASH_HANDED_MINOR_MAX,
  CHECK_PRICING_BYTES_MAX,
  CHECK_TENDERS_COUNT_MAX,
  FRONTIER_ENTRY_BYTES,
} from "../limits.ts";
import { add, minor, negate, subtract, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import { roundedCash } from "../price/cash-rounding.ts";
import { bytesOfPricing, ratesOf, taxesOfPricing } from "../price/order/facts.ts";
import type { CheckPricing } from "../price/order/types.ts";
import { priceOrder } from "../price/order/price-order.ts";
import { taxesOf } from "../price/tax.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { drawerShift } from "../shift/working.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import { aboveLimit } from "../tender/limits.ts";
import { goingBack, heldMinor, holdsAmount, isLive, liveCode, takenBack } from "../tender/types.ts";
import type { ClerkGrant, TaxFact, TenderFact } from "../facts.ts";
import type { Event } from "../types.ts";
import { isWhole, may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { leftToPay } from "./fold.ts";
import { linesTotal } from "./lines.ts";
import { frontierOf } from "./sort.ts";
import type { Check, Line, Order } from "./types.ts";
import { closingView } from "./view.ts";

/** A check that money may be taken for: frozen before, or by the events that `decide` puts in front. */
export interface Payable {
  readonly order: Order;
  readonly check: CheckId;
  readonly lines: readonly Line[];
  readonly pricing: CheckPricing | null;
  readonly dueMinor: Minor;
  readonly leftMinor: Minor;
  readonly roundingMinor: Minor;
  readonly taken: readonly TenderFact[];
  /** The freeze, when this command makes it. */
  readonly before: readonly Event[];
}

/** Freezes what is open, so that nothing on it moves while the customer pays. */
export function decideFreeze(state: State, context: Context, order: Order): Decided {
  const frozen = payableOf(state, context, order);
  if ("ok" in frozen) return frozen;
  if (frozen.before.length === 0) return refuse("order/frozen");
  return { ok: true, events: frozen.before };
}

/** Opens a frozen check again; refused once any money was taken for it. */
export function decideThaw(state: State, order: Order, command: Of<"thaw_check">): Decided {
  // C1
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  const check = order.checks.find((its) => its.id === command.check);
  if (check === undefined) return refuse("check/unknown");
  if (check.status !== "frozen") return refuse("check/not_frozen");
  const back = takenBack(check.cards);
  if (check.tenders.some(({ id }) => !back.has(id))) return refuse("check/has_tender");
  const live = check.cards.find(isLive);
  if (live !== undefined) return refuse(liveCode(live), live.id);
  return { ok: true, events: [{ type: "check_thawed", order: order.id, check: check.id }] };
}

/** Takes cash for a sale; closes the check when nothing is left to pay. Change is handed less what was left. */
export function decideTakeCash(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: Of<"take_cash">,
): Decided {
  if (order.kind !== "sale") return refuse("order/wrong_kind");
  if (!isWhole(command.handedMinor, 0, CASH_HANDED_MINOR_MAX))
    return refuse("command/out_of_range", "handed");
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  const payable = payableOf(state, context, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor <= 0) return refuse("tender/nothing_due");
  if (command.leftMinor !== null && command.leftMinor !== payable.leftMinor)
    return refuse("tender/due_changed", String(payable.leftMinor));
  const handedMinor = minor(command.handedMinor);
  const held = heldByCards(payable, handedMinor);
  if (held !== null) return held;
  // More than what is left and less than what cash makes of it: change that no coin can give.
  if (
    handedMinor > payable.leftMinor &&
    handedMinor < roundedCash(payable.leftMinor, roundingFor(payable, context))
  )
    return refuse("command/out_of_range", "handed");
  const settled = settledBy(payable, handedMinor, context);
  if (handedMinor === 0 && settled.leftMinor !== 0) return refuse("tender/nothing_handed");
  const amountMinor = handedMinor < settled.leftMinor ? handedMinor : settled.leftMinor;
  const above = aboveLimit(
    context.limits.cash,
    amountMinor,
    payable.taken.filter(({ method }) => method === "cash"),
  );
  if (above !== null) return above;
  // The last tender that a check has room for has to close it.
  if (amountMinor < settled.leftMinor && payable.taken.length + 1 >= CHECK_TENDERS_COUNT_MAX) {
    return refuse("command/out_of_range", "tenders");
  }
  return captured(state, context, grant.clerk, settled, {
    amountMinor,
    handedMinor,
    shift: shift?.id ?? null,
  });
}

// What a reader may still capture is not paid in another way; the rest of the check may be, to the exact amount.
function heldByCards({ order, check, leftMinor }: Payable, handedMinor: Minor): Refused | null {
  const cards = order.checks.find(({ id }) => id === check)?.cards ?? [];
  const going = goingBack(cards);
  if (going !== undefined) return refuse(liveCode(going), going.id);
  const holding = cards.find(holdsAmount);
  if (holding === undefined) return null;
  const freeMinor = subtract(leftMinor, heldMinor(cards));
  return handedMinor > freeMinor ? refuse(liveCode(holding), String(freeMinor)) : null;
}

// What was rounded as the house's gift is not rounded again for its coins (ARITHMETIC section 6).
function roundingFor({ pricing }: Payable, { cashRounding }: Context): Context["cashRounding"] {
  return pricing === null || pricing.roundingMinor === 0 ? cashRounding : null;
}

/**
 * The check as this cash settles it: what is left is rounded once, when cash pays the last of it.
 * Who hands over the exact sum pays it exactly (ARITHMETIC section 5).
 */
function settledBy(payable: Payable, handedMinor: Minor, context: Context): Payable {
  const { leftMinor } = payable;
  const cashMinor = roundedCash(leftMinor, roundingFor(payable, context));
  if (cashMinor === leftMinor || handedMinor === leftMinor || handedMinor < cashMinor) return payable;
  const adjustmentMinor = subtract(cashMinor, leftMinor);
  const rounding: Event = {
    type: "cash_rounded",
    order: payable.order.id,
    check: payable.check,
    adjustmentMinor,
  };
  return {
    ...payable,
    leftMinor: cashMinor,
    roundingMinor: add(payable.roundingMinor, adjustmentMinor),
    before: [...payable.before, rounding],
  };
}

/** Pays the whole of a return out in cash and closes it. */
export function decidePayOut(state: State, context: Context, grant: ClerkGrant, order: Order): Decided {
  // A return against a receipt is paid back by its plan (decide-return-card.ts).
  if (order.kind !== "return" || order.returnOf !== null) return refuse("order/wrong_kind");
  if (!may(grant, "blind_return")) return refuse("clerk/right_missing", "blind_return");
  const payable = payableOf(state, context, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor >= 0) return refuse("tender/nothing_due");
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  const settled = paidBy(payable, context);
  return captured(state, context, grant.clerk, settled, {
    amountMinor: settled.leftMinor,
    handedMinor: settled.leftMinor,
    shift: shift?.id ?? null,
  });
}

// What cash pays out is rounded on its magnitude.
function paidBy(payable: Payable, context: Context): Payable {
  const { leftMinor } = payable;
  const cashMinor = negate(roundedCash(negate(leftMinor), context.cashRounding));
  if (cashMinor === leftMinor) return payable;
  const adjustmentMinor = subtract(cashMinor, leftMinor);
  const { order, check, before } = payable;
  return {
    ...payable,
    leftMinor: cashMinor,
    roundingMinor: adjustmentMinor,
    before: [...before, { type: "cash_rounded", order: order.id, check, adjustmentMinor }],
  };
}

/**
 * Closes an order that comes to nothing, without a tender. One that took more than it costs, because a
 * card that nobody knew of was found to have paid as well, is closed as it is by a second person.
 */
export function decideCloseWithoutTender(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
): Decided {
  const payable = payableOf(state, context, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor !== 0) {
    const overpaid = closeOverpaidRefused(payable, grant);
    if (overpaid !== null) return overpaid;
  }
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  return {
    ok: true,
    events: [
      ...payable.before,
      closed(state, context, grant.clerk, payable, payable.taken, shift?.id ?? null),
    ],
  };
}

function closeOverpaidRefused({ order, check, leftMinor }: Payable, grant: ClerkGrant): Refused | null {
  if (order.kind !== "sale" || leftMinor > 0) return refuse("tender/amount_due");
  const live = order.checks.find(({ id }) => id === check)?.cards.find(isLive);
  if (live !== undefined) return refuse(liveCode(live), live.id);
  return may(grant, "approve") ? null : refuse("clerk/right_missing", "approve");
}

/** Asks for a copy of the newest receipt of an order. */
export function decideCopyReceipt(order: Order, grant: ClerkGrant): Decided {
  if (!may(grant, "reprint")) return refuse("clerk/right_missing", "reprint");
  const closing = order.checks.flatMap((check) => check.closings).at(-1);
  if (closing === undefined) return refuse("receipt/unknown");
  const copyNumber = closing.copyCount + 1;
  return { ok: true, events: [{ type: "receipt_copied", order: order.id, closing: closing.id, copyNumber }] };
}

/** The check of this order that money is for: the frozen one, or the one that the events before would freeze. */
export function payableOf(state: State, context: Context, order: Order): Payable | Refused {
  // C1
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  if (order.isParked) return refuse("order/parked");
  const frozen = order.checks.find((check) => check.status === "frozen");
  if (frozen !== undefined) return frozenPayable(order, frozen);
  if (order.phase !== "open") return refuse("order/not_open");
  if (order.lines.length === 0) return refuse("order/empty");
  const priced = priceOrder(order, context.pricing);
  if (priced !== null && !priced.ok) return refuse("command/out_of_range", priced.code);
  const pricing = priced?.pricing ?? null;
  const frontier = frontierOf(state.orders.get(order.id)?.events ?? []);
  // What a check costs and why is one record.
  const freezeBytes = pricing === null ? 0 : bytesOfPricing(pricing) + FRONTIER_ENTRY_BYTES * frontier.length;
  if (freezeBytes > CHECK_PRICING_BYTES_MAX) return refuse("order/too_many_lines");
  const totalMinor = pricing?.totalMinor ?? linesTotal(order.lines);
  const dueMinor = order.kind === "sale" ? totalMinor : negate(totalMinor);
  const freeze: Event = { type: "check_frozen", order: order.id, frontier, dueMinor, pricing };
  return {
    order,
    check: idAhead(state, 0),
    lines: order.lines,
    pricing,
    dueMinor,
    leftMinor: dueMinor,
    roundingMinor: ZERO,
    taken: [],
    before: [freeze],
  };
}

/** A frozen check as it stands. */
export function frozenPayable(order: Order, check: Check): Payable {
  return {
    order,
    check: check.id,
    lines: check.lines,
    pricing: check.pricing,
    dueMinor: check.dueMinor,
    leftMinor: leftToPay(check),
    roundingMinor: check.roundingMinor,
    taken: check.tenders.map(({ id, method, amountMinor }) => ({ tender: id, method, amountMinor })),
    before: [],
  };
}

function captured(
  state: State,
  context: Context,
  clerk: ClerkId,
  payable: Payable,
  cash: { readonly amountMinor: Minor; readonly handedMinor: Minor; readonly shift: ShiftId | null },
): Decided {
  // Rounded down to nothing: no money changes hands, and none is recorded.
  if (cash.amountMinor === 0 && cash.handedMinor === 0 && payable.leftMinor === 0) {
    return {
      ok: true,
      events: [...payable.before, closed(state, context, clerk, payable, payable.taken, cash.shift)],
    };
  }
  const tender = idAhead(state, payable.before.length);
  const event: Event = {
    type: "tender_captured",
    order: payable.order.id,
    check: payable.check,
    method: "cash",
    amountMinor: cash.amountMinor,
    handedMinor: cash.handedMinor,
    changeMinor: subtract(cash.handedMinor, cash.amountMinor),
    shift: cash.shift,
    request: null,
  };
  const events = [...payable.before, event];
  if (cash.amountMinor !== payable.leftMinor) return { ok: true, events };
  // C2
  const taken: readonly TenderFact[] = [
    ...payable.taken,
    { tender, method: "cash", amountMinor: cash.amountMinor },
  ];
  return { ok: true, events: [...events, closed(state, context, clerk, payable, taken, cash.shift)] };
}

function taxesIn({ order, lines, pricing }: Payable): readonly TaxFact[] {
  const sign = order.kind === "sale" ? 1 : -1;
  return pricing === null ? taxesOf(lines, sign) : taxesOfPricing(pricing, ratesOf(pricing, lines), sign);
}

/** C3: the closing of a check that these tenders settle. */
export function closed(
  state: State,
  context: Context,
  clerk: ClerkId,
  payable: Payable,
  tenders: readonly TenderFact[],
  shift: ShiftId | null,
): Event {
  const facts = {
    totalMinor: payable.dueMinor,
    taxes: taxesIn(payable),
    tenders,
    receipt: { series: state.receiptSeries, number: state.nextReceiptNumber },
    roundingMinor: payable.roundingMinor,
  };
  const viewHash = context.sha256(closingView(payable.order, payable.lines, facts, payable.pricing));
  const { order, check } = payable;
  return { type: "check_closed", order: order.id, check, clerk, ...facts, shift, viewHash };
}
