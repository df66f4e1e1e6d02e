/**
 * Which rows of a long list are drawn: those in view and a few on either side, by arithmetic alone, for
 * all rows are equally high.
 */

/** Rows beyond either edge, so that a quick finger meets no blank. */
export const ROWS_BESIDE_COUNT = 6;

/** Rows from `first` to before `end`. */
export interface RowsInView {
  readonly first: number;
  readonly end: number;
}

/** The rows of `count` to draw when the list is scrolled to `topPx` in a place `heightPx` high. */
export function rowsInView(count: number, rowPx: number, topPx: number, heightPx: number): RowsInView {
  // A list that got shorter under the finger is scrolled too far for a moment.
  const seenPx = Math.max(0, Math.min(topPx, count * rowPx - heightPx));
  const first = Math.max(0, Math.floor(seenPx / rowPx) - ROWS_BESIDE_COUNT);
  const end = Math.min(count, Math.ceil((seenPx + heightPx) / rowPx) + ROWS_BESIDE_COUNT);
  return { first, end };
}
