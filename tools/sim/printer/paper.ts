/**
 * What is on the paper: lines of runs, in columns of font A. A value that can be shown as a picture or
 * as plain text; knows nothing of ESC/POS.
 */

/** Characters of one style beside each other. */
export interface PaperRun {
  readonly text: string;
  /** Column of its first character, counted from the line's own left end. */
  readonly columnIndex: number;
  /** Columns it covers, the width scale included. */
  readonly columnCount: number;
  readonly widthScale: number;
  readonly heightScale: number;
  readonly bold: boolean;
  readonly underline: boolean;
  readonly reverse: boolean;
}

/** One printed line; without runs it is an empty one. */
export interface PaperLine {
  readonly align: "left" | "center" | "right";
  readonly runs: readonly PaperRun[];
  readonly columnCount: number;
  readonly heightScale: number;
}

/** A piece of paper, from the first line to the cut. */
export interface Receipt {
  /** Counts from 1 since the printer was started. */
  readonly number: number;
  readonly columnCount: number;
  readonly lines: readonly PaperLine[];
  /** "connection": no cut came; the client went away. "length": longer than the printer keeps. */
  readonly endedBy: "cut" | "connection" | "length";
  /** Commands that were read and not shown: images, barcodes, and bytes that are no command. */
  readonly notShown: readonly string[];
}

/** Columns that a line stands in from the left edge. */
export function indentOf(line: PaperLine, columnCount: number): number {
  const blankCount = Math.max(0, columnCount - line.columnCount);
  if (line.align === "left") return 0;
  return line.align === "right" ? blankCount : blankCount / 2;
}

/** The text of a receipt, a string for each line, aligned with spaces. */
export function plainLines(receipt: Receipt): readonly string[] {
  return receipt.lines.map((line) => {
    const indent = " ".repeat(Math.floor(indentOf(line, receipt.columnCount)));
    const text = line.runs.map((run) => run.text).join("");
    return (indent + text).trimEnd();
  });
}
