/**
 * What the console's pages say is the same over PostgreSQL and over the store in memory, for a shop
 * whose days go over the end of a month. Skipped where the database's programs are not installed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PERIODS, REPORT_KEYS } from "../../../tools/hq/console/api.ts";
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
import { reportPage } from "../../../tools/hq/console/reports.ts";
import { shiftsPage } from "../../../tools/hq/console/shifts.ts";
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
  const store = await openPostgresStore(postgres.connection, () => new Uint8Array(8));
  shops = [await consoleShop(), await consoleShop({ store })];
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
    ({ context }) => auditHead(context),
  ];
  for (const page of pages) {
    const [memory, database] = await both(page);
    expect(database).toEqual(memory);
  }
});
