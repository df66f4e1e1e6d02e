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

/** Black dots, 8 a byte, the highest bit left, each row from its own byte; and what it is, in words. */
export interface PaperGraphic {
  readonly label: string;
  readonly widthDots: number;
  readonly heightDots: number;
  readonly dots: Uint8Array;
  /** Text that the printer set below. */
  readonly caption?: string;
}

/** One printed line; without runs it is an empty one. */
export interface PaperLine {
  readonly align: "left" | "center" | "right";
  readonly runs: readonly PaperRun[];
  readonly columnCount: number;
  readonly heightScale: number;
  /** Instead of runs. */
  readonly graphic?: PaperGraphic;
}

/** A piece of paper, from the first line to the cut. */
export interface Receipt {
  /** Counts from 1 since the printer was started. */
  readonly number: number;
  readonly columnCount: number;
  readonly lines: readonly PaperLine[];
  /** "torn": no cut came; somebody tore it off. "length": longer than the printer keeps. */
  readonly endedBy: "cut" | "torn" | "length";
  /** Commands that were read and not shown: old image modes, rare barcodes, and bytes that are no command. */
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
    const text = line.graphic?.label ?? line.runs.map((run) => run.text).join("");
    return (indent + text).trimEnd();
  });
}
