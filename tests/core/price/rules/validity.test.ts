/** When and where something is in force, and whether two of them can ever meet. */
import { expect, test } from "vitest";
import { canMeet, isValidAt } from "../../../../core/price/rules/validity.ts";
import type { Place } from "../../../../core/price/rules/validity.ts";
import type { Validity } from "../../../../core/price/rules/types.ts";
import { wallMs } from "../../../../core/time.ts";
import { Dice } from "../../../support/dice.ts";

const ALWAYS: Validity = {
  from: null,
  until: null,
  weekdays: [],
  dayParts: [],
  stores: [],
  channels: [],
  tiers: [],
};
const HERE: Place = { store: "s", channel: "counter", tier: "", zoneMinutes: 60 };
/** Friday 2026-11-20, 16:30 in UTC: 17:30 in the store. */
const FRIDAY = wallMs(Date.UTC(2026, 10, 20, 16, 30));
const HOUR_MS = 3_600_000;

test.each<[string, Partial<Validity>, boolean]>([
  ["always", {}, true],
  ["from now on", { from: FRIDAY }, true],
  ["until now", { until: FRIDAY }, false],
  ["on Fridays", { weekdays: [5] }, true],
  ["on Saturdays", { weekdays: [6] }, false],
  ["in its hour", { dayParts: [{ fromMinute: 17 * 60, untilMinute: 18 * 60 }] }, true],
  ["in UTC's hour", { dayParts: [{ fromMinute: 16 * 60, untilMinute: 17 * 60 }] }, false],
  ["over midnight, in its evening", { dayParts: [{ fromMinute: 17 * 60, untilMinute: 60 }] }, true],
  ["in another store", { stores: ["t"] }, false],
  ["through another channel", { channels: ["web"] }, false],
  ["for members", { tiers: ["gold"] }, false],
])("what is in force %s: %j is %s on a Friday at 17:30", (_, validity, isValid) => {
  expect(isValidAt({ ...ALWAYS, ...validity }, FRIDAY, HERE)).toBe(isValid);
});

test("a night belongs to the day it began on", () => {
  const night = { ...ALWAYS, weekdays: [5], dayParts: [{ fromMinute: 22 * 60, untilMinute: 2 * 60 }] };
  const at = (hours: number): boolean => isValidAt(night, wallMs(FRIDAY + hours * HOUR_MS), HERE);
  // 17:30, 22:30, 01:30 on Saturday, 02:30 on Saturday, 22:30 on Saturday, 01:30 on Friday.
  expect([0, 5, 8, 9, 29, -16].map(at)).toEqual([false, true, true, false, false, false]);
});

test("the first days of time have their weekdays: 1970-01-01 was a Thursday", () => {
  const on = (weekday: number): boolean =>
    isValidAt({ ...ALWAYS, weekdays: [weekday] }, wallMs(0), { ...HERE, zoneMinutes: -60 });
  expect([1, 2, 3, 4, 5, 6, 7].filter(on)).toEqual([3]);
});

const SEED = Number(process.env["SEED"] ?? 1);

function someValidity(dice: Dice): Validity {
  const from = dice.chance(50) ? wallMs(FRIDAY + dice.below(14) * 24 * HOUR_MS) : null;
  return {
    ...ALWAYS,
    from,
    until: dice.chance(50) ? wallMs((from ?? FRIDAY) + (1 + dice.below(200)) * HOUR_MS) : null,
    weekdays: dice.chance(50) ? [1 + dice.below(7), 1 + dice.below(7)] : [],
    dayParts: dice.chance(50)
      ? [{ fromMinute: dice.below(1440), untilMinute: 1 + dice.below(1440) }].filter(
          (its) => its.fromMinute !== its.untilMinute,
        )
      : [],
    stores: dice.chance(30) ? [dice.pick(["s", "t"])] : [],
    tiers: dice.chance(30) ? [dice.pick(["", "gold"])] : [],
  };
}

test(`what is ever in force together may meet, by 2000 pairs of seed ${SEED}`, () => {
  const dice = new Dice(SEED);
  let metCount = 0;
  for (let pair = 0; pair < 2000; pair += 1) {
    const [a, b] = [someValidity(dice), someValidity(dice)];
    const place = { ...HERE, zoneMinutes: 0, store: dice.pick(["s", "t"]), tier: dice.pick(["", "gold"]) };
    const hours = Array.from({ length: 24 * 14 }, (_, hour) => wallMs(FRIDAY + hour * HOUR_MS));
    const isMet = hours.some((at) => isValidAt(a, at, place) && isValidAt(b, at, place));
    if (!isMet) continue;
    metCount += 1;
    expect([canMeet(a, b), canMeet(b, a), a, b]).toEqual([true, true, a, b]);
  }
  expect(metCount).toBeGreaterThan(100);
});
