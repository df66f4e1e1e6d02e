/**
 * Lines of closings with their sums by month, and records of the house, as a step of the projector
 * writes them. The rows of the touched orders are locked, so nobody else changes these lines meanwhile.
 *
 * L1 A row of item_month is the sum of the lines of its month, item and currency; without lines there is none.
 */
import { monthOf } from "./month.ts";
import { HqFault } from "../fault.ts";
import { isTerminalId } from "../../../core/ids.ts";
import { epochIn } from "./postgres-commit.ts";
import { atMsOf } from "./postgres-time.ts";
import type { ClosingLineRow, ClosingRow, HouseRow } from "./rows.ts";
import { insertMany } from "./insert-many.ts";
import { numberIn, sqlText, textIn } from "./sql.ts";
import type { Query, SqlValue } from "./sql.ts";

const LINE_KEY = ["tenant", "terminal", "epoch", "seq", "line_index"];
const LINE_FACTS = ["at", "currency", "sku", "name", "quantity_milli", "amount_minor", "tax_ppm"];
const MONTH_KEY = ["tenant", "month", "sku", "currency"];

/**
 * Writes the lines of these closings in place of those of an earlier fold, and adds the difference to
 * the months. An order is folded again for each print job: mostly there is no difference.
 */
export async function writeLines(
  query: Query,
  tenant: string,
  closings: readonly ClosingRow[],
  lines: readonly ClosingLineRow[],
): Promise<void> {
  if (closings.length === 0) return;
  const known = new Map((await linesOf(query, tenant, closings)).map((line) => [keyOf(line), line]));
  const wanted = new Map(lines.map(asStored).map((line) => [keyOf(line), line]));
  const left = [...known.values()].filter((line) => !isSame(line, wanted.get(keyOf(line))));
  const come = [...wanted.values()].filter((line) => !isSame(line, known.get(keyOf(line))));
  await dropLines(
    query,
    tenant,
    left.filter((line) => !wanted.has(keyOf(line))),
  );
  await insertMany(
    query,
    "closing_line",
    [...LINE_KEY, ...LINE_FACTS],
    come.map((line) => [
      tenant,
      line.terminal,
      line.epoch,
      line.seq,
      line.lineIndex,
      new Date(line.atMs),
      line.currency,
      line.sku,
      line.name,
      line.quantityMilli,
      line.amountMinor,
      line.taxPpm,
    ]),
    `on conflict (${LINE_KEY.join(", ")}) do update
       set ${LINE_FACTS.map((name) => `${name} = excluded.${name}`).join(", ")}`,
  );
  await addToMonths(query, tenant, left, come);
}

function keyOf(line: ClosingLineRow): string {
  return `${line.terminal}/${line.epoch}/${line.seq}/${line.lineIndex}`;
}

// As the columns give them back.
function asStored(line: ClosingLineRow): ClosingLineRow {
  return { ...line, currency: sqlText(line.currency), sku: sqlText(line.sku), name: sqlText(line.name) };
}

function isSame(a: ClosingLineRow, b: ClosingLineRow | undefined): boolean {
  return (
    b !== undefined &&
    a.atMs === b.atMs &&
    a.currency === b.currency &&
    a.sku === b.sku &&
    a.name === b.name &&
    a.quantityMilli === b.quantityMilli &&
    a.amountMinor === b.amountMinor &&
    a.taxPpm === b.taxPpm
  );
}

async function linesOf(
  query: Query,
  tenant: string,
  closings: readonly ClosingRow[],
): Promise<readonly ClosingLineRow[]> {
  const rows = await query.rows(
    `select l.*, ${atMsOf("l.at")} as at_ms
       from closing_line l join unnest($2::text[], $3::text[], $4::bigint[]) w (terminal, epoch, seq)
         on l.terminal = w.terminal and l.epoch = w.epoch and l.seq = w.seq
      where l.tenant = $1`,
    [
      tenant,
      closings.map(({ terminal }) => terminal),
      closings.map(({ epoch }) => epoch),
      closings.map(({ seq }) => seq),
    ],
  );
  return rows.map((row) => {
    const terminal = textIn(row, "terminal");
    if (!isTerminalId(terminal)) throw new HqFault("hq/store_unreadable", `terminal ${terminal}`);
    return {
      terminal,
      epoch: epochIn(row, "epoch"),
      seq: numberIn(row, "seq"),
      lineIndex: numberIn(row, "line_index"),
      atMs: numberIn(row, "at_ms"),
      currency: textIn(row, "currency"),
      sku: textIn(row, "sku"),
      name: textIn(row, "name"),
      quantityMilli: numberIn(row, "quantity_milli"),
      amountMinor: numberIn(row, "amount_minor"),
      taxPpm: numberIn(row, "tax_ppm"),
    };
  });
}

async function dropLines(query: Query, tenant: string, lines: readonly ClosingLineRow[]): Promise<void> {
  if (lines.length === 0) return;
  await query.rows(
    `delete from closing_line l
      using unnest($2::text[], $3::text[], $4::bigint[], $5::bigint[]) w (terminal, epoch, seq, line_index)
      where l.tenant = $1 and l.terminal = w.terminal and l.epoch = w.epoch and l.seq = w.seq
        and l.line_index = w.line_index`,
    [
      tenant,
      lines.map(({ terminal }) => terminal),
      lines.map(({ epoch }) => epoch),
      lines.map(({ seq }) => seq),
      lines.map(({ lineIndex }) => lineIndex),
    ],
  );
}

// L1. In the order of the key, so that two projectors never wait for each other in a ring.
async function addToMonths(
  query: Query,
  tenant: string,
  left: readonly ClosingLineRow[],
  come: readonly ClosingLineRow[],
): Promise<void> {
  const sums = new Map<
    string,
    { readonly key: readonly SqlValue[]; amounts: readonly [number, number, number] }
  >();
  const add = (line: ClosingLineRow, sign: 1 | -1): void => {
    const key = [tenant, monthOf(line.atMs), line.sku, line.currency];
    const name = JSON.stringify(key);
    const [quantity, amount, count] = sums.get(name)?.amounts ?? [0, 0, 0];
    const amounts = [
      quantity + sign * line.quantityMilli,
      amount + sign * line.amountMinor,
      count + sign,
    ] as const;
    sums.set(name, { key, amounts });
  };
  for (const line of left) add(line, -1);
  for (const line of come) add(line, 1);
  const columns = ["quantity_milli", "amount_minor", "line_count"];
  await insertMany(
    query,
    "item_month",
    [...MONTH_KEY, ...columns],
    [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { key, amounts }]) => [...key, ...amounts]),
    `on conflict (${MONTH_KEY.join(", ")}) do update
       set ${columns.map((name) => `${name} = item_month.${name} + excluded.${name}`).join(", ")}`,
  );
  if (left.length > 0)
    await query.rows(
      "delete from item_month where tenant = $1 and sku = any($2::text[]) and line_count = 0",
      [tenant, left.map(({ sku }) => sku)],
    );
}

/** Writes what was done; facts, so the first row stands. */
export async function writeHouse(query: Query, tenant: string, rows: readonly HouseRow[]): Promise<void> {
  await insertMany(
    query,
    "house_event",
    [
      "tenant",
      "terminal",
      "epoch",
      "seq",
      "lamport",
      "at",
      "type",
      "clerk",
      "subject",
      "amount_minor",
      "order_id",
      "detail",
    ],
    rows.map((row) => [
      tenant,
      row.terminal,
      row.epoch,
      row.seq,
      row.lamport,
      new Date(row.atMs),
      row.type,
      row.clerk,
      sqlText(row.subject),
      row.amountMinor,
      row.order,
      sqlText(row.detail),
    ]),
    "on conflict do nothing",
  );
}
