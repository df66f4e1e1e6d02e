/**
 * A refund against a receipt. Where cash alone goes back it is opened, filled, paid out and closed in one
 * step, and the units' rights consumed on the order that was sold: whole or not at all, so that no power
 * cut leaves money paid out without its rights, or rights consumed without the money. Where a card gets
 * some back, decide-return-card.ts goes on from the frozen return.
 */
import type { CommandOf as Of, UnitsToReturn } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkId, EventId, LineId, OrderId, ShiftId } from "../ids.ts";
import {
  QUANTITY_MILLI_MAX,
  REASON_TEXT_LENGTH_MAX,
  REFUND_LINES_COUNT_MAX,
  REFUND_TEXT_LENGTH_MAX,
} from "../limits.ts";
import { add, milli, negate, sum, sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import { roundedRefund } from "../price/cash-rounding.ts";
import type { PricedReturn } from "../price/order/refund.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { drawerShift } from "../shift/working.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import type { ClerkGrant } from "../facts.ts";
import type { Event, RefundedTender } from "../types.ts";
import { fits, isWhole, may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { decideCardRefund } from "./decide-return-card.ts";
import { checkAmounts, lineAmount } from "./lines.ts";
import { hasCards, refundedTenders, refundPlan } from "./refund-plan.ts";
import { cashOfPlan, closeReturn, pricedReturn } from "./return-parts.ts";
import type { Chosen, OpenedReturn } from "./return-parts.ts";
import { findClosing, returnedMilli, worthReturned } from "./returns.ts";
import type { SoldClosing } from "./returns.ts";
import type { Line } from "./types.ts";

/** Takes units of a receipt back and pays them out in cash. */
export function decideRefund(
  state: State,
  context: Context,
  grant: ClerkGrant,
  command: Of<"refund">,
): Decided {
  if (!may(grant, "refund")) return refuse("clerk/right_missing", "refund");
  if (!fits(command.reason, REASON_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "reason");
  const original = findClosing(state, command.closing);
  if (original === null) return refuse("receipt/not_here");
  if (original.order.kind !== "sale") return refuse("order/wrong_kind");
  const chosen = chosenOf(original, command.lines);
  if ("ok" in chosen) return chosen;
  const shift = drawerShift(state, context, grant);
  if (shift !== null && "ok" in shift) return shift;
  const priced = pricedReturn(original, chosen, context);
  if (priced !== null && !priced.ok) return refuse(priced.code);
  const opened = openReturn(state, original, chosen, priced, command.reason);
  if (!hasCards(original)) {
    const cashMinor = cashBack(original, context, opened.totalMinor);
    return paidInCash(state, context, grant.clerk, opened, cashMinor, shift?.id ?? null, null);
  }
  if (isBeingPaidBack(state, command.closing)) return refuse("return/in_progress");
  const plan = refundPlan(original, opened.totalMinor);
  if (plan === null) return refuse("return/units_gone");
  if (plan.some(({ card }) => card !== null))
    return decideCardRefund(state, context, grant, opened, plan, shift?.id ?? null);
  const cashMinor = cashOfPlan(original, context, opened.totalMinor);
  return paidInCash(state, context, grant.clerk, opened, cashMinor, shift?.id ?? null, refundedTenders(plan));
}

// A card's refund takes its time: until it is closed its units are neither there nor gone.
function isBeingPaidBack(state: State, closing: EventId): boolean {
  return [...state.working].some((id) => {
    const order = state.orders.get(id)?.order;
    return order?.returnOf?.closing === closing && order.phase === "frozen";
  });
}

function chosenOf(original: SoldClosing, lines: readonly UnitsToReturn[]): readonly Chosen[] | Refused {
  if (lines.length === 0) return refuse("return/nothing");
  if (lines.length > REFUND_LINES_COUNT_MAX) return refuse("command/out_of_range", "lines");
  if (new Set<LineId>(lines.map(({ line }) => line)).size !== lines.length)
    return refuse("command/out_of_range", "lines");
  const chosen: Chosen[] = [];
  for (const { line, quantityMilli } of lines) {
    const sold = original.check.lines.find((its) => its.id === line);
    if (sold === undefined) return refuse("line/unknown");
    if (!isWhole(quantityMilli, 1, QUANTITY_MILLI_MAX)) return refuse("command/out_of_range", "quantity");
    const left = sold.quantityMilli - returnedMilli(original.order, original.check, line);
    if (quantityMilli > left) return refuse("return/units_gone");
    chosen.push({ sold, quantityMilli: milli(quantityMilli) });
  }
  const textLength = chosen.reduce((length, { sold }) => length + sold.sku.length + sold.name.length, 0);
  return textLength > REFUND_TEXT_LENGTH_MAX ? refuse("command/out_of_range", "lines") : chosen;
}

function openReturn(
  state: State,
  original: SoldClosing,
  chosen: readonly Chosen[],
  priced: PricedReturn | null,
  reason: string,
): OpenedReturn {
  const order = { id: idAhead(state, 0), kind: "return", currency: original.order.currency } as const;
  const lines = chosen.map((units, index) => returnLine(original, units, idAhead(state, 2 + index)));
  const pricing = priced?.pricing ?? null;
  const totalMinor = pricing?.totalMinor ?? sum(lines.map(lineAmount));
  const before: readonly Event[] = [
    { type: "order_opened", kind: "return", currency: order.currency, label: "", reason },
    { type: "return_linked", order: order.id, original: original.order.id, closing: original.closing.id },
    ...lines.map((line) => lineAdded(order.id, line)),
    {
      type: "check_frozen",
      order: order.id,
      frontier: [{ terminal: state.terminal, epoch: state.epoch, seq: state.seq + 2 + lines.length }],
      dueMinor: negate(totalMinor),
      pricing,
    },
  ];
  const check = idAhead(state, 2 + lines.length);
  return { original, chosen, order, check, lines, priced, totalMinor, before };
}

function paidInCash(
  state: State,
  context: Context,
  clerk: ClerkId,
  opened: OpenedReturn,
  cashMinor: Minor,
  shift: ShiftId | null,
  refunded: readonly RefundedTender[] | null,
): Decided {
  const events = closeReturn(state, context, clerk, opened, {
    aheadCount: 0,
    taken: [],
    leftMinor: opened.totalMinor,
    cashMinor,
    shift,
    refunded,
  });
  return { ok: true, events };
}

function returnLine(original: SoldClosing, { sold, quantityMilli }: Chosen, id: LineId): Line {
  const { check } = original;
  const fromMilli = returnedMilli(original.order, check, sold.id);
  const soldMinor = checkAmounts(check)[check.lines.indexOf(sold)] ?? lineAmount(sold);
  const returnOf = { line: sold.id, soldMilli: sold.quantityMilli, soldMinor, fromMilli };
  return { ...sold, id, quantityMilli, note: "", returnOf };
}

function lineAdded(order: OrderId, line: Line): Event {
  const { sku, name, quantityMilli, unitPriceMinor, taxPpm, priceSource, returnOf } = line;
  const facts = { sku, name, quantityMilli, unitPriceMinor, taxPpm, priceSource, returnOf };
  return {
    type: "line_added",
    order,
    ...facts,
    reason: "",
    checksSeenCount: 0,
    priceVersion: 0,
    pricing: null,
  };
}

// As the customer paid: what was rounded at the sale is rounded back, and all of it together is what was taken.
function cashBack({ order, check, closing }: SoldClosing, context: Context, totalMinor: Minor): Minor {
  const { totalMinor: wholeMinor, roundingMinor } = closing.facts;
  const refunded = order.refunded.find((its) => its.closing === closing.id);
  const beforeMinor =
    check.pricing === null
      ? worthReturned(order, check, () => true)
      : sumWithin([
          refunded?.linesMinor ?? ZERO,
          refunded?.tipMinor ?? ZERO,
          refunded?.roundingMinor ?? ZERO,
        ]);
  // What was rounded as the house's gift is not rounded again for its coins.
  const isRounded = check.pricing !== null && check.pricing.roundingMinor !== 0;
  const taken = { wholeMinor, takenMinor: add(wholeMinor, roundingMinor) };
  return roundedRefund(beforeMinor, totalMinor, taken, isRounded ? null : context.cashRounding);
}
