/** Which day a shift belongs to: the wall's while that is plausible, and never an earlier one by itself. */
import { expect, test } from "vitest";
import { CLOCK_BEHIND_MS_MAX, isBehind } from "../../../core/shift/business-day.ts";
import { wallMs } from "../../../core/time.ts";
import { table } from "../../support/table.ts";
import { HOUR_MS, Till } from "../../support/day-till.ts";

const days = table(
  ["utc", "zone", "begins", "date"],
  `
  utc              | zone | begins | date
  2026-11-22T10:00 | 0    | 0      | 2026-11-22
  2026-11-22T23:30 | 60   | 0      | 2026-11-23
  2026-11-22T00:30 | -60  | 0      | 2026-11-21
  2026-11-23T03:59 | 0    | 240    | 2026-11-22  // a bar that closes at four
  2026-11-23T04:00 | 0    | 240    | 2026-11-23
  2026-11-22T20:30 | 480  | 300    | 2026-11-22  // 04:30 in Shanghai
  2026-11-22T21:00 | 480  | 300    | 2026-11-23
  2028-02-29T12:00 | 0    | 0      | 2028-02-29
  1970-01-01T00:10 | 0    | 60     | 1970-01-01  // before there were days
  `,
);

test.each(days)("$title", ({ utc, zone, begins, date }) => {
  const till = new Till("A", { zoneMinutes: Number(zone), dayStartMinutes: Number(begins) });
  till.nowMs = Date.parse(`${utc}Z`);
  expect(till.report(till.openShift(0)).businessDate).toBe(date);
});

function dates(till: Till, ...hours: readonly number[]): readonly string[] {
  return hours.map((byHours) => {
    till.nowMs += byHours * HOUR_MS;
    const shift = till.openShift(0);
    till.closeShift(shift);
    return till.report(shift).businessDate.slice(5);
  });
}

test("the date follows the clock forward and stays where the clock goes back", () => {
  expect(dates(new Till("A"), 0, 24, -48, 24, 24, 24)).toEqual([
    "11-22",
    "11-23",
    "11-23",
    "11-23",
    "11-23",
    "11-24",
  ]);
});

test("a clock that is flagged is not obeyed, and one that is trusted again is", () => {
  const till = new Till("A");
  expect(dates(till, 0)).toEqual(["11-22"]);
  till.own({ type: "flag_clock", flag: "jumped", byMs: 1 });
  expect(dates(till, 24)).toEqual(["11-22"]);
  expect(till.state.clockHighWaterMs).toBeLessThan(till.nowMs - HOUR_MS);
  till.own({ type: "trust_clock" });
  expect(dates(till, 0)).toEqual(["11-23"]);
});

test("before the first shift even a doubted clock is all there is", () => {
  const till = new Till("A");
  till.own({ type: "flag_clock", flag: "before_release", byMs: 1 });
  expect(dates(till, 0)).toEqual(["11-22"]);
});

test("after a day in the far future only somebody who trusts the clock brings the date back", () => {
  const till = new Till("A");
  expect(dates(till, 24 * 365)).toEqual(["11-22"]);
  till.nowMs -= 24 * 365 * HOUR_MS;
  till.own({ type: "flag_clock", flag: "behind", byMs: 24 * 365 * HOUR_MS });
  const future = till.state.businessDate;
  expect(future).toBe("2027-11-22");
  till.own({ type: "trust_clock" });
  expect(till.report(till.openShift(0, "1")).businessDate).toBe(future);
  till.own({ type: "flag_clock", flag: "behind", byMs: 1 });
  expect(till.says({ type: "trust_clock" }, "sam")).toBe("clerk/right_missing approve");
  expect(till.says({ type: "trust_clock" }, "may_approve")).toBe("clock_trusted");
  expect(till.report(till.openShift(0, "2")).businessDate).toBe("2026-11-22");
});

test("a clock is behind once it lies further back than drift explains", () => {
  const till = new Till("A");
  const newest = till.state.clockHighWaterMs;
  expect(isBehind(till.state, wallMs(newest - CLOCK_BEHIND_MS_MAX))).toBe(false);
  expect(isBehind(till.state, wallMs(newest - CLOCK_BEHIND_MS_MAX - 1))).toBe(true);
});

test("a flagged clock moves no high-water mark, and trust begins at what it says then", () => {
  const till = new Till("A");
  till.nowMs += 1000 * HOUR_MS;
  till.own({ type: "flag_clock", flag: "jumped", byMs: 1 });
  const before = till.state.clockHighWaterMs;
  till.sell(1, 250);
  expect(till.state.clockHighWaterMs).toBe(before);
  till.nowMs -= 999 * HOUR_MS;
  const at = till.nowMs;
  till.own({ type: "trust_clock" });
  expect([till.state.clockFlag, till.state.clockHighWaterMs]).toEqual(["none", at]);
  expect(till.own({ type: "trust_clock" })).toEqual([]);
});
