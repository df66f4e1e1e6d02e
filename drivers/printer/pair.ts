/**
 * A name on the left and an amount on the right. The name wraps in its own column beside the amount,
 * which stands at the end of the name's last line; where that column would be narrower than half the
 * paper, the name takes the whole width and the amount a line of its own.
 * The amount is never split as long as it fits the paper at all.
 */

import { columnsOf, columnsOfCharacter } from "./width.ts";
import type { Measure } from "./width.ts";
import { wrapText } from "./wrap.ts";

/** Fewest blank columns between the two parts. */
const GAP_COLUMNS_MIN = 1;

/** The lines of a pair, each no wider than `columnCount` and ending with the right part on the last. */
export function layoutPair(
  left: string,
  right: string,
  columnCount: number,
  measure: Measure = columnsOfCharacter,
): readonly string[] {
  const rightColumns = columnsOf(right, measure);
  if (rightColumns > columnCount)
    return [...wrapText(left, columnCount, measure), ...wrapText(right, columnCount, measure)];
  const leftColumns = columnCount - rightColumns - GAP_COLUMNS_MIN;
  if (columnsOf(left, measure) > leftColumns && leftColumns < columnCount / 2) {
    return [...wrapText(left, columnCount, measure), alignRight("", right, columnCount, measure)];
  }
  const leftLines = leftColumns < 2 ? [""] : wrapText(left, leftColumns, measure);
  const lastLine = leftLines.at(-1) ?? "";
  return [...leftLines.slice(0, -1), alignRight(lastLine, right, columnCount, measure)];
}

function alignRight(left: string, right: string, columnCount: number, measure: Measure): string {
  const blankCount = columnCount - columnsOf(left, measure) - columnsOf(right, measure);
  return left + " ".repeat(Math.max(0, blankCount)) + right;
}
