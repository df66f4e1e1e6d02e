/**
 * The pages Terminals, Stock and Audit: lists as the store answers them, with names beside codes.
 * Reads but for the count, which is taken over whole after a preview.
 */
import { PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import { eventId } from "../../../core/ids.ts";
import { readStockFile } from "../stock-file.ts";
import type { HouseRow } from "../store/rows.ts";
import type { AuditHead, AuditRow, CountAnswer, MovementRow, Page, StockRow, TerminalRow } from "./api.ts";
import type { HolderRow } from "./api-house.ts";
import type { ConsoleContext } from "./context.ts";
import { receiptOf } from "./orders.ts";
import { pageOf } from "./page.ts";
import { holdersPage } from "./published.ts";
import { houseTypesIn, timeCursorIn, timeCursorText } from "./query.ts";
import type { Asked } from "./query.ts";

const PAGE_COUNT = 50;
/** Rows of a count that a preview shows; all of them are taken. */
const PREVIEW_COUNT_MAX = 200;
/** Counted items that the page shows; the search finds the others. */
const STOCK_COUNT_MAX = 500;

/** One page of terminals, by name. */
export async function terminalsPage(context: ConsoleContext, asked: Asked): Promise<Page<TerminalRow>> {
  const { store, tenant } = context;
  const states = await store.console.terminals(tenant, asked("after"), PAGE_COUNT + 1);
  const holders = context.authoring === null ? [] : (await holdersPage(context)).rows;
  const holds = new Map(holders.map((holder) => [holder.terminal, holder]));
  return pageOf(
    states,
    PAGE_COUNT,
    ({ shift, ...state }) => ({
      ...state,
      shift: shift === null ? null : { sinceMs: shift.sinceMs, clerk: shift.clerk, drawer: shift.drawer },
      holdsSeq: holds.get(state.terminal)?.seq ?? null,
      holdsVersion: holds.get(state.terminal)?.version ?? null,
      isCurrent: currentOf(holds.get(state.terminal)),
    }),
    ({ terminal }) => terminal,
  );
}

function currentOf(holder: HolderRow | undefined): boolean | null {
  return holder === undefined || holder.seq === null ? null : holder.isCurrent;
}

/** Counted items whose code or name holds the text; the emptiest first where only low ones are asked for. */
export async function stockRows(context: ConsoleContext, asked: Asked): Promise<readonly StockRow[]> {
  const { store, tenant } = context;
  const levels = await store.stock(tenant);
  const wanted = asked("low") === "1" ? levels.filter(({ isLow }) => isLow) : levels;
  const names = await store.console.itemNames(
    tenant,
    wanted.map(({ sku }) => sku),
  );
  const text = asked("q").trim().toLowerCase();
  return wanted
    .map((level) => ({ ...level, name: names.get(level.sku) ?? "" }))
    .filter(({ sku, name }) => `${sku} ${name}`.toLowerCase().includes(text))
    .slice(0, STOCK_COUNT_MAX);
}

/** One page of movements, newest first. */
export async function movementsPage(context: ConsoleContext, asked: Asked): Promise<Page<MovementRow>> {
  const { store, tenant } = context;
  const rows = await store.console.movements(tenant, asked("sku"), timeCursorIn(asked), PAGE_COUNT + 1);
  return pageOf(
    rows,
    PAGE_COUNT,
    (row) => ({
      id: timeCursorText(row.cursor),
      sku: row.cursor.sku,
      atMs: row.cursor.atMs,
      kind: row.kind,
      quantityMilli: row.quantityMilli,
      receipt: receiptOf({ ...row, terminal: row.cursor.terminal }),
      order: row.order,
    }),
    ({ cursor }) => timeCursorText(cursor),
  );
}

/** What a count would change; taken over only where `isConfirmed` says so and no row is refused. */
export async function countStock(
  context: ConsoleContext,
  csv: string,
  isConfirmed: boolean,
): Promise<CountAnswer> {
  const { store, tenant, log } = context;
  const read = readStockFile(csv);
  if (!read.ok) return { refusals: read.refusals, rows: [], rowCount: 0, isTaken: false };
  const before = new Map((await store.stock(tenant)).map(({ sku, levelMilli }) => [sku, levelMilli]));
  const shown = read.counts.slice(0, PREVIEW_COUNT_MAX);
  const names = await store.console.itemNames(
    tenant,
    shown.map(({ sku }) => sku),
  );
  const isTaken = isConfirmed && read.counts.length > 0;
  if (isTaken) {
    await store.countStock(tenant, read.counts);
    log(`console: a count of ${read.counts.length} items was taken over`);
  }
  return {
    refusals: [],
    rows: shown.map(({ sku, countedMilli, targetMilli }) => ({
      sku,
      name: names.get(sku) ?? "",
      beforeMilli: before.get(sku) ?? null,
      afterMilli: countedMilli,
      targetMilli,
    })),
    rowCount: read.counts.length,
    isTaken,
  };
}

/** Alarms and wrong PINs. */
export async function auditHead({ store, tenant }: ConsoleContext): Promise<AuditHead> {
  const [alarms, pins] = await Promise.all([store.console.alarms(tenant), store.console.pinFailures(tenant)]);
  return {
    alarms: alarms.map((alarm) => ({ kind: "alarm", ...alarm })),
    pins: pins.map((pin) => ({ ...pin, isLocked: pin.count >= PIN_TRIES_COUNT_MAX })),
  };
}

/** One page of what was done in the house, newest first. */
export async function auditPage(context: ConsoleContext, asked: Asked): Promise<Page<AuditRow>> {
  const { store, tenant } = context;
  const rows = await store.console.house(tenant, houseTypesIn(asked), timeCursorIn(asked), PAGE_COUNT + 1);
  return pageOf(rows, PAGE_COUNT, auditRow, ({ atMs, terminal, epoch, seq }) =>
    timeCursorText({ atMs, terminal, epoch, seq, sku: "" }),
  );
}

function auditRow(row: HouseRow): AuditRow {
  const { type, terminal, atMs, clerk, subject, amountMinor, order, detail } = row;
  return {
    id: eventId(row),
    type,
    terminal,
    atMs,
    clerk,
    subject,
    amountMinor: String(amountMinor),
    order,
    detail,
  };
}
