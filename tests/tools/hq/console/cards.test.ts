/** The console's list of card cases: what was said last of each, and how it stands now. */
import { expect, test } from "vitest";
import { cardCasesPage, openCardCases } from "../../../../tools/hq/console/cards.ts";
import { todayPage } from "../../../../tools/hq/console/today.ts";
import { consoleShop, NOW_MS } from "../../../support/console-shop.ts";

const asking = (filters: Readonly<Record<string, string>>) => (name: string) => filters[name] ?? "";

test("each case says what happened, what it is about and how it stands now, newest first", async () => {
  const { context } = await consoleShop({ hasCards: true });
  const { rows, next } = await cardCasesPage(context, asking({}));
  expect(next).toBeNull();
  expect(rows.map(({ type, reader, minor, state, isOpen }) => [type, reader, minor, state, isOpen])).toEqual([
    ["reader_day_closed", "counter 68001234", "", "differs", true],
    ["tender_doubted", "counter 68001234", "900", "declined", false],
    ["orphan_found", "counter 68001234", "1900", "orphaned", true],
    ["tender_doubted", "counter 68001234", "2600", "unknown", true],
  ]);
  expect(rows[0]?.differences).toEqual([
    { kind: "orphan", minor: "1900", brand: "Visa" },
    { kind: "unknown", minor: "2600", brand: "" },
  ]);
  const open = await cardCasesPage(context, asking({ open: "1" }));
  expect(open.rows.map(({ type }) => type)).toEqual(["reader_day_closed", "orphan_found", "tender_doubted"]);
});

test("Today names the cards that somebody has to see to", async () => {
  const { context } = await consoleShop({ hasCards: true });
  expect((await openCardCases(context)).map(({ state }) => state)).toEqual(["orphaned", "unknown"]);
  const day = Math.floor(NOW_MS / 86_400_000);
  const { exceptions } = await todayPage(context, day, day);
  expect(exceptions.filter(({ kind }) => kind === "card_open")).toMatchObject([
    { minor: "1900", state: "orphaned", currency: "CNY", terminal: "T2" },
    { minor: "2600", state: "unknown" },
  ]);
});

test("a shop without cards has no case", async () => {
  const { context } = await consoleShop();
  expect(await cardCasesPage(context, asking({}))).toEqual({ rows: [], next: null });
});
