/**
 * Commands about people: PINs, sign-on and sign-off, locks.
 *
 * P1 A try is journaled, as a wrong one, before anybody compares the PIN: cutting the power does not
 *    give a try back (RELIABILITY F31).
 * P2 A right PIN is good for one use, and for what it was asked for.
 * How long a clerk waits after wrong PINs is for the runtime to hold, by a clock that nobody can set.
 */
import type { Approval, CommandOf as Of } from "../command.ts";
import type { Context } from "../context.ts";
import type { ClerkId } from "../ids.ts";
import { PIN_FREE_TRIES_COUNT, PIN_TRIES_COUNT_MAX, PIN_WAIT_MS } from "../limits.ts";
import { may } from "../order/decide-lines.ts";
import type { Decided } from "../order/decide-lines.ts";
import { refuse } from "../refusal.ts";
import type { Refused } from "../refusal.ts";
import type { State } from "../state.ts";
import type { PinPurpose } from "./events.ts";
import type { ClerkGrant } from "../facts.ts";

/** Begins a try, unless the clerk is locked out. */
export function decideTryPin(state: State, context: Context, command: Of<"try_pin">): Decided {
  const { clerk, purpose } = command;
  if (context.staff(clerk) === null) return refuse("clerk/unknown", clerk);
  if (isLocked(state, clerk)) return refuse("clerk/locked", clerk);
  // P1
  return { ok: true, events: [{ type: "pin_tried", clerk, purpose }] };
}

/** Ends a try whose PIN was right. */
export function decidePassPin(state: State, command: Of<"pass_pin">): Decided {
  const { clerk, attempt } = command;
  if (state.pins.get(clerk)?.open !== attempt) return refuse("clerk/pin_needed", clerk);
  return { ok: true, events: [{ type: "pin_passed", clerk, attempt }] };
}

/** Signs on, by a PIN where the staff list has one. */
export function decideSignOn(state: State, context: Context, command: Of<"sign_on">): Decided {
  const { clerk, attempt } = command;
  const grant = context.staff(clerk);
  if (grant === null) return refuse("clerk/unknown", clerk);
  if (context.hasPin(clerk) && !isPassed(state, clerk, attempt, "sign_on"))
    return refuse("clerk/pin_needed", clerk);
  return { ok: true, events: [{ type: "clerk_signed_on", ...grant }] };
}

/** Signs off; nothing of the clerk's orders changes. */
export function decideSignOff(state: State, command: Of<"sign_off">): Decided {
  if (!state.clerks.has(command.clerk)) return refuse("clerk/not_signed_on", command.clerk);
  return { ok: true, events: [{ type: "clerk_signed_off", clerk: command.clerk }] };
}

/** Lets a clerk try again who was locked out. */
export function decideUnlock(state: State, grant: ClerkGrant, command: Of<"unlock_clerk">): Decided {
  if (!may(grant, "approve")) return refuse("clerk/right_missing", "approve");
  if (grant.clerk === command.clerk) return refuse("approval/same_person");
  if ((state.pins.get(command.clerk)?.failureCount ?? 0) === 0)
    return refuse("clerk/not_locked", command.clerk);
  return { ok: true, events: [{ type: "clerk_unlocked", clerk: command.clerk }] };
}

/** The rights of the person who approves for `requester`, or why they may not. */
export function approverOf(
  state: State,
  context: Context,
  requester: ClerkId | "",
  approval: Approval,
): ClerkGrant | Refused {
  const { approver, attempt } = approval;
  if (approver === requester) return refuse("approval/same_person");
  const grant = context.staff(approver);
  if (grant === null || !may(grant, "approve")) return refuse("approval/not_allowed", approver);
  // P2. Nobody approves by name alone.
  if (!isPassed(state, approver, attempt, "approve")) return refuse("clerk/pin_needed", approver);
  return grant;
}

/** Whether this try of the clerk's was right, for this purpose, and has not been used. */
export function isPassed(
  state: State,
  clerk: ClerkId,
  attempt: Approval["attempt"] | null,
  purpose: PinPurpose,
): boolean {
  const tries = state.pins.get(clerk);
  return attempt !== null && tries?.passed === attempt && tries.purpose === purpose;
}

/** Whether a second person has to unlock this clerk. */
export function isLocked(state: State, clerk: ClerkId): boolean {
  return (state.pins.get(clerk)?.failureCount ?? 0) >= PIN_TRIES_COUNT_MAX;
}

/** How long a clerk waits after this many wrong PINs in a row; 0 for the first ones. */
export function pinWaitMs(failureCount: number): number {
  if (failureCount < PIN_FREE_TRIES_COUNT) return 0;
  return PIN_WAIT_MS * 2 ** Math.min(failureCount - PIN_FREE_TRIES_COUNT, PIN_TRIES_COUNT_MAX);
}
