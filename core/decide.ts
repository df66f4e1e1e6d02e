/**
 * decide: (state, command, cause, context) -> events, or a refusal. Pure: it reads and never changes
 * the state. Rights are checked here, so that no screen can forget them.
 */
import type { Approval, Command } from "./command.ts";
import type { Context } from "./context.ts";
import { CODE_TEXT_LENGTH_MAX } from "./limits.ts";
import { sumWithin, ZERO } from "./money.ts";
import {
  decideCloseWithoutTender,
  decideCopyReceipt,
  decideFreeze,
  decidePayOut,
  decideTakeCash,
  decideThaw,
} from "./order/decide-check.ts";
import {
  decideAddItem,
  decideAddLabelledItem,
  decideAddOpenItem,
  decideAddUnits,
  decideNote,
  decideOpen,
  decideRemoveUnits,
  decideSoldOut,
  decideVoid,
  fits,
  heldOrder,
  may,
} from "./order/decide-lines.ts";
import type { Decided } from "./order/decide-lines.ts";
import { decidePark, decideRecall, decideUndo } from "./order/decide-park.ts";
import { decideRefund } from "./order/decide-return.ts";
import type { Order } from "./order/types.ts";
import { refuse } from "./refusal.ts";
import {
  decideCloseShift,
  decideCountDrawer,
  decideJoinShift,
  decideMoveCash,
  decideOpenDrawer,
  decideOpenShift,
  decidePrintReport,
  decideReportShift,
} from "./shift/decide.ts";
import {
  approverOf,
  decidePassPin,
  decideSignOff,
  decideSignOn,
  decideTryPin,
  decideUnlock,
} from "./staff/decide.ts";
import type { State } from "./state.ts";
import type { Cause, ClerkGrant, Right } from "./facts.ts";
import type { Event } from "./types.ts";

/** The view of the runtime itself, which never sends anything twice. */
export const OWN_VIEW = 0;

/** Whether this tap had its effect already: a resent one is answered with no events. */
export function isRepeat(state: State, cause: Cause): boolean {
  return cause.view !== OWN_VIEW && cause.n <= (state.views.get(cause.view) ?? 0);
}

/**
 * What `command` means in this state; `cause` names the tap and the clerk behind it. An approval lends
 * the clerk a right that is missing, for this command alone, and is recorded with what it led to.
 */
export function decide(
  state: State,
  command: Command,
  cause: Cause,
  context: Context,
  approval: Approval | null = null,
): Decided {
  if (isRepeat(state, cause)) return { ok: true, events: [] };
  const ownWay = decideWithoutGrant(state, context, cause, command);
  if (ownWay !== null) return ownWay;
  const grant = cause.clerk === "" ? undefined : state.clerks.get(cause.clerk);
  if (grant === undefined) return refuse("clerk/not_signed_on");
  const decided = decideFor(state, command, context, grant);
  if (approval === null || decided.ok || decided.refusal.code !== "clerk/right_missing") return decided;
  const approver = approverOf(state, context, grant.clerk, approval);
  if ("ok" in approver) return approver;
  const lent = decideFor(state, command, context, together(grant, approver));
  if (!lent.ok) return lent;
  const right = RIGHTS.find((its) => its === decided.refusal.about) ?? "approve";
  return { ok: true, events: [...lent.events, overrideOf(command, lent.events, grant, approver, right)] };
}

// What nobody has to be signed on for: the way to a sign-on, and what the runtime reports.
function decideWithoutGrant(state: State, context: Context, cause: Cause, command: Command): Decided | null {
  switch (command.type) {
    case "sign_on":
      return decideSignOn(state, context, command);
    case "try_pin":
      return decideTryPin(state, context, command);
    case "pass_pin":
      return decidePassPin(state, command);
    case "finish_print":
      return decideFinishPrint(state, command);
    case "finish_report":
      return decideFinishReport(state, command);
    case "flag_clock":
      return decideFlagClock(state, command);
    case "trust_clock":
      return cause.view === OWN_VIEW ? decideTrustClock(state) : null;
    default:
      return null;
  }
}

type ByGrant = Exclude<
  Command,
  { type: "sign_on" | "try_pin" | "pass_pin" | "finish_print" | "finish_report" | "flag_clock" }
>;

function decideFor(state: State, command: Command, context: Context, grant: ClerkGrant): Decided {
  switch (command.type) {
    case "sign_on":
    case "try_pin":
    case "pass_pin":
    case "finish_print":
    case "finish_report":
    case "flag_clock":
      return { ok: true, events: [] };
    case "sign_off":
      return decideSignOff(state, command);
    case "unlock_clerk":
      return decideUnlock(state, grant, command);
    case "trust_clock":
      return may(grant, "approve") ? decideTrustClock(state) : refuse("clerk/right_missing", "approve");
    case "set_sold_out":
      return decideSoldOut(state, context, grant, command);
    case "open_shift":
      return decideOpenShift(state, context, grant, command);
    case "join_shift":
      return decideJoinShift(state, grant, command);
    case "move_cash":
      return decideMoveCash(state, grant, command);
    case "open_drawer":
      return decideOpenDrawer(state, grant, command);
    case "count_drawer":
      return decideCountDrawer(state, grant, command);
    case "report_shift":
      return decideReportShift(state, grant, command);
    case "close_shift":
      return decideCloseShift(state, grant, command);
    case "print_report":
      return decidePrintReport(state, grant, command);
    default:
      return may(grant, "sell")
        ? decideTrade(state, command, context, grant)
        : refuse("clerk/right_missing", "sell");
  }
}

type Trade = Exclude<
  ByGrant,
  {
    type:
      | "sign_off"
      | "unlock_clerk"
      | "trust_clock"
      | "set_sold_out"
      | "open_shift"
      | "join_shift"
      | "move_cash"
      | "open_drawer"
      | "count_drawer"
      | "report_shift"
      | "close_shift"
      | "print_report";
  }
>;

function decideTrade(state: State, command: Trade, context: Context, grant: ClerkGrant): Decided {
  switch (command.type) {
    case "open_order":
      return decideOpen(grant, context, command);
    case "add_item":
      return decideAddItem(state, context, command);
    case "add_labelled_item":
      return decideAddLabelledItem(state, context, command);
    case "add_open_item":
      return decideAddOpenItem(state, context, grant, command);
    case "refund":
      return decideRefund(state, context, grant, command);
    default: {
      const order = heldOrder(state, command.order);
      if (order === null) return refuse("order/unknown");
      return decideOnOrder(state, context, grant, order, command);
    }
  }
}

type OnOrder = Exclude<Trade, { type: "open_order" | "add_item" | "add_labelled_item" | "add_open_item" | "refund" }>;

function decideOnOrder(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: OnOrder,
): Decided {
  switch (command.type) {
    case "add_units":
      return decideAddUnits(order, command);
    case "remove_units":
      return decideRemoveUnits(order, command);
    case "set_note":
      return decideNote(order, command);
    case "void_order":
      return decideVoid(state, order, grant, command);
    case "freeze_check":
      return decideFreeze(state, order);
    case "thaw_check":
      return decideThaw(state, order, command);
    case "take_cash":
      return decideTakeCash(state, context, grant, order, command);
    case "pay_out_cash":
      return decidePayOut(state, context, grant, order);
    case "close_without_tender":
      return decideCloseWithoutTender(state, context, grant, order);
    case "copy_receipt":
      return decideCopyReceipt(order, grant);
    case "park_order":
      return decidePark(state, order, command);
    case "recall_order":
      return decideRecall(state, order);
    case "undo":
      return decideUndo(state, order);
  }
}

const RIGHTS: readonly Right[] = [
  "sell",
  "open_price",
  "void",
  "blind_return",
  "reprint",
  "refund",
  "drawer",
  "shift",
  "stock",
  "approve",
  "training",
];

function together(grant: ClerkGrant, approver: ClerkGrant): ClerkGrant {
  return { ...grant, rights: [...new Set([...grant.rights, ...approver.rights])] };
}

// Behind the events of its command: ids of these are counted from the first.
function overrideOf(
  command: Command,
  events: readonly Event[],
  requester: ClerkGrant,
  approver: ClerkGrant,
  right: Right,
): Event {
  const amountMinor = sumWithin(
    events.map((event) =>
      event.type === "tender_captured" || event.type === "cash_moved" ? event.amountMinor : ZERO,
    ),
  );
  return {
    type: "override_granted",
    approver: approver.clerk,
    requester: requester.clerk,
    action: command.type,
    right,
    order: "order" in command ? command.order : null,
    amountMinor,
  };
}

function decideFlagClock(state: State, { flag, byMs }: Extract<Command, { type: "flag_clock" }>): Decided {
  if (state.clockFlag === flag) return { ok: true, events: [] };
  return { ok: true, events: [{ type: "clock_flagged", flag, byMs }] };
}

function decideTrustClock(state: State): Decided {
  return { ok: true, events: state.clockFlag === "none" ? [] : [{ type: "clock_trusted" }] };
}

function decideFinishReport(state: State, command: Extract<Command, { type: "finish_report" }>): Decided {
  const { job, outcome, code, mark } = command;
  if (!state.reportJobs.has(job)) return { ok: true, events: [] };
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "report_finished", job, outcome, code, mark }] };
}

// A job that is finished already, or that nobody knows, has no second end.
function decideFinishPrint(state: State, command: Extract<Command, { type: "finish_print" }>): Decided {
  const order = state.orders.get(command.order)?.order;
  const job = order?.jobs.find((its) => its.id === command.job);
  if (job === undefined || job.outcome !== "pending") return { ok: true, events: [] };
  const { order: orderId, outcome, code, mark } = command;
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "print_finished", order: orderId, job: job.id, outcome, code, mark }] };
}
