/**
 * A second person lends a right that is missing, for one command.
 *
 * V1 Only what is missing is lent, and only what the second person has.
 * V2 Each right that was lent is recorded with both names and what it moved, behind the events of
 *    its command: ids of these are counted from the first.
 * V3 A command that led to nothing uses nothing up.
 */
import type { Approval, ClerkCommand } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkGrant, Right } from "../facts.ts";
import type { OrderId } from "../ids.ts";
import { sumWithin, ZERO } from "../money.ts";
import type { Minor } from "../money.ts";
import type { Decided } from "../order/decide-lines.ts";
import { refuse } from "../refusal.ts";
import { idAhead } from "../state.ts";
import type { State } from "../state.ts";
import type { Event } from "../types.ts";
import { approverOf } from "./decide.ts";

/** What `decideAs` answers to `grant`, with the rights that the approval lends where they are missing. */
export function withApproval(
  state: State,
  context: Context,
  command: ClerkCommand,
  grant: ClerkGrant,
  approval: Approval | null,
  decideAs: (grant: ClerkGrant) => Decided,
): Decided {
  let decided = decideAs(grant);
  if (approval === null || !isRightMissing(decided)) return decided;
  const approver = approverOf(state, context, grant.clerk, approval);
  if ("ok" in approver) return approver;
  const lent: Right[] = [];
  while (isRightMissing(decided)) {
    // V1. Each turn lends another right, so this ends.
    const right = missingOf(decided, approver);
    if (right === undefined || lent.includes(right)) return refuse("approval/not_allowed", approver.clerk);
    lent.push(right);
    decided = decideAs({ ...grant, rights: [...grant.rights, ...lent] });
  }
  // V3
  if (!decided.ok || decided.events.length === 0) return decided;
  const { events } = decided;
  const facts = {
    type: "override_granted",
    approver: approver.clerk,
    requester: grant.clerk,
    action: command.type,
    order: orderIn(state, command, events),
    amountMinor: movedBy(events),
  } as const;
  // V2
  return { ok: true, events: [...events, ...lent.map((right): Event => ({ ...facts, right }))] };
}

function isRightMissing(decided: Decided): boolean {
  return !decided.ok && decided.refusal.code === "clerk/right_missing";
}

function missingOf(decided: Decided, approver: ClerkGrant): Right | undefined {
  return decided.ok ? undefined : approver.rights.find((right) => right === decided.refusal.about);
}

// The order that the command opens, or the one that it names.
function orderIn(state: State, command: ClerkCommand, events: readonly Event[]): OrderId | null {
  if (events[0]?.type === "order_opened") return idAhead(state, 0);
  return "order" in command ? command.order : null;
}

function movedBy(events: readonly Event[]): Minor {
  return sumWithin(
    events.map((event) =>
      event.type === "tender_captured" || event.type === "cash_moved" || event.type === "discount_given"
        ? event.amountMinor
        : ZERO,
    ),
  );
}
