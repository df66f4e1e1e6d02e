/**
 * Rules as text tables: one attempt a line, the expected event or refusal last. A table names its
 * columns in the first line; cells are split by "|" and trimmed; "// " begins a remark; empty lines
 * separate groups. A cell with nothing in it is the empty string.
 *
 *     given          | command            | answer
 *     open, 1 line   | add_line 1 tea     | line_added
 *     open, no line  | freeze             | order/empty
 */
import { assert } from "../../core/bug.ts";

/** One line of a table: its cells by column, and `title`, the line itself with single spaces. */
export type TableRow<Column extends string> = Readonly<Record<Column, string>> & { readonly title: string };

/**
 * The rows of `text`. Throws a Bug when the first line does not name exactly `columns` in order,
 * when a row has another number of cells, or when there is no row: a table that says nothing fails.
 */
export function table<const Column extends string>(
  columns: readonly Column[],
  text: string,
): readonly TableRow<Column>[] {
  const lines = text
    .split("\n")
    .map(withoutRemark)
    .filter((line) => line !== "");
  const [head = "", ...rest] = lines;
  assert(
    cellsOf(head).join("|") === columns.join("|"),
    `table: columns must be ${columns.join(" | ")}, not ${head}`,
  );
  assert(rest.length > 0, "table: must have a row");
  return rest.map((line) => rowOf(columns, line));
}

function withoutRemark(line: string): string {
  return line.replace(/(^|\s)\/\/\s.*$/, "").trim();
}

function cellsOf(line: string): readonly string[] {
  return line.split("|").map((cell) => cell.trim());
}

function rowOf<Column extends string>(columns: readonly Column[], line: string): TableRow<Column> {
  const cells = cellsOf(line);
  assert(
    cells.length === columns.length,
    `table: ${columns.length} cells wanted, ${cells.length} found in ${line}`,
  );
  const named = Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));
  return { ...(named as Record<Column, string>), title: line.replaceAll(/\s+/g, " ") };
}
