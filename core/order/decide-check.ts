/**
 * Commands that freeze a check, take money for it and close it.
 *
 * C1 Only the order's owner freezes, thaws, takes money and closes: it alone knows what is under way.
 * C2 A check closes in the same command that captures the last of what is due.
 * C3 A closed check's facts are computed once, here, from what the check froze.
 */
import type { Command } from "../command.ts";
import type { Context } from "../context.ts";
import type { CheckId, ClerkId } from "../ids.ts";
import { CASH_HANDED_MINOR_MAX, CHECK_TENDERS_COUNT_MAX } from "../limits.ts";
import { minor, negate, subtract } from "../money.ts";
import type { Minor } from "../money.ts";
import { taxesOf } from "../price/tax.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import type { ClerkGrant, Event, TenderFact } from "../types.ts";
import { isWhole, may } from "./decide-lines.ts";
import type { Decided } from "./decide-lines.ts";
import { leftToPay } from "./fold.ts";
import { linesTotal } from "./lines.ts";
import { frontierOf } from "./sort.ts";
import type { Check, Line, Order } from "./types.ts";
import { closingView } from "./view.ts";

type Of<T extends Command["type"]> = Extract<Command, { type: T }>;

/** A check that money may be taken for: frozen before, or by the events that `decide` puts in front. */
interface Payable {
  readonly order: Order;
  readonly check: CheckId;
  readonly lines: readonly Line[];
  readonly dueMinor: Minor;
  readonly leftMinor: Minor;
  readonly taken: readonly TenderFact[];
  /** The freeze, when this command makes it. */
  readonly before: readonly Event[];
}

/** Freezes what is open, so that nothing on it moves while the customer pays. */
export function decideFreeze(state: State, order: Order): Decided {
  const frozen = payableOf(state, order);
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
  if (check.tenders.length > 0) return refuse("check/has_tender");
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
  const payable = payableOf(state, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor <= 0) return refuse("tender/nothing_due");
  if (command.handedMinor === 0) return refuse("tender/nothing_handed");
  const handedMinor = minor(command.handedMinor);
  const amountMinor = handedMinor < payable.leftMinor ? handedMinor : payable.leftMinor;
  // The last tender that a check has room for has to close it.
  if (amountMinor < payable.leftMinor && payable.taken.length + 1 >= CHECK_TENDERS_COUNT_MAX) {
    return refuse("command/out_of_range", "tenders");
  }
  return captured(state, context, grant.clerk, payable, { amountMinor, handedMinor });
}

/** Pays the whole of a return out in cash and closes it. */
export function decidePayOut(state: State, context: Context, grant: ClerkGrant, order: Order): Decided {
  if (order.kind !== "return") return refuse("order/wrong_kind");
  if (!may(grant, "blind_return")) return refuse("clerk/right_missing", "blind_return");
  const payable = payableOf(state, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor >= 0) return refuse("tender/nothing_due");
  return captured(state, context, grant.clerk, payable, {
    amountMinor: payable.leftMinor,
    handedMinor: payable.leftMinor,
  });
}

/** Closes an order that comes to nothing, without a tender. */
export function decideCloseWithoutTender(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
): Decided {
  const payable = payableOf(state, order);
  if ("ok" in payable) return payable;
  if (payable.leftMinor !== 0) return refuse("tender/amount_due");
  return {
    ok: true,
    events: [...payable.before, closed(state, context, grant.clerk, payable, payable.taken)],
  };
}

/** Asks for a copy of the newest receipt of an order. */
export function decideCopyReceipt(order: Order, grant: ClerkGrant): Decided {
  if (!may(grant, "reprint")) return refuse("clerk/right_missing", "reprint");
  const closing = order.checks.flatMap((check) => check.closings).at(-1);
  if (closing === undefined) return refuse("receipt/unknown");
  const copyNumber = closing.copyCount + 1;
  return { ok: true, events: [{ type: "receipt_copied", order: order.id, closing: closing.id, copyNumber }] };
}

function payableOf(state: State, order: Order): Payable | Refused {
  // C1
  if (order.owner !== state.terminal) return refuse("order/not_owner");
  const frozen = order.checks.find((check) => check.status === "frozen");
  if (frozen !== undefined) return frozenPayable(order, frozen);
  if (order.phase !== "open") return refuse("order/not_open");
  if (order.lines.length === 0) return refuse("order/empty");
  const totalMinor = linesTotal(order.lines);
  const dueMinor = order.kind === "sale" ? totalMinor : negate(totalMinor);
  const frontier = frontierOf(state.orders.get(order.id)?.events ?? []);
  const freeze: Event = { type: "check_frozen", order: order.id, frontier, dueMinor };
  return {
    order,
    check: idAhead(state, 0),
    lines: order.lines,
    dueMinor,
    leftMinor: dueMinor,
    taken: [],
    before: [freeze],
  };
}

function frozenPayable(order: Order, check: Check): Payable {
  return {
    order,
    check: check.id,
    lines: check.lines,
    dueMinor: check.dueMinor,
    leftMinor: leftToPay(check),
    taken: check.tenders.map(({ id, method, amountMinor }) => ({ tender: id, method, amountMinor })),
    before: [],
  };
}

function captured(
  state: State,
  context: Context,
  clerk: ClerkId,
  payable: Payable,
  cash: { readonly amountMinor: Minor; readonly handedMinor: Minor },
): Decided {
  const tender = idAhead(state, payable.before.length);
  const event: Event = {
    type: "tender_captured",
    order: payable.order.id,
    check: payable.check,
    method: "cash",
    amountMinor: cash.amountMinor,
    handedMinor: cash.handedMinor,
    changeMinor: subtract(cash.handedMinor, cash.amountMinor),
  };
  const events = [...payable.before, event];
  if (cash.amountMinor !== payable.leftMinor) return { ok: true, events };
  // C2
  const taken: readonly TenderFact[] = [
    ...payable.taken,
    { tender, method: "cash", amountMinor: cash.amountMinor },
  ];
  return { ok: true, events: [...events, closed(state, context, clerk, payable, taken)] };
}

// C3
function closed(
  state: State,
  context: Context,
  clerk: ClerkId,
  payable: Payable,
  tenders: readonly TenderFact[],
): Event {
  const facts = {
    totalMinor: payable.dueMinor,
    taxes: taxesOf(payable.lines, payable.order.kind === "sale" ? 1 : -1),
    tenders,
    receipt: { series: state.receiptSeries, number: state.nextReceiptNumber },
  };
  const viewHash = context.sha256(closingView(payable.order, payable.lines, facts));
  return { type: "check_closed", order: payable.order.id, check: payable.check, clerk, ...facts, viewHash };
}
