/** What the PIN pad keeps, and for how long. */
import { beforeEach, expect, test } from "vitest";

import { PIN_DIGITS_COUNT_MAX } from "../../../../runtime/ui/limits.ts";
import {
  forgetPin,
  keyPin,
  pinDigits,
  pinRefused,
  pinSaid,
  takePin,
} from "../../../../runtime/ui/web/pin.ts";
import type { RefusalView } from "../../../../runtime/ui/wire.ts";

beforeEach(forgetPin);

const refusal = (code: string, differs: Partial<RefusalView> = {}): RefusalView => ({
  code,
  sentence: code,
  right: null,
  waitSeconds: null,
  triesLeft: null,
  ...differs,
});

test("digits are kept until they are sent, and are gone after that", () => {
  for (const key of ["1", "2", "back", "3", "4", "5"]) keyPin(key);
  expect(takePin()).toBe("1345");
  expect(pinDigits.value).toBe("");
});

test("a digit beyond the longest PIN is not taken", () => {
  for (let count = 0; count < 20; count += 1) keyPin("7");
  expect(pinDigits.value).toHaveLength(PIN_DIGITS_COUNT_MAX);
});

test("each wrong PIN shakes the pad anew, and leaving the pad forgets all", () => {
  expect(pinRefused(refusal("clerk/pin_wrong", { triesLeft: 9 }))).toBe(true);
  expect(pinRefused(refusal("clerk/pin_wrong", { triesLeft: 8 }))).toBe(true);
  expect(pinSaid.value).toMatchObject({ triesLeft: 8, shakeCount: 2, isLocked: false });
  keyPin("1");
  forgetPin();
  expect(pinDigits.value).toBe("");
  expect(pinSaid.value.shakeCount).toBe(0);
});

test("what is not about the PIN is not said on the pad", () => {
  expect(pinRefused(refusal("approval/not_allowed"))).toBe(false);
  expect(pinSaid.value.sentence).toBe("");
  expect(pinRefused(refusal("clerk/locked"))).toBe(true);
  expect(pinSaid.value.isLocked).toBe(true);
});
