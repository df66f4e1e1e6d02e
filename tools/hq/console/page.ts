/**
 * Cuts a list that was asked for one row too many into a page and the way to the next. No list is
 * counted or paged by offset.
 */
import type { Page } from "./api.ts";

/** The first `count` rows; `next` names the last of them where there are more. */
export function pageOf<T, R>(
  rows: readonly T[],
  count: number,
  rowOf: (row: T) => R,
  cursorOf: (row: T) => string,
): Page<R> {
  const shown = rows.slice(0, count);
  const last = shown.at(-1);
  const next = rows.length > count && last !== undefined ? cursorOf(last) : null;
  return { rows: shown.map(rowOf), next };
}
