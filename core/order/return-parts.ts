/**
 * The parts that every refund against a receipt is made of: what was chosen, the return once it is
 * opened, what goes back in cash, and its end, which consumes the units' rights on the sale.
 */
import type { Context } from "../context.ts";
import type { TaxFact, TenderFact } from "../facts.ts";
import type { CheckId, ClerkId, OrderId, ShiftId } from "../ids.ts";
import { add, minor, negate, subtract, sumWithin, ZERO } from "../money.ts";
import type { Milli, Minor } from "../money.ts";
import { roundedCash, roundedRefund } from "../price/cash-rounding.ts";
import { ratesOf, taxesOfPricing } from "../price/order/facts.ts";
import { priceReturn } from "../price/order/refund.ts";
import type { PricedReturn, ReturnPriced } from "../price/order/refund.ts";
import { returnedTaxes } from "../price/tax.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import type { Event, RefundedTender, TenderCaptured } from "../types.ts";
import { goneTo, tenderRights } from "./refund-plan.ts";
import type { RefundPart } from "./refund-plan.ts";
import { returnedMilli, worthReturned } from "./returns.ts";
import type { SoldClosing } from "./returns.ts";
import type { Line, Order } from "./types.ts";
import { closingView } from "./view.ts";

/** A sold line with the units of it that are to come back. */
export interface Chosen {
  readonly sold: Line;
  readonly quantityMilli: Milli;
}

/** A return that is opened, filled and frozen: by the events here, or by earlier ones. */
export interface OpenedReturn {
  readonly original: SoldClosing;
  readonly chosen: readonly Chosen[];
  readonly order: Pick<Order, "id" | "kind" | "currency">;
  readonly check: CheckId;
  readonly lines: readonly Line[];
  readonly priced: PricedReturn | null;
  /** A magnitude. */
  readonly totalMinor: Minor;
  /** What opens, fills and freezes it; empty when that was before. */
  readonly before: readonly Event[];
}

/** How a return is paid back in the end. Magnitudes. */
export interface ReturnPaid {
  /** Events of the same command before those of the opened return. */
  readonly aheadCount: number;
  /** What cards gave back before. */
  readonly taken: readonly TenderFact[];
  /** What is left to pay back, and what cash makes of it. */
  readonly leftMinor: Minor;
  readonly cashMinor: Minor;
  readonly shift: ShiftId | null;
  readonly refunded: readonly RefundedTender[] | null;
}

/** The end of a return: what is left goes out in cash, the check is closed, the rights are consumed. */
export function closeReturn(
  state: State,
  context: Context,
  clerk: ClerkId,
  opened: OpenedReturn,
  { aheadCount, taken, leftMinor, cashMinor, shift, refunded }: ReturnPaid,
): readonly Event[] {
  const { original, chosen, order, check, lines, priced, totalMinor } = opened;
  const pricing = priced?.pricing ?? null;
  const roundingMinor = subtract(leftMinor, cashMinor);
  const before: readonly Event[] = [
    ...opened.before,
    ...(roundingMinor === 0 ? [] : [cashRounded(order.id, check, roundingMinor)]),
  ];
  const tender = idAhead(state, aheadCount + before.length);
  const paid = cashMinor === 0 ? [] : [paidOut(order.id, check, negate(cashMinor), shift)];
  const facts = {
    totalMinor: negate(totalMinor),
    taxes:
      pricing === null ? taxesBack(original, lines) : taxesOfPricing(pricing, ratesOf(pricing, lines), -1),
    tenders: [...taken, ...paid.map(({ method, amountMinor }) => ({ tender, method, amountMinor }))],
    receipt: { series: state.receiptSeries, number: state.nextReceiptNumber },
    roundingMinor,
  };
  const viewHash = context.sha256(closingView(order, lines, facts, pricing));
  return [
    ...before,
    ...paid,
    { type: "check_closed", order: order.id, check, clerk, ...facts, shift, viewHash },
    {
      type: "units_returned",
      order: original.order.id,
      closing: original.closing.id,
      by: order.id,
      lines: chosen.map(({ sold, quantityMilli }) => ({ line: sold.id, quantityMilli })),
      money: priced?.money ?? null,
      tenders: refunded,
    },
  ];
}

/** What cash gives back for these parts: its own as it was taken, a card's as coins can pay it. */
export function cashOfParts(
  original: SoldClosing,
  context: Context,
  parts: readonly Pick<RefundPart, "method" | "amountMinor">[],
): Minor {
  const sumOf = (isCash: boolean): Minor =>
    sumWithin(
      parts.filter(({ method }) => (method === "cash") === isCash).map(({ amountMinor }) => amountMinor),
    );
  const [ownMinor, cardsMinor] = [sumOf(true), sumOf(false)];
  const paidMinor = ownMinor === 0 ? ZERO : cashOfPlan(original, context, ownMinor);
  return add(paidMinor, roundedCash(cardsMinor, context.cashRounding));
}

/** What cash gives back for its part of a sale that cards paid too: rounded as a whole, so that all refunds return what was taken. */
export function cashOfPlan(original: SoldClosing, context: Context, partMinor: Minor): Minor {
  const { order, closing } = original;
  const right = tenderRights(original).find(({ method }) => method === "cash");
  if (right === undefined) return roundedCash(partMinor, context.cashRounding);
  const takenMinor = add(right.capturedMinor, closing.facts.roundingMinor);
  const before = goneTo(order, closing.id, right.tender);
  return roundedRefund(
    minor(before),
    partMinor,
    { wholeMinor: right.capturedMinor, takenMinor },
    context.cashRounding,
  );
}

/** What a priced check brings back, or null for one whose lines say it. */
export function pricedReturn(
  { order, check, closing }: SoldClosing,
  chosen: readonly Chosen[],
  context: Context,
): ReturnPriced | null {
  const { pricing } = check;
  if (pricing === null) return null;
  const refunded = order.refunded.find((its) => its.closing === closing.id) ?? null;
  const returned = check.lines.map(({ id }) => returnedMilli(order, check, id));
  const units = chosen.map(({ sold, quantityMilli }) => ({
    lineIndex: check.lines.indexOf(sold),
    quantityMilli,
  }));
  return priceReturn({ order, check, pricing, returnedMilli: returned, refunded }, units, context.pricing);
}

function cashRounded(order: OrderId, check: CheckId, adjustmentMinor: Minor): Event {
  return { type: "cash_rounded", order, check, adjustmentMinor };
}

function paidOut(order: OrderId, check: CheckId, amountMinor: Minor, shift: ShiftId | null): TenderCaptured {
  const facts = { method: "cash", amountMinor, handedMinor: amountMinor, changeMinor: ZERO } as const;
  return { type: "tender_captured", order, check, ...facts, shift, request: null };
}

function taxesBack({ order, check, closing }: SoldClosing, lines: readonly Line[]): readonly TaxFact[] {
  return returnedTaxes(lines, closing.facts.taxes, (ratePpm) =>
    worthReturned(order, check, (line) => line.taxPpm === ratePpm),
  );
}
