/** Days and periods in the shop's zone. */
import { expect, test } from "vitest";
import { dateOf, dateOfDay, dayOf, periodOf, spanOfDays } from "../../../../tools/hq/console/day.ts";

test("an instant's date is that of the shop's zone", () => {
  const atMs = Date.UTC(2026, 10, 22, 16, 30);
  expect(dateOf(atMs, 0)).toBe("2026-11-22");
  expect(dateOf(atMs, 480)).toBe("2026-11-23");
  expect(dateOf(atMs, -1000)).toBe("2026-11-21");
});

test.for(["", "2026-02-30", "2026-1-1", "22.11.2026", "2026-11-22x"])("%j is no date", (text) => {
  expect(dayOf(text)).toBe(null);
});

test("a day in the shop's zone begins there", () => {
  const day = dayOf("2026-11-22") ?? 0;
  expect(spanOfDays(day, day + 1, 480)).toEqual({
    fromMs: Date.UTC(2026, 10, 21, 16),
    toMs: Date.UTC(2026, 10, 22, 16),
  });
});

test.for([
  ["day", "2026-11-22", "2026-11-22", "2026-11-23"],
  ["week", "2026-11-22", "2026-11-16", "2026-11-23"],
  ["week", "2026-11-23", "2026-11-23", "2026-11-30"],
  ["month", "2026-12-31", "2026-12-01", "2027-01-01"],
  ["month", "2024-02-29", "2024-02-01", "2024-03-01"],
  ["year", "2011-06-05", "2011-01-01", "2012-01-01"],
] as const)("the %s of %s goes from %s up to %s", ([period, date, from, to]) => {
  const { fromDay, toDay } = periodOf(period, dayOf(date) ?? 0);
  expect([dateOfDay(fromDay), dateOfDay(toDay)]).toEqual([from, to]);
});
