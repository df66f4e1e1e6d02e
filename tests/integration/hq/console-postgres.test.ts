/**
 * What the console's pages say is the same over PostgreSQL and over the store in memory, for a shop
 * whose days go over the end of a month. Skipped where the database's programs are not installed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PERIODS, REPORT_KEYS } from "../../../tools/hq/console/api.ts";
import type { DryRunSaid } from "../../../tools/hq/console/api-rules.ts";
import { setAvailability } from "../../../tools/hq/console/catalogue.ts";
import {
  auditHead,
  auditPage,
  movementsPage,
  stockRows,
  terminalsPage,
} from "../../../tools/hq/console/lists.ts";
import { ordersPage } from "../../../tools/hq/console/orders.ts";
import type { Asked } from "../../../tools/hq/console/query.ts";
import { todayOf } from "../../../tools/hq/console/query.ts";
import { holdersPage, publishedPage } from "../../../tools/hq/console/published.ts";
import { reportPage } from "../../../tools/hq/console/reports.ts";
import { dryRunLines } from "../../../tools/hq/console/rules-dry-run.ts";
import { publishRules, rulesPage } from "../../../tools/hq/console/rules.ts";
import { setSettings, settingsPage } from "../../../tools/hq/console/settings.ts";
import { shiftsPage } from "../../../tools/hq/console/shifts.ts";
import { soldOutPage } from "../../../tools/hq/console/sold-out.ts";
import { setStaff, staffPage } from "../../../tools/hq/console/staff.ts";
import { todayPage } from "../../../tools/hq/console/today.ts";
import { packagedPrograms } from "../../../tools/hq/postgres/binaries.ts";
import { startPostgres } from "../../../tools/hq/postgres/embedded.ts";
import type { EmbeddedPostgres } from "../../../tools/hq/postgres/embedded.ts";
import { openPostgresStore } from "../../../tools/hq/store/postgres.ts";
import { consoleShop, NOW_MS, ZONE_MINUTES } from "../../support/console-shop.ts";
import type { ConsoleShop } from "../../support/console-shop.ts";

const programs = packagedPrograms();
const dataDir = mkdtempSync(join(tmpdir(), "hq-console-"));
let postgres: EmbeddedPostgres | undefined;
let shops: readonly ConsoleShop[] = [];

beforeAll(async () => {
  if (programs === null) return;
  postgres = await startPostgres(dataDir, programs);
  const incarnation = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const store = await openPostgresStore(postgres.connection, () => incarnation);
  shops = [await consoleShop({ canAuthor: true }), await consoleShop({ canAuthor: true, store })];
});

afterAll(async () => {
  await shops[1]?.store.close();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

beforeEach(({ skip }) => {
  if (programs === null) skip("the embedded PostgreSQL is not installed for this machine");
});

const asking =
  (filters: Readonly<Record<string, string>>): Asked =>
  (name) =>
    filters[name] ?? "";

/** Both answers; the second is PostgreSQL's. */
async function both<T>(answer: (shop: ConsoleShop) => Promise<T>): Promise<readonly [T, T]> {
  const [memory, database] = await Promise.all(shops.map(answer));
  if (memory === undefined || database === undefined) throw new Error("There are two shops");
  return [memory, database];
}

test("reports of every period by every key agree, over the end of a month", async () => {
  for (const period of PERIODS)
    for (const by of REPORT_KEYS)
      for (const date of ["2026-11-30", "2026-12-01"]) {
        const [memory, database] = await both((shop) =>
          reportPage(shop.context, asking({ period, by, date }), 0),
        );
        expect(database, `${period} ${by} ${date}`).toEqual(memory);
        expect(memory.rows.length).toBeGreaterThan(0);
      }
});

test("the other pages agree as well", async () => {
  const today = todayOf(NOW_MS, ZONE_MINUTES);
  const pages: readonly ((shop: ConsoleShop) => Promise<unknown>)[] = [
    ({ context }) => todayPage(context, today, today),
    ({ context }) => ordersPage(context, asking({ q: "17", kind: "sale" })),
    ({ context }) => ordersPage(context, asking({})),
    ({ context }) => terminalsPage(context, asking({})),
    ({ context }) => shiftsPage(context, asking({})),
    ({ context }) => stockRows(context, asking({})),
    ({ context }) => movementsPage(context, asking({ sku: "tea" })),
    ({ context }) => auditPage(context, asking({})),
    async ({ context }) => (await auditHead(context)).pins,
    ({ store, context }) => store.console.availability(context.tenant, 100),
  ];
  for (const page of pages) {
    const [memory, database] = await both(page);
    expect(database).toEqual(memory);
  }
});

const RULES = JSON.stringify({
  currency: "CNY",
  promotions: [{ id: "tea", kind: "line_percent", offPpm: 100_000, skus: ["tea"] }],
});

test("what headquarters says of people, rules and goods is read back alike", async () => {
  const wish = { clerk: "ana", name: "Ana", rights: ["sell", "void"], pin: "new", newPin: "2468" } as const;
  for (const shop of shops) {
    expect((await setStaff(shop.context, wish, true)).refusals).toEqual([]);
    const rules = { needsShift: true, cashRounding: null, dayStartMinutes: 60 };
    expect((await setSettings(shop.context, rules, true)).refusals).toEqual([]);
    expect((await setAvailability(shop.context, "tea", true)).refusals).toEqual([]);
    expect(await publishRules(shop.context, RULES, "", true)).toMatchObject({ version: 2, problems: [] });
  }
  const pages: readonly ((shop: ConsoleShop) => Promise<unknown>)[] = [
    ({ context }) => staffPage(context, asking({})),
    ({ context }) => settingsPage(context),
    ({ context }) => soldOutPage(context, asking({ show: "all" })),
    ({ context }) => publishedPage(context, asking({})),
    ({ context }) => rulesPage(context),
    ({ context }) => holdersPage(context),
  ];
  for (const page of pages) {
    const [memory, database] = await both(page);
    expect(database).toEqual(memory);
  }
});

test("a dry run changes the same orders by the same amounts, in the same order", async () => {
  const span = { fromMs: 0, toMs: NOW_MS + 1 };
  const saidOf = async ({ context }: ConsoleShop): Promise<readonly unknown[]> => {
    const lines: DryRunSaid[] = [];
    for await (const line of dryRunLines(context, RULES, span, () => false)) lines.push(line);
    return lines.map((line) => ({ ...line, tookMs: 0 }));
  };
  const [memory, database] = await both(saidOf);
  expect(database).toEqual(memory);
  expect(memory.length).toBeGreaterThan(100);
});

test("alarms come back with the instants at which they were raised", async () => {
  const alarm = { terminal: "T1", subject: "", detail: "batch", kind: "count", count: 2 } as const;
  for (const { store, context } of shops) {
    await store.raise([{ ...alarm, code: "link/signature", tenant: context.tenant }]);
    const [raised] = (await auditHead(context)).alarms;
    expect(raised).toMatchObject({ code: "link/signature", count: 2 });
    expect(Math.abs((raised?.lastAtMs ?? 0) - Date.now())).toBeLessThan(60_000);
  }
});
