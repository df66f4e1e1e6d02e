/**
 * decide: (state, command, cause, context) -> events, or a refusal. Pure: it reads and never changes
 * the state. Rights are checked here, so that no screen can forget them.
 */
import type { Approval, ClerkCommand, Command, OrderCommand, ShiftCommand, TradeCommand } from "./command.ts";
import type { Context } from "./context.ts";
import { decideFinishPrint, decideFinishReport, decideFlagClock, decideTrustClock } from "./decide-house.ts";
import type { Cause, ClerkGrant } from "./facts.ts";
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
  heldOrder,
  may,
} from "./order/decide-lines.ts";
import type { Decided } from "./order/decide-lines.ts";
import {
  decideEnterCoupon,
  decideGiveDiscount,
  decideRoundOrder,
  decideSetGuests,
  decideSetTaxTreatment,
  decideSetTier,
  decideSetTip,
  decideWithdraw,
} from "./order/decide-adjust.ts";
import { decidePark, decideRecall, decideUndo } from "./order/decide-park.ts";
import { decideContinueRefund } from "./order/decide-return-card.ts";
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
import { decidePassPin, decideSignOff, decideSignOn, decideTryPin, decideUnlock } from "./staff/decide.ts";
import { withApproval } from "./staff/override.ts";
import type { State } from "./state.ts";
import {
  decideJudgeTender,
  decideOverrideTender,
  decideRequestCard,
  decideReverseCard,
  decideSettleOrphan,
} from "./tender/decide.ts";
import { decideReader } from "./tender/settle.ts";

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
  if (command.type === "trust_clock" && cause.view === OWN_VIEW) return decideTrustClock(state);
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
    case "approve_tender":
    case "capture_tender":
    case "decline_tender":
    case "doubt_tender":
    case "settle_tender":
    case "keep_slip":
    case "forward_tender":
    case "close_reader_day":
      return decideReader(state, context, command);
    default:
      return decideSignedOn(state, command, cause, context, approval);
  }
}

function decideSignedOn(
  state: State,
  command: ClerkCommand,
  cause: Cause,
  context: Context,
  approval: Approval | null,
): Decided {
  const grant = cause.clerk === "" ? undefined : state.clerks.get(cause.clerk);
  if (grant === undefined) return refuse("clerk/not_signed_on");
  const decideAs = (its: ClerkGrant): Decided => decideFor(state, command, context, its);
  return withApproval(state, context, command, grant, approval, decideAs);
}

function decideFor(state: State, command: ClerkCommand, context: Context, grant: ClerkGrant): Decided {
  switch (command.type) {
    case "sign_off":
      return decideSignOff(state, command);
    case "unlock_clerk":
      return decideUnlock(state, grant, command);
    case "trust_clock":
      return may(grant, "approve") ? decideTrustClock(state) : refuse("clerk/right_missing", "approve");
    case "set_sold_out":
      return decideSoldOut(state, context, grant, command);
    case "open_shift":
    case "join_shift":
    case "move_cash":
    case "open_drawer":
    case "count_drawer":
    case "report_shift":
    case "close_shift":
    case "print_report":
      return decideShift(state, command, context, grant);
    default:
      return may(grant, "sell")
        ? decideTrade(state, command, context, grant)
        : refuse("clerk/right_missing", "sell");
  }
}

function decideShift(state: State, command: ShiftCommand, context: Context, grant: ClerkGrant): Decided {
  switch (command.type) {
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
  }
}

function decideTrade(
  state: State,
  command: TradeCommand | OrderCommand,
  context: Context,
  grant: ClerkGrant,
): Decided {
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

function decideOnOrder(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: OrderCommand,
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
      return decideFreeze(state, context, order);
    case "thaw_check":
      return decideThaw(state, order, command);
    case "take_cash":
      return decideTakeCash(state, context, grant, order, command);
    case "pay_out_cash":
      return decidePayOut(state, context, grant, order);
    case "close_without_tender":
      return decideCloseWithoutTender(state, context, grant, order);
    case "request_card":
      return decideRequestCard(state, context, grant, order, command);
    case "reverse_card":
      return decideReverseCard(state, grant, order, command);
    case "override_tender":
      return decideOverrideTender(state, grant, order, command);
    case "judge_tender":
      return decideJudgeTender(state, context, grant, order, command);
    case "settle_orphan":
      return decideSettleOrphan(state, grant, order, command);
    case "continue_refund":
      return decideContinueRefund(state, context, grant, order, command);
    case "copy_receipt":
      return decideCopyReceipt(order, grant);
    case "park_order":
      return decidePark(state, order, command);
    case "recall_order":
      return decideRecall(state, order);
    case "undo":
      return decideUndo(state, order);
    case "give_discount":
    case "enter_coupon":
    case "withdraw_adjustment":
    case "set_tip":
    case "set_guests":
    case "set_tier":
    case "set_tax_treatment":
    case "round_order":
      return decideAdjust(state, context, grant, order, command);
  }
}

type AdjustCommand = Extract<
  OrderCommand,
  {
    readonly type:
      | "give_discount"
      | "enter_coupon"
      | "withdraw_adjustment"
      | "set_tip"
      | "set_guests"
      | "set_tier"
      | "set_tax_treatment"
      | "round_order";
  }
>;

function decideAdjust(
  state: State,
  context: Context,
  grant: ClerkGrant,
  order: Order,
  command: AdjustCommand,
): Decided {
  switch (command.type) {
    case "give_discount":
      return decideGiveDiscount(context, grant, order, command);
    case "enter_coupon":
      return decideEnterCoupon(state, context, order, command);
    case "withdraw_adjustment":
      return decideWithdraw(order, command);
    case "set_tip":
      return decideSetTip(context, order, command);
    case "set_guests":
      return decideSetGuests(order, command);
    case "set_tier":
      return decideSetTier(order, command);
    case "set_tax_treatment":
      return decideSetTaxTreatment(grant, order, command);
    case "round_order":
      return decideRoundOrder(context, grant, order, command);
  }
}
