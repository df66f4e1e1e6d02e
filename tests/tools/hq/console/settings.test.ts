/** The rules of the house by headquarters' word: shown first, said as a whole, refused when they are none. */
import { expect, test } from "vitest";
import { setSettings, settingsPage } from "../../../../tools/hq/console/settings.ts";
import type { SettingsWish } from "../../../../tools/hq/console/settings.ts";
import { consoleShop } from "../../../support/console-shop.ts";

const WISH: SettingsWish = {
  needsShift: true,
  cashRounding: { incrementMinor: 10, tie: "down" },
  dayStartMinutes: 270,
};

test("rules are shown before they are said, and stand as a whole after it", async () => {
  const { context } = await consoleShop({ canAuthor: true });
  expect(await settingsPage(context)).toEqual({
    needsShift: null,
    cashRounding: null,
    dayStartMinutes: null,
    currency: "CNY",
  });
  const preview = await setSettings(context, WISH, false);
  expect(preview.changes.map(({ what, before, after }) => [what, before, after])).toEqual([
    ["needs_shift", "own", "yes"],
    ["cash_rounding", "own", "10 down"],
    ["day_start", "own", "04:30"],
  ]);
  expect(await settingsPage(context)).toMatchObject({ needsShift: null });
  expect((await setSettings(context, WISH, true)).seq).toBeGreaterThan(0);
  expect(await settingsPage(context)).toMatchObject(WISH);
  const back = await setSettings(context, { ...WISH, needsShift: null }, true);
  expect(back.changes).toEqual([
    { what: "needs_shift", subject: "", before: "yes", after: "own", isWord: true },
  ]);
});

test.for([
  [{ ...WISH, dayStartMinutes: 1440 }, "authoring/rules"],
  [{ ...WISH, dayStartMinutes: 1.5 }, "authoring/rules"],
  [{ ...WISH, cashRounding: { incrementMinor: 0, tie: "up" } }, "authoring/rules"],
  [{ ...WISH, cashRounding: { incrementMinor: 2.5, tie: "up" } }, "authoring/rules"],
  [{ needsShift: null, cashRounding: null, dayStartMinutes: null }, "authoring/nothing"],
] as const)("%j is refused with %s", async ([wish, code]) => {
  const { context } = await consoleShop({ canAuthor: true });
  expect((await setSettings(context, wish, true)).refusals).toMatchObject([{ code }]);
  expect(await settingsPage(context)).toMatchObject({ needsShift: null });
});
