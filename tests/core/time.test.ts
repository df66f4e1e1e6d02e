/** Wall time as text, without a calendar of the machine's. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Bug } from "../../core/bug.ts";
import { wallMs, wallText } from "../../core/time.ts";

test.each([
  [0, 0, "1970-01-01 00:00"],
  [0, -60, "1969-12-31 23:00"],
  [1_291_191_960_000, 0, "2010-12-01 08:26"],
  [1_291_191_960_000, 330, "2010-12-01 13:56"],
  [951_782_399_999, 0, "2000-02-28 23:59"],
  [951_782_400_000, 0, "2000-02-29 00:00"],
  [4_107_542_399_999, 0, "2100-02-28 23:59"],
  [4_107_542_400_000, 0, "2100-03-01 00:00"],
  [1_735_689_599_999, 0, "2024-12-31 23:59"],
  [1_735_689_599_999, 480, "2025-01-01 07:59"],
])("%i ms, %i minutes east, read %s", (atMs, zoneMinutes, text) => {
  expect(wallText(wallMs(atMs), zoneMinutes)).toBe(text);
});

test("the text agrees with the language's own calendar", () => {
  const zones = fc.integer({ min: -720, max: 840 });
  fc.assert(
    fc.property(
      fc.integer({ min: 86_400_000, max: 253_402_300_000_000 - 86_400_000 }),
      zones,
      (atMs, zone) => {
        const own = new Date(atMs + zone * 60_000).toISOString().slice(0, 16).replace("T", " ");
        expect(wallText(wallMs(atMs), zone)).toBe(own);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])("%s is no wall time", (atMs) => {
  expect(() => wallMs(atMs)).toThrow(Bug);
});
