/** One tap on money is one tap. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { DOUBLE_TAP_GUARD_MS } from "../../../../runtime/ui/limits.ts";
import { guarded, holdTaps, isGuarded } from "../../../../runtime/ui/web/guard.ts";

beforeEach(() => vi.useFakeTimers({ now: 0, toFake: ["performance"] }));
afterEach(() => {
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
});

test("taps within the guard's time are dropped, the next one after it counts", () => {
  vi.advanceTimersByTime(10_000);
  const run = vi.fn();
  guarded(run);
  for (let count = 0; count < 20; count += 1) {
    vi.advanceTimersByTime(DOUBLE_TAP_GUARD_MS / 25);
    guarded(run);
  }
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(DOUBLE_TAP_GUARD_MS);
  guarded(run);
  expect(run).toHaveBeenCalledTimes(2);
});

test("what moves away by itself holds taps as a tap does", () => {
  vi.advanceTimersByTime(20_000);
  expect(isGuarded()).toBe(false);
  holdTaps();
  expect(isGuarded()).toBe(true);
  const run = vi.fn();
  guarded(run);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(DOUBLE_TAP_GUARD_MS);
  expect(isGuarded()).toBe(false);
});
