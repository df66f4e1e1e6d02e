/**
 * A refund against a receipt: opened, filled, paid out and closed in one step, and the units' rights
 * consumed on the order that was sold. Whole or not at all, so that no power cut leaves money paid
 * out without its rights, or rights consumed without the money.
 */
import type { CommandOf as Of, UnitsToReturn } from "../command.ts";
import type { Context } from "../context.ts";
import type { CheckId, LineId, OrderId, ShiftId } from "../ids.ts";
import {
  QUANTITY_MILLI_MAX,
  REASON_TEXT_LENGTH_MAX,
  REFUND_LINES_COUNT_MAX,
  REFUND_TEXT_LENGTH_MAX,
} from "../limits.ts";
import { add, milli, negate, subtract, sum, sumWithin, ZERO } from "../money.ts";
import type { Milli, Minor } from "../money.ts";
import { roundedRefund } from "../price/cash-rounding.ts";
import { ratesOf, taxesOfPricing } from "../price/order/facts.ts";
import { priceReturn } from "../price/order/refund.ts";
import type { PricedReturn, ReturnPriced } from "../price/order/refund.ts";
import { returnedTaxes } from "../price/tax.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { drawerShift } from "../shift/working.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import type { ClerkGrant, TaxFact } from "../facts.ts";
import type { Event, TenderCaptured } from "../types.ts";
import { fits, isWhole, may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { checkAmounts, lineAmount } from "./lines.ts";
import { findClosing, returnedMilli, worthReturned } from "./returns.ts";
import type { SoldClosing } from "./returns.ts";
import type { Line } from "./types.ts";
import { closingView } from "./view.ts";

/** A sold line with the units of it that are to come back. */
interface Chosen {
  readonly sold: Line;
  readonly quantityMilli: Milli;
}

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
  return {
    ok: true,
    events: refundEvents(state, context, grant, original, chosen, command, shift?.id ?? null, priced),
  };
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

function refundEvents(
  state: State,
  context: Context,
  grant: ClerkGrant,
  original: SoldClosing,
  chosen: readonly Chosen[],
  command: Of<"refund">,
  shift: ShiftId | null,
  priced: PricedReturn | null,
): readonly Event[] {
  const order = { id: idAhead(state, 0), kind: "return", currency: original.order.currency } as const;
  const lines = chosen.map((units, index) => returnLine(original, units, idAhead(state, 2 + index)));
  const check = idAhead(state, 2 + lines.length);
  const pricing = priced?.pricing ?? null;
  const totalMinor = pricing?.totalMinor ?? sum(lines.map(lineAmount));
  const cashMinor = cashBack(original, context, totalMinor);
  const roundingMinor = subtract(totalMinor, cashMinor);
  const opened: readonly Event[] = [
    { type: "order_opened", kind: "return", currency: order.currency, label: "", reason: command.reason },
    { type: "return_linked", order: order.id, original: original.order.id, closing: original.closing.id },
    ...lines.map((line) => lineAdded(order.id, line)),
    {
      type: "check_frozen",
      order: order.id,
      frontier: [{ terminal: state.terminal, epoch: state.epoch, seq: state.seq + 2 + lines.length }],
      dueMinor: negate(totalMinor),
      pricing,
    },
    ...(roundingMinor === 0 ? [] : [cashRounded(order.id, check, roundingMinor)]),
  ];
  const tender = idAhead(state, opened.length);
  const paid = cashMinor === 0 ? [] : [paidOut(order.id, check, negate(cashMinor), shift)];
  const facts = {
    totalMinor: negate(totalMinor),
    taxes:
      pricing === null ? taxesBack(original, lines) : taxesOfPricing(pricing, ratesOf(pricing, lines), -1),
    tenders: paid.map(({ method, amountMinor }) => ({ tender, method, amountMinor })),
    receipt: { series: state.receiptSeries, number: state.nextReceiptNumber },
    roundingMinor,
  };
  const viewHash = context.sha256(closingView(order, lines, facts, pricing));
  const { clerk } = grant;
  return [
    ...opened,
    ...paid,
    { type: "check_closed", order: order.id, check, clerk, ...facts, shift, viewHash },
    {
      type: "units_returned",
      order: original.order.id,
      closing: original.closing.id,
      by: order.id,
      lines: chosen.map(({ sold, quantityMilli }) => ({ line: sold.id, quantityMilli })),
      money: priced?.money ?? null,
    },
  ];
}

// What a priced check brings back, or null for one whose lines say it.
function pricedReturn(
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

function cashRounded(order: OrderId, check: CheckId, adjustmentMinor: Minor): Event {
  return { type: "cash_rounded", order, check, adjustmentMinor };
}

function paidOut(order: OrderId, check: CheckId, amountMinor: Minor, shift: ShiftId | null): TenderCaptured {
  const facts = { method: "cash", amountMinor, handedMinor: amountMinor, changeMinor: ZERO } as const;
  return { type: "tender_captured", order, check, ...facts, shift, request: null };
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

function taxesBack({ order, check, closing }: SoldClosing, lines: readonly Line[]): readonly TaxFact[] {
  return returnedTaxes(lines, closing.facts.taxes, (ratePpm) =>
    worthReturned(order, check, (line) => line.taxPpm === ratePpm),
  );
}
