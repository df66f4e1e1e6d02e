/**
 * Sums of sales over rows in memory. Kept apart from what PostgreSQL does in SQL, so that each checks
 * the other.
 */
import type { ItemSum, SalesKey, SalesSum, TaxSum, TenderSum } from "./console.ts";
import type { ClosingLineRow, ClosingRow } from "./rows.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const DAY_HOURS = 24;

/** `sales` of the console, of these closings. */
export function salesSums(
  closings: readonly ClosingRow[],
  by: SalesKey,
  zoneMinutes: number,
): readonly SalesSum[] {
  return sums(closings, (closing) => [keyOf(closing, by, zoneMinutes), closing.currency]).map(
    ([[key, currency], its]) => ({
      key,
      currency,
      netMinor: total(its, ({ totalMinor }) => totalMinor),
      saleCount: its.filter(({ kind }) => kind === "sale").length,
      returnCount: its.filter(({ kind }) => kind === "return").length,
    }),
  );
}

function keyOf(closing: ClosingRow, by: SalesKey, zoneMinutes: number): string {
  const localMs = closing.atMs + zoneMinutes * 60_000;
  switch (by) {
    case "all":
      return "";
    case "hour":
      return String(Math.floor(localMs / HOUR_MS));
    case "day":
      return String(Math.floor(localMs / DAY_MS));
    case "hour_of_day":
      return String(Math.floor(localMs / HOUR_MS) % DAY_HOURS).padStart(2, "0");
    case "clerk":
      return closing.clerk;
    case "terminal":
      return closing.terminal;
  }
}

/** `items` of the console: sums of the lines that `isWanted` takes, names by all of them. */
export function itemSums(
  lines: readonly ClosingLineRow[],
  isWanted: (line: ClosingLineRow) => boolean,
): readonly ItemSum[] {
  const names = newestNames(lines);
  return sums(lines.filter(isWanted), ({ sku, currency }) => [sku, currency])
    .map(([[sku, currency], its]) => ({
      sku,
      name: names.get(sku) ?? "",
      currency,
      quantityMilli: total(its, ({ quantityMilli }) => quantityMilli),
      netMinor: total(its, ({ amountMinor }) => amountMinor),
      lineCount: its.length,
    }))
    .sort((a, b) => (a.netMinor === b.netMinor ? 0 : a.netMinor < b.netMinor ? 1 : -1));
}

/** `itemNames` of the console, of all items. */
export function newestNames(lines: readonly ClosingLineRow[]): ReadonlyMap<string, string> {
  const newest = new Map<string, ClosingLineRow>();
  for (const line of lines) {
    const known = newest.get(line.sku);
    if (known === undefined || isNewer(line, known)) newest.set(line.sku, line);
  }
  return new Map([...newest].map(([sku, { name }]) => [sku, name]));
}

function isNewer(a: ClosingLineRow, b: ClosingLineRow): boolean {
  if (a.atMs !== b.atMs) return a.atMs > b.atMs;
  if (a.terminal !== b.terminal) return a.terminal > b.terminal;
  return a.seq === b.seq ? a.lineIndex > b.lineIndex : a.seq > b.seq;
}

/** `taxes` of the console, of these closings. */
export function taxSums(closings: readonly ClosingRow[]): readonly TaxSum[] {
  const taxes = closings.flatMap(({ currency, taxes: its }) => its.map((tax) => ({ currency, ...tax })));
  return sums(taxes, ({ currency, ratePpm }) => [currency, String(ratePpm).padStart(8, "0")]).map(
    ([[currency, rate], its]) => ({
      currency,
      ratePpm: Number(rate),
      netMinor: total(its, ({ netMinor }) => netMinor),
      taxMinor: total(its, ({ taxMinor }) => taxMinor),
    }),
  );
}

/** `tenders` of the console, of these closings. */
export function tenderSums(closings: readonly ClosingRow[]): readonly TenderSum[] {
  const tenders = closings.flatMap(({ currency, tenders: its }) =>
    its.map((tender) => ({ currency, ...tender })),
  );
  return sums(tenders, ({ currency, method }) => [currency, method]).map(([[currency, method], its]) => ({
    currency,
    method,
    amountMinor: total(its, ({ amountMinor }) => amountMinor),
    count: its.length,
  }));
}

/** Rows by a pair of texts, in the order of their bytes. */
function sums<T>(
  rows: readonly T[],
  keyOfRow: (row: T) => readonly [string, string],
): readonly (readonly [readonly [string, string], readonly T[]])[] {
  const groups = new Map<string, { readonly key: readonly [string, string]; readonly rows: T[] }>();
  for (const row of rows) {
    const key = keyOfRow(row);
    const name = key.join("\0");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, { key, rows: [row] });
    else group.rows.push(row);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => [group.key, group.rows] as const);
}

function total<T>(rows: readonly T[], amountOf: (row: T) => number): bigint {
  return rows.reduce((sum, row) => sum + BigInt(amountOf(row)), 0n);
}
