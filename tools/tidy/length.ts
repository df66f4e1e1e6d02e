/**
 * No file over 500 lines; a table of data (a file named …-table.ts) may have 800. Prose and what npm
 * writes are not counted. Functions are oxlint's.
 */
import { found, type Finding, type Rule, type TextFile } from "./tree.ts";

const LINE_COUNT_MAX = 500;
const TABLE_LINE_COUNT_MAX = 800;

function check(file: TextFile): readonly Finding[] {
  if (/\.(md|json|svg|txt)$/.test(file.path)) return [];
  const lineCountMax = file.path.endsWith("-table.ts") ? TABLE_LINE_COUNT_MAX : LINE_COUNT_MAX;
  const lineCount = file.text.split("\n").length - (file.text.endsWith("\n") ? 1 : 0);
  if (lineCount <= lineCountMax) return [];
  const message = `has ${lineCount} lines, ${lineCountMax} at most: divide it where the ideas divide`;
  return [found(file, 0, "length", message)];
}

/** The longest a file may be. */
export const length: Rule = { name: "length", check: (tree) => tree.files.flatMap(check) };
