/**
 * Instants in SQL: as numbers out of it, and the place in a list by time. Every list of the console
 * and every instant it shows goes through here.
 */
import type { TimeCursor } from "./console.ts";
import { numberIn } from "./sql.ts";
import type { Row, SqlValue } from "./sql.ts";

/** An instant as milliseconds since 1970. */
export function atMsOf(column: string): string {
  return `round(extract(epoch from ${column}) * 1000)::bigint`;
}

/** A bigint column that may be null. */
export function numberOrNullIn(row: Row, column: string): number | null {
  return row[column] === null ? null : numberIn(row, column);
}

/** The condition that a row of `table` stands behind the cursor in a list of newest first. */
export function behind(table: string, after: TimeCursor, place: (value: SqlValue) => string): string {
  const key = [new Date(after.atMs), after.terminal, after.epoch, after.seq].map(place).join(", ");
  return `(${table}.at, ${table}.terminal, ${table}.epoch, ${table}.seq) < (${key})`;
}
