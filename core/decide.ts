/**
 * decide: (state, command, cause, context) -> events, or a refusal. Pure: it reads and never changes
 * the state. Rights are checked here, so that no screen can forget them.
 */
import type { Command } from "./command.ts";
import type { Context } from "./context.ts";
import { CODE_TEXT_LENGTH_MAX } from "./limits.ts";
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
  decideAddOpenItem,
  decideAddUnits,
  decideNote,
  decideOpen,
  decideRemoveUnits,
  decideVoid,
  fits,
  heldOrder,
  may,
} from "./order/decide-lines.ts";
import type { Decided } from "./order/decide-lines.ts";
import type { Order } from "./order/types.ts";
import { refuse } from "./refusal.ts";
import type { State } from "./state.ts";
import type { Cause, ClerkGrant } from "./types.ts";

/** The view of the runtime itself, which never sends anything twice. */
export const OWN_VIEW = 0;

/** Whether this tap had its effect already: a resent one is answered with no events. */
export function isRepeat(state: State, cause: Cause): boolean {
  return cause.view !== OWN_VIEW && cause.n <= (state.views.get(cause.view) ?? 0);
}

/** What `command` means in this state; `cause` names the tap and the clerk behind it. */
export function decide(state: State, command: Command, cause: Cause, context: Context): Decided {
  if (isRepeat(state, cause)) return { ok: true, events: [] };
  if (command.type === "sign_on") return decideSignOn(context, command.clerk);
  if (command.type === "finish_print") return decideFinishPrint(state, command);
  const grant = cause.clerk === "" ? undefined : state.clerks.get(cause.clerk);
  if (grant === undefined) return refuse("clerk/not_signed_on");
  if (!may(grant, "sell")) return refuse("clerk/right_missing", "sell");
  switch (command.type) {
    case "open_order":
      return decideOpen(grant, context, command);
    case "add_item":
      return decideAddItem(state, context, command);
    case "add_open_item":
      return decideAddOpenItem(state, context, grant, command);
    default: {
      const order = heldOrder(state, command.order);
      if (order === null) return refuse("order/unknown");
      return decideOnOrder(state, context, grant, order, command);
    }
  }
}

type OnOrder = Exclude<
  Command,
  { type: "sign_on" | "finish_print" | "open_order" | "add_item" | "add_open_item" }
>;

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
  }
}

function decideSignOn(context: Context, clerk: ClerkGrant["clerk"]): Decided {
  const grant = context.staff(clerk);
  if (grant === null) return refuse("clerk/unknown", clerk);
  return { ok: true, events: [{ type: "clerk_signed_on", ...grant }] };
}

// A job that is finished already, or that nobody knows, has no second end.
function decideFinishPrint(state: State, command: Extract<Command, { type: "finish_print" }>): Decided {
  const order = state.orders.get(command.order)?.order;
  const job = order?.jobs.find((its) => its.id === command.job);
  if (job === undefined || job.outcome !== "pending") return { ok: true, events: [] };
  const { order: orderId, outcome, code } = command;
  if (!fits(code, CODE_TEXT_LENGTH_MAX)) return refuse("command/out_of_range", "code");
  return { ok: true, events: [{ type: "print_finished", order: orderId, job: job.id, outcome, code }] };
}
