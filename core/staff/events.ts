/**
 * Events about people and about the machine itself: PINs, locks, second persons, what is off sale, the
 * clock. Their wire form is a row of protocol/event-table.ts; a field is never removed or given
 * another meaning.
 */
import type { Right } from "../facts.ts";
import type { ClerkId, EventId, OrderId } from "../ids.ts";
import type { Minor } from "../money.ts";
import type { WallMs } from "../time.ts";

/** PIN tries of a clerk since the last that was right. */
export interface PinCarried {
  readonly clerk: ClerkId;
  readonly failureCount: number;
}
/** Whether an item is off sale on this terminal, whatever the catalogue says. */
export interface ItemAvailability {
  readonly sku: string;
  readonly isSoldOut: boolean;
}
/** What is known of the clock on the wall. */
export interface ClockCarried {
  /** The latest wall time of any own record. */
  readonly highWaterMs: WallMs;
  readonly flag: ClockFlag | "none";
}
/** Why a PIN is asked for. */
export type PinPurpose = "sign_on" | "approve" | "training";
/** A PIN is about to be compared: it counts as wrong until pin_passed says otherwise, power cuts included. */
export interface PinTried {
  readonly type: "pin_tried";
  readonly clerk: ClerkId;
  readonly purpose: PinPurpose;
}
/** The PIN of that try was right; it may be used once, by a sign-on, an override or a change of mode. */
export interface PinPassed {
  readonly type: "pin_passed";
  readonly clerk: ClerkId;
  readonly attempt: EventId;
}
/** Someone stopped working here. */
export interface ClerkSignedOff {
  readonly type: "clerk_signed_off";
  readonly clerk: ClerkId;
}
/** A clerk who was locked out by wrong PINs may try again. */
export interface ClerkUnlocked {
  readonly type: "clerk_unlocked";
  readonly clerk: ClerkId;
}
/** A second person lent a right for one action: the events before it in the same command are that action. */
export interface OverrideGranted {
  readonly type: "override_granted";
  readonly approver: ClerkId;
  readonly requester: ClerkId;
  /** The command's name. */
  readonly action: string;
  readonly right: Right;
  readonly order: OrderId | null;
  /** What the action moved, 0 where it moves no money. */
  readonly amountMinor: Minor;
}
/** An item is off sale here, or on sale again. */
export interface ItemAvailabilitySet extends ItemAvailability {
  readonly type: "item_availability_set";
}
/** This journal is of training: nothing in it is a sale. Follows each epoch_started of such a journal. */
export interface TrainingStarted {
  readonly type: "training_started";
}
/** Why the clock on the wall is not believed: before the newest record, before this release, or off from the steady clock. */
export type ClockFlag = "behind" | "before_release" | "jumped";
/** The clock on the wall is wrong by this much; shown and counted, never obeyed. */
export interface ClockFlagged {
  readonly type: "clock_flagged";
  readonly flag: ClockFlag;
  readonly byMs: number;
}
/** The clock on the wall is plausible again. */
export interface ClockTrusted {
  readonly type: "clock_trusted";
}
/** Events about people and the machine itself. */
export type HouseEvent =
  | PinTried
  | PinPassed
  | ClerkSignedOff
  | ClerkUnlocked
  | OverrideGranted
  | ItemAvailabilitySet
  | TrainingStarted
  | ClockFlagged
  | ClockTrusted;
