/** The life of a PIN: tried, right or wrong, used once, locked, unlocked by somebody else. */
import { expect, test } from "vitest";
import type { Command } from "../../../core/command.ts";
import { PIN_FREE_TRIES_COUNT, PIN_TRIES_COUNT_MAX, PIN_WAIT_MS } from "../../../core/limits.ts";
import { isLocked, isPassed, pinWaitMs } from "../../../core/staff/decide.ts";
import { NO_EVENT } from "../../support/attempts.ts";
import { clerk, Till } from "../../support/day-till.ts";

const BOSS = clerk("boss");
const SAM = clerk("sam");

function guarded(): Till {
  return new Till("A", { hasPin: (its) => its !== clerk("idle") });
}

function signOn(code: string, attempt: Extract<Command, { type: "sign_on" }>["attempt"]): Command {
  return { type: "sign_on", clerk: clerk(code), attempt };
}

function tryPin(code: string): Command {
  return { type: "try_pin", clerk: clerk(code), purpose: "sign_on" };
}

test("who is not in the staff list tries no PIN and signs on with none: clerk/unknown", () => {
  const till = guarded();
  expect(till.says(tryPin("ghost"), "")).toBe("clerk/unknown ghost");
  expect(till.says(signOn("ghost", null), "")).toBe("clerk/unknown ghost");
});

test("who has no PIN signs on without one, who has one does not: clerk/pin_needed", () => {
  const till = guarded();
  expect(till.says(signOn("idle", null), "")).toBe("clerk_signed_on");
  expect(till.says(signOn("sam", null), "")).toBe("clerk/pin_needed sam");
  expect(till.says(signOn("sam", NO_EVENT), "")).toBe("clerk/pin_needed sam");
});

test("a right PIN signs on once", () => {
  const till = guarded();
  const attempt = till.pin("sam", "sign_on");
  expect(isPassed(till.state, SAM, attempt, "sign_on")).toBe(true);
  expect(till.says(signOn("sam", attempt), "")).toBe("clerk_signed_on");
  expect(till.says(signOn("sam", attempt), "")).toBe("clerk/pin_needed sam");
});

test("a PIN that was given for something else signs nobody on", () => {
  const till = guarded();
  for (const purpose of ["approve", "training"] as const) {
    const attempt = till.pin("boss", purpose);
    expect(till.says(signOn("boss", attempt), "")).toBe("clerk/pin_needed boss");
  }
});

test("somebody else's right PIN signs nobody on", () => {
  const till = guarded();
  expect(till.says(signOn("sam", till.pin("boss", "sign_on")), "")).toBe("clerk/pin_needed sam");
});

test("only the newest try of a clerk may turn out right, and only once", () => {
  const till = guarded();
  const [first, second] = [till.wrongPin("sam"), till.wrongPin("sam")];
  const pass = (attempt: typeof first): string => till.says({ type: "pass_pin", clerk: SAM, attempt }, "");
  expect([pass(first), pass(NO_EVENT)]).toEqual(["clerk/pin_needed sam", "clerk/pin_needed sam"]);
  expect(till.says({ type: "pass_pin", clerk: BOSS, attempt: second }, "")).toBe("clerk/pin_needed boss");
  expect([pass(second), pass(second)]).toEqual(["pin_passed", "clerk/pin_needed sam"]);
});

test("a new try takes a right PIN back that nobody has used", () => {
  const till = guarded();
  const attempt = till.pin("sam", "sign_on");
  till.wrongPin("sam");
  expect(till.says(signOn("sam", attempt), "")).toBe("clerk/pin_needed sam");
});

test("a start of the terminal takes a right PIN back that nobody has used", () => {
  const till = guarded();
  const attempt = till.pin("sam", "sign_on");
  till.restart();
  expect(till.says(signOn("sam", attempt), "")).toBe("clerk/pin_needed sam");
  expect(till.state.pins.size).toBe(0);
});

test("a power cut between the try and the comparison leaves a wrong try, however often", () => {
  const till = guarded();
  for (let n = 1; n <= PIN_TRIES_COUNT_MAX; n += 1) {
    const attempt = till.wrongPin("sam");
    till.restart();
    expect(till.state.pins.get(SAM)?.failureCount).toBe(n);
    expect(till.says({ type: "pass_pin", clerk: SAM, attempt }, "")).toBe("clerk/pin_needed sam");
  }
  expect(till.says(tryPin("sam"), "")).toBe("clerk/locked sam");
});

test("the last try before the lock may still be right, and starts the count anew", () => {
  const till = guarded();
  for (let n = 1; n < PIN_TRIES_COUNT_MAX; n += 1) till.wrongPin("sam");
  expect(isLocked(till.state, SAM)).toBe(false);
  const attempt = till.pin("sam", "sign_on");
  expect(till.state.pins.get(SAM)?.failureCount).toBe(0);
  expect(till.says(signOn("sam", attempt), "")).toBe("clerk_signed_on");
  expect(till.state.pins.has(SAM)).toBe(false);
});

test("a locked clerk stays signed on and sells, others try their PINs", () => {
  const till = guarded();
  for (let n = 0; n < PIN_TRIES_COUNT_MAX; n += 1) till.wrongPin("sam");
  expect(till.says(tryPin("sam"), "")).toBe("clerk/locked sam");
  expect(till.says(tryPin("boss"), "")).toBe("pin_tried");
  expect(till.says({ type: "add_item", order: null, sku: "tea", quantityMilli: 1000 }, "sam")).toBe(
    "order_opened line_added",
  );
});

test("somebody who may approve unlocks another, never themselves, and nobody who is not locked", () => {
  const till = guarded();
  const unlock = (code: string): Command => ({ type: "unlock_clerk", clerk: clerk(code) });
  for (const code of ["sam", "boss"]) for (let n = 0; n < PIN_TRIES_COUNT_MAX; n += 1) till.wrongPin(code);
  expect(till.says(unlock("boss"), "sam")).toBe("clerk/right_missing approve");
  expect(till.says(unlock("boss"), "boss")).toBe("approval/same_person");
  expect(till.says(unlock("idle"), "boss")).toBe("clerk/not_locked idle");
  expect(till.says(unlock("sam"), "boss")).toBe("clerk_unlocked");
  expect(till.says(unlock("sam"), "boss")).toBe("clerk/not_locked sam");
  expect(till.says(tryPin("sam"), "")).toBe("pin_tried");
  expect(till.says(unlock("boss"), "may_approve")).toBe("clerk_unlocked");
});

test("who is signed off is asked to sign on again, and nobody is signed off twice", () => {
  const till = guarded();
  expect(till.says({ type: "sign_off", clerk: SAM }, "sam")).toBe("clerk_signed_off");
  expect(till.says({ type: "sign_off", clerk: SAM }, "boss")).toBe("clerk/not_signed_on sam");
  expect(till.says({ type: "open_drawer", reason: "change" }, "sam")).toBe("clerk/not_signed_on");
});

test("the wait begins after the free tries and doubles with each wrong PIN", () => {
  const waits = Array.from({ length: PIN_TRIES_COUNT_MAX + 1 }, (_, count) => pinWaitMs(count));
  expect(waits.slice(0, PIN_FREE_TRIES_COUNT)).toEqual([0, 0, 0, 0, 0]);
  expect(waits.slice(PIN_FREE_TRIES_COUNT).map((ms) => ms / PIN_WAIT_MS)).toEqual([1, 2, 4, 8, 16, 32]);
  expect(pinWaitMs(10_000)).toBe(pinWaitMs(1000));
});
