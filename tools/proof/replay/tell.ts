/**
 * A record in words: one line that says what happened, for people who read a journal from top to bottom.
 * Amounts are decimal text in the order's currency.
 */
import { currencyExponent, decimalText, quantityText } from "../../../core/money.ts";
import type { Minor } from "../../../core/money.ts";
import { isPricingEvent } from "../../../core/price/order/adjustments.ts";
import { tellPricing } from "../../../core/price/order/tell.ts";
import type { State } from "../../../core/state.ts";
import { wallText } from "../../../core/time.ts";
import type { Event } from "../../../core/types.ts";
import { recordsIn } from "../../../runtime/downlink/fold.ts";
import type { Step } from "./journal.ts";

/** "117  2026-11-22 08:01  mei  line_added   1 x Latte at 28.00". Times are in UTC. */
export function stepLine({ seq, recorded, code }: Step, state: State): string {
  if (recorded === null) return `${String(seq).padStart(7)}  cannot be read by this build: ${code}`;
  const { at, cause, event } = recorded;
  const who = (cause?.clerk ?? "").padEnd(8);
  return `${String(seq).padStart(7)}  ${wallText(at, 0)}  ${who}  ${event.type.padEnd(21)}  ${detailOf(event, state)}`.trimEnd();
}

/** Where the terminal stands behind a record: what a clerk would have seen. */
export function stateLine(state: State): string {
  const parts = [...state.working].flatMap((id) => {
    const order = state.orders.get(id)?.order;
    if (order === undefined) return [];
    const money = moneyOf(order.currency);
    const check = order.checks.find((its) => its.status === "frozen");
    const amount = check === undefined ? order.openTotalMinor : check.dueMinor;
    return [
      `${order.isParked ? "parked" : order.phase} order of ${order.lines.length} lines, ${money(amount)}`,
    ];
  });
  const shifts = [...state.shifts.values()].filter(({ closing }) => closing === null);
  return [
    ...parts,
    ...shifts.map(
      ({ report }) => `drawer ${report.drawer} expects ${moneyOf(report.currency)(report.expectedMinor)}`,
    ),
    `next receipt ${state.receiptSeries} ${state.nextReceiptNumber}`,
  ].join("; ");
}

/** Decimal text in a currency. */
export function moneyOf(currency: string): (amount: Minor) => string {
  const exponent = currencyExponent(currency);
  return (amount) => decimalText(amount, exponent);
}

function detailOf(event: Event, state: State): string {
  const order = "order" in event && event.order !== null ? state.orders.get(event.order)?.order : undefined;
  const money = moneyOf(order?.currency ?? "");
  switch (event.type) {
    case "epoch_started":
      return `${event.opening}, release ${event.runtimeVersion}${event.detail === "" ? "" : `: ${event.detail}`}`;
    case "clerk_signed_on":
    case "clerk_signed_off":
    case "clerk_unlocked":
    case "pin_passed":
      return event.clerk;
    case "pin_tried":
      return `${event.clerk} to ${event.purpose}`;
    case "override_granted":
      return `${event.approver} lends ${event.requester} ${event.right} for ${event.action}`;
    case "order_opened":
      return `${event.kind} in ${event.currency} ${event.label}`.trimEnd();
    case "line_added":
      return `${quantityText(event.quantityMilli)} x ${event.name} at ${money(event.unitPriceMinor)}${versionText(event.priceVersion)}`;
    case "units_added":
    case "units_removed":
      return quantityText(event.quantityMilli);
    case "check_frozen":
      return `due ${money(event.dueMinor)}`;
    case "cash_rounded":
      return money(event.adjustmentMinor);
    case "tender_captured":
      return `${event.method} ${money(event.amountMinor)} (handed ${money(event.handedMinor)}, change ${money(event.changeMinor)})`;
    case "check_closed":
      return `receipt ${event.receipt.series} ${event.receipt.number}, total ${money(event.totalMinor)}`;
    case "shift_opened":
      return `drawer ${event.drawer}, float ${moneyOf(event.currency)(event.floatMinor)}, day ${event.businessDate}`;
    case "cash_moved":
      return `${event.kind} ${money(event.amountMinor)}: ${event.reason}`;
    case "shift_closed":
      return `Z ${event.zNumber}, difference ${moneyOf(event.report.currency)(event.differenceMinor)}`;
    case "print_finished":
    case "report_finished":
      return [event.outcome, event.code, event.mark === "none" ? "" : event.mark].filter(Boolean).join(" ");
    case "item_availability_set":
      return `${event.sku} ${event.isSoldOut ? "sold out" : "on sale"}`;
    case "hq_records_taken":
      return `${event.records.length} of headquarters from ${event.fromSeq} on: ${recordsIn(event)
        .map((its) => its.event.type)
        .join(" ")}`;
    default:
      if (isPricingEvent(event)) {
        const { detail, amountMinor } = tellPricing(event);
        return [detail, amountMinor === null ? "" : money(amountMinor)].filter(Boolean).join(" ");
      }
      return "reason" in event ? event.reason : "";
  }
}

function versionText(version: number): string {
  return version === 0 ? "" : ` (version ${version})`;
}
