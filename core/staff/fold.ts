/**
 * People and the machine, folded from this terminal's own events: PIN tries, who is signed on, what
 * is off sale, and whether the clock on the wall is believed.
 */
import type { ClerkId } from "../ids.ts";
import { eventId } from "../ids.ts";
import { CLERKS_COUNT_MAX, SOLD_OUT_COUNT_MAX } from "../limits.ts";
import type { PinTries, State } from "../state.ts";
import type { ClerkGrant } from "../facts.ts";
import type { Event, Recorded } from "../types.ts";

/** What is written before anybody has looked at the clock, or by a wrong one: it makes no time the newest. */
const WRITTEN_UNSEEN: ReadonlySet<Event["type"]> = new Set([
  "epoch_started",
  "checkpoint_opened",
  "day_carried",
  "records_carried",
  "readers_carried",
  "hq_carried",
  "hq_records_taken",
  "clock_flagged",
]);

/** Folds an event of this terminal in; updates the tables of `state` in place. */
export function evolveHouse(state: State, recorded: Recorded): void {
  const { event } = recorded;
  const isBelieved = state.clockFlag === "none" && !WRITTEN_UNSEEN.has(event.type);
  if (isBelieved && recorded.at > state.clockHighWaterMs) state.clockHighWaterMs = recorded.at;
  switch (event.type) {
    case "epoch_started":
      forgetPasses(state);
      break;
    case "clerk_signed_on":
      state.pins.delete(event.clerk);
      signOn(state, { clerk: event.clerk, name: event.name, rights: event.rights });
      break;
    case "clerk_signed_off":
      state.clerks.delete(event.clerk);
      break;
    case "pin_tried":
      setTries(state, event.clerk, (tries) => ({
        failureCount: tries.failureCount + 1,
        passed: null,
        open: eventId(recorded),
        purpose: event.purpose,
      }));
      break;
    case "pin_passed":
      setTries(state, event.clerk, ({ purpose }) => ({
        failureCount: 0,
        passed: event.attempt,
        open: null,
        purpose,
      }));
      break;
    case "clerk_unlocked":
      state.pins.delete(event.clerk);
      break;
    case "override_granted":
      state.pins.delete(event.approver);
      break;
    case "item_availability_set":
      setSoldOut(state, event.sku, event.isSoldOut);
      break;
    case "training_started":
      state.isTraining = true;
      break;
    case "clock_flagged":
      state.clockFlag = event.flag;
      break;
    case "clock_trusted":
      state.clockFlag = "none";
      state.clockHighWaterMs = recorded.at;
      // Somebody looked at the clock: only then the next shift may lie before the last one's date.
      if (recorded.cause !== null) state.businessDate = "";
      break;
    default:
      break;
  }
}

/** Notes who works here with which rights; the earliest leaves when there are too many. */
export function signOn(state: State, grant: ClerkGrant): void {
  // The latest sign-on stands last, so the earliest leaves first.
  state.clerks.delete(grant.clerk);
  state.clerks.set(grant.clerk, grant);
  const [earliest] = state.clerks.keys();
  if (state.clerks.size > CLERKS_COUNT_MAX && earliest !== undefined) state.clerks.delete(earliest);
}

// Never dropped for being many: tries are counted for names of the staff list alone.
function setTries(state: State, clerk: ClerkId, to: (tries: PinTries) => PinTries): void {
  state.pins.set(clerk, to(state.pins.get(clerk) ?? NO_TRIES));
}

const NO_TRIES: PinTries = { failureCount: 0, passed: null, open: null, purpose: "sign_on" };

// A right PIN does not outlive the start that it was given in; a wrong one does.
function forgetPasses(state: State): void {
  for (const [clerk, { failureCount }] of state.pins) {
    if (failureCount === 0) state.pins.delete(clerk);
    else state.pins.set(clerk, { ...NO_TRIES, failureCount });
  }
}

/** Notes whether an item is off sale here; the longest untouched leaves when there are too many. */
export function setSoldOut(state: State, sku: string, isSoldOut: boolean): void {
  state.soldOut.delete(sku);
  state.soldOut.set(sku, isSoldOut);
  const [longest] = state.soldOut.keys();
  if (state.soldOut.size > SOLD_OUT_COUNT_MAX && longest !== undefined) state.soldOut.delete(longest);
}
